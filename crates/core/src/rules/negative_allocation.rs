#![doc = include_str!("negative_allocation.md")]

use super::names::Names;
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "negative-allocation",
    severity: Severity::Error,
    page: include_str!("negative_allocation.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for allocation in &context.plan.allocations {
        let Some(amount) = allocation.cell.amount().filter(|amount| amount.is_negative()) else { continue };
        let thing = format!("{} / {}", names.office(&allocation.office), names.result(&allocation.result));
        findings.push(
            RULE.finding(format!("{thing} is allocated {}: less than nothing", names.number(amount)))
                .at(allocation.cell.span, thing, "")
                .about(allocation.office.to_string())
                .about(allocation.result.to_string())
                .help("write the amount that is left after the correction"),
        );
    }
}
