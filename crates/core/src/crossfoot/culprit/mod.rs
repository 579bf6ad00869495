//! Culprits: which printed figure is wrong where figures contradict each other, what it should be, and how it came about.

mod case;
mod exchange;
mod lines;
mod single;
mod weigh;
mod words;

use super::figure::Figure;
use super::interval::Interval;
use super::outcome::Contradiction;
use super::slip::Slip;
use super::system::System;
use crate::decimal::Decimal;
use case::Case;

/// A figure that should print something else.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// The figure by position.
    pub figure: usize,
    /// The amounts it can have as far as all the others allow.
    pub amounts: Interval,
    /// What it should print, where one number is singled out: no other will do, or the slip leads from this one only.
    pub number: Option<Decimal>,
    /// Every number that it could print instead, in order, where they are no more than ten.
    pub numbers: Vec<Decimal>,
}

/// What would make a contradiction vanish: corrections that have to be made together, and the slip behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// What to correct, in order.
    pub corrections: Vec<Correction>,
    /// How it came about.
    pub slip: Slip,
    /// Whether the slip explains anything: it would hardly lead to an admissible number by luck, and it leads to one only.
    pub is_likely: bool,
    /// The figures that show how it came about: the line that was left out or counted twice (with its figure in every sum
    /// that is concerned), the subtotal, the neighbour that was copied, the total that is right.
    pub origin: Vec<usize>,
}

impl Explanation {
    /// The less the better: likely slips first, the most convincing before the others; a none that is something comes last.
    fn rank(&self, system: &System) -> (u8, Slip) {
        let prints_nothing = |correction: &Correction| {
            let figure = system.figures().get(correction.figure);
            figure.and_then(Figure::number).is_none_or(Decimal::is_zero)
        };
        if self.is_likely {
            (0, self.slip)
        } else {
            (if self.corrections.iter().any(prints_nothing) { 2 } else { 1 }, Slip::Unexplained)
        }
    }
}

/// What explains a contradiction, the most convincing first, equals in the order of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanations {
    /// All that were found. None, where the figures can only be reconciled by several corrections that no single slip makes.
    pub ranked: Vec<Explanation>,
    /// How many of the first are equally good. More than one: which of them it is cannot be told.
    pub best: usize,
    /// Figures by position that may be wrong too, but were not examined: it would have taken too long, or cannot be decided.
    pub unexamined: Vec<usize>,
}

impl Explanations {
    /// The explanation, where one is better than all others.
    pub fn only(&self) -> Option<&Explanation> {
        self.ranked.first().filter(|_| self.best == 1 && self.unexamined.is_empty())
    }

    /// The explanations of which none is better than another.
    pub fn equally_good(&self) -> &[Explanation] {
        self.ranked.get(..self.best).unwrap_or_default()
    }
}

impl System {
    /// What explains a contradiction of this system: every figure whose change alone would reconcile all that has to do with
    /// it, with what it should be; where there is none, two cells exchanged, or a line left out of several totals, counted
    /// twice in them or added in as a subtotal. Figures that the user vouches for are never suspected.
    ///
    /// At most 2,000 other systems are tried, fewer where they are large: as many as have 30 million figures in their sums, or
    /// 60,000 where there are shares; and a million exchanges of two cells.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Rounding, Slip, Sum, System};
    /// let mut system = System::default();
    /// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    /// let cells = [printed(193_576), printed(105_862)];
    /// let total = printed(294_938);
    /// system.sum(Sum::new(total, cells));
    /// let outcome = system.reconcile();
    /// let explanations = system.explanations(&outcome.contradictions[0]);
    /// let best = explanations.only().unwrap();
    /// assert_eq!((best.slip, best.corrections[0].number), (Slip::Transposed, Some(299_438.into())));
    /// ```
    pub fn explanations(&self, contradiction: &Contradiction) -> Explanations {
        let mut case = Case::of(self, contradiction);
        let mut ranked = single::explanations(&mut case);
        if ranked.is_empty() {
            ranked = lines::explanations(&mut case);
            ranked.extend(exchange::explanations(&mut case));
        }
        ranked.sort_by_key(|explanation| explanation.rank(self));
        let rank = |explanation: &&Explanation| explanation.rank(self);
        let first = ranked.first().map(|first| first.rank(self));
        let best = ranked.iter().take_while(|other| Some(rank(other)) == first).count();
        Explanations { ranked, best, unexamined: case.unexamined() }
    }
}

#[cfg(test)]
mod tests;
