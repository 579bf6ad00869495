//! The results chain: outcomes, outputs and activities; and budget heads, which are no result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::indicator::Indicator;
use super::sdg::SdgRef;
use crate::source::Spanned;

/// A change the plan works towards (IATI result type 2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Outcome {
    /// Its id, also its key in the budget: `1`.
    pub id: Spanned<Id>,
    /// Its short name.
    pub title: String,
    /// What shall have changed, as the document states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The key challenges it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub challenges: Vec<String>,
    /// SDG targets or goals it contributes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<SdgRef>,
    /// What must hold outside the plan for the outcome to follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// How the change is measured.
    #[serde(default, rename = "indicator", skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// What the plan delivers towards it.
    #[serde(default, rename = "output", skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Output>,
    /// Activities that hang straight on the outcome.
    #[serde(default, rename = "activity", skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
}

/// A product or service the plan delivers (IATI result type 1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Output {
    /// Its id: `1.1`.
    pub id: Spanned<Id>,
    /// What is delivered.
    pub title: String,
    /// A longer statement, where the document has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// SDG targets or goals it contributes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<SdgRef>,
    /// What must hold outside the plan for the output to lead to its outcome.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// How the delivery is measured.
    #[serde(default, rename = "indicator", skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// What is done to deliver it.
    #[serde(default, rename = "activity", skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
}

/// Work that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Activity {
    /// Its id: `1a`.
    pub id: Spanned<Id>,
    /// What is done, in the plan's words.
    pub title: String,
    /// SDG targets or goals it contributes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<SdgRef>,
}

/// A budget head that is no result: evaluation, support costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Head {
    /// Its id, also its key in the budget: `evaluation`.
    pub id: Spanned<Id>,
    /// Its name.
    pub title: String,
}

impl Outcome {
    /// An outcome with nothing under it yet. In ids from code, characters that no id may hold become `_`.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), ..Self::default() }
    }

    /// Its activities: those straight under it first, then those of its outputs.
    pub fn all_activities(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter().chain(self.outputs.iter().flat_map(|output| &output.activities))
    }
}

impl Output {
    /// An output with nothing under it yet.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), ..Self::default() }
    }
}

impl Activity {
    /// An activity.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), ..Self::default() }
    }
}

impl Head {
    /// A budget head.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into() }
    }
}
