#![doc = include_str!("line_amount.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{BuiltLine, Line, Plan, Unbuilt};
use crate::source::{Span, Spanned};

pub static RULE: Rule =
    Rule { name: "line-amount", severity: Severity::Error, page: include_str!("line_amount.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for (line, built) in lines::built(context.plan) {
        findings.extend(of_line(context.plan, names, line, built));
    }
}

fn of_line(plan: &Plan, names: Names<'_>, line: &Line, built: &BuiltLine) -> Option<Diagnostic> {
    if let Some(finding) = contradiction(plan, names, line) {
        return Some(finding);
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

/// What is said about a line and cannot count as it stands: nothing that is written is passed over.
fn contradiction(plan: &Plan, names: Names<'_>, line: &Line) -> Option<Diagnostic> {
    let factors = [("quantity", line.quantity), ("duration", line.duration), ("share", line.share)];
    let given = factors.into_iter().find_map(|(name, factor)| factor.map(|factor| (name, factor)));
    let own = line.currency.as_ref().filter(|own| own.value != plan.header.currency.value);
    match (line.percent, &line.of) {
        (Some(_), Some(_)) if line.unit_cost.is_some() => {
            Some(finding(names, line, "has a unit cost and is a percentage of others").help("make two lines of it"))
        }
        (Some(_), None) => Some(
            finding(names, line, "is a percentage, and it is not said of what")
                .help("write `of = { categories = [\"staff\"] }`, or `of = {}` for all plain lines of its office"),
        ),
        (Some(_), Some(_)) if given.is_some() => given.map(|(name, factor)| {
            let message = format!("is a percentage of others, and has a {name}, which would not count");
            at(finding(names, line, &message), factor.span)
                .help(format!("leave `{name}` out; what it is to change, `percent` has to say"))
        }),
        (Some(_), Some(_)) if own.is_some() => own.map(|own| {
            let message =
                format!("is a percentage of amounts in {}, and says that it is in {}", plan.header.currency.value, own.value);
            at(finding(names, line, &message), own.span).help("leave `currency` out")
        }),
        (None, Some(_)) => Some(
            finding(names, line, "says what it is a percentage of, and no percentage").help("write `percent`, or leave `of` out"),
        ),
        (None, None) if line.unit_cost.is_none() && line.amount.is_some() => {
            let share = line.share.filter(|share| **share != Decimal::HUNDRED)?;
            let message = format!("has a typed amount, beside which a share of {} would not count", names.percent(*share));
            Some(
                at(finding(names, line, &message), share.span)
                    .help("write `unit-cost` instead of `amount`, or leave `share` out"),
            )
        }
        _ => None,
    }
}

fn at(mut finding: Diagnostic, span: Option<Span>) -> Diagnostic {
    finding.labels.first_mut().into_iter().for_each(|label| label.span = span.or(label.span));
    finding
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
