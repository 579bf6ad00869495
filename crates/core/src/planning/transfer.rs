//! Money moved between cells, and one amount shared over offices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Unplanned, amount, cell, set};
use crate::crossfoot::{Method, split};
use crate::decimal::Decimal;
use crate::plan::{Entries, Id, Plan};
use crate::source::Spanned;

/// An amount moved from one cell of the budget to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// How much.
    pub amount: Spanned<Decimal>,
    /// The office and the result that it is taken from.
    pub from: Vec<Spanned<Id>>,
    /// The office and the result that it goes to.
    pub to: Vec<Spanned<Id>>,
}

impl Transfer {
    /// An amount from an office and result to another.
    pub fn new(amount: Decimal, from: (&str, &str), to: (&str, &str)) -> Self {
        let ids = |(office, result): (&str, &str)| vec![Id::lossy(office).into(), Id::lossy(result).into()];
        Self { amount: amount.into(), from: ids(from), to: ids(to) }
    }

    /// The plan with the money moved; its total stays.
    ///
    /// # Errors
    /// [`Unplanned`]: an id that is not there, a cell that lines build up, less money than is taken.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        let wanted = *self.amount;
        if wanted.is_zero() || wanted.is_negative() {
            return Err(Unplanned::NotPositive(wanted));
        }
        let mut draft = plan.draft();
        let ((from_office, from_result), (to_office, to_result)) = (pair(&self.from)?, pair(&self.to)?);
        let from = cell(&mut draft, from_office, from_result)?;
        let has = amount(&draft, from);
        let left = has.exact_sub(wanted).ok_or(Unplanned::TooLong)?;
        if left.is_negative() {
            return Err(Unplanned::TooLittle { office: from_office.to_owned(), result: from_result.to_owned(), has, wanted });
        }
        set(&mut draft, from, left);
        let to = cell(&mut draft, to_office, to_result)?;
        let more = amount(&draft, to).exact_add(wanted).ok_or(Unplanned::TooLong)?;
        set(&mut draft, to, more);
        Ok(Plan::new(draft))
    }
}

fn pair(ids: &[Spanned<Id>]) -> Result<(&str, &str), Unplanned> {
    match ids {
        [office, result] => Ok((office.as_str(), result.as_str())),
        other => {
            let given = other.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
            Err(crate::Error::unknown("cell, which is an office and a result,", &given, []).into())
        }
    }
}

/// One amount shared over offices by weights, for one result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// How much.
    pub amount: Spanned<Decimal>,
    /// What it is for.
    pub result: Spanned<Id>,
    /// A weight for each office that gets a part.
    pub by: Entries<Spanned<Decimal>>,
    /// The unit of the parts; the plan's own where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Spanned<Decimal>>,
}

impl Sharing {
    /// An amount for a result, by the weights of offices.
    pub fn new(amount: Decimal, result: &str, by: impl IntoIterator<Item = (Id, Decimal)>) -> Self {
        let by = by.into_iter().map(|(office, weight)| (office.into(), weight.into())).collect();
        Self { amount: amount.into(), result: Id::lossy(result).into(), by: Entries(by), unit: None }
    }

    /// The plan with the amount added to the cells of the offices; the parts add up to exactly the amount (largest remainder).
    ///
    /// # Errors
    /// [`Unplanned`]: an id that is not there, a cell that lines build up, an amount of a finer unit, weights that are all zero.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        if self.amount.is_zero() || self.amount.is_negative() {
            return Err(Unplanned::NotPositive(*self.amount));
        }
        let weights: Vec<Decimal> = self.by.iter().map(|(_, weight)| **weight).collect();
        let unit = self.unit.map_or_else(|| super::unit(plan), |unit| *unit);
        let parts = split(*self.amount, &weights, unit, Method::LargestRemainder)?;
        let mut draft = plan.draft();
        for ((office, _), part) in self.by.iter().zip(parts) {
            let at = cell(&mut draft, office, &self.result)?;
            let more = amount(&draft, at).exact_add(part).ok_or(Unplanned::TooLong)?;
            set(&mut draft, at, more);
        }
        Ok(Plan::new(draft))
    }
}
