#![doc = include_str!("line_amount.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{BuiltLine, Line, Plan, Unbuilt};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "line-amount", severity: Severity::Error, page: include_str!("line_amount.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for (line, built) in lines::built(context.plan) {
        findings.extend(of_line(context.plan, names, line, built));
    }
}

fn of_line(plan: &Plan, names: Names<'_>, line: &Line, built: &BuiltLine) -> Option<Diagnostic> {
    if line.percent.is_some() && (line.unit_cost.is_some() || line.of.is_none()) {
        return Some(half_a_percentage(names, line));
    }
    match (built.exact, built.amount) {
        (Ok(exact), Ok(_)) => too_fine(plan, names, line, built).or_else(|| typed(plan, names, line, exact)),
        (Err(why), _) | (_, Err(why)) => unbuilt(names, line, why),
    }
}

fn finding(names: Names<'_>, line: &Line, message: &str) -> Diagnostic {
    let words = lines::words(names, line);
    let mut finding = RULE.finding(format!("{words} {message}")).at(line.span(), words, "");
    finding.about = lines::ids(line);
    finding
}

fn half_a_percentage(names: Names<'_>, line: &Line) -> Diagnostic {
    match line.of {
        Some(_) => finding(names, line, "has a unit cost and is a percentage of others").help("make two lines of it"),
        None => finding(names, line, "is a percentage, and it is not said of what")
            .help("write `of = { categories = [\"staff\"] }`, or `of = {}` for all plain lines of its office"),
    }
}

fn unbuilt(names: Names<'_>, line: &Line, why: Unbuilt) -> Option<Diagnostic> {
    Some(match why {
        Unbuilt::Empty => finding(names, line, "has neither a unit cost nor an amount nor a percentage")
            .help("write `unit-cost = …`, `amount = …`, or `percent = …` with `of = …`"),
        Unbuilt::TooLong => finding(names, line, "comes to more digits than can be held exactly (28)")
            .help("round the factors, or declare what lines are rounded to: `lines = { unit = 0.01 }` under `[plan]`"),
        Unbuilt::Unrounded => {
            finding(names, line, "has no exact amount in the plan's currency, and it is not said what to round it to")
                .help("declare it under `[plan]`: `lines = { unit = 0.01, rounding = \"half-away\" }`")
        }
        // Other rules say these: the rate, the circle, and the line that lacks its amount.
        Unbuilt::NoRate | Unbuilt::UnusableRate | Unbuilt::ManyRates | Unbuilt::Cycle | Unbuilt::OfNothing => return None,
    })
}

/// An amount with more decimals than its currency has, though nothing was said about rounding.
fn too_fine(plan: &Plan, names: Names<'_>, line: &Line, built: &BuiltLine) -> Option<Diagnostic> {
    let (amount, decimals) = (built.amount.ok()?.normalized(), plan.currency()?.decimals()?);
    (plan.header.lines.unit.is_none() && amount.decimals() > decimals).then(|| {
        let message = format!("comes to {}, finer than {} can be paid", names.number(amount), plan.header.currency.value);
        finding(names, line, &message).help("declare what lines are rounded to: `lines = { unit = 0.01 }` under `[plan]`")
    })
}

/// A typed amount against what its factors or its percentage come to.
fn typed(plan: &Plan, names: Names<'_>, line: &Line, exact: Decimal) -> Option<Diagnostic> {
    let typed = line.amount.filter(|_| line.unit_cost.is_some() || line.is_percentage())?;
    let how = &plan.header.lines;
    let rounded = match how.unit {
        Some(unit) => how.rule().apply(exact, *unit)?,
        None => exact,
    };
    let difference = typed.exact_sub(rounded)?;
    if difference.is_zero() {
        return None;
    }
    let message =
        format!("is typed as {}, but {} {}", names.number(*typed), formula(names, line), names.number(exact.normalized()));
    let mut found = finding(names, line, &message).figures(Figures {
        declared: *typed,
        computed: rounded.normalized(),
        difference: difference.normalized(),
        terms: line.factors().map(|(_, factor)| *factor).collect(),
    });
    if is_within_a_unit(difference, how.unit) {
        found.severity = Severity::Note;
        found = found.help("rounded by another rule it would be so; declare that rule, or leave the amount out");
    } else {
        found = found.help(format!("write {}, or leave the amount out", names.number(rounded.normalized())));
    }
    found.labels.first_mut().into_iter().for_each(|label| label.span = typed.span.or(label.span));
    Some(found)
}

fn is_within_a_unit(difference: Decimal, unit: Option<Spanned<Decimal>>) -> bool {
    unit.is_some_and(|unit| difference.abs() <= unit.abs())
}

fn formula(names: Names<'_>, line: &Line) -> String {
    if let Some(percent) = line.percent {
        return format!("{} of its base is", names.percent(*percent));
    }
    let factor = |(name, factor): (&str, Spanned<Decimal>)| match name {
        "share" => names.percent(*factor),
        _ => names.number(*factor),
    };
    format!("{} is", line.factors().map(factor).collect::<Vec<_>>().join(" x "))
}
