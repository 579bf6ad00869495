#![doc = include_str!("spread_mismatch.md")]

use super::names::{Names, count};
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
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
    let mut finding = RULE.finding(message).at(line.period.and_then(|period| period.span).or(line.span()), words, "").help(hint);
    finding.about = lines::ids(line);
    Some(finding)
}
