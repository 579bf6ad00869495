//! A budget made larger or smaller.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unplanned;
use crate::crossfoot::{Method, split};
use crate::decimal::Decimal;
use crate::plan::{Id, Plan};
use crate::source::Spanned;

/// The whole budget scaled to an amount, in proportion, some of it kept as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Scaling {
    /// What the whole budget shall come to.
    pub to: Spanned<Decimal>,
    /// Offices, results and budget heads whose amounts stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<Spanned<Id>>,
    /// The unit that amounts are rounded to; the plan's own where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Spanned<Decimal>>,
}

impl Scaling {
    /// To an amount, keeping nothing.
    pub fn to(amount: Decimal) -> Self {
        Self { to: amount.into(), ..Self::default() }
    }

    /// The plan with its budget scaled: amounts add up to exactly what is wanted, and each is its exact part rounded down or up (largest
    /// remainder). None stays none, and zero zero. What the document prints about its own numbers is of another budget, and is left out.
    ///
    /// ```
    /// use logframe::planning::Scaling;
    /// use logframe::{Allocation, Draft, Head, Header, Office, Plan};
    /// let plan = Plan::new(Draft {
    ///     header: Header::new("demo", "Demo", "USD"),
    ///     heads: vec![Head::new("food", "Food")],
    ///     offices: ["a", "b", "c"].map(|id| Office::new(id, id)).to_vec(),
    ///     allocations: ["a", "b", "c"].map(|id| Allocation::new(id, "food", 100.into())).to_vec(),
    ///     ..Draft::default()
    /// });
    /// let scaled = Scaling::to(200.into()).apply(&plan)?;
    /// let amounts: Vec<_> = scaled.allocations.iter().map(|one| one.cell.amount().unwrap().to_string()).collect();
    /// assert_eq!(amounts, ["67", "67", "66"]);
    /// # Ok::<(), logframe::planning::Unplanned>(())
    /// ```
    ///
    /// # Errors
    /// [`Unplanned`]: an id that is not there, a cell that lines build up, more kept than is wanted, an amount of a finer unit.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        let mut draft = plan.draft();
        draft.declared.clear();
        let kept = self.kept(plan)?;
        let (still, free): (Vec<usize>, Vec<usize>) = (0..draft.allocations.len()).partition(|at| kept.contains(at));
        let built = free.iter().filter_map(|at| draft.allocations.get(*at)).find(|one| one.is_built);
        if let Some(one) = built {
            return Err(Unplanned::Built { office: one.office.to_string(), result: one.result.to_string() });
        }
        let amounts = |of: &[usize]| of.iter().filter_map(|at| draft.allocations.get(*at)?.cell.amount()).collect::<Vec<_>>();
        let kept = Decimal::exact_sum(amounts(&still)).ok_or(Unplanned::TooLong)?;
        let left = self.to.exact_sub(kept).ok_or(Unplanned::TooLong)?;
        if left.is_negative() {
            return Err(Unplanned::KeptTooMuch { kept, to: *self.to });
        }
        let unit = self.unit.map_or_else(|| super::unit(plan), |unit| *unit);
        let weights = amounts(&free);
        if !weights.iter().any(|weight| !weight.is_zero() && !weight.is_negative()) {
            return Err(Unplanned::NothingToScale);
        }
        let mut parts = split(left, &weights, unit, Method::LargestRemainder)?.into_iter();
        for at in free {
            if draft.allocations.get(at).is_some_and(|one| one.cell.amount().is_some()) {
                super::set(&mut draft, at, parts.next().unwrap_or_default());
            }
        }
        Ok(Plan::new(draft))
    }

    /// The allocations that stay: of an office, or for a result and what is under it.
    fn kept(&self, plan: &Plan) -> Result<Vec<usize>, Unplanned> {
        let mut kept = Vec::new();
        for id in &self.keep {
            let (office, node) = (plan.index().office(id), plan.index().node(id));
            if office.is_none() && node.is_none() {
                let known = plan.offices.iter().map(|office| office.id.as_str());
                let known = known.chain(plan.nodes().iter().map(|node| node.id.as_str()));
                return Err(crate::Error::unknown("office, result or budget head", id, known).into());
            }
            kept.extend((0..plan.allocations.len()).filter(|at| {
                plan.place(*at)
                    .is_some_and(|(of, at)| office == Some(of) || node.is_some_and(|node| plan.index().is_within(at, node)))
            }));
        }
        Ok(kept)
    }
}
