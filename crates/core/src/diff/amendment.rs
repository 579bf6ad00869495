//! Which changes of an approved budget need the donor's consent.

use super::Diff;
use super::money::{TotalChange, TotalOf};
use crate::decimal::Decimal;
use crate::plan::{Amendment, Clause, Heading, Profile};

/// A change that a donor must agree to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amended {
    /// The profile, by its title or id.
    pub profile: String,
    /// The clause, by its id.
    pub clause: String,
    /// What it asks, in words.
    pub text: String,
    /// The heading that changed.
    pub change: TotalChange,
    /// By how many per cent of the approved budget it may change.
    pub limit: Decimal,
}

impl Amended {
    /// The change in per cent of what it was, to as many decimals as it takes to see that it is above the limit; `None` where it was nothing.
    pub fn percent(&self) -> Option<Decimal> {
        self.change.difference.percent_above(self.change.before, self.limit)
    }
}

impl Diff {
    /// The changes that need an amendment by a donor's rules, the old plan being the approved one: whatever revisions lie between the two
    /// count together.
    pub fn amendments(&self, profile: &Profile) -> Vec<Amended> {
        let clauses = profile.clauses.iter().filter_map(|clause| Some((clause, clause.amendment.as_ref()?)));
        clauses.flat_map(|(clause, amendment)| self.against(profile, clause, amendment)).collect()
    }

    fn against(&self, profile: &Profile, clause: &Clause, amendment: &Amendment) -> Vec<Amended> {
        let of = match amendment.heading {
            Heading::Category => TotalOf::Category,
            Heading::Outcome => TotalOf::Outcome,
        };
        let headings = self.totals.iter().filter(|change| change.of == of);
        let amended = |change: &TotalChange| Amended {
            profile: profile.title.clone().unwrap_or_else(|| profile.id.to_string()),
            clause: clause.id.to_string(),
            text: clause.text.clone(),
            change: change.clone(),
            limit: if amendment.fixed.iter().any(|id| id.as_str() == change.id) { Decimal::ZERO } else { amendment.change },
        };
        headings.map(amended).filter(is_above).collect()
    }
}

/// A heading that may not grow is above its limit when it grows; any other one when it changes by more, up or down.
fn is_above(amended: &Amended) -> bool {
    let change = &amended.change;
    if amended.limit.is_zero() && change.difference.is_negative() {
        return false;
    }
    let (given, allowed) = (change.difference.abs().exact_mul(Decimal::HUNDRED), change.before.abs().exact_mul(amended.limit));
    given.zip(allowed).is_some_and(|(given, allowed)| given > allowed)
}
