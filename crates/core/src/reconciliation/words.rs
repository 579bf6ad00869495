//! What was found out about figures, in sentences.

use super::{Named, Subject, SumLine};
use crate::crossfoot::{Contradiction, Correction, End, Explanation, Explanations, Interval, Slip, Unlikely};
use crate::decimal::Decimal;

/// Things of a list that are named; the others are counted.
const MOST_NAMED: usize = 6;

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

    fn printed(self, figure: usize) -> String {
        let number = self.0.system.figures().get(figure).and_then(|figure| figure.number());
        number.map_or_else(|| "not printed".to_owned(), |number| format!("printed as {}", self.number(number)))
    }

    fn sum(self, sum: usize) -> String {
        self.0.sums.get(sum).map_or_else(String::new, placed)
    }

    /// What keeps figures from standing together.
    pub fn contradiction(self, contradiction: &Contradiction) -> String {
        match (contradiction.sums.as_slice(), contradiction.shares.as_slice()) {
            ([(sum, _)], []) => self.sum_line(*sum),
            _ => self.together(contradiction),
        }
    }

    /// One sum: what its parts make, and what is printed.
    pub fn line(self, line: &SumLine) -> String {
        let name = self.sum(line.sum);
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
        let number = |end: End| self.number(end.value);
        match (interval.low, interval.high) {
            (Some(low), Some(high)) if low == high => number(low),
            (Some(low), Some(high)) => {
                let from = if low.shift == 0 { "" } else { "more than " };
                let to = if high.shift == 0 { "" } else { "less than " };
                format!("{from}{} to {to}{}", number(low), number(high))
            }
            (Some(low), None) => format!("{} or more", number(low)),
            (None, Some(high)) => format!("{} or less", number(high)),
            (None, None) => "any amount".to_owned(),
        }
    }

    /// Sums that hold each alone and not together.
    fn together(self, contradiction: &Contradiction) -> String {
        let shares = contradiction.shares.iter().filter_map(|(share, ..)| self.0.system.shares().get(*share));
        let names = contradiction.sums.iter().map(|(sum, _)| self.sum(*sum)).chain(shares.map(|share| self.figure(share.share)));
        let mut names: Vec<String> = names.collect();
        names.dedup();
        let (larger, smaller) = (self.added(&contradiction.larger), self.added(&contradiction.smaller));
        format!(
            "{} cannot all hold: if they did, {larger} would come to no more than {smaller}; but the first come to {} or more, \
             the others to {} or less{}",
            listed(&names),
            self.number(contradiction.at_least.value),
            self.number(contradiction.at_most.value),
            if contradiction.at_least.value == contradiction.at_most.value { ", and one of the two is excluded" } else { "" },
        )
    }

    fn added(self, figures: &[(usize, Decimal)]) -> String {
        let one = |(figure, times): &(usize, Decimal)| match *times == Decimal::from(1) {
            true => self.figure(*figure),
            false => format!("{} times {}", self.number(*times), self.figure(*figure)),
        };
        if figures.is_empty() { "nothing".to_owned() } else { listed(&figures.iter().map(one).collect::<Vec<_>>()) }
    }

    /// What explains one contradiction or several, in one sentence each.
    pub fn explanations(self, explanations: &Explanations, contradictions: usize) -> Vec<String> {
        let all = match contradictions {
            0 | 1 => "it".to_owned(),
            2 => "both".to_owned(),
            n => format!("all {n}"),
        };
        let mut lines = match explanations.equally_good() {
            [] => vec![format!("no single figure explains {all}; several must be wrong")],
            [one] => vec![format!("one {} explains {all}: {}", subject_of(one), self.explanation(one))],
            several => {
                let told = several.iter().take(MOST_NAMED).map(|one| self.explanation(one));
                let more = several.len().saturating_sub(MOST_NAMED);
                let rest = (more > 0).then(|| format!("or one of {more} more"));
                let first = format!("which figure is wrong cannot be told; {} would explain {all}, each alone:", several.len());
                std::iter::once(first).chain(told).chain(rest).collect()
            }
        };
        if !explanations.unexamined.is_empty() {
            lines.push(format!("{} more figures were not looked at", explanations.unexamined.len()));
        }
        lines
    }

    /// What to correct and how it came about: `Colombia / Integration, printed as 4,835,748, should be 4,853,748 (neighbouring digits
    /// transposed: 35 for 53)`.
    pub fn explanation(self, explanation: &Explanation) -> String {
        let corrections: Vec<String> = explanation.corrections.iter().map(|one| self.correction(one)).collect();
        let told = match explanation.corrections.as_slice() {
            [Correction { figure, number: Some(number), .. }] if explanation.is_likely => {
                let printed = self.0.system.figures().get(*figure).and_then(|figure| figure.number());
                printed.map(|printed| explanation.slip.told(printed, *number))
            }
            _ if explanation.is_likely => Some(explanation.slip.words().to_owned()),
            _ => None,
        };
        let origin = match explanation.origin.as_slice() {
            [one, ..] if explanation.is_likely => format!(": {}", self.figure(*one)),
            _ => String::new(),
        };
        let told = told.filter(|_| explanation.slip != Slip::Unexplained).map(|slip| format!(" ({slip}{origin})"));
        format!("{}{}", corrections.join(", and "), told.unwrap_or_default())
    }

    fn correction(self, correction: &Correction) -> String {
        let right = match (correction.number, correction.numbers.as_slice()) {
            (Some(number), _) | (None, &[number]) => self.number(number),
            (None, [first, .., last]) => format!("{} to {}", self.number(*first), self.number(*last)),
            (None, []) => self.interval(correction.amounts),
        };
        format!("{}, {}, should be {right}", self.figure(correction.figure), self.printed(correction.figure))
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

fn subject_of(explanation: &Explanation) -> &'static str {
    if explanation.corrections.len() == 1 { "figure" } else { "slip" }
}

/// A name with the place where it is printed, where that is said.
fn placed(named: &Named) -> String {
    if named.place.is_empty() { named.words.clone() } else { format!("{} ({})", named.words, named.place) }
}

/// `a`, `a and b`, `a, b and c`, `a, b, c, d, e and 7 more`.
fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    let last = if more > 0 { format!("{more} more") } else { names.last().cloned().unwrap_or_default() };
    let shown = if more > 0 { MOST_NAMED } else { names.len().saturating_sub(1) };
    match names.get(..shown).unwrap_or_default() {
        [] => last,
        head => format!("{} and {last}", head.join(", ")),
    }
}
