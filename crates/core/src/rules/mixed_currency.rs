#![doc = include_str!("mixed_currency.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::money::Currency;
use crate::plan::built::Rates;
use crate::plan::{FlowKind, Rate, Unbuilt};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "mixed-currency", severity: Severity::Error, page: include_str!("mixed_currency.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let (plan, names) = (context.plan, Names(context.plan));
    let rates = Rates::of(plan);
    for line in &plan.lines {
        let Some(currency) = &line.currency else { continue };
        let why = rates.conversion(line).err();
        findings.extend(why.map(|why| finding(context, currency, why, &lines::words(names, line), lines::ids(line))));
    }
    for flow in &plan.funding {
        let Some(currency) = &flow.currency else { continue };
        let why = rates.between(currency, flow.date.map(|date| *date)).err();
        let words = |kind: FlowKind| format!("a {kind} of {}", flow.donor.value);
        findings.extend(why.map(|why| finding(context, currency, why, &words(flow.kind), vec![flow.donor.to_string()])));
    }
}

fn finding(context: &Context<'_>, currency: &Spanned<String>, why: Unbuilt, words: &str, about: Vec<String>) -> Diagnostic {
    let (plan, code) = (&context.plan.header.currency.value, currency.as_str());
    let known = Currency::of_code(code);
    let (message, hint) = match (why, known) {
        (_, None) => {
            let near = Currency::nearest_code(code).map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| "write its ISO 4217 code, as `USD`".to_owned());
            (format!("{words} is in `{}`, which is no currency", code.escape_debug()), hint)
        }
        (Unbuilt::ManyRates, _) => (
            format!("{words} is in {code}, and the plan has several rates for it"),
            "give the line a `period`: the newest rate that is not later than its first day counts".to_owned(),
        ),
        (Unbuilt::UnusableRate, _) => (
            format!("{words} is in {code}, and the plan's rate for it is zero or less"),
            "a rate says how many units of one currency are worth one of another, and is above zero; correct the `rate`"
                .to_owned(),
        ),
        (Unbuilt::NoRate, _) if context.plan.rates.iter().any(|rate| is_about(rate, code)) => (
            format!("{words} is in {code}, and every rate of the plan for it holds from a later day on"),
            "add the rate of an earlier day, or correct a date: the newest rate that is not later than the first day counts"
                .to_owned(),
        ),
        _ => (
            format!("{words} is in {code}, and the plan has no rate to make {plan} of it"),
            format!("add `[[rate]]` with `currency = \"{code}\"`, `rate` (how many {code} for one {plan}) and `date`"),
        ),
    };
    let mut finding = RULE.finding(message).at(currency.span, words, "").help(hint);
    finding.about = about;
    finding
}

fn is_about(rate: &Rate, code: &str) -> bool {
    rate.currency.as_str() == code || rate.per.as_ref().is_some_and(|per| per.as_str() == code)
}
