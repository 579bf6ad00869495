//! Exchange rates, as the plan states them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::period::Date;
use crate::source::Spanned;

/// An exchange rate: how many units of `currency` one unit of `per` is worth, as the UN operational rates of exchange say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rate {
    /// The currency that is converted (ISO 4217).
    pub currency: Spanned<String>,
    /// The currency that it is measured in; the plan's where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Spanned<String>>,
    /// How many of the one for one of the other: 3.72 soles for a dollar.
    pub rate: Spanned<Decimal>,
    /// The day from which it holds.
    pub date: Spanned<Date>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Rate {
    /// What there is one rate for: a currency, the one that it is measured in, and a day.
    pub(crate) fn key<'r>(&'r self, plan: &'r str) -> (&'r str, &'r str, Date) {
        (&self.currency, self.per.as_ref().map_or(plan, |per| per.as_str()), *self.date)
    }

    /// The rate without its places, for another text than its own.
    pub(crate) fn without_places(&self) -> Self {
        let per = self.per.as_ref().map(|per| per.value.clone().into());
        Self {
            currency: self.currency.value.clone().into(),
            per,
            rate: (*self.rate).into(),
            date: (*self.date).into(),
            source: self.source.clone(),
        }
    }

    /// So many units of a currency for one unit of the plan's, from a day on.
    pub fn new(currency: impl Into<String>, rate: Decimal, date: Date) -> Self {
        Self { currency: currency.into().into(), per: None, rate: rate.into(), date: date.into(), source: None }
    }
}
