#![doc = include_str!("inexact_sum.md")]

use super::names::{Names, ids};
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::equations::Standing;

pub static RULE: Rule =
    Rule { name: "inexact-sum", severity: Severity::Error, page: include_str!("inexact_sum.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    if context.plan.total().is_err_and(|error| matches!(error, crate::Error::Overflow)) {
        let span = context.plan.allocations.first().and_then(|allocation| allocation.cell.span);
        findings.push(undecided("the allocations of the plan").at(span, "the budget", "the first of them"));
    }
    for equation in context.equations.iter().filter(|equation| equation.standing == Standing::Overflow) {
        let Some(statement) = context.plan.statements().get(equation.statement) else { continue };
        let mut finding = undecided(&format!("the parts of {}", names.scope(&statement.scope)));
        finding.about.extend(ids(&statement.scope));
        findings.push(finding.at(statement.value.span, names.statement(statement), "cannot be checked"));
    }
    for share in context.shares.iter().filter(|share| share.standing == Standing::Overflow) {
        let Some(statement) = context.plan.statements().get(share.statement) else { continue };
        let mut finding = undecided(&format!("the share of {}", names.scope(&statement.scope)));
        finding.about.extend(ids(&statement.scope));
        findings.push(finding.at(statement.value.span, names.statement(statement), "cannot be checked"));
    }
}

fn undecided(what: &str) -> Diagnostic {
    RULE.finding(format!("{what} cannot be worked out exactly: the result has more digits than can be held"))
        .help("an amount of this size is a slip: look for digits typed twice")
}
