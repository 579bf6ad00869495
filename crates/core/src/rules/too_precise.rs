#![doc = include_str!("too_precise.md")]

use super::names::{Names, ids};
use super::{Context, Rule};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::money::Currency;
use crate::plan::Measure;
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "too-precise", severity: Severity::Error, page: include_str!("too_precise.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let (plan, names) = (context.plan, Names(context.plan));
    let Some(currency) = plan.currency() else { return };
    let Some(decimals) = currency.decimals() else { return };
    for allocation in plan.allocations.iter().filter(|allocation| !allocation.is_built) {
        let amount = allocation.cell.amount().filter(|amount| amount.decimals() > decimals);
        let Some(amount) = amount else { continue };
        let thing = format!("{} / {}", names.office(&allocation.office), names.result(&allocation.result));
        let about = vec![allocation.office.to_string(), allocation.result.to_string()];
        findings.push(finding(currency, Spanned { value: amount, span: allocation.cell.span }, &thing, about));
    }
    let amounts = plan.statements().iter().filter(|statement| statement.measure == Measure::Amount);
    for statement in amounts.filter(|statement| statement.value.decimals() > decimals) {
        findings.push(finding(currency, statement.value, &names.statement(statement), ids(&statement.scope).collect()));
    }
}

fn finding(currency: Currency, amount: Spanned<Decimal>, thing: &str, about: Vec<String>) -> Diagnostic {
    let decimals = currency.decimals().unwrap_or_default();
    let places = super::names::count(decimals as usize, "decimal");
    let thousands = amount.to_string().replace('.', "_");
    let mut finding =
        RULE.finding(format!("{thing} is given as {}, but {currency} has {places}", *amount)).at(amount.span, thing, "");
    if amount.decimals() == 3 {
        finding = finding.help(format!("if the point sets thousands apart, write {thousands}"));
    } else {
        finding = finding.help("round the amount as the document does, and declare the unit");
    }
    finding.about = about;
    finding
}
