#![doc = include_str!("unused_activity.md")]

use std::collections::HashSet;

use super::names::short;
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::NodeKind;

pub static RULE: Rule =
    Rule { name: "unused-activity", severity: Severity::Warning, page: include_str!("unused_activity.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let lists: Vec<_> = plan.sheets.iter().filter_map(|sheet| sheet.activities.as_ref()).collect();
    if lists.is_empty() {
        return;
    }
    let used: HashSet<&str> = lists.into_iter().flatten().map(|id| id.as_str()).collect();
    let funded: HashSet<&str> =
        plan.allocations.iter().filter(|a| a.cell.amount().is_some()).map(|a| a.result.as_str()).collect();
    let unused = |id: &str| !used.contains(id) && !funded.contains(id);
    for node in plan.nodes().iter().filter(|node| node.kind == NodeKind::Activity && unused(&node.id)) {
        findings.push(
            RULE.finding(format!("no sheet carries out activity {} ({})", node.id, short(&node.title)))
                .at(node.span, format!("activity {}", node.id), "")
                .about(node.id.to_string())
                .help("add it to the `activities` of a sheet, or drop it from the plan"),
        );
    }
}
