#![doc = include_str!("empty_outcome.md")]

use super::names::short;
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule =
    Rule { name: "empty-outcome", severity: Severity::Warning, page: include_str!("empty_outcome.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for outcome in context.plan.outcomes.iter().filter(|outcome| outcome.outputs.is_empty() && outcome.activities.is_empty()) {
        findings.push(
            RULE.finding(format!("outcome {} ({}) has no output and no activity", outcome.id, short(&outcome.title)))
                .at(outcome.id.span, format!("outcome {}", outcome.id), "")
                .about(outcome.id.to_string())
                .help(
                    "add an `[[outcome.output]]` or an `[[outcome.activity]]`; money that serves no result goes to a `[[head]]`",
                ),
        );
    }
}
