#![doc = include_str!("unknown_category.md")]

use super::names::Names;
use super::{Context, Rule, lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Category, Id, nearest};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "unknown-category", severity: Severity::Error, page: include_str!("unknown_category.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let (plan, names) = (context.plan, Names(context.plan));
    let known = plan.cost_categories();
    for line in &plan.lines {
        let words = || lines::words(names, line);
        let of_base = line.of.iter().filter_map(|base| base.categories.as_ref()).flatten();
        for id in line.category.iter().chain(of_base) {
            findings.extend(finding(&known, id, &words, lines::ids(line)));
        }
    }
}

fn finding(known: &[Category], id: &Spanned<Id>, words: &dyn Fn() -> String, about: Vec<String>) -> Option<Diagnostic> {
    if known.iter().any(|category| category.id == *id) {
        return None;
    }
    let ids: Vec<&str> = known.iter().map(|category| category.id.as_str()).collect();
    // People copy the number that a template prints.
    let numbered = id.parse::<usize>().ok().and_then(|number| ids.get(number.checked_sub(1)?).copied());
    let hint = match numbered.or_else(|| nearest(id, ids.iter().copied())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", ids.join(", ")),
    };
    let mut finding = RULE.finding(format!("no cost category has the id `{id}`, named by {}", words()));
    finding = finding.at(id.span, words(), "").help(hint);
    finding.about = about;
    Some(finding)
}
