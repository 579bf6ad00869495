#![doc = include_str!("spread_mismatch.md")]

use super::names::{Names, count};
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Label, Severity};
use crate::plan::{BuiltLine, Line, Plan, Spreading, Unspread};

pub static RULE: Rule =
    Rule { name: "spread-mismatch", severity: Severity::Error, page: include_str!("spread_mismatch.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let spreading = Spreading::new(&plan.header.lines);
    for (line, built) in lines::built(plan) {
        findings.extend(twice(plan, line));
        let why = spreading.check(line, built).err();
        findings.extend(why.and_then(|why| finding(plan, line, built, &why)));
    }
}

/// Places of parts that a finding points at, at most.
const MAX_PLACES: usize = 100;

/// Parts that are given as amounts need no weights.
fn twice(plan: &Plan, line: &Line) -> Option<Diagnostic> {
    let weights = line.spread.as_ref().filter(|spread| spread.amounts.is_some())?.weights.as_ref()?;
    let words = lines::words(Names(plan), line);
    let finding = RULE.finding(format!("{words} is spread by amounts and by weights at once")).at(
        weights.first().and_then(|one| one.span),
        words,
        "",
    );
    Some(finding.help("leave one of the two out"))
}

fn finding(plan: &Plan, line: &Line, built: &BuiltLine, why: &Unspread) -> Option<Diagnostic> {
    let names = Names(plan);
    let words = lines::words(names, line);
    let (message, hint) = match why {
        Unspread::NoPeriod => {
            (format!("{words} is spread, and it is not said over what"), "add its `period`, as \"2026-Q1/2027-Q4\"".to_owned())
        }
        Unspread::Steps { given, wanted } => (
            format!("{words} is spread over {}, but its period has {wanted}", count(*given, "part")),
            format!("give {}, one for each that the period touches", count(*wanted, "part")),
        ),
        Unspread::Sum { parts } => (
            format!("{words} comes to {}, but its parts add up to {}", names.number(built.exact.ok()?), names.number(*parts)),
            "correct a part, or give `weights` instead of `amounts`".to_owned(),
        ),
        Unspread::Weights(why) => (
            format!("{words} cannot be spread: {why}"),
            "weights, and amounts that are converted, are from zero up, and one is above".to_owned(),
        ),
        // The amount itself is another rule's.
        Unspread::NoAmount => return None,
    };
    let period = line.period.and_then(|period| period.span).or(line.span());
    let mut finding = RULE.finding(message).help(hint);
    finding.about = lines::ids(line);
    match why {
        Unspread::Sum { parts } => {
            Some(summed(finding.at(line.amount.and_then(|amount| amount.span).or(period), words, ""), line, built, *parts))
        }
        _ => Some(finding.at(period, words, "")),
    }
}

/// The parts that do not add up, each at its place.
fn summed(mut finding: Diagnostic, line: &Line, built: &BuiltLine, parts: Decimal) -> Diagnostic {
    let given = || line.spread.iter().filter_map(|spread| spread.amounts.as_ref()).flatten();
    let places = given().filter_map(|part| part.span).take(MAX_PLACES);
    finding.labels.extend(places.map(|place| Label::new(Some(place), "a part", "")));
    let declared = built.exact.unwrap_or_default();
    let difference = declared.exact_sub(parts).unwrap_or_default();
    finding.figures(Figures { declared, computed: parts, difference, terms: given().map(|part| part.value).collect() })
}
