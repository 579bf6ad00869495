#![doc = include_str!("unused_exception.md")]

use super::Rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Exception;

/// What has no use is known when all other rules have spoken: [`check`](super::check) calls this rule last.
pub static RULE: Rule =
    Rule { name: "unused-exception", severity: Severity::Warning, page: include_str!("unused_exception.md"), check: None };

pub(super) fn finding(exception: &Exception) -> Diagnostic {
    let rule = &exception.rule;
    let of = exception.of.as_ref().map_or_else(String::new, |id| format!(" of `{id}`"));
    let hint = match super::named(rule) {
        Some(rule) if rule.check.is_none() => "what keeps a text from being read cannot be excepted",
        _ => "remove the exception, or correct its `rule` or `of`",
    };
    RULE.finding(format!("the exception for `{}`{of} meets no finding", rule.escape_debug()))
        .at(rule.span, format!("the exception for {}", rule.value), "")
        .help(hint)
}
