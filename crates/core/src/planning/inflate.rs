//! Prices that rise.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unplanned;
use crate::crossfoot::Rounding;
use crate::decimal::Decimal;
use crate::plan::{Draft, Id, Line, Plan};
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

    /// The plan at the new prices. What is built up from lines, percentages of them too, is worked out anew. What the document prints about
    /// its own numbers is of another budget, and is left out.
    ///
    /// # Errors
    /// [`Unplanned`]: an office or a category that is not there, a price of too many digits.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        self.check(plan)?;
        let mut draft = plan.draft();
        draft.declared.clear();
        let lines = draft.lines.iter_mut().filter(|line| !line.is_percentage() && self.concerns(line));
        for line in lines {
            for price in [&mut line.unit_cost, &mut line.amount].into_iter().flatten() {
                price.value = self.dearer(price.value)?;
            }
        }
        self.allocations(plan, &mut draft)?;
        Ok(Plan::new(draft))
    }

    fn allocations(&self, plan: &Plan, draft: &mut Draft) -> Result<(), Unplanned> {
        let with_lines: Vec<usize> = plan.index().built.cells.iter().filter_map(|cell| cell.given).collect();
        let given = draft.allocations.iter_mut().enumerate().filter(|(at, one)| !one.is_built && !with_lines.contains(at));
        for (_, one) in given.filter(|(_, one)| self.categories.is_none() && is_among(self.offices.as_ref(), Some(&one.office))) {
            if let Some(amount) = one.cell.amount() {
                one.cell = crate::plan::Cell::Amount(self.dearer(amount)?).into();
            }
        }
        Ok(())
    }

    fn check(&self, plan: &Plan) -> Result<(), Unplanned> {
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
