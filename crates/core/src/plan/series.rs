//! Context series: figures about the world, by country and year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::{Entries, Id};
use super::indicator::Value;
use super::printed::Printed;
use crate::decimal::Decimal;
use crate::source::Spanned;

/// A table of figures about the world, by country and year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Series {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its title.
    pub title: String,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How the figures are printed, where that differs from the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Printed>,
    /// The years, in the order of the columns.
    pub years: Vec<u16>,
    /// One line a country (ISO 3166 code, not necessarily a place of the plan), one value a year.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub values: Entries<Spanned<Vec<Spanned<Value>>>>,
    /// What the prose says about the same figures.
    #[serde(default, rename = "statement", skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<SeriesStatement>,
}

impl Series {
    /// A series of some years, without figures.
    pub fn new(id: &str, title: impl Into<String>, years: impl IntoIterator<Item = u16>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), years: years.into_iter().collect(), ..Self::default() }
    }

    /// The value of a country in a year, and where it stands; `None` where the table does not give it.
    pub fn value(&self, country: &str, year: u16) -> Option<Spanned<Value>> {
        let column = self.years.iter().position(|y| *y == year)?;
        self.values.get(country)?.get(column).copied()
    }
}

/// A sentence of the document that gives a figure of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeriesStatement {
    /// Where it stands in the document.
    #[serde(rename = "where")]
    pub place: String,
    /// The country it speaks of.
    pub country: Spanned<Id>,
    /// The year it speaks of.
    pub year: Spanned<u16>,
    /// The figure it gives.
    pub value: Spanned<Decimal>,
    /// The sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl SeriesStatement {
    /// A figure that a place of the document gives for a country in a year.
    pub fn new(place: impl Into<String>, country: &str, year: u16, value: Decimal) -> Self {
        let country = Id::lossy(country).into();
        Self { place: place.into(), country, year: year.into(), value: value.into(), text: None }
    }
}
