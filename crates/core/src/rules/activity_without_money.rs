#![doc = include_str!("activity_without_money.md")]

use super::names::short;
use super::sheet_money::{self, Money};
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "activity-without-money",
    severity: Severity::Warning,
    page: include_str!("activity_without_money.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for pair in sheet_money::of(context.plan) {
        let Some(first) = pair.activities.first().filter(|_| pair.money == Money::None) else { continue };
        let (sheet, outcome) = (pair.sheet, pair.outcome);
        let activities: Vec<_> = pair.activities.iter().map(|id| id.as_str()).collect();
        findings.push(
            RULE.finding(format!(
                "sheet {} carries out {} of outcome {} ({}) but has no money for it",
                sheet.id,
                activities.join(", "),
                outcome.id,
                short(&outcome.title)
            ))
            .at(first.span, format!("sheet {}", sheet.id), "")
            .about(sheet.id.to_string())
            .about(outcome.id.to_string())
            .help("give one of the sheet's offices money for the outcome, or drop the activities"),
        );
    }
}
