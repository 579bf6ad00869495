#![doc = include_str!("lines_total.md")]

use super::names::{Names, count};
use super::{Context, Rule, lines};
use crate::crossfoot::{Agreement, Footing, Interval};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{Allocation, Cell, Plan};

pub static RULE: Rule =
    Rule { name: "lines-total", severity: Severity::Error, page: include_str!("lines_total.md"), check: Some(check) };

/// Given allocations against the lines that they stand for, each in the order of its first line.
fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let mut of_given: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for cell in &plan.index().built.cells {
        let Some(given) = cell.given else { continue };
        let next = of_given.len();
        let at = *seen.entry(given).or_insert(next);
        if at == next {
            of_given.push((given, Vec::new()));
        }
        of_given.get_mut(at).into_iter().for_each(|(_, lines)| lines.extend(&cell.lines));
    }
    for (given, mut lines) in of_given {
        lines.sort_unstable();
        findings.extend(plan.allocations.get(given).and_then(|allocation| compare(plan, allocation, &lines)));
    }
}

fn compare(plan: &Plan, allocation: &Allocation, lines: &[usize]) -> Option<Diagnostic> {
    let amount = |at: &usize| plan.built_lines().get(*at).and_then(|line| line.amount.ok());
    let terms: Vec<Decimal> = lines.iter().map(amount).collect::<Option<_>>()?;
    let computed = Decimal::exact_sum(terms.iter().copied())?;
    let declared = allocation.cell.amount().unwrap_or_default();
    let sum = Footing { value: computed, amounts: Interval::exactly(computed), terms: terms.len() };
    let verdict = match *allocation.cell {
        Cell::Amount(declared) => sum.verdict(declared, plan.header.printed.amounts(declared)?),
        Cell::None if computed.is_zero() => Agreement::Exact,
        Cell::None => Agreement::Wrong,
    };
    (verdict != Agreement::Exact).then(|| {
        let figures = Figures { declared, computed, difference: declared.exact_sub(computed).unwrap_or_default(), terms };
        finding(plan, allocation, lines, verdict, figures)
    })
}

fn finding(plan: &Plan, allocation: &Allocation, of: &[usize], verdict: Agreement, figures: Figures) -> Diagnostic {
    let names = Names(plan);
    let thing = format!("{} / {}", names.office(&allocation.office), names.result(&allocation.result));
    let given = allocation.cell.amount().map_or_else(|| "none".to_owned(), |amount| names.number(amount));
    let (difference, rounding) = (figures.difference, verdict == Agreement::WithinRounding);
    let more = if difference.is_negative() { "less" } else { "more" };
    let message = format!(
        "{thing} is given as {given}, but its {} to {}: {} {more} than its lines{}",
        if of.len() == 1 { "line comes".to_owned() } else { count(of.len(), "line") + " come" },
        names.number(figures.computed),
        names.number(difference.abs()),
        if rounding { ", within rounding" } else { "" }
    );
    let first = of.first().and_then(|at| plan.lines.get(*at));
    let mut finding = RULE.finding(message).at(allocation.cell.span, thing, "").figures(figures);
    if let Some(first) = first {
        finding = finding.at(first.span(), lines::words(names, first), format!("the first of {}", count(of.len(), "line")));
    }
    if rounding {
        finding.severity = Severity::Note;
    } else {
        finding = finding.help("correct a line, or the amount; an amount that is left out is built up from its lines");
    }
    finding.about = vec![allocation.office.to_string(), allocation.result.to_string()];
    finding
}
