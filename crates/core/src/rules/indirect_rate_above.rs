#![doc = include_str!("indirect_rate_above.md")]

use super::donors::{Demand, demands};
use super::names::Names;
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{Clause, Plan};

pub static RULE: Rule = Rule {
    name: "indirect-rate-above",
    severity: Severity::Error,
    page: include_str!("indirect_rate_above.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for demand in demands(context.plan) {
        for clause in &demand.profile.clauses {
            findings.extend(clause.indirect_rate.and_then(|most| against(context.plan, &demand, clause, most)));
        }
    }
}

fn against(plan: &Plan, demand: &Demand, clause: &Clause, most: Decimal) -> Option<Diagnostic> {
    let categories = plan.cost_categories();
    let is_indirect = |id: &str| categories.iter().any(|one| one.indirect && one.id.as_str() == id);
    let sums = demand.by_category(plan)?;
    let of = |indirect: bool| {
        let part = sums.iter().filter(|(id, _)| id.is_some_and(|id| is_indirect(id)) == indirect);
        Decimal::exact_sum(part.map(|(_, sum)| *sum))
    };
    let (indirect, direct) = (of(true)?, of(false)?);
    let (given, allowed) = (indirect.exact_mul(Decimal::HUNDRED)?, direct.exact_mul(most)?);
    if given <= allowed.exact_add(rounding(plan, demand, &is_indirect)?.exact_mul(Decimal::HUNDRED)?)? {
        return None;
    }
    let names = Names(plan);
    let rate = indirect.percent_above(direct, most).map_or_else(|| "more than nothing".to_owned(), |rate| names.percent(rate));
    let most_allowed = allowed.percent()?.normalized();
    let message = format!(
        "indirect costs are {}, {rate} of the direct costs of {}, above {}",
        names.number(indirect),
        names.number(direct),
        names.percent(most)
    );
    let figures = Figures {
        declared: indirect,
        computed: most_allowed,
        difference: indirect.exact_sub(most_allowed)?,
        terms: vec![direct],
    };
    let mut finding = demand.finding(&RULE, clause, &message).figures(figures);
    let is_cause = |line: &&crate::plan::Line| line.category.as_ref().is_some_and(|id| is_indirect(id));
    for line in demand.lines(plan).filter(is_cause).take(MOST_PLACES) {
        finding = finding.at(line.percent.and_then(|percent| percent.span).or(line.span()), lines::words(names, line), "");
    }
    Some(finding.help(format!("lower them to {} at most", names.number(most_allowed))))
}

/// What rounding can have added to the indirect lines that are worked out as percentages: a unit each, where the plan declares one.
fn rounding(plan: &Plan, demand: &Demand, is_indirect: &dyn Fn(&str) -> bool) -> Option<Decimal> {
    let lines =
        demand.lines(plan).filter(|line| line.is_percentage() && line.category.as_ref().is_some_and(|id| is_indirect(id)));
    plan.header.lines.unit.map_or(Some(Decimal::ZERO), |unit| unit.exact_mul(Decimal::from(i64::try_from(lines.count()).ok()?)))
}

/// Places that a finding points at: all of a hundred offices' lines help nobody.
const MOST_PLACES: usize = 5;
