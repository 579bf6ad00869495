#![doc = include_str!("money_without_activity.md")]

use super::names::short;
use super::sheet_money::{self, Money};
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "money-without-activity",
    severity: Severity::Warning,
    page: include_str!("money_without_activity.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for pair in sheet_money::of(context.plan) {
        if pair.money == Money::Some && pair.activities.is_empty() {
            let (sheet, outcome) = (pair.sheet, pair.outcome);
            findings.push(
                RULE.finding(format!(
                    "sheet {} has money for outcome {} ({}) but no activity of it",
                    sheet.id,
                    outcome.id,
                    short(&outcome.title)
                ))
                .at(sheet.id.span, format!("sheet {}", sheet.id), "")
                .about(sheet.id.to_string())
                .about(outcome.id.to_string())
                .help("list what the money is for under `activities`, or move the money"),
            );
        }
    }
}
