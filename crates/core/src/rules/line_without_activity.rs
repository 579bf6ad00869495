#![doc = include_str!("line_without_activity.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::NodeKind;

pub static RULE: Rule = Rule {
    name: "line-without-activity",
    severity: Severity::Note,
    page: include_str!("line_without_activity.md"),
    check: Some(check),
};

/// Only where other lines name activities: a plan that budgets by outcome means it.
fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let (plan, names) = (context.plan, Names(context.plan));
    let kind = |id: &str| plan.node(id).map(|node| node.kind);
    if !plan.lines.iter().any(|line| kind(&line.result) == Some(NodeKind::Activity)) {
        return;
    }
    let own = plan.lines.iter().filter(|line| !line.is_percentage());
    for line in own.filter(|line| matches!(kind(&line.result), Some(NodeKind::Outcome | NodeKind::Output))) {
        let words = lines::words(names, line);
        let mut finding = RULE
            .finding(format!("{words} serves {}, and no activity of it", names.result(&line.result)))
            .at(line.result.span, words, "")
            .help("name the activity that it pays for, or a budget head");
        finding.about = lines::ids(line);
        findings.push(finding);
    }
}
