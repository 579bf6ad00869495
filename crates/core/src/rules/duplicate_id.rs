#![doc = include_str!("duplicate_id.md")]

use std::collections::HashMap;

use super::names::short;
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Entries, Id, Plan};
use crate::source::{Span, Spanned};

pub static RULE: Rule =
    Rule { name: "duplicate-id", severity: Severity::Error, page: include_str!("duplicate_id.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let nodes = plan.nodes().iter().map(|node| (&node.id, node.span));
    distinct("result or budget head", nodes, findings);
    distinct("office", plan.offices.iter().map(|office| of(&office.id)), findings);
    distinct("sheet", plan.sheets.iter().map(|sheet| of(&sheet.id)), findings);
    distinct("region", plan.regions.iter().map(|region| of(&region.id)), findings);
    distinct("series", plan.series.iter().map(|series| of(&series.id)), findings);
    distinct("indicator", indicators(plan), findings);
    distinct("budget line", plan.lines.iter().filter_map(|line| line.id.as_ref()).map(of), findings);
    distinct("cost category", plan.categories.iter().map(|category| of(&category.id)), findings);
    rates(plan, findings);
    distinct("donor", plan.donors.iter().map(|donor| of(&donor.id)), findings);
    distinct("profile", plan.profiles.iter().map(|profile| of(&profile.id)), findings);
    for sheet in &plan.sheets {
        distinct(&format!("office of sheet {}", sheet.id), sheet.offices.iter().map(of), findings);
        distinct(&format!("activity of sheet {}", sheet.id), sheet.activities.iter().flatten().map(of), findings);
    }
    of_maps(plan, findings);
    distinct("place", plan.regions.iter().flat_map(|region| region.places.iter().map(|(code, _)| of(code))), findings);
}

/// Keys of maps: a text cannot repeat them, a plan that is built in code can.
fn of_maps(plan: &Plan, findings: &mut Vec<Diagnostic>) {
    fn keys<T>(entries: &Entries<T>) -> impl Iterator<Item = (&Id, Option<Span>)> {
        entries.iter().map(|(key, _)| of(key))
    }
    for sheet in &plan.sheets {
        distinct(&format!("outcome with challenges of sheet {}", sheet.id), keys(&sheet.challenges), findings);
        distinct(&format!("wording of sheet {}", sheet.id), keys(&sheet.wording), findings);
    }
    for block in &plan.declared {
        distinct(&format!("result declared in {}", short(&block.place)), keys(&block.results), findings);
        distinct(&format!("office declared in {}", short(&block.place)), keys(&block.offices), findings);
        if let Some(shares) = &block.shares {
            distinct(&format!("result with a share in {}", short(&block.place)), keys(&shares.results), findings);
            distinct(&format!("office with a share in {}", short(&block.place)), keys(&shares.offices), findings);
        }
    }
    for series in &plan.series {
        distinct(&format!("country of series {}", series.id), keys(&series.values), findings);
    }
}

/// Rates have no ids: there is one for a currency and a day.
fn rates(plan: &Plan, findings: &mut Vec<Diagnostic>) {
    let mut first: HashMap<_, Option<Span>> = HashMap::new();
    for rate in &plan.rates {
        let key = rate.key(&plan.header.currency);
        match first.get(&key) {
            None => {
                first.insert(key, rate.rate.span);
            }
            Some(earlier) => {
                let thing = format!("the rate of {} from {}", rate.currency.value, rate.date.value);
                findings.push(
                    RULE.finding(format!("{thing} stands twice: which one counts is not said"))
                        .at(rate.rate.span, thing.clone(), "the second")
                        .at(*earlier, thing, "the first")
                        .about(rate.currency.to_string())
                        .help("remove one of the two, or correct its date"),
                );
            }
        }
    }
}

fn of(id: &Spanned<Id>) -> (&Id, Option<Span>) {
    (&id.value, id.span)
}

fn indicators(plan: &Plan) -> impl Iterator<Item = (&Id, Option<Span>)> {
    let outcomes = plan.outcomes.iter();
    let all = outcomes.flat_map(|outcome| outcome.indicators.iter().chain(outcome.outputs.iter().flat_map(|o| &o.indicators)));
    all.map(|indicator| of(&indicator.id))
}

fn distinct<'p>(kind: &str, ids: impl Iterator<Item = (&'p Id, Option<Span>)>, findings: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&Id, Option<Span>> = HashMap::new();
    for (id, span) in ids {
        match first.get(id) {
            None => {
                first.insert(id, span);
            }
            Some(earlier) => findings.push(
                RULE.finding(format!("`{id}` stands twice: each {kind} stands once, under an id of its own"))
                    .at(span, format!("{kind} {id}"), "the second")
                    .at(*earlier, format!("{kind} {id}"), "the first")
                    .about(id.to_string())
                    .help("remove one of the two; or rename it, and what refers to it"),
            ),
        }
    }
}
