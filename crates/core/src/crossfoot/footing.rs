//! One equation: do these parts make that total?

use super::interval::Interval;
use super::rounding::{Reaches, Rounding};
use crate::decimal::Decimal;

/// How a printed total stands to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The printed figures add up at face value.
    Exact,
    /// They do not, but amounts exist that round to all of them.
    WithinRounding,
    /// No amounts round to all of them.
    Wrong,
}

/// A running sum of parts: at face value, and as the interval of what they can stand for.
///
/// ```
/// use logframe::crossfoot::{Interval, Rounding, Footing, Agreement};
/// use logframe::Decimal;
/// let one = Decimal::from(1);
/// let printed = |n: i64| (n.into(), Interval::of_printed(n.into(), one, Rounding::Nearest).unwrap());
/// let mut cells = Footing::default();
/// for cell in [295_609, 509_104, 381_007, 853_981] {
///     let (value, amounts) = printed(cell);
///     cells = cells.plus(value, amounts).unwrap();
/// }
/// let (value, amounts) = printed(2_039_700);
/// assert_eq!(cells.verdict(value, amounts), Agreement::WithinRounding);
/// let (value, amounts) = printed(2_039_698);
/// assert_eq!(cells.verdict(value, amounts), Agreement::Wrong);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Footing {
    /// The parts at face value.
    pub value: Decimal,
    /// What the parts together can stand for.
    pub amounts: Interval,
    /// How many parts there are.
    pub terms: usize,
}

impl Default for Footing {
    fn default() -> Self {
        Self { value: Decimal::ZERO, amounts: Interval::exactly(Decimal::ZERO), terms: 0 }
    }
}

impl Footing {
    /// With one part more; `None` where the sum has more digits than can be held.
    #[must_use]
    pub fn plus(self, value: Decimal, amounts: Interval) -> Option<Self> {
        let value = self.value.exact_add(value)?;
        Some(Self { value, amounts: self.amounts.plus(amounts)?, terms: self.terms.saturating_add(1) })
    }

    /// The sum of figures that were all rounded to `unit` by one rule; without a unit they are exact. `None` where it has more
    /// digits than can be held.
    pub fn of_printed(figures: impl IntoIterator<Item = Decimal>, unit: Option<Decimal>, rounding: Rounding) -> Option<Self> {
        let (mut value, mut reaches, mut terms) = (Decimal::ZERO, Reaches::default(), 0);
        for figure in figures {
            value = value.exact_add(figure)?;
            terms += 1;
            if let Some(unit) = unit {
                reaches = reaches.plus(figure, unit, rounding)?;
            }
        }
        let amounts = match unit {
            Some(unit) => reaches.around(value, unit)?,
            None => Interval::exactly(value),
        };
        Some(Self { value, amounts, terms })
    }

    /// How a total of face value `total`, which can stand for `amounts`, stands to these parts.
    pub fn verdict(&self, total: Decimal, amounts: Interval) -> Agreement {
        if self.value == total {
            Agreement::Exact
        } else if self.amounts.meets(amounts) {
            Agreement::WithinRounding
        } else {
            Agreement::Wrong
        }
    }
}
