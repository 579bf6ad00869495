//! The rules that reading a text enforces; what they find keeps a plan from being read.

use super::Rule;
use crate::diagnostic::Severity::Error;

/// The text is neither TOML nor JSON.
pub static SYNTAX: Rule = Rule { name: "syntax", severity: Error, page: include_str!("syntax.md"), check: None };

/// A key that the format does not have.
pub static UNKNOWN_KEY: Rule = Rule { name: "unknown-key", severity: Error, page: include_str!("unknown_key.md"), check: None };

/// A key that must be there.
pub static MISSING_KEY: Rule = Rule { name: "missing-key", severity: Error, page: include_str!("missing_key.md"), check: None };

/// A value of the wrong kind.
pub static WRONG_VALUE: Rule = Rule { name: "wrong-value", severity: Error, page: include_str!("wrong_value.md"), check: None };

/// A number that is not exact.
pub static INEXACT_AMOUNT: Rule =
    Rule { name: "inexact-amount", severity: Error, page: include_str!("inexact_amount.md"), check: None };

/// A version of the format that is not known.
pub static UNKNOWN_FORMAT: Rule =
    Rule { name: "unknown-format", severity: Error, page: include_str!("unknown_format.md"), check: None };
