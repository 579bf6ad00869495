#![doc = include_str!("rounding_rule_refuted.md")]

use super::{Context, Rule};
use crate::crossfoot::{Rounding, System, Verdict};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "rounding-rule-refuted",
    severity: Severity::Warning,
    page: include_str!("rounding_rule_refuted.md"),
    check: Some(check),
};

/// Other rules are not tried on more figures than that.
const MOST_FIGURES: usize = 50_000;

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(joint) = &context.joint else { return };
    let printed = &context.plan.header.printed;
    let (Some(rule), Verdict::Inconsistent) = (printed.rounding, joint.found.outcome.verdict) else { return };
    let Some(possible) = possible(&joint.found.subject.system).filter(|possible| *possible != rule.value) else { return };
    findings.push(
        RULE.finding(format!(
            "the plan says that its figures were rounded {}, but no budget rounds so to all of them; rounded {}, one can",
            rule.words(),
            possible.words()
        ))
        .at(rule.span, "the plan's `rounding`", "declared here")
        .help(format!("declare `rounding = \"{}\"`, or look for the figure that is wrong", name(possible))),
    );
}

/// The first rule by which all figures can have been rounded.
fn possible(system: &System) -> Option<Rounding> {
    let is_possible = |rule: &Rounding| system.under(*rule).is_some_and(|system| system.reconcile().verdict.is_possible());
    let rules = [Rounding::Nearest, Rounding::Floor, Rounding::Ceiling, Rounding::Truncate, Rounding::AwayFromZero];
    rules.into_iter().filter(|_| system.figures().len() <= MOST_FIGURES).find(is_possible)
}

/// How a rule is written in a plan.
fn name(rule: Rounding) -> &'static str {
    match rule {
        Rounding::Floor => "floor",
        Rounding::Ceiling => "ceiling",
        Rounding::Truncate => "truncate",
        Rounding::AwayFromZero => "away-from-zero",
        _ => "nearest",
    }
}
