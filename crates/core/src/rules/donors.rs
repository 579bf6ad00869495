//! What donors ask: the profiles that a plan must meet, each with the lines that it is about. The ground of three rules.

use std::collections::HashMap;

use crate::decimal::Decimal;
use crate::diagnostic::Diagnostic;
use crate::file;
use crate::plan::{Clause, Id, Line, Plan, Profile};

use super::Rule;

/// A profile, and the lines that it is about, by position.
pub struct Demand {
    pub profile: Profile,
    pub lines: Vec<usize>,
}

/// Every profile that the plan must meet. One that a donor names is about the lines that are charged to that donor; about all, where no
/// line says to whom it is charged.
pub fn demands(plan: &Plan) -> Vec<Demand> {
    let all = || (0..plan.lines.len()).collect::<Vec<usize>>();
    let has_donors = plan.lines.iter().any(|line| line.donor.is_some());
    let of_plan = plan.profiles.iter().map(|profile| (&profile.id, all()));
    let of_donor = plan.donors.iter().flat_map(|donor| {
        let charged = |at: &usize| plan.lines.get(*at).and_then(|line| line.donor.as_ref()) == Some(&donor.id);
        let lines = if has_donors { all().into_iter().filter(charged).collect() } else { all() };
        donor.profiles.iter().filter(|id| !is_own(plan, id)).map(move |id| (id, lines.clone()))
    });
    let all = of_plan.chain(of_donor);
    all.filter_map(|(named, lines)| Some(Demand { profile: find(plan, named)?, lines })).collect()
}

/// Whether the plan itself must meet the profile, with all of its lines.
fn is_own(plan: &Plan, id: &Id) -> bool {
    plan.profiles.iter().any(|profile| profile.id.value == *id)
}

/// The profile of an id: the plan's own, or a published one.
pub fn find(plan: &Plan, id: &Id) -> Option<Profile> {
    let own = plan.profiles.iter().find(|profile| profile.id.value == *id);
    own.filter(|profile| !profile.is_only_named()).cloned().or_else(|| file::published(id))
}

impl Demand {
    pub fn lines<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = &'p Line> {
        self.lines.iter().filter_map(|at| plan.lines.get(*at))
    }

    /// The amounts of its lines by cost category; `None` where one has no amount or the sum is too long.
    pub fn by_category<'p>(&self, plan: &'p Plan) -> Option<HashMap<Option<&'p Id>, Decimal>> {
        let mut sums = HashMap::new();
        for at in &self.lines {
            let (line, built) = (plan.lines.get(*at)?, plan.built_lines().get(*at)?);
            let sum: &mut Decimal = sums.entry(line.category.as_ref().map(|category| &category.value)).or_default();
            *sum = sum.exact_add(built.amount.ok()?)?;
        }
        Some(sums)
    }

    /// A finding against a clause.
    pub fn finding(&self, rule: &Rule, clause: &Clause, message: &str) -> Diagnostic {
        let title = self.profile.title.as_deref().unwrap_or(&self.profile.id);
        let mut finding =
            rule.finding(format!("{message}: {title} asks that {}", clause.text)).about(self.profile.id.to_string());
        finding.about.push(clause.id.to_string());
        match (&self.profile.source, &clause.cites) {
            (Some(source), Some(cites)) => finding.help(format!("{source}: {cites}")),
            (Some(source), None) => finding.help(source.clone()),
            (None, _) => finding,
        }
    }
}
