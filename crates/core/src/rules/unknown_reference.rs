#![doc = include_str!("unknown_reference.md")]

use std::collections::HashSet;

use super::names::short;
use super::{Context, Rule, nearest_name};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::PROFILES;
use crate::plan::{Declared, Id, NodeKind, Plan, Scope, Sheet, nearest};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "unknown-reference", severity: Severity::Error, page: include_str!("unknown_reference.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let mut known = Known { plan, hints: 0, findings };
    known.figures();
    plan.sheets.iter().for_each(|sheet| known.sheet(sheet));
    known.places_and_regions();
    known.donors();
    for exception in plan.exceptions.iter().filter(|exception| super::named(&exception.rule).is_none()) {
        let rule = exception.rule.span;
        let finding = RULE.finding(format!("no rule is called `{}`", exception.rule.escape_debug())).at(rule, "an exception", "");
        let near = nearest_name(&exception.rule).map(|near| format!("did you mean `{near}`?"));
        known.findings.push(finding.help(near.unwrap_or_else(|| "`logframe rules` lists them".to_owned())));
    }
}

/// What printed figures name that is not there.
pub(super) fn of_figures(plan: &Plan) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    Known { plan, hints: 0, findings: &mut findings }.figures();
    findings
}

/// Unknown ids for which the nearest is looked up.
const MOST_HINTS: usize = 100;

struct Known<'p, 'f> {
    plan: &'p Plan,
    /// How many ids were reported so far.
    hints: usize,
    findings: &'f mut Vec<Diagnostic>,
}

impl Known<'_, '_> {
    /// What the budget and declared figures name.
    fn figures(&mut self) {
        let plan = self.plan;
        let mut seen = HashSet::new();
        let unplaced = plan.allocations.iter().zip(&plan.index().places).filter(|(_, place)| place.is_none());
        for (allocation, _) in unplaced {
            // A row of the budget names its office once, and every cell carries it.
            if seen.insert((allocation.office.span, &allocation.office.value)) {
                self.office(&allocation.office, "the budget");
            }
            self.result(&allocation.result, "the budget");
        }
        plan.declared.iter().for_each(|block| self.declared(block));
        self.lines();
    }

    /// What budget lines name.
    fn lines(&mut self) {
        let plan = self.plan;
        let ids: HashSet<&str> = plan.lines.iter().filter_map(|line| Some(line.id.as_ref()?.as_str())).collect();
        for line in &plan.lines {
            if plan.office(&line.office).is_some() && plan.node(&line.result).is_some() && line.of.is_none() {
                continue;
            }
            let place = format!("the line {}", short(&line.description));
            self.office(&line.office, &place);
            self.result(&line.result, &place);
            let base = line.of.iter();
            base.clone().flat_map(|base| base.offices.iter().flatten()).for_each(|id| self.office(id, &place));
            base.clone().flat_map(|base| base.results.iter().flatten()).for_each(|id| self.result(id, &place));
            for id in base.flat_map(|base| base.lines.iter().flatten()).filter(|id| !ids.contains(id.as_str())) {
                self.report(id, "budget line", &place, ids.iter().copied());
            }
        }
    }

    /// Donors and their rules.
    fn donors(&mut self) {
        let plan = self.plan;
        let donors = || plan.donors.iter().map(|donor| donor.id.as_str());
        let is_donor = |id: &str| donors().any(|donor| donor == id);
        for line in &plan.lines {
            for id in line.donor.iter().filter(|id| !is_donor(id)) {
                self.report(id, "donor", &format!("the line {}", short(&line.description)), donors());
            }
        }
        for flow in &plan.funding {
            if !is_donor(&flow.donor) {
                self.report(&flow.donor, "donor", "the funding", donors());
            }
            self.scope(flow.of.as_ref(), "the funding");
        }
        let own = || plan.profiles.iter().filter(|profile| !profile.is_only_named()).map(|profile| profile.id.as_str());
        let named = plan.profiles.iter().map(|profile| &profile.id).chain(plan.donors.iter().flat_map(|donor| &donor.profiles));
        for id in named.filter(|id| super::donors::find(plan, id).is_none()) {
            self.report(id, "profile", "the rules of donors", own().chain(PROFILES.iter().map(|(id, _)| *id)));
        }
    }

    fn declared(&mut self, block: &Declared) {
        let place = format!("the declared figures of {}", short(&block.place));
        self.scope(block.of.as_ref(), &place);
        let shares = block.shares.as_ref();
        let results = block.results.iter().chain(shares.into_iter().flat_map(|shares| &shares.results));
        results.for_each(|(id, _)| self.result(id, &place));
        let offices = block.offices.iter().chain(shares.into_iter().flat_map(|shares| &shares.offices));
        offices.for_each(|(id, _)| self.office(id, &place));
        self.inside(block);
    }

    fn report<'c>(&mut self, id: &Spanned<Id>, kind: &str, place: &str, candidates: impl Iterator<Item = &'c str>) {
        // To look for the nearest of thousands thousands of times takes minutes, and nobody reads so many hints.
        self.hints = self.hints.saturating_add(1);
        let mut candidates: Vec<_> = if self.hints > MOST_HINTS { Vec::new() } else { candidates.collect() };
        candidates.sort_unstable();
        let hint = match nearest(id, candidates.iter().copied()) {
            None if self.hints > MOST_HINTS => "mend the ids above first".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None if candidates.is_empty() => format!("the plan has no {kind}"),
            None if candidates.len() > 20 => format!("the plan has {} of them", candidates.len()),
            None => format!("there are {}", candidates.join(", ")),
        };
        let finding = RULE.finding(format!("no {kind} has the id `{id}`, named in {place}"));
        self.findings.push(finding.at(id.span, format!("{kind} {id}, {place}"), "").about(id.to_string()).help(hint));
    }

    fn office(&mut self, id: &Spanned<Id>, place: &str) {
        let plan = self.plan;
        if plan.office(id).is_none() {
            self.report(id, "office", place, plan.index().office_ids());
        }
    }

    fn result(&mut self, id: &Spanned<Id>, place: &str) {
        let plan = self.plan;
        if plan.node(id).is_none() {
            self.report(id, "outcome, output, activity or budget head", place, plan.nodes().iter().map(|node| node.id.as_str()));
        }
    }

    fn node_of(&mut self, id: &Spanned<Id>, kind: NodeKind, place: &str) {
        let plan = self.plan;
        if plan.node(id).is_none_or(|node| node.kind != kind) {
            let of_kind = plan.nodes().iter().filter(|node| node.kind == kind);
            self.report(id, &kind.to_string(), place, of_kind.map(|node| node.id.as_str()));
        }
    }

    fn scope(&mut self, scope: Option<&Scope>, place: &str) {
        let Some(scope) = scope else { return };
        scope.offices.iter().flatten().for_each(|id| self.office(id, place));
        scope.results.iter().flatten().for_each(|id| self.result(id, place));
        for (key, list) in [("offices", &scope.offices), ("results", &scope.results)] {
            if list.as_ref().is_some_and(Vec::is_empty) {
                let finding = RULE.finding(format!("`of` names no {key}, in {place}"));
                self.findings.push(finding.at(None, place, "").help(format!("leave `{key}` out to mean all of them")));
            }
        }
    }

    /// A figure of an office or result that its block is not about.
    fn inside(&mut self, block: &Declared) {
        let Some(scope) = &block.of else { return };
        let plan = self.plan;
        let index = plan.index();
        let office = |id: &str, of: &[Spanned<Id>]| of.iter().any(|office| office.as_str() == id);
        let result = |id: &str, of: &[Spanned<Id>]| {
            let within = |of: &Spanned<Id>| index.node(id).zip(index.node(of)).is_none_or(|(id, of)| index.is_within(id, of));
            of.iter().any(within)
        };
        let outside_offices = block.offices.iter().filter(|(id, _)| scope.offices.as_ref().is_some_and(|of| !office(id, of)));
        let outside_results = block.results.iter().filter(|(id, _)| scope.results.as_ref().is_some_and(|of| !result(id, of)));
        for (id, _) in outside_offices.chain(outside_results) {
            let finding = RULE.finding(format!("`{id}` is not among what {} is about", short(&block.place)));
            let finding = finding.at(id.span, format!("{id}, {}", short(&block.place)), "").about(id.to_string());
            self.findings.push(finding.help("add it to `of`, or declare its figure in a block of its own"));
        }
    }

    fn sheet(&mut self, sheet: &Sheet) {
        let place = format!("sheet {}", sheet.id);
        sheet.offices.iter().for_each(|id| self.office(id, &place));
        sheet.activities.iter().flatten().for_each(|id| self.node_of(id, NodeKind::Activity, &place));
        sheet.wording.iter().for_each(|(id, _)| self.node_of(id, NodeKind::Activity, &place));
        sheet.challenges.iter().for_each(|(id, _)| self.node_of(id, NodeKind::Outcome, &place));
    }

    fn places_and_regions(&mut self) {
        let plan = self.plan;
        let places: HashSet<&str> =
            plan.regions.iter().flat_map(|region| region.places.iter().map(|(code, _)| code.as_str())).collect();
        for office in &plan.offices {
            let at = format!("office {}", office.id);
            for place in office.places.iter().filter(|place| !places.is_empty() && !places.contains(place.as_str())) {
                self.report(place, "place", &at, places.iter().copied());
            }
            for region in office.regions.iter().filter(|region| !plan.regions.iter().any(|r| r.id == **region)) {
                self.report(region, "region", &at, plan.regions.iter().map(|region| region.id.as_str()));
            }
        }
    }
}
