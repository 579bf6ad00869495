#![doc = include_str!("category_share_above.md")]

use super::donors::{Demand, demands};
use super::names::Names;
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{CategoryShare, Clause, Plan};

pub static RULE: Rule = Rule {
    name: "category-share-above",
    severity: Severity::Error,
    page: include_str!("category_share_above.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for demand in demands(context.plan) {
        for clause in &demand.profile.clauses {
            findings.extend(clause.category_share.as_ref().and_then(|cap| against(context.plan, &demand, clause, cap)));
        }
    }
}

fn against(plan: &Plan, demand: &Demand, clause: &Clause, cap: &CategoryShare) -> Option<Diagnostic> {
    let sums = demand.by_category(plan)?;
    let whole = Decimal::exact_sum(sums.values().copied())?;
    let part = Decimal::exact_sum(sums.iter().filter(|(id, _)| id.is_some_and(|id| cap.of.contains(id))).map(|(_, sum)| *sum))?;
    let (given, allowed) = (part.exact_mul(Decimal::HUNDRED)?, whole.exact_mul(cap.most)?);
    if given <= allowed {
        return None;
    }
    let names = Names(plan);
    let of = cap.of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let share = part.percent_above(whole, cap.most).map_or_else(String::new, |share| format!(", {}", names.percent(share)));
    let message =
        format!("{of} comes to {} of {}{share}, above {}", names.number(part), names.number(whole), names.percent(cap.most));
    let most = allowed.percent()?.normalized();
    let figures = Figures { declared: part, computed: most, difference: part.exact_sub(most)?, terms: vec![whole] };
    let mut finding = demand.finding(&RULE, clause, &message).figures(figures);
    let first = demand.lines(plan).find(|line| line.category.as_ref().is_some_and(|id| cap.of.contains(id)));
    if let Some(line) = first {
        finding = finding.at(line.span(), lines::words(names, line), "the first of its lines");
    }
    Some(finding.help("move money to other categories; what is left out of the budget lowers the whole, too"))
}
