//! Donors and what they give.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::declared::Scope;
use super::id::Id;
use crate::decimal::Decimal;
use crate::period::Date;
use crate::source::Spanned;

/// Who gives money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Donor {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its name.
    pub name: String,
    /// Its rules, by the ids of profiles that the plan must meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Spanned<Id>>,
}

impl Donor {
    /// A donor without rules.
    pub fn new(id: &str, name: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), name: name.into(), profiles: Vec::new() }
    }
}

/// Money that a donor promised or gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Funding {
    /// Who.
    pub donor: Spanned<Id>,
    /// How firm it is.
    pub kind: FlowKind,
    /// How much.
    pub amount: Spanned<Decimal>,
    /// In what currency (ISO 4217), where that is not the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Spanned<String>>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Spanned<Date>>,
    /// What it is earmarked to; the whole plan where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Scope>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

impl Funding {
    /// Money of a donor for the whole plan.
    pub fn new(donor: &str, kind: FlowKind, amount: Decimal) -> Self {
        Self { donor: Id::lossy(donor).into(), kind, amount: amount.into(), ..Self::default() }
    }
}

/// How firm money is. What is disbursed was committed before, and what is committed is no pledge any more: the kinds are stages of
/// one amount and are never added to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FlowKind {
    /// Announced, not yet binding.
    Pledge,
    /// Bound by an agreement (IATI transaction type 2 or 11).
    #[default]
    Commitment,
    /// Paid out to the plan (IATI transaction type 3).
    Disbursement,
    /// Spent by the plan (IATI transaction type 4).
    Expenditure,
}

impl FlowKind {
    /// All of them, the least firm first.
    pub const ALL: [Self; 4] = [Self::Pledge, Self::Commitment, Self::Disbursement, Self::Expenditure];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pledge => "pledge",
            Self::Commitment => "commitment",
            Self::Disbursement => "disbursement",
            Self::Expenditure => "expenditure",
        }
    }
}

impl fmt::Display for FlowKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
