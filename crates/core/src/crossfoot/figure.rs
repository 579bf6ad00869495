//! Figures: printed numbers, and the amounts that they can stand for.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::{End, Interval};
use super::rounding::Rounding;
use crate::decimal::Decimal;

/// A printed number, or the place of one that is not printed, with the amounts it can stand for. They are never none at all.
///
/// ```
/// use logframe::crossfoot::{Figure, Rounding};
/// let printed = Figure::printed("708000".parse()?, "1000".parse()?, Rounding::HalfUp).unwrap();
/// assert_eq!(printed.amounts().to_string(), "[707500.0, 708500.0)");
/// assert_eq!(Figure::unknown().amounts().to_string(), "(-∞, ∞)");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    printed: Option<Decimal>,
    unit: Option<Decimal>,
    /// The unit of a first rounding, where it was rounded twice.
    first: Option<Decimal>,
    rounding: Rounding,
    amounts: Interval,
    is_nonnegative: bool,
    is_fixed: bool,
}

impl Figure {
    const UNKNOWN: Self = Self {
        printed: None,
        unit: None,
        first: None,
        rounding: Rounding::Exact,
        amounts: Interval::ALL,
        is_nonnegative: false,
        is_fixed: false,
    };

    /// A number that was rounded to whole `unit`s. `None` where an end of its amounts has more digits than can be held.
    pub fn printed(number: Decimal, unit: Decimal, rounding: Rounding) -> Option<Self> {
        let amounts = Interval::of_printed(number, unit, rounding)?;
        Some(Self { printed: Some(number), unit: Some(unit), rounding, amounts, ..Self::UNKNOWN })
    }

    /// A number that was not rounded: a count, a sum of a contract.
    pub fn exact(number: Decimal) -> Self {
        Self { printed: Some(number), amounts: Interval::exactly(number), ..Self::UNKNOWN }
    }

    /// A place where nothing is printed, or where nothing is known of what is.
    pub fn unknown() -> Self {
        Self::UNKNOWN
    }

    /// A number that was rounded to whole `first` units and from there to whole `unit`s, both times by one rule: cents to
    /// dollars to thousands. Its amounts reach by what the first rounding can move beyond what the second can.
    pub fn rounded_twice(number: Decimal, first: Decimal, unit: Decimal, rounding: Rounding) -> Option<Self> {
        let once = Self::printed(number, unit, rounding)?;
        let within = once.amounts.within_multiples(first)?;
        let reach = |end: End| Interval::of_printed(end.value, first, rounding);
        let amounts = Interval { low: reach(within.low?)?.low, high: reach(within.high?)?.high };
        Some(Self { amounts, first: Some(first), ..once })
    }

    /// What a printed none (`-`) stands for, among figures of this unit and rule. `None` as in [`Figure::printed`].
    pub fn none(means: NoneMeans, unit: Option<Decimal>, rounding: Rounding) -> Option<Self> {
        match (means, unit) {
            (NoneMeans::Unknown, _) => Some(Self::UNKNOWN),
            (NoneMeans::RoundsToZero, Some(unit)) => Self::printed(Decimal::ZERO, unit, rounding)?.nonnegative(),
            (NoneMeans::Zero, _) | (NoneMeans::RoundsToZero, None) => Some(Self::exact(Decimal::ZERO)),
        }
    }

    /// The same where the amount is known to be no less than nothing; `None` where no amount is left.
    #[must_use]
    pub fn nonnegative(self) -> Option<Self> {
        let zero = End { value: Decimal::ZERO, shift: 0 };
        let low = self.amounts.low.map_or(zero, |low| low.max(zero));
        let amounts = Interval { low: Some(low), ..self.amounts };
        let is_left = amounts.high.is_none_or(|high| low <= high);
        is_left.then_some(Self { amounts, is_nonnegative: true, ..self })
    }

    /// The same, vouched for by the user: it is never suspected and never repaired.
    #[must_use]
    pub fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }

    /// The number as it is printed; `None` where nothing is.
    pub fn number(&self) -> Option<Decimal> {
        self.printed
    }

    /// The unit it was rounded to; `None` where it was not rounded.
    pub fn unit(&self) -> Option<Decimal> {
        self.unit
    }

    /// The rule it was rounded by.
    pub fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// The amounts it can stand for.
    pub fn amounts(&self) -> Interval {
        self.amounts
    }

    /// Whether its amount is known to be no less than nothing.
    pub fn is_nonnegative(&self) -> bool {
        self.is_nonnegative
    }

    /// Whether the user vouches for it.
    pub fn is_fixed(&self) -> bool {
        self.is_fixed
    }

    /// The same place with another number printed in it, rounded in the same way. `None` as in [`Figure::printed`], and where
    /// a number below zero stands for no amount.
    #[must_use]
    pub fn with_number(self, number: Decimal) -> Option<Self> {
        let other = match (self.unit, self.first) {
            (Some(unit), Some(first)) => Self::rounded_twice(number, first, unit, self.rounding)?,
            (Some(unit), None) => Self::printed(number, unit, self.rounding)?,
            (None, _) => Self::exact(number),
        };
        let other = if self.is_nonnegative { other.nonnegative()? } else { other };
        Some(Self { is_fixed: self.is_fixed, ..other })
    }

    /// The same figure if it had been rounded by another rule; one that was not rounded stays as it is.
    #[must_use]
    pub fn under(self, rounding: Rounding) -> Option<Self> {
        match (self.printed, self.unit) {
            (Some(number), Some(_)) => Self { rounding, ..self }.with_number(number),
            _ => Some(self),
        }
    }
}

/// What a printed none (`-`) stands for as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoneMeans {
    /// Exactly zero.
    #[default]
    Zero,
    /// An amount so small that it rounds to zero.
    RoundsToZero,
    /// An amount that is not known.
    Unknown,
}

impl fmt::Display for NoneMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Zero => "zero",
            Self::RoundsToZero => "an amount that rounds to zero",
            Self::Unknown => "an unknown amount",
        })
    }
}
