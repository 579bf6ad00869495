#![doc = include_str!("overlapping_allocation.md")]

use std::collections::HashMap;

use super::names::Names;
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule = Rule {
    name: "overlapping-allocation",
    severity: Severity::Error,
    page: include_str!("overlapping_allocation.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &context.plan.index().of_office {
        of_row(context, row, findings);
    }
}

/// Within a row, money for a result and for something under it, or twice for the same.
fn of_row(context: &Context<'_>, row: &[usize], findings: &mut Vec<Diagnostic>) {
    let index = context.plan.index();
    let mut given: HashMap<usize, usize> = HashMap::new();
    for i in row {
        let Some(Some(place)) = index.places.get(*i) else { continue };
        if let Some(first) = given.get(&place.node) {
            // Whatever the two say, a budget has one cell for it, and a written plan one key.
            findings.extend(finding(context, *i, *first, "is allocated twice"));
        }
        given.entry(place.node).or_insert(*i);
    }
    for i in row {
        let Some(Some(place)) = index.places.get(*i) else { continue };
        let mut above = index.nodes.get(place.node).and_then(|node| node.parent);
        while let Some(node) = above {
            let outer = given.get(&node).copied();
            let outer =
                outer.filter(|outer| has_money(context, *i) && has_money(context, *outer) && !are_built(context, [*i, *outer]));
            let found = outer.and_then(|outer| finding(context, *i, outer, "is allocated, and so is what it belongs to"));
            if let Some(found) = found {
                findings.push(found);
                break;
            }
            above = index.nodes.get(node).and_then(|node| node.parent);
        }
    }
}

/// What lines build up at two levels is made of different lines.
fn are_built(context: &Context<'_>, both: [usize; 2]) -> bool {
    both.iter().all(|i| context.plan.allocations.get(*i).is_some_and(|allocation| allocation.is_built))
}

/// Where one of two levels is none or zero, nothing is counted twice.
fn has_money(context: &Context<'_>, i: usize) -> bool {
    context.plan.allocations.get(i).and_then(|a| a.cell.amount()).is_some_and(|amount| !amount.is_zero())
}

fn finding(context: &Context<'_>, inner: usize, outer: usize, what: &str) -> Option<Diagnostic> {
    let (inner, outer) = (context.plan.allocations.get(inner)?, context.plan.allocations.get(outer)?);
    let names = Names(context.plan);
    let thing = |allocation: &crate::Allocation| format!("{} / {}", names.office(&allocation.office), allocation.result);
    Some(
        RULE.finding(format!("{} {what}: the money would count twice", thing(inner)))
            .at(inner.cell.span, thing(inner), "this")
            .at(outer.cell.span, thing(outer), "and this")
            .about(inner.office.to_string())
            .about(inner.result.to_string())
            .help("give the money at one level only"),
    )
}
