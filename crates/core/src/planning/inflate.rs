//! Prices that rise.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unplanned;
use crate::crossfoot::{Method, Rounding, split};
use crate::decimal::Decimal;
use crate::plan::built::exact;
use crate::plan::{BuiltLine, Draft, Id, Line, Plan};
use crate::source::Spanned;

/// Prices raised, or lowered, by so many per cent: unit costs and typed amounts of lines, and allocations that no lines stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Inflation {
    /// By how many per cent.
    pub percent: Spanned<Decimal>,
    /// The unit that the new prices are rounded to.
    pub unit: Spanned<Decimal>,
    /// Only those of these offices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offices: Option<Vec<Spanned<Id>>>,
    /// Only lines of these cost categories; allocations have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Spanned<Id>>>,
}

impl Inflation {
    /// All prices by so many per cent, rounded to a unit, halves away from zero.
    pub fn of(percent: Decimal, unit: Decimal) -> Self {
        Self { percent: percent.into(), unit: unit.into(), offices: None, categories: None }
    }

    /// The plan at the new prices. What is built up from lines, percentages of them too, is worked out anew, amounts that were given or typed
    /// beside it included; given parts of a line keep their proportions. What the document prints about its own numbers is of another
    /// budget, and is left out.
    ///
    /// # Errors
    /// [`Unplanned`]: an office or a category that is not there, a price of too many digits.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        self.check(plan)?;
        let mut draft = plan.draft();
        draft.declared.clear();
        let built = plan.built_lines();
        for (line, was) in draft.lines.iter_mut().zip(built) {
            if line.is_percentage() {
                // What it comes to follows from the others.
                line.amount = None;
            } else if self.concerns(line) {
                self.line(line, was)?;
            }
        }
        self.allocations(plan, &mut draft)?;
        Ok(Plan::new(draft))
    }

    fn line(&self, line: &mut Line, was: &BuiltLine) -> Result<(), Unplanned> {
        match &mut line.unit_cost {
            Some(price) => {
                price.value = self.dearer(price.value)?;
                // It was a statement about the old price.
                line.amount = None;
            }
            None => {
                if let Some(amount) = &mut line.amount {
                    amount.value = self.dearer(amount.value)?;
                }
            }
        }
        let is = exact(line).ok();
        if let (Some(amounts), Some(is), Ok(was)) =
            (line.spread.as_mut().and_then(|spread| spread.amounts.as_mut()), is, was.exact)
        {
            self.parts(amounts, was, is)?;
        }
        Ok(())
    }

    /// Given parts keep their proportions, and add up to what the line comes to now.
    fn parts(&self, amounts: &mut [Spanned<Decimal>], was: Decimal, is: Decimal) -> Result<(), Unplanned> {
        let weights: Vec<Decimal> = amounts.iter().map(|amount| **amount).collect();
        if Decimal::exact_sum(weights.iter().copied()) != Some(was) {
            return Ok(());
        }
        let finest = Decimal::of_steps(1, is.normalized().decimals()).unwrap_or(*self.unit);
        let unit = if is.is_multiple_of(*self.unit) == Some(true) { *self.unit } else { finest };
        let parts = split(is, &weights, unit, Method::LargestRemainder)?;
        amounts.iter_mut().zip(parts).for_each(|(amount, part)| amount.value = part);
        Ok(())
    }

    /// Amounts that lines stand for are built up anew.
    fn allocations(&self, plan: &Plan, draft: &mut Draft) -> Result<(), Unplanned> {
        let with_lines: HashSet<usize> = plan.index().built.cells.iter().filter_map(|cell| cell.given).collect();
        let mut at = 0..;
        draft.allocations.retain(|one| at.next().is_some_and(|at| one.is_built || !with_lines.contains(&at)));
        let given = draft.allocations.iter_mut().filter(|one| !one.is_built);
        for one in given.filter(|one| self.categories.is_none() && is_among(self.offices.as_ref(), Some(&one.office))) {
            if let Some(amount) = one.cell.amount() {
                one.cell = crate::plan::Cell::Amount(self.dearer(amount)?).into();
            }
        }
        Ok(())
    }

    fn check(&self, plan: &Plan) -> Result<(), Unplanned> {
        if self.percent.exact_add(Decimal::HUNDRED).is_none_or(Decimal::is_negative) {
            return Err(Unplanned::BelowZero(*self.percent));
        }
        if self.unit.is_zero() || self.unit.is_negative() {
            return Err(Unplanned::NoUnit(*self.unit));
        }
        if let Some(id) = self.offices.iter().flatten().find(|id| plan.office(id).is_none()) {
            let offices = plan.offices.iter().map(|office| office.id.as_str());
            return Err(crate::Error::unknown("office", id, offices).into());
        }
        let categories = plan.cost_categories();
        let known = || categories.iter().map(|category| category.id.as_str());
        let unknown = self.categories.iter().flatten().find(|id| !known().any(|known| known == id.as_str()));
        unknown.map_or(Ok(()), |id| Err(crate::Error::unknown("cost category", id, known()).into()))
    }

    fn concerns(&self, line: &Line) -> bool {
        is_among(self.offices.as_ref(), Some(&line.office)) && is_among(self.categories.as_ref(), line.category.as_ref())
    }

    fn dearer(&self, price: Decimal) -> Result<Decimal, Unplanned> {
        let factor = self.percent.exact_add(Decimal::HUNDRED).ok_or(Unplanned::TooLong)?;
        let above = price.exact_mul(factor).ok_or(Unplanned::TooLong)?;
        Rounding::HalfAway.quotient(above, Decimal::HUNDRED, *self.unit).ok_or(Unplanned::TooLong)
    }
}

/// Whether an id is in a list; a list that is not given has all.
fn is_among(list: Option<&Vec<Spanned<Id>>>, id: Option<&Spanned<Id>>) -> bool {
    list.is_none_or(|list| id.is_some_and(|id| list.contains(id)))
}
