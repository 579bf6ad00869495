#![doc = include_str!("unknown_sdg_target.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{SdgRef, nearest, sdg_links, sdg_targets, sdg_title};

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
    let hint = match (sdg_title(&tidy), nearest(link, sdg_targets().map(|(code, _)| code))) {
        (Some(_), _) => format!("did you mean `{tidy}`?"),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "goals are 1 to 17, targets as 10.7 or 16.a".to_owned(),
    };
    RULE.finding(format!("`{link}` is no SDG goal or target, linked from {owner}"))
        .at(link.span, format!("SDG link of {owner}"), "")
        .about(link.to_string())
        .help(hint)
}
