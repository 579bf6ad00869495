//! Rules of donors: what a budget must be like for one of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use crate::decimal::Decimal;
use crate::source::Spanned;

/// What a donor asks of a budget, clause by clause. In a plan, one of which only the id is given is a published one
/// (`profiles` lists them).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The document that its clauses are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it asks.
    #[serde(default, rename = "clause", skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
}

impl Profile {
    /// The published profile of an id.
    pub fn published(id: &str) -> Self {
        Self { id: Id::lossy(id).into(), ..Self::default() }
    }

    /// Whether the plan only names it.
    pub fn is_only_named(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// One thing that a donor asks. It says what of the budget it is about by the one key that it has besides its id and words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Clause {
    /// Its id within the profile.
    pub id: Spanned<Id>,
    /// What it asks, in words.
    pub text: String,
    /// Where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<String>,
    /// The only currency that the plan may have (ISO 4217).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The unit that every amount is a whole number of: `0.01` for two decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Decimal>,
    /// The only cost categories that lines may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Id>>,
    /// Keys that every plain line must have: `category`, `quantity`, `unit`, `unit-cost`, `duration`, `share`, `period`, `remarks`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Vec<String>>,
    /// The most that indirect costs may be, in per cent of direct costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indirect_rate: Option<Decimal>,
    /// The most that some categories may be, in per cent of the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_share: Option<CategoryShare>,
    /// The most months that the plan may run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// How far a budget may move from the approved one before an amendment is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Amendment>,
}

/// A cap on the share of some cost categories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CategoryShare {
    /// The categories, taken together.
    pub of: Vec<Id>,
    /// The most they may be, in per cent of the total.
    pub most: Decimal,
}

impl CategoryShare {
    /// So many per cent of the total at most.
    pub fn new(of: Vec<Id>, most: Decimal) -> Self {
        Self { of, most }
    }
}

/// From when on a change of the approved budget needs an amendment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Amendment {
    /// What is compared: cost categories or outcomes.
    pub heading: Heading,
    /// By how much a heading may differ from the approved one, in per cent of it.
    pub change: Decimal,
    /// Categories that may not grow at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<Id>,
}

impl Amendment {
    /// Needed where a heading differs by more than so many per cent from the approved one.
    pub fn above(heading: Heading, change: Decimal) -> Self {
        Self { heading, change, fixed: Vec::new() }
    }
}

/// What a donor compares between an approved budget and a revised one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Heading {
    /// Cost categories.
    #[default]
    Category,
    /// Outcomes and budget heads.
    Outcome,
}
