//! What the plans of offices have in common: how lines are rounded, rates, categories, donors, funding, profiles.

use super::{Contribution, Work};
use crate::diagnostic::Severity;
use crate::plan::{Category, Donor, Funding, Profile, Rate};

/// A thing of which a plan has one by its name.
trait Named: Clone + PartialEq {
    const KIND: &'static str;
    fn name(&self) -> String;
}

impl Named for Donor {
    const KIND: &'static str = "donor";
    fn name(&self) -> String {
        self.id.to_string()
    }
}

impl Named for Profile {
    const KIND: &'static str = "profile";
    fn name(&self) -> String {
        self.id.to_string()
    }
}

impl Named for Category {
    const KIND: &'static str = "category";
    fn name(&self) -> String {
        self.id.to_string()
    }
}

impl Named for Rate {
    const KIND: &'static str = "rate of";
    fn name(&self) -> String {
        let per = self.per.as_ref().map(|per| format!(" per {}", per.value)).unwrap_or_default();
        format!("{}{per} from {}", self.currency.value, self.date.value)
    }
}

impl Work<'_> {
    /// Adds what a contribution has that is not an office's.
    pub(super) fn common(&mut self, one: &Contribution) {
        // A regional plan without lines says nothing about them; the first that does decides.
        if self.draft.header.lines.inline().is_empty() {
            self.draft.header.lines = one.plan.header.lines.inline();
        }
        self.categories(one);
        let mut rates = std::mem::take(&mut self.draft.rates);
        self.merge(one, &mut rates, &one.plan.rates);
        let mut donors = std::mem::take(&mut self.draft.donors);
        self.merge(one, &mut donors, &one.plan.donors);
        let mut profiles = std::mem::take(&mut self.draft.profiles);
        self.merge(one, &mut profiles, &one.plan.profiles);
        (self.draft.rates, self.draft.donors, self.draft.profiles) = (rates, donors, profiles);
        self.funding(one);
    }

    fn merge<T: Named>(&mut self, one: &Contribution, all: &mut Vec<T>, theirs: &[T]) {
        for thing in theirs {
            match all.iter().find(|own| own.name() == thing.name()) {
                None => all.push(thing.clone()),
                Some(own) if own == thing => {}
                Some(_) => {
                    let message = format!("the {} {} is another in {} than before", T::KIND, thing.name(), one.name);
                    self.say(Severity::Error, message, &thing.name(), "the earlier is taken; use the same in all files");
                }
            }
        }
    }

    /// Categories of an office's own, beside the UN's where the regional plan lists none.
    fn categories(&mut self, one: &Contribution) {
        let before = self.draft.cost_categories();
        let mut all = before.clone();
        self.merge(one, &mut all, &one.plan.categories);
        if all != before {
            self.draft.categories = all;
        }
    }

    /// Money that donors give. The same flow in two files is one.
    fn funding(&mut self, one: &Contribution) {
        let new: Vec<Funding> = one.plan.funding.iter().filter(|flow| !self.draft.funding.contains(flow)).cloned().collect();
        self.draft.funding.extend(new);
    }
}
