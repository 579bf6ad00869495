//! What to change so that printed figures can stand together.

mod fewest;
mod least;

use thiserror::Error;

use super::interval::Interval;
use super::solver::Reason;
use super::system::System;
use crate::decimal::Decimal;

/// What a repair keeps small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum How {
    /// The total change, so that all sums hold at face value.
    Least,
    /// The number of figures changed, so that one unrounded amount can stand behind every figure.
    #[default]
    Fewest,
}

/// A figure with another number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The figure's position.
    pub figure: usize,
    /// The number that it should have.
    pub number: Decimal,
    /// The amounts that the figures which stay leave it, where this is what decides its number; the number is the nearest to
    /// the one that is printed.
    pub amounts: Option<Interval>,
}

/// Changes that together make a repair, in the order of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// The changes; none where nothing has to be changed.
    pub changes: Vec<Change>,
}

impl Repair {
    /// The system after the changes; `None` where a number has too many digits beside its unit.
    pub fn of(&self, system: &System) -> Option<System> {
        let change = |repaired: System, change: &Change| {
            let figure = repaired.figures().get(change.figure)?.with_number(change.number)?;
            Some(repaired.with(change.figure, figure))
        };
        self.changes.iter().try_fold(system.clone(), change)
    }
}

/// What [`System::repair`] found: repairs none of which is better than another, and none better than these.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repairs {
    /// The repairs, one at least.
    pub found: Vec<Repair>,
    /// Whether it is known that these are all that are as good.
    pub are_all: bool,
}

/// Why figures cannot be repaired. Figures are named by their position.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unrepaired {
    /// Figures that may be changed were rounded to different units: what is a small change of one is a large one of another.
    #[error("the least change is not defined where figures were rounded to {one} and to {other}: keep either fixed")]
    Units {
        /// A unit.
        one: Decimal,
        /// Another.
        other: Decimal,
    },
    /// No changes by whole units make all sums hold at face value.
    #[error("no changes by whole units make all sums hold while the other figures stay as they are")]
    NoChange,
    /// The figures that keep their numbers contradict each other.
    #[error("the figures that must stay as they are contradict each other, whatever the others are")]
    Fixed,
    /// More figures would have to be changed than are looked for.
    #[error("more than {0} figures would have to be changed")]
    TooMany(usize),
    /// It cannot be decided.
    #[error("it cannot be decided: {0}")]
    Undecided(Reason),
}

impl From<Reason> for Unrepaired {
    fn from(reason: Reason) -> Self {
        Self::Undecided(reason)
    }
}

impl System {
    /// New numbers for as little as possible, so that the figures can stand together. Figures that are
    /// [fixed](super::Figure::fixed) keep theirs, those that are not printed may be anything.
    ///
    /// * [`How::Least`]: all sums hold at face value, by the least total change, in units that all figures share which may change. One
    ///   such repair is given. Figures that were not rounded keep their numbers; where none was rounded, they change by steps of the
    ///   last decimal printed. Shares are left aside.
    /// * [`How::Fewest`]: the system is possible again, by changing the fewest figures, up to 4. All sets of figures are given that
    ///   do, up to 100, each with one number a figure out of what the others allow.
    ///
    /// # Errors
    /// [`Unrepaired`] says why there is none, or why it cannot be decided.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, How, Rounding, Sum, System};
    /// let mut system = System::default();
    /// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    /// let (cells, total) = ([printed(120), printed(235)], printed(535));
    /// system.sum(Sum::new(total, cells));
    ///
    /// let repairs = system.repair(How::Fewest)?;
    /// assert_eq!(repairs.found.len(), 3); // any of the three figures may be the wrong one
    /// let change = &repairs.found[2].changes[0];
    /// assert_eq!((change.figure, change.number), (total, 356.into()));
    /// assert_eq!(change.amounts.unwrap().to_string(), "[354.0, 356.0)");
    ///
    /// let known = system.clone().with(total, system.figures()[total].fixed());
    /// assert_eq!(known.repair(How::Fewest)?.found.len(), 2);
    /// # Ok::<(), logframe::crossfoot::Unrepaired>(())
    /// ```
    pub fn repair(&self, how: How) -> Result<Repairs, Unrepaired> {
        self.is_sound()?;
        match how {
            How::Least => least::repair(self),
            How::Fewest => fewest::repair(self),
        }
    }
}

#[cfg(test)]
mod tests;
