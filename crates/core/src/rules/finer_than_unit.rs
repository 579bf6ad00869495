#![doc = include_str!("finer_than_unit.md")]

use super::names::Names;
use super::{Context, Rule};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "finer-than-unit", severity: Severity::Error, page: include_str!("finer_than_unit.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    let printed = &context.plan.header.printed;
    for allocation in context.plan.allocations.iter().filter(|allocation| printed.unit.is_some() && !allocation.is_built) {
        let amount = allocation.cell.amount().map(|amount| Spanned { value: amount, span: allocation.cell.span });
        let thing = || format!("{} / {}", names.office(&allocation.office), names.result(&allocation.result));
        let about = || vec![allocation.office.to_string(), allocation.result.to_string()];
        findings.extend(amount.and_then(|amount| finding(names, amount, printed.unit?, &thing, &about)));
    }
    for statement in context.plan.statements() {
        let thing = || names.statement(statement);
        let about = || super::names::ids(&statement.scope).collect();
        findings.extend(statement.printed.unit.and_then(|unit| finding(names, statement.value, unit, &thing, &about)));
    }
}

fn finding(
    names: Names<'_>,
    amount: Spanned<Decimal>,
    unit: Spanned<Decimal>,
    thing: &dyn Fn() -> String,
    about: &dyn Fn() -> Vec<String>,
) -> Option<Diagnostic> {
    if unit.is_zero() || unit.is_negative() || amount.is_multiple_of(*unit) != Some(false) {
        return None;
    }
    let mut finding = RULE
        .finding(format!(
            "{} is given as {}, finer than the unit {} that it is said to be rounded to",
            thing(),
            names.number(*amount),
            names.number(*unit)
        ))
        .at(amount.span, thing(), "")
        .help(hint(names, amount.value, unit.value));
    finding.about = about();
    Some(finding)
}

/// A figure below its unit was probably copied as it is printed: 708 in a table of thousands.
fn hint(names: Names<'_>, amount: Decimal, unit: Decimal) -> String {
    let full = amount.exact_mul(unit).filter(|_| amount.abs() < unit && unit > Decimal::from(1));
    match full {
        Some(full) => format!(
            "amounts are written in full: if the document prints units of {}, write {}",
            names.number(unit),
            names.number(full)
        ),
        None => "correct the figure, or declare the unit it is printed in".to_owned(),
    }
}
