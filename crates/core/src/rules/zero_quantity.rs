#![doc = include_str!("zero_quantity.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule =
    Rule { name: "zero-quantity", severity: Severity::Warning, page: include_str!("zero_quantity.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for line in &context.plan.lines {
        for (name, factor) in line.factors().filter(|(_, factor)| factor.is_zero()) {
            let words = lines::words(names, line);
            let mut finding =
                RULE.finding(format!("the {} of {words} is zero, so that it costs nothing", name.replace('-', " ")));
            finding = finding.at(factor.span, words, "").help(match name {
                "unit-cost" => "write what it costs, or leave the line out".to_owned(),
                _ => format!("leave `{name}` out where it does not count; it is one then"),
            });
            finding.about = lines::ids(line);
            findings.push(finding);
        }
    }
}
