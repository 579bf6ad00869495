//! What was found out about figures, in sentences.

use super::{InPrint, Named, Subject, SumLine};
use crate::crossfoot::{Contradiction, Explanation, Explanations, Figure, Interval, Names, Unlikely};
use crate::decimal::Decimal;

/// Words for the figures of a subject.
#[derive(Clone, Copy)]
pub struct Words<'s>(pub &'s Subject);

impl Words<'_> {
    /// A number as the subject's language writes it, without zeros at its end.
    pub fn number(self, number: Decimal) -> String {
        number.normalized().grouped(self.0.style)
    }

    /// A figure with the place where it is printed: `Ecuador (main table)`.
    pub fn figure(self, figure: usize) -> String {
        self.0.figures.get(figure).map_or_else(String::new, placed)
    }

    /// What is seen in the place of a figure.
    pub fn in_print(self, figure: usize) -> String {
        let number = self.0.system.figures().get(figure).and_then(Figure::number);
        match (self.0.figures.get(figure).map(|named| named.in_print), number) {
            (Some(InPrint::None), _) => "-".to_owned(),
            (Some(InPrint::NotAvailable), _) => "n.a.".to_owned(),
            (Some(InPrint::Number) | None, Some(number)) => self.number(number),
            _ => "not given".to_owned(),
        }
    }

    /// What keeps figures from standing together.
    pub fn contradiction(self, contradiction: &Contradiction) -> String {
        match (contradiction.sums.as_slice(), contradiction.shares.as_slice()) {
            ([(sum, _)], []) => self.sum_line(*sum),
            _ => contradiction.told(&self.0.system, &self).trim_end_matches('.').to_owned(),
        }
    }

    /// One sum: what its parts make, and what is printed.
    pub fn line(self, line: &SumLine) -> String {
        let name = self.0.sums.get(line.sum).map_or_else(String::new, placed);
        let Some(sum) = self.0.system.sums().get(line.sum) else { return name };
        if let ([one], true, Some(total)) = (sum.parts.as_slice(), sum.is_of_printed, line.declared) {
            let place = self.0.figures.get(*one).map_or("", |named| named.place.as_str());
            let number = line.computed.map_or_else(String::new, |number| self.number(number));
            return format!("{name} is printed as {}, and as {number} in {place}: one number printed twice", self.number(total));
        }
        let total = line.declared.map_or_else(|| "nothing is printed for it".to_owned(), |total| self.says(total, line));
        let parts = if sum.parts.len() == 1 && sum.less.is_empty() { "its only part is" } else { "its parts add up to" };
        format!("{name}: {parts} {}; {total}", self.made(line))
    }

    fn says(self, total: Decimal, line: &SumLine) -> String {
        let miss = match line.difference {
            Some(difference) if difference.is_zero() => String::new(),
            Some(difference) if difference.is_negative() => format!(", {} less", self.number(difference.abs())),
            Some(difference) => format!(", {} more", self.number(difference)),
            None => String::new(),
        };
        format!("the total says {}{miss}", self.number(total))
    }

    /// What the parts make: `13,381,999 give or take 2`.
    fn made(self, line: &SumLine) -> String {
        let Some(computed) = line.computed else { return "an amount that is not known".to_owned() };
        let Some(Interval { low: Some(low), high: Some(high) }) = line.parts else { return self.number(computed) };
        let reach = (computed.exact_sub(low.value), high.value.exact_sub(computed));
        match reach {
            (Some(down), Some(up)) if down == up && up.is_zero() => self.number(computed),
            (Some(down), Some(up)) if down == up => format!("{} give or take {}", self.number(computed), self.number(up)),
            _ => format!("{}, as they are rounded {}", self.number(computed), self.interval(Interval::between(low, high))),
        }
    }

    /// An interval in words; an end that is excluded is said to be.
    pub fn interval(self, interval: Interval) -> String {
        interval.told(|number| self.number(number))
    }

    /// What explains one contradiction or several.
    pub fn explanations(self, explanations: &Explanations, contradictions: usize) -> String {
        let all = match contradictions {
            0 | 1 => "it".to_owned(),
            2 => "both".to_owned(),
            n => format!("all {n}"),
        };
        let told = match explanations.equally_good() {
            [one] => format!("one {} explains {all}: {}", subject_of(one), self.explanation(one)),
            _ => explanations.told(&self.0.system, &self),
        };
        told.trim_end_matches('.').to_owned()
    }

    /// One explanation, begun as its first name is written.
    fn explanation(self, one: &Explanation) -> String {
        let told = one.told(&self.0.system, &self);
        let named = one.origin.iter().copied().chain(one.corrections.iter().map(|one| one.figure));
        let mut first = named.map(|figure| self.figure(figure)).filter(|name| {
            let rest = |text: &str| text.chars().skip(1).collect::<String>();
            !name.is_empty() && rest(&told).starts_with(&rest(name))
        });
        match first.next().and_then(|name| name.chars().next()) {
            Some(letter) => letter.to_string() + told.get(told.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default(),
            None => told,
        }
    }

    /// One sum by position: what its parts make, and what is printed.
    pub fn sum_line(self, sum: usize) -> String {
        SumLine::of(&self.0.system, sum).map_or_else(String::new, |line| self.line(&line))
    }

    /// A sum that is possible, and hardly ever so.
    pub fn unlikely(self, unlikely: &Unlikely) -> String {
        let line = self.sum_line(unlikely.sum);
        format!("{line}; rounding alone does so in {} such sums", unlikely.words())
    }
}

impl Names for Words<'_> {
    fn figure(&self, figure: usize) -> String {
        Words::figure(*self, figure)
    }

    fn sum(&self, sum: usize) -> String {
        self.0.sums.get(sum).map_or_else(String::new, |named| format!("the sum of {}", placed(named)))
    }

    fn share(&self, share: usize) -> String {
        self.0.system.shares().get(share).map_or_else(String::new, |share| Words::figure(*self, share.share))
    }

    fn number(&self, number: Decimal) -> String {
        Words::number(*self, number)
    }

    fn printed(&self, figure: usize, _number: Decimal) -> String {
        match self.in_print(figure).as_str() {
            "not given" => "not given".to_owned(),
            seen => format!("printed {seen}"),
        }
    }
}

fn subject_of(explanation: &Explanation) -> &'static str {
    if explanation.corrections.len() == 1 { "figure" } else { "slip" }
}

/// A name with the place where it is printed, where that is said.
fn placed(named: &Named) -> String {
    if named.place.is_empty() { named.words.clone() } else { format!("{} ({})", named.words, named.place) }
}
