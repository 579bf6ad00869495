#![doc = include_str!("office_without_money.md")]

use std::collections::HashSet;

use super::names::short;
use super::{Context, Rule};
use crate::crossfoot::NoneMeans;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Allocation, Id};

pub static RULE: Rule = Rule {
    name: "office-without-money",
    severity: Severity::Warning,
    page: include_str!("office_without_money.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    // A plan without any budget lacks it as a whole, and money of an unknown office may be anybody's.
    if plan.allocations.is_empty() || plan.index().has_unplaced() {
        return;
    }
    // What "-" stands for may be that there is money, only not how much.
    let unknown = plan.header.printed.none == Some(NoneMeans::Unknown);
    let is_some = |allocation: &&Allocation| allocation.cell.amount().map_or(unknown, |amount| !amount.is_zero());
    let printed = plan.declared.iter().flat_map(|block| block.offices.iter());
    let nothing = printed.filter(|(_, figure)| figure.value.value.is_zero());
    let is_printed_as_nothing: HashSet<&Id> = nothing.map(|(id, _)| &id.value).collect();
    for (i, (office, row)) in plan.offices.iter().zip(&plan.index().of_office).enumerate() {
        // The second office of an id has no row of its own; the id is what is wrong.
        if plan.index().office(&office.id) != Some(i) {
            continue;
        }
        if row.iter().filter_map(|i| plan.allocations.get(*i)).any(|allocation| is_some(&allocation)) {
            continue;
        }
        // Who prints that it gets nothing means it.
        if !row.is_empty() && is_printed_as_nothing.contains(&office.id.value) {
            continue;
        }
        let why = if row.is_empty() { "has no line in the budget" } else { "gets nothing in the budget" };
        findings.push(
            RULE.finding(format!("{} {why}", short(&office.name)))
                .at(office.id.span, format!("office {}", office.id), "")
                .about(office.id.to_string())
                .help("give it a line in `[budget]`, or drop the office"),
        );
    }
}
