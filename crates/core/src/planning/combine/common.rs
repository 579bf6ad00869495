//! What the plans of offices have in common: how lines are rounded, rates, categories, donors, funding, profiles.

use super::{Contribution, Work};
use crate::diagnostic::Severity;
use crate::plan::{Donor, Funding, Id, Office, Rate, names};
use crate::source::Spanned;

impl Work<'_> {
    /// Adds what a contribution has that is not an office's.
    pub(super) fn common(&mut self, one: &Contribution, offices: &[Office]) {
        // The first that has lines decides, unless the regional plan has: the amounts of those must not change.
        if self.regional.lines.is_empty() && self.draft.header.lines.inline().is_empty() {
            self.draft.header.lines = one.plan.header.lines.inline();
        }
        self.categories(one);
        let mut rates = std::mem::take(&mut self.draft.rates);
        self.merge(one, &mut rates, &one.plan.rates, rate);
        let mut donors = std::mem::take(&mut self.draft.donors);
        let theirs: Vec<Donor> = one.plan.donors.iter().map(|donor| with_rules_of(donor, &donors)).collect();
        self.merge(one, &mut donors, &theirs, |donor| format!("donor {}", donor.id.value));
        let mut profiles = std::mem::take(&mut self.draft.profiles);
        self.merge(one, &mut profiles, &one.plan.profiles, |profile| format!("profile {}", profile.id.value));
        (self.draft.rates, self.draft.donors, self.draft.profiles) = (rates, donors, profiles);
        self.funding(one, offices);
    }

    /// Adds things of which a plan has one by its name.
    fn merge<T: Clone + PartialEq>(&mut self, one: &Contribution, all: &mut Vec<T>, theirs: &[T], name: impl Fn(&T) -> String) {
        for thing in theirs {
            match all.iter().find(|own| name(own) == name(thing)) {
                None => all.push(thing.clone()),
                Some(own) if own == thing => {}
                Some(_) => {
                    let message = format!("the {} is another in {} than before", name(thing), one.name);
                    self.say(Severity::Error, message, &one.plan.header.id, "the earlier is taken; use the same in all files");
                }
            }
        }
    }

    /// Categories of an office's own, beside the UN's where the regional plan lists none.
    fn categories(&mut self, one: &Contribution) {
        let before = self.draft.cost_categories();
        let mut all = before.clone();
        self.merge(one, &mut all, &one.plan.categories, |category| format!("category {}", category.id.value));
        if all != before {
            self.draft.categories = all;
        }
    }

    /// Money that donors give. What an office has for its whole plan is for that office here.
    fn funding(&mut self, one: &Contribution, offices: &[Office]) {
        let own: Vec<Spanned<Id>> = offices.iter().map(|office| office.id.value.clone().into()).collect();
        for flow in one.plan.funding.iter().filter(|flow| !self.regional.funding.contains(flow)) {
            let mut flow = flow.clone();
            flow.of.get_or_insert_default().offices.get_or_insert(own.clone());
            if self.draft.funding.contains(&flow) {
                continue;
            }
            if self.draft.funding.iter().any(|other| is_alike(other, &flow)) {
                let amount = names::Names(self.regional).number(*flow.amount);
                let message = format!("{amount} of {} is in {} and in another file", flow.donor.value, one.name);
                let help = "it is counted twice; if it is one sum that offices share, put it into the regional plan instead";
                self.say(Severity::Warning, message, &flow.donor, help);
            }
            self.draft.funding.push(flow);
        }
    }
}

fn rate(rate: &Rate) -> String {
    let per = rate.per.as_ref().map(|per| format!(" per {}", per.value)).unwrap_or_default();
    format!("rate of {}{per} from {}", rate.currency.value, rate.date.value)
}

/// Whether two flows differ only in what they are for and in remarks.
fn is_alike(one: &Funding, other: &Funding) -> bool {
    let said = |flow: &Funding| (flow.donor.clone(), flow.kind, flow.amount, flow.currency.clone(), flow.date);
    said(one) == said(other)
}

/// A donor of an office. Of its rules, which are a matter of the whole plan, an office need say nothing.
fn with_rules_of(donor: &Donor, known: &[Donor]) -> Donor {
    let own = known.iter().find(|own| own.id.value == donor.id.value).filter(|_| donor.profiles.is_empty());
    own.map_or_else(|| donor.clone(), |own| Donor { profiles: own.profiles.clone(), ..donor.clone() })
}
