//! Indicators: how an outcome or an output is measured.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::Id;
use super::sdg::SdgRef;
use crate::decimal::Decimal;
use crate::source::Spanned;

/// How a result is measured. Actuals and disaggregation belong to monitoring and are not part of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Indicator {
    /// Its id.
    pub id: Spanned<Id>,
    /// What is measured.
    pub title: String,
    /// What is counted: people, centres, per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where things stood before the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Reading>,
    /// Where they shall stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Reading>,
    /// Where the figures will come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means_of_verification: Option<String>,
    /// What must hold for the indicator to tell something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumption: Option<String>,
    /// SDG targets or goals it speaks to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<SdgRef>,
}

impl Indicator {
    /// An indicator without figures.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), ..Self::default() }
    }
}

/// A value of an indicator in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reading {
    /// The value, or `"n/a"` where the document says that it is not available.
    pub value: Spanned<Value>,
    /// The year, where one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
}

impl Reading {
    /// A value of no stated year.
    pub fn new(value: Value) -> Self {
        Self { value: value.into(), year: None }
    }

    /// The same in a year.
    #[must_use]
    pub fn in_year(self, year: u16) -> Self {
        Self { year: Some(year), ..self }
    }
}

/// A number that can be not available. That it is not given at all is said by leaving it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// The document says that it is not available.
    NotAvailable,
}

impl Value {
    /// How "not available" is written in a plan.
    pub const NOT_AVAILABLE: &'static str = "n/a";

    /// The number, if there is one.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotAvailable => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::NotAvailable => f.pad(Self::NOT_AVAILABLE),
        }
    }
}

/// The name under which a [`Value`] crosses serde.
pub(crate) const SERDE_NAME: &str = "$logframe::Value";

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::allocation::word_or_number(deserializer, SERDE_NAME, Self::NOT_AVAILABLE)
            .map(|number| number.map_or(Self::NotAvailable, Self::Number))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::NotAvailable => serializer.serialize_str(Self::NOT_AVAILABLE),
        }
    }
}

impl JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact number, or \"n/a\" where the document says that it is not available.",
            "anyOf": [generator.subschema_for::<Decimal>(), { "const": "n/a" }],
        })
    }
}
