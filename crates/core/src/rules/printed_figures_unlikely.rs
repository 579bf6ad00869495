#![doc = include_str!("printed_figures_unlikely.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::reconciliation::Words;

pub static RULE: Rule = Rule {
    name: "printed-figures-unlikely",
    severity: Severity::Warning,
    page: include_str!("printed_figures_unlikely.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(joint) = &context.joint else { return };
    let (system, words) = (&joint.found.subject.system, Words(&joint.found.subject));
    for unlikely in &joint.found.unlikely {
        let Some(total) = system.sums().get(unlikely.sum).map(|sum| sum.total) else { continue };
        let Some(named) = joint.found.subject.figures.get(total) else { continue };
        let miss = words.number(unlikely.residual.abs());
        let mut finding = RULE
            .finding(format!("{}; such a difference is hardly rounding: {}", words.sum_line(unlikely.sum), unlikely.words()))
            .at(named.span, words.figure(total), format!("{miss} away from its parts"))
            .help("rounding can explain it, but one figure is more likely to be wrong; compare them with the document");
        finding.about.extend(named.ids.iter().filter_map(|id| Some(id.split_once('=')?.1.to_owned())));
        findings.push(finding);
    }
}
