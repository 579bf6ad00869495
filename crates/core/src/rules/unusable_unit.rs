#![doc = include_str!("unusable_unit.md")]

use super::{Context, Rule};
use crate::crossfoot::NoneMeans;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Declared, Figure, Plan};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "unusable-unit", severity: Severity::Error, page: include_str!("unusable_unit.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let unusable = |(_, unit): &(String, Spanned<Decimal>)| unit.is_zero() || unit.is_negative();
    findings.extend(units(plan).into_iter().filter(unusable).map(|(thing, unit)| {
        RULE.finding(format!("figures cannot be rounded to a unit of {}, {thing}", *unit))
            .at(unit.span, format!("the unit, {thing}"), "")
            .help("write a unit above zero: 1 for whole dollars, 1000 for thousands, 0.1 for shares with one decimal")
    }));
    let printed = &plan.header.printed;
    if printed.none == Some(NoneMeans::RoundsToZero) && printed.unit.is_none() {
        findings.push(
            RULE.finding("\"-\" is said to round to zero, but the plan declares no unit that it is rounded to")
                .at(None, "the plan's `printed`", "")
                .help("add the `unit` to `printed`"),
        );
    }
}

/// Every unit that the plan declares, with where.
fn units(plan: &Plan) -> Vec<(String, Spanned<Decimal>)> {
    let mut units: Vec<_> = plan.header.printed.unit.iter().map(|unit| ("the plan".to_owned(), *unit)).collect();
    for block in &plan.declared {
        let printed = block.printed.as_ref().and_then(|printed| printed.unit);
        let shares = block.shares.as_ref().map(|shares| shares.unit);
        let figures = figures(block).filter_map(|figure| figure.unit);
        units.extend(printed.into_iter().chain(shares).chain(figures).map(|unit| (block.place.clone(), unit)));
    }
    units
}

fn figures(block: &Declared) -> impl Iterator<Item = &Figure> {
    let amounts = block.total.iter().chain(block.results.iter().chain(&block.offices).map(|(_, figure)| figure));
    let of_shares = block
        .shares
        .iter()
        .flat_map(|shares| shares.total.iter().chain(shares.results.iter().chain(&shares.offices).map(|(_, figure)| figure)));
    amounts.chain(of_shares)
}
