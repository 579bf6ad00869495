#![doc = include_str!("donor_clause.md")]

use super::donors::{Demand, demands};
use super::names::Names;
use super::{Context, Rule, lines};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Clause, Id, Line, Plan};

pub static RULE: Rule =
    Rule { name: "donor-clause", severity: Severity::Error, page: include_str!("donor_clause.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for demand in demands(context.plan) {
        for clause in &demand.profile.clauses {
            let found = Against { plan: context.plan, demand: &demand, clause };
            findings.extend(clause.currency.as_deref().and_then(|code| found.currency(code)));
            findings.extend(clause.months.and_then(|most| found.months(most)));
            findings.extend(clause.unit.into_iter().flat_map(|unit| found.unit(unit)));
            findings.extend(clause.categories.iter().flat_map(|allowed| found.categories(allowed)));
            findings.extend(clause.required.as_ref().and_then(|keys| found.required(keys)));
        }
    }
}

/// A plan held against one clause.
struct Against<'p> {
    plan: &'p Plan,
    demand: &'p Demand,
    clause: &'p Clause,
}

impl Against<'_> {
    fn finding(&self, message: &str) -> Diagnostic {
        self.demand.finding(&RULE, self.clause, message)
    }

    fn at(&self, line: &Line, span: Option<crate::source::Span>, message: &str) -> Diagnostic {
        let words = lines::words(Names(self.plan), line);
        let mut finding = self.finding(&format!("{words} {message}")).at(span.or(line.span()), words, "");
        finding.about.extend(lines::ids(line));
        finding
    }

    fn currency(&self, code: &str) -> Option<Diagnostic> {
        let currency = &self.plan.header.currency;
        (currency.as_str() != code)
            .then(|| self.finding(&format!("the plan is in {}", currency.value)).at(currency.span, "the plan's currency", ""))
    }

    fn months(&self, most: u32) -> Option<Diagnostic> {
        let duration = self.plan.header.duration.as_ref()?;
        let months = duration.whole_months()?;
        let span = duration.from.as_ref().and_then(|from| from.span);
        (months > most).then(|| self.finding(&format!("the plan runs {months} months")).at(span, "the plan's duration", ""))
    }

    fn unit(&self, unit: Decimal) -> Vec<Diagnostic> {
        let built =
            self.demand.lines.iter().filter_map(|at| Some((self.plan.lines.get(*at)?, self.plan.built_lines().get(*at)?)));
        let finer = |amount: Decimal| amount.is_multiple_of(unit) == Some(false);
        built
            .filter_map(|(line, built)| Some((line, built.amount.ok().filter(|amount| finer(*amount))?)))
            .map(|(line, amount)| self.at(line, None, &format!("comes to {}", Names(self.plan).number(amount))))
            .collect()
    }

    fn categories(&self, allowed: &[Id]) -> Vec<Diagnostic> {
        let lines = self.demand.lines(self.plan).filter_map(|line| Some((line, line.category.as_ref()?)));
        let other = lines.filter(|(_, category)| !allowed.contains(&category.value));
        other.map(|(line, category)| self.at(line, category.span, &format!("is in the category `{}`", category.value))).collect()
    }

    /// One finding, at the first line that lacks something: a key that is lacking is mostly lacking everywhere.
    fn required(&self, keys: &[String]) -> Option<Diagnostic> {
        let lacks = |line: &Line, key: &str| !has(line, key) && (key == "category" || !line.is_percentage());
        let lacking = |line: &&Line| keys.iter().any(|key| lacks(line, key));
        let lines: Vec<&Line> = self.demand.lines(self.plan).filter(lacking).collect();
        let first = lines.first()?;
        let missing: Vec<String> = keys.iter().filter(|key| lacks(first, key)).map(|key| format!("no `{key}`")).collect();
        let further = match lines.len() {
            1 => String::new(),
            n => format!(
                ", and {} {} it or others",
                super::names::count(n - 1, "further line"),
                if n == 2 { "lacks" } else { "lack" }
            ),
        };
        Some(self.at(first, None, &format!("has {}{further}", missing.join(" and "))))
    }
}

fn has(line: &Line, key: &str) -> bool {
    match key {
        "category" => line.category.is_some(),
        "quantity" => line.quantity.is_some(),
        "unit" => line.unit.is_some(),
        "unit-cost" => line.unit_cost.is_some(),
        "duration" => line.duration.is_some(),
        "share" => line.share.is_some(),
        "period" => line.period.is_some(),
        "remarks" => line.remarks.is_some(),
        "donor" => line.donor.is_some(),
        _ => true,
    }
}
