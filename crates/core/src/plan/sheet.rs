//! Country sheets: what the plan says about one office, or about several together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::{Entries, Id};
use crate::source::Spanned;

/// A country sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Sheet {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The offices it speaks for.
    pub offices: Vec<Spanned<Id>>,
    /// What the government's response has brought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<String>,
    /// The plan's activities that are carried out here, in printed order. Left out where the sheet lists none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Vec<Spanned<Id>>>,
    /// Challenges under the outcome where the document puts them.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub challenges: Entries<Vec<String>>,
    /// Challenges that the document puts under no outcome.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_challenges: Vec<String>,
    /// The sheet's own words for an activity, where they differ from the plan's.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub wording: Entries<String>,
}

impl Sheet {
    /// A sheet for some offices.
    pub fn new<'a>(id: &str, offices: impl IntoIterator<Item = &'a str>) -> Self {
        let offices = offices.into_iter().map(|office| Id::lossy(office).into()).collect();
        Self { id: Id::lossy(id).into(), offices, ..Self::default() }
    }
}
