//! A system in whole numbers: every printed number and every end of an interval is a multiple of one small step, so that all
//! that follows is integer arithmetic.

use super::figure::Figure;
use super::interval::{End, Interval};
use super::solver::Reason;
use super::system::System;
use crate::decimal::Decimal;

/// An end of an interval in whole steps: the value, and on which side of it the end lies (as in [`End`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    pub value: i128,
    pub shift: i8,
}

/// What is known of the amount behind one figure, in whole steps.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The printed number, or where nothing is printed the amount nearest to zero.
    pub at: i128,
    pub low: Option<Bound>,
    pub high: Option<Bound>,
}

impl Limits {
    /// Nothing is known.
    const ALL: Self = Self { at: 0, low: None, high: None };

    /// Whether one amount is all it can be.
    pub fn is_point(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

/// [`Limits`] as they are kept: ends by how far they are from `at`. There may be millions of them.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    pub at: i128,
    /// How far down and up it is to each end; [`NO_END`] where there is none.
    pub reach: [i64; 2],
    /// On which side of each end the end lies.
    pub shifts: [i8; 2],
    /// Whether the low end is no end of a rounding: the zero of an amount that is no less than nothing.
    has_floor: bool,
}

/// The reach where there is no end.
pub const NO_END: i64 = i64::MAX;

impl Kept {
    const ALL: Self = Self { at: 0, reach: [NO_END; 2], shifts: [0; 2], has_floor: false };

    /// The same with its ends.
    pub fn limits(self) -> Limits {
        let ([down, up], [low, high]) = (self.reach, self.shifts);
        let end = |reach: i64, by: i128, shift| (reach != NO_END).then_some(Bound { value: self.at + by, shift });
        Limits { at: self.at, low: end(down, -i128::from(down), low), high: end(up, up.into(), high) }
    }

    /// The same where the amount lies strictly between the ends of a rounding, and not on one. One amount stays one.
    fn opened(self) -> Self {
        let low = if self.has_floor { self.shifts[0] } else { 1 };
        if self.is_point() { self } else { Self { shifts: [low, -1], ..self } }
    }

    fn is_point(self) -> bool {
        self.reach == [0; 2] && self.shifts == [0; 2]
    }
}

/// A system whose amounts are whole numbers of steps of `10^-decimals`.
#[derive(Debug)]
pub struct Scaled<'s> {
    pub system: &'s System,
    pub decimals: u32,
    kept: Vec<Kept>,
}

impl<'s> Scaled<'s> {
    /// The system in whole steps. A total that was added up from printed parts is not limited: its parts are.
    pub fn of(system: &'s System) -> Result<Self, Reason> {
        let figures = system.figures();
        let decimals = figures.iter().map(finest).max().unwrap_or(0);
        let mut kept = Vec::with_capacity(figures.len());
        for (i, figure) in figures.iter().enumerate() {
            kept.push(kept_of(figure, decimals).ok_or(Reason::TooManyDigits { figure: i })?);
        }
        for sum in system.sums().iter().filter(|sum| sum.is_of_printed) {
            if let Some(total) = kept.get_mut(sum.total) {
                *total = Kept { at: total.at, ..Kept::ALL };
            }
        }
        Ok(Self { system, decimals, kept })
    }

    /// The printed number of a figure in as few decimals as it has, as steps of `10^-decimals`.
    pub fn printed(&self, figure: usize) -> (i128, u32) {
        let (mut steps, mut decimals) = (self.limits(figure).at, self.decimals);
        while decimals > 0 && steps % 10 == 0 {
            (steps, decimals) = (steps / 10, decimals - 1);
        }
        (steps, decimals)
    }

    /// The fewest decimals in which amounts can be other than printed.
    pub fn least_decimals(&self) -> u32 {
        let figures = self.system.figures();
        let mut units = figures.iter().filter(|figure| !figure.amounts().is_point()).map(Figure::unit);
        let Some(Some(unit)) = units.next() else { return 0 };
        let unit = unit.normalized();
        let is_step = unit.in_steps(unit.decimals()) == Some(1);
        if is_step && units.all(|other| other == Some(unit)) { unit.decimals() + 1 } else { 0 }
    }

    /// What is known of the amount behind a figure.
    pub fn limits(&self, figure: usize) -> Limits {
        self.kept.get(figure).map_or(Limits::ALL, |kept| kept.limits())
    }

    /// Whether one amount is all that a figure can be.
    pub fn is_point(&self, figure: usize) -> bool {
        self.kept.get(figure).is_some_and(|kept| kept.is_point())
    }
}

/// The most decimals of its number and its ends.
fn finest(figure: &Figure) -> u32 {
    let Interval { low, high } = figure.amounts();
    let ends = [low, high].into_iter().flatten().map(|end| end.value);
    figure.number().into_iter().chain(ends).map(Decimal::decimals).max().unwrap_or(0)
}

fn kept_of(figure: &Figure, decimals: u32) -> Option<Kept> {
    let steps = |value: Decimal| value.in_steps(decimals);
    let Interval { low, high } = figure.amounts();
    let at = figure.number().map_or(Some(0), steps)?;
    // A number below nothing may be printed for an amount that is no less.
    let at = if let Some(low) = low { at.max(steps(low.value)?) } else { at };
    let at = if let Some(high) = high { at.min(steps(high.value)?) } else { at };
    let reach = |end: Option<End>| match end {
        Some(end) => i64::try_from(steps(end.value)?.checked_sub(at)?.checked_abs()?).ok().filter(|reach| *reach < NO_END),
        None => Some(NO_END),
    };
    let shift = |end: Option<End>| end.map_or(0, |end| end.shift.signum());
    let has_floor = figure.is_nonnegative() && low.is_some_and(|low| low.value.is_zero() && low.shift == 0);
    Some(Kept { at, reach: [reach(low)?, reach(high)?], shifts: [shift(low), shift(high)], has_floor })
}

/// A question about a system: can amounts be found, and which?
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    pub scaled: &'q Scaled<'q>,
    /// The sums that must hold, by position.
    pub sums: &'q [usize],
    /// The shares that must hold, by position.
    pub shares: &'q [usize],
    /// Figures whose printed number is disregarded, by position, sorted.
    pub free: &'q [usize],
    /// Whether no amount may lie exactly on an end of a rounding.
    pub is_strict: bool,
}

impl Question<'_> {
    /// Whether one amount is all that a figure can be.
    pub fn is_point(&self, figure: usize) -> bool {
        self.scaled.is_point(figure) && !self.is_free(figure)
    }

    fn is_free(&self, figure: usize) -> bool {
        !self.free.is_empty() && self.free.binary_search(&figure).is_ok()
    }

    /// What is known of the amount behind a figure, for this question.
    pub fn limits(&self, figure: usize) -> Limits {
        self.kept(figure).limits()
    }

    /// The same as it is kept.
    pub fn kept(&self, figure: usize) -> Kept {
        let kept = self.scaled.kept.get(figure).copied().unwrap_or(Kept::ALL);
        if self.is_free(figure) {
            Kept { at: kept.at, ..Kept::ALL }
        } else if self.is_strict {
            kept.opened()
        } else {
            kept
        }
    }
}
