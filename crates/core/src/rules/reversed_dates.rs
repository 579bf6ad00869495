#![doc = include_str!("reversed_dates.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule =
    Rule { name: "reversed-dates", severity: Severity::Error, page: include_str!("reversed_dates.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(duration) = &context.plan.header.duration else { return };
    let (Some(from), Some(to)) = (&duration.from, &duration.to) else { return };
    if to.value < from.value {
        findings.push(
            RULE.finding(format!("the plan ends on {to}, before it begins on {from}"))
                .at(to.span, "the plan's last day", "")
                .at(from.span, "the plan's first day", "its first day")
                .help("exchange the two, or correct one"),
        );
    }
}
