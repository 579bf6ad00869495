//! Planning: changes of a plan's money that leave every sum exact. Each gives a new plan; [`Scenario`] is a file of them.

mod combine;
mod inflate;
mod scale;
mod scenario;
mod transfer;

use thiserror::Error;

use crate::crossfoot::Unsplit;
use crate::decimal::Decimal;
use crate::error::Error;
use crate::plan::{Allocation, Draft, Plan};

pub use combine::{Combined, Contribution, combine};
pub use inflate::Inflation;
pub use scale::Scaling;
pub use scenario::{Change, Scenario, Start};
pub use transfer::{Sharing, Transfer};

/// Why a change cannot be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Unplanned {
    /// It names something that the plan does not have.
    #[error(transparent)]
    Unknown(#[from] Error),
    /// A cell is built up from lines, and can only change with them.
    #[error("the budget of {office} for {result} is built up from lines: change the lines, or inflate them")]
    Built {
        /// The office.
        office: String,
        /// The result.
        result: String,
    },
    /// What is kept is more than all of it shall be.
    #[error("what is kept comes to {kept}, more than {to}")]
    KeptTooMuch {
        /// What it comes to.
        kept: Decimal,
        /// What all shall come to.
        to: Decimal,
    },
    /// There is nothing that could be scaled.
    #[error("there is no amount above zero that could be scaled: everything is kept, none or zero")]
    NothingToScale,
    /// A cell has less than is taken from it.
    #[error("{office} has {has} for {result}, and {wanted} cannot be taken from it")]
    TooLittle {
        /// The office.
        office: String,
        /// The result.
        result: String,
        /// What it has.
        has: Decimal,
        /// What is wanted.
        wanted: Decimal,
    },
    /// An amount that is not above zero.
    #[error("{0} is no amount to move or share: it is not above zero")]
    NotPositive(Decimal),
    /// Prices would fall below zero.
    #[error("{0} per cent would leave prices below zero")]
    BelowZero(Decimal),
    /// A unit that nothing can be rounded to.
    #[error("{0} is no unit to round to: it is not above zero")]
    NoUnit(Decimal),
    /// The money of an office is given above or below the result that is named.
    #[error("the money of {office} for {result} is given for {given}: name that")]
    Elsewhere {
        /// The office.
        office: String,
        /// The result that is named.
        result: String,
        /// The results that it is given for.
        given: String,
    },
    /// It cannot be split.
    #[error(transparent)]
    Unsplit(#[from] Unsplit),
    /// A result has more digits than can be held.
    #[error("the result has more digits than can be held exactly")]
    TooLong,
}

/// The unit that amounts of a plan are whole numbers of: the one it is printed in, or else the finest decimal among its amounts.
fn unit(plan: &Plan) -> Decimal {
    let places = plan.allocations.iter().filter_map(|one| one.cell.amount()).map(|amount| amount.normalized().decimals()).max();
    let finest = || Decimal::of_steps(1, places.unwrap_or(0)).unwrap_or(Decimal::ONE);
    plan.header.printed.unit.map_or_else(finest, |unit| *unit)
}

/// The position of a given allocation; a further one is added where there is none, with nothing in it.
fn cell(draft: &mut Draft, office: &str, result: &str) -> Result<usize, Unplanned> {
    let find =
        |draft: &Draft| draft.allocations.iter().position(|one| one.office.as_str() == office && one.result.as_str() == result);
    match find(draft) {
        Some(at) if draft.allocations.get(at).is_some_and(|one| one.is_built) => {
            Err(Unplanned::Built { office: office.to_owned(), result: result.to_owned() })
        }
        Some(at) => Ok(at),
        None => {
            elsewhere(draft, office, result)?;
            draft.set_allocation(office, result, crate::plan::Cell::Amount(Decimal::ZERO))?;
            find(draft).ok_or(Unplanned::TooLong)
        }
    }
}

/// Money for a result may be given for what is under it, or for the whole of which it is a part.
fn elsewhere(draft: &Draft, office: &str, result: &str) -> Result<(), Unplanned> {
    let plan = Plan::new(draft.clone());
    let index = plan.index();
    let Some(node) = index.node(result) else { return Ok(()) };
    let meets = |other: usize| index.is_within(other, node) || index.is_within(node, other);
    let own = plan.allocations.iter().filter(|one| one.office.as_str() == office && one.cell.amount().is_some());
    let met: Vec<&Allocation> = own.filter(|one| index.node(&one.result).is_some_and(meets)).collect();
    if met.is_empty() {
        return Ok(());
    }
    let (office, result) = (office.to_owned(), result.to_owned());
    if met.iter().any(|one| one.is_built) {
        return Err(Unplanned::Built { office, result });
    }
    let given = met.iter().map(|one| one.result.as_str()).collect::<Vec<_>>().join(", ");
    Err(Unplanned::Elsewhere { office, result, given })
}

fn amount(draft: &Draft, at: usize) -> Decimal {
    draft.allocations.get(at).and_then(|one| one.cell.amount()).unwrap_or_default()
}

fn set(draft: &mut Draft, at: usize, amount: Decimal) {
    let cell = draft.allocations.get_mut(at);
    cell.into_iter().for_each(|one| one.cell = crate::plan::Cell::Amount(amount).into());
}
