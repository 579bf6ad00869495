//! Offices: who carries the plan out.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use crate::source::Spanned;

/// An office that implements a part of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Office {
    /// Its id, also the name of its line in the budget.
    pub id: Spanned<Id>,
    /// Its name as printed in the budget table.
    pub name: String,
    /// What kind of office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OfficeKind>,
    /// The places it works in, by their ISO codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Spanned<Id>>,
    /// Regions whose offices it supports. Support alone does not cover a place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Spanned<Id>>,
    /// The file that its figures come from, where the plan was combined from several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether it leads the plan.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leads: bool,
}

impl Office {
    /// An office.
    pub fn new(id: &str, name: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), name: name.into(), ..Self::default() }
    }
}

/// Kinds of offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// Works in one country.
    Country,
    /// Works in several countries of a region.
    SubRegional,
    /// Steers and supports the offices of its regions.
    Regional,
}

impl fmt::Display for OfficeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Country => "country",
            Self::SubRegional => "sub-regional",
            Self::Regional => "regional",
        })
    }
}
