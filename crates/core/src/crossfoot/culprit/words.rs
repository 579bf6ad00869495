//! Explanations in words.

use super::{Correction, Explanation, Explanations};
use crate::crossfoot::words::{Names, list, sentence};
use crate::crossfoot::{End, Figure, Interval, Slip, System};
use crate::decimal::Decimal;

impl Explanation {
    /// It in words: what is printed, what should be, and how it came about.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Names, Rounding, Sum, System};
    /// struct Cells;
    /// impl Names for Cells {
    ///     fn figure(&self, figure: usize) -> String {
    ///         ["Mexico / Data", "Mexico / Capacity", "Mexico's total"][figure].into()
    ///     }
    ///     fn sum(&self, _: usize) -> String {
    ///         "row Mexico".into()
    ///     }
    /// }
    /// let mut system = System::default();
    /// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    /// let (cells, total) = ([printed(193_576), printed(105_862)], printed(294_938));
    /// system.sum(Sum::new(total, cells));
    /// let explanations = system.explanations(&system.reconcile().contradictions[0]);
    /// assert_eq!(
    ///     explanations.ranked[0].told(&system, &Cells),
    ///     "Mexico's total, printed 294,938, should be 299,438 (neighbouring digits transposed: 49 for 94)."
    /// );
    /// # Ok::<(), logframe::Error>(())
    /// ```
    pub fn told(&self, system: &System, names: &dyn Names) -> String {
        sentence(&match (self.slip, self.corrections.as_slice()) {
            (_, [one]) => self.of_one(one, system, names),
            (Slip::CellsExchanged, all) => {
                let all: Vec<String> = all.iter().map(|one| printed(one, system, names)).collect();
                format!("{} should be exchanged", list(&all, "and"))
            }
            (_, all) => self.of_all(all, system, names),
        })
    }

    fn of_one(&self, one: &Correction, system: &System, names: &dyn Names) -> String {
        let should = format!("{} should {}", printed(one, system, names), one.should(names));
        match self.told_slip(one, system, names) {
            Some(slip) => format!("{should} ({slip})"),
            None => should,
        }
    }

    fn told_slip(&self, one: &Correction, system: &System, names: &dyn Names) -> Option<String> {
        if self.slip == Slip::Unexplained {
            return None;
        }
        let number = system.figures().get(one.figure).and_then(Figure::number);
        let slip = match number.zip(one.number) {
            Some((wrong, right)) => self.slip.told(wrong, right),
            None => self.slip.words().to_owned(),
        };
        let origin = self.origin.first().map(|origin| format!(": {}", names.figure(*origin))).unwrap_or_default();
        let perhaps = if self.is_likely { "" } else { "perhaps " };
        Some(format!("{perhaps}{slip}{origin}"))
    }

    /// One line that is wrong in several totals.
    fn of_all(&self, all: &[Correction], system: &System, names: &dyn Names) -> String {
        let what = list(&self.origin.iter().map(|figure| names.figure(*figure)).collect::<Vec<_>>(), "and");
        let how = match self.slip {
            Slip::LineLeftOut => "were left out of the totals",
            Slip::LineCountedTwice => "were counted twice in the totals",
            Slip::SubtotalAdded => "are subtotals that were added into the totals",
            other => other.words(),
        };
        let one = |one: &Correction| format!("{} should {}", printed(one, system, names), one.should(names));
        format!("{what} {how}: {}", list(&all.iter().map(one).collect::<Vec<_>>(), "and"))
    }
}

impl Correction {
    /// What it should be, in words that follow `should`.
    fn should(&self, names: &dyn Names) -> String {
        let number = |number: &Decimal| names.number(*number);
        match (self.number, self.numbers.as_slice()) {
            (Some(one), _) => format!("be {}", names.number(one)),
            (None, [one, other]) => format!("be {} or {}", number(one), number(other)),
            (None, [first, .., last]) => format!("be from {} to {}", number(first), number(last)),
            _ => format!("stand for {}", within(self.amounts, names)),
        }
    }
}

fn within(amounts: Interval, names: &dyn Names) -> String {
    let low = amounts.low.map(|End { value, shift }| (if shift == 0 { "at least" } else { "more than" }, names.number(value)));
    let high = amounts.high.map(|End { value, shift }| (if shift == 0 { "at most" } else { "less than" }, names.number(value)));
    match (low, high) {
        (Some((least, low)), Some((most, high))) => format!("{least} {low} and {most} {high}"),
        (Some((words, end)), None) | (None, Some((words, end))) => format!("{words} {end}"),
        (None, None) => "some other amount".to_owned(),
    }
}

fn printed(one: &Correction, system: &System, names: &dyn Names) -> String {
    let number = system.figures().get(one.figure).and_then(Figure::number);
    let number = number.map(|number| format!(", {},", names.printed(one.figure, number))).unwrap_or_default();
    format!("{}{number}", names.figure(one.figure))
}

impl Explanations {
    /// The best in words; where several are equally good, that it cannot be told.
    pub fn told(&self, system: &System, names: &dyn Names) -> String {
        let mut words = match self.equally_good() {
            [] => "No change of a single figure, and no slip that is known, makes everything fit.".to_owned(),
            [one] => one.told(system, names),
            all => {
                let figures = all.iter().map(|one| list(&one.figures(names), "with"));
                format!("Any of these may be wrong, and it cannot be told which: {}.", list(&figures.collect::<Vec<_>>(), "or"))
            }
        };
        if !self.unexamined.is_empty() {
            words.push_str(&format!(" {} figures that may be wrong too were not examined.", self.unexamined.len()));
        }
        words
    }
}

impl Explanation {
    fn figures(&self, names: &dyn Names) -> Vec<String> {
        self.corrections.iter().map(|one| names.figure(one.figure)).collect()
    }
}
