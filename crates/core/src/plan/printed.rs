//! How the document prints its figures: the only source of tolerance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::crossfoot::{Interval, NoneMeans, Rounding};
use crate::decimal::Decimal;
use crate::source::Spanned;

/// How figures are printed. Tolerance comes from here and from nowhere else: without a unit, figures are exact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Printed {
    /// The unit figures were rounded to: 1 for whole dollars, 1000 for thousands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Spanned<Decimal>>,
    /// How they were rounded to it; `nearest` where it is not known what happens to halves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Spanned<Rounding>>,
    /// What "-" stands for as a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<NoneMeans>,
    /// What stands between groups of three digits in print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<String>,
    /// What stands before the decimals in print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
}

impl Printed {
    /// Figures rounded to a unit.
    pub fn to_unit(unit: Decimal, rounding: Rounding) -> Self {
        Self { unit: Some(unit.into()), rounding: Some(rounding.into()), ..Self::default() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rounding rule, or that it is not known what happens to halves.
    pub fn rule(&self) -> Rounding {
        self.rounding.map(|rule| rule.value).unwrap_or_default()
    }

    /// What a figure printed in these ways can stand for: itself where there is no unit. `None` where an end has more digits
    /// than can be held.
    ///
    /// ```
    /// use logframe::{Printed, crossfoot::Rounding};
    /// let thousands = Printed::to_unit("1000".parse()?, Rounding::HalfUp);
    /// assert_eq!(thousands.amounts("708000".parse()?).unwrap().to_string(), "[707500.0, 708500.0)");
    /// # Ok::<(), logframe::Error>(())
    /// ```
    pub fn amounts(&self, figure: Decimal) -> Option<Interval> {
        match self.unit {
            Some(unit) => Interval::of_printed(figure, unit.abs(), self.rule()),
            None => Some(Interval::exactly(figure)),
        }
    }

    /// Whether figures are rounded to one unit by one rule in both.
    pub fn is_like(&self, other: &Self) -> bool {
        self.unit == other.unit && self.rule() == other.rule()
    }

    /// What it says itself, and for the rest what `base` says.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        Self {
            unit: self.unit.or(base.unit),
            rounding: self.rounding.or(base.rounding),
            none: self.none.or(base.none),
            thousands: self.thousands.clone().or_else(|| base.thousands.clone()),
            decimal: self.decimal.clone().or_else(|| base.decimal.clone()),
        }
    }
}
