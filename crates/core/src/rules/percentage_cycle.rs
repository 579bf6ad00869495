#![doc = include_str!("percentage_cycle.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Line;

pub static RULE: Rule =
    Rule { name: "percentage-cycle", severity: Severity::Error, page: include_str!("percentage_cycle.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    for circle in &plan.index().built.cycles {
        let circle: Vec<&Line> = circle.iter().filter_map(|at| plan.lines.get(*at)).collect();
        findings.extend(finding(Names(plan), &circle));
    }
}

fn finding(names: Names<'_>, circle: &[&Line]) -> Option<Diagnostic> {
    let first = circle.first()?;
    let words = |line: &&Line| lines::words(names, line);
    let way: Vec<String> = circle.iter().chain([first]).map(words).collect();
    let message = match circle {
        [_] => format!("{} is a percentage of itself", words(first)),
        _ => format!("{} are percentages of each other", way.join(", of ")),
    };
    let mut finding = RULE.finding(message);
    for line in circle {
        let base = line.of.as_ref().and_then(|base| base.lines.as_ref()?.first()?.span);
        finding = finding.at(base.or(line.span()), words(line), "");
        finding.about.extend(line.id.iter().map(ToString::to_string));
    }
    Some(finding.help("take one of them out of the base of another; what has no base in the circle can then be worked out"))
}
