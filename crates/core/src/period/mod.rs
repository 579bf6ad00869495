//! Calendar dates, stretches of days and lengths of time: the only place that uses `chrono`. There is no clock here.

mod stretch;

pub use stretch::{Period, Step};

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::source::Spanned;

/// The name under which a [`Date`] crosses serde, so that TOML's own dates and JSON's texts are read alike.
pub(crate) const SERDE_NAME: &str = "$logframe::Date";
/// The same for a [`Period`], which is a text in both.
pub(crate) const PERIOD: &str = "$logframe::Period";

/// A calendar date (proleptic Gregorian, no time, no zone).
///
/// ```
/// use logframe::Date;
/// let start: Date = "2018-04-01".parse()?;
/// assert!(start < "2020-03-31".parse()?);
/// assert!("2018-02-30".parse::<Date>().is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(NaiveDate);

impl FromStr for Date {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let plain = text.len() == 10 && text.is_ascii();
        let parsed = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| plain);
        parsed.map(Self).ok_or_else(|| Error::NotADate(text.chars().take(60).collect()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

/// How long a plan runs: a number of months, or two dates, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Duration {
    /// Length in months, where the document gives a length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Spanned<Date>>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Spanned<Date>>,
}

impl Duration {
    /// So many months, at no stated dates.
    pub fn of_months(months: u32) -> Self {
        Self { months: Some(months), ..Self::default() }
    }

    /// From one day to another, both included.
    pub fn between(from: Date, to: Date) -> Self {
        Self { months: None, from: Some(from.into()), to: Some(to.into()) }
    }
}

impl Duration {
    /// How many months it lasts, those that are begun counted whole; `None` where it says neither a length nor both days.
    pub fn whole_months(&self) -> Option<u32> {
        let days = self.from.as_ref().zip(self.to.as_ref()).and_then(|(from, to)| Period::between(**from, **to));
        self.months.or_else(|| days.map(Period::begun_months))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, &self.from, &self.to) {
            (_, Some(from), Some(to)) => write!(f, "{from} to {to}"),
            (_, Some(from), None) => write!(f, "from {from}"),
            (_, None, Some(to)) => write!(f, "to {to}"),
            (Some(months), None, None) => write!(f, "{months} months"),
            (None, None, None) => f.write_str("not given"),
        }
    }
}
