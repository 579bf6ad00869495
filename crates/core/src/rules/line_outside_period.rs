#![doc = include_str!("line_outside_period.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::plan::Plan;

pub static RULE: Rule = Rule {
    name: "line-outside-period",
    severity: Severity::Error,
    page: include_str!("line_outside_period.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let (plan, names) = (context.plan, Names(context.plan));
    let Some((whole, span)) = whole(plan) else { return };
    for line in &plan.lines {
        let Some(period) = line.period.filter(|period| !period.is_within(whole)) else { continue };
        let words = lines::words(names, line);
        let mut finding = RULE
            .finding(format!("{words} is for {}, but the plan runs from {} to {}", *period, whole.from, whole.to))
            .at(period.span, words, "")
            .at(span, "the plan's duration", "the plan")
            .help("correct the period, or the plan's `duration`");
        finding.about = lines::ids(line);
        findings.push(finding);
    }
}

/// When the plan runs, where it says so, and where.
fn whole(plan: &Plan) -> Option<(Period, Option<crate::source::Span>)> {
    let duration = plan.header.duration.as_ref()?;
    let (from, to) = (duration.from.as_ref()?, duration.to.as_ref()?);
    Some((Period::between(**from, **to)?, from.span))
}
