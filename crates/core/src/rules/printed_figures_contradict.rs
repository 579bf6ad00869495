#![doc = include_str!("printed_figures_contradict.md")]

use super::joint::Joint;
use super::{Context, Rule};
use crate::crossfoot::Contradiction;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::reconciliation::{Cause, Words};

pub static RULE: Rule = Rule {
    name: "printed-figures-contradict",
    severity: Severity::Error,
    page: include_str!("printed_figures_contradict.md"),
    check: Some(check),
};

/// Figures that a finding points at, at most.
const MAX_PLACES: usize = 100;

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(joint) = &context.joint else { return };
    findings.extend(joint.only_together().map(|(contradiction, cause)| finding(joint, contradiction, cause)));
}

fn finding(joint: &Joint, contradiction: &Contradiction, cause: Option<&Cause>) -> Diagnostic {
    let subject = &joint.found.subject;
    let words = Words(subject);
    let claims = contradiction.sums.len() + contradiction.shares.len();
    let mut finding = RULE.finding(format!(
        "no unrounded budget can stand behind {} printed figures: {claims} sums hold each alone and not all together",
        contradiction.figures().len()
    ));
    let at_least = format!("together at least {}", words.number(contradiction.at_least.value));
    let at_most = format!("together at most {}", words.number(contradiction.at_most.value));
    let sides = [(&contradiction.larger, at_least), (&contradiction.smaller, at_most)];
    let labels = sides.iter().flat_map(|(figures, text)| {
        figures.iter().filter_map(move |(figure, _)| {
            let named = subject.figures.get(*figure)?;
            Some((Label::new(named.span, words.figure(*figure), text.as_str()), named))
        })
    });
    for (label, named) in labels.take(MAX_PLACES) {
        finding.labels.push(label);
        finding.about.extend(named.ids.iter().filter_map(|id| Some(id.split_once('=')?.1.to_owned())));
    }
    finding.about.sort_unstable();
    finding.about.dedup();
    let told = cause.map_or_else(Vec::new, |cause| joint.told(cause));
    told.into_iter().fold(finding.help(words.contradiction(contradiction)), Diagnostic::help)
}
