//! Exceptions: a rule that the plan weighs otherwise, with its reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use crate::diagnostic::Severity;
use crate::source::Spanned;

/// A rule that this plan weighs otherwise. The report prints the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Exception {
    /// The rule's name.
    pub rule: Spanned<String>,
    /// What its findings weigh in this plan.
    pub severity: Adjustment,
    /// Why.
    pub reason: String,
    /// Only for findings about the thing of this id; for all of the rule's where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Spanned<Id>>,
}

impl Exception {
    /// An exception for all findings of a rule.
    pub fn new(rule: impl Into<String>, severity: Adjustment, reason: impl Into<String>) -> Self {
        Self { rule: rule.into().into(), severity, reason: reason.into(), of: None }
    }
}

/// What an exception makes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// It is not reported; how many there were is said.
    Off,
    /// It is a note.
    Note,
    /// It is a warning.
    Warning,
    /// It is an error.
    Error,
}

impl Adjustment {
    /// The severity it gives; `None` where the finding is not reported.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}
