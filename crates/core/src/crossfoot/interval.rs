//! Intervals of exact numbers whose ends may be open or absent.

use std::cmp::Ordering;

use crate::decimal::Decimal;

/// One end of an interval: a value and on which side of it the end lies. `shift` is 0 for an end that is included, +1 for one
/// just above the value, -1 for one just below. Ends compare as one ordered value, so that openness is never forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The value at the end.
    pub value: Decimal,
    /// 0 where the value is included, +1 just above it, -1 just below it.
    pub shift: i8,
}

impl End {
    fn plus(self, other: Self) -> Option<Self> {
        let shift = self.shift.signum().saturating_add(other.shift.signum()).signum();
        Some(Self { value: self.value.exact_add(other.value)?, shift })
    }
}

impl PartialOrd for End {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for End {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value).then(self.shift.cmp(&other.shift))
    }
}

/// The amounts a printed figure can stand for. An absent end is unbounded.
///
/// ```
/// use logframe::crossfoot::{Interval, Rounding};
/// let printed = "800000".parse()?;
/// let amounts = Interval::of_printed(printed, "1".parse()?, Rounding::HalfUp).unwrap();
/// assert_eq!(amounts.to_string(), "[799999.5, 800000.5)");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Interval {
    /// Every amount.
    pub const ALL: Self = Self { low: None, high: None };

    /// One amount only.
    pub fn exactly(value: Decimal) -> Self {
        let end = End { value, shift: 0 };
        Self { low: Some(end), high: Some(end) }
    }

    /// Between two ends.
    pub fn between(low: End, high: End) -> Self {
        Self { low: Some(low), high: Some(high) }
    }

    /// All sums of one amount from each; `None` where an end has more digits than can be held.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let end = |a: Option<End>, b: Option<End>| match (a, b) {
            (Some(a), Some(b)) => a.plus(b).map(Some),
            _ => Some(None),
        };
        Some(Self { low: end(self.low, other.low)?, high: end(self.high, other.high)? })
    }

    /// The amounts with the opposite sign.
    #[must_use]
    pub fn negated(self) -> Self {
        let end = |end: End| End { value: -end.value, shift: -end.shift.signum() };
        Self { low: self.high.map(end), high: self.low.map(end) }
    }

    /// The same amounts with the values of its ends written in another way.
    pub(crate) fn map_values(self, value: impl Fn(Decimal) -> Decimal) -> Self {
        let end = |end: End| End { value: value(end.value), ..end };
        Self { low: self.low.map(end), high: self.high.map(end) }
    }

    /// From the least whole multiple of `unit` in it to the greatest; `None` where there is none, or no end.
    pub(super) fn within_multiples(self, unit: Decimal) -> Option<Self> {
        let (low, high) = (self.low?, self.high?);
        let (below, above) = (low.value.floor_to(unit)?, high.value.floor_to(unit)?);
        let least = if below == low.value && low.shift <= 0 { below } else { below.exact_add(unit)? };
        let greatest = if above == high.value && high.shift < 0 { above.exact_sub(unit)? } else { above };
        let end = |value| End { value, shift: 0 };
        (least <= greatest).then(|| Self::between(end(least), end(greatest)))
    }

    /// Whether `amount` is one of it.
    pub fn contains(self, amount: Decimal) -> bool {
        self.meets(Self::exactly(amount))
    }

    /// Whether it is one amount only.
    pub fn is_point(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// In words, with numbers as `number` writes them; an end that is excluded is said to be.
    ///
    /// ```
    /// use logframe::crossfoot::{Interval, Rounding};
    /// let amounts = Interval::of_printed(708.into(), 1.into(), Rounding::HalfUp).unwrap();
    /// assert_eq!(amounts.told(|number| number.to_string()), "707.5 to less than 708.5");
    /// ```
    pub fn told(self, number: impl Fn(Decimal) -> String) -> String {
        let end = |end: End| number(end.value);
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => end(low),
            (Some(low), Some(high)) => {
                let from = if low.shift == 0 { "" } else { "more than " };
                let to = if high.shift == 0 { "" } else { "less than " };
                format!("{from}{} to {to}{}", end(low), end(high))
            }
            (Some(low), None) => format!("{} or more", end(low)),
            (None, Some(high)) => format!("{} or less", end(high)),
            (None, None) => "any amount".to_owned(),
        }
    }

    /// Whether some amount lies in both.
    pub fn meets(self, other: Self) -> bool {
        let below = |low: Option<End>, high: Option<End>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.low {
            None => f.write_str("(-∞, ")?,
            Some(End { value, shift }) => write!(f, "{}{value}, ", if shift == 0 { '[' } else { '(' })?,
        }
        match self.high {
            None => f.write_str("∞)"),
            Some(End { value, shift }) => write!(f, "{value}{}", if shift == 0 { ']' } else { ')' }),
        }
    }
}
