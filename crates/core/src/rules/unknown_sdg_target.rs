#![doc = include_str!("unknown_sdg_target.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{SdgRef, sdg_links, sdg_targets, sdg_title};

pub static RULE: Rule = Rule {
    name: "unknown-sdg-target",
    severity: Severity::Error,
    page: include_str!("unknown_sdg_target.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for (owner, link) in sdg_links(context.plan) {
        if sdg_title(link).is_none() {
            findings.push(finding(&owner, link));
        }
    }
}

fn finding(owner: &str, link: &SdgRef) -> Diagnostic {
    let tidy = link.trim_start_matches(['0', ' ']).to_ascii_lowercase();
    let of_goal: Vec<&str> = match tidy.split('.').next() {
        Some(goal) => sdg_targets().map(|(code, _)| code).filter(|code| code.split('.').next() == Some(goal)).collect(),
        None => Vec::new(),
    };
    let hint = match (sdg_title(&tidy), of_goal.is_empty()) {
        (Some(_), _) => format!("did you mean `{tidy}`?"),
        (None, false) => format!("the targets of this goal are {}", of_goal.join(", ")),
        (None, true) => "goals are 1 to 17, targets as 10.7 or 16.a".to_owned(),
    };
    RULE.finding(format!("`{link}` is no SDG goal or target, linked from {owner}"))
        .at(link.span, format!("SDG link of {owner}"), "")
        .about(link.to_string())
        .help(hint)
}
