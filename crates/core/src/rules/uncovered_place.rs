#![doc = include_str!("uncovered_place.md")]

use std::collections::HashSet;

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::country_name;

pub static RULE: Rule =
    Rule { name: "uncovered-place", severity: Severity::Warning, page: include_str!("uncovered_place.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let covered: HashSet<&str> = plan.offices.iter().flat_map(|office| &office.places).map(|id| id.as_str()).collect();
    // A plan that says of no office where it works cannot be asked.
    if covered.is_empty() {
        return;
    }
    for (code, name) in plan.regions.iter().flat_map(|region| &region.places) {
        if !covered.contains(code.as_str()) && country_name(code).is_some() {
            findings.push(
                RULE.finding(format!("no office works in {name} ({code})"))
                    .at(code.span, format!("place {code}"), "")
                    .about(code.to_string())
                    .help(format!("add \"{code}\" to the `places` of the office that covers it")),
            );
        }
    }
}
