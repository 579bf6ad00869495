//! Amounts over the calendar: a line in the parts that its spread makes of it.

use thiserror::Error;

use super::built::BuiltLine;
use super::line::{Line, Lines, Spread};
use crate::crossfoot::{Method, Unsplit, split};
use crate::decimal::Decimal;
use crate::period::Period;

/// Why a line cannot be spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unspread {
    /// It has no amount.
    #[error("the line has no amount")]
    NoAmount,
    /// It has no period.
    #[error("the line has no period")]
    NoPeriod,
    /// It has amounts or weights for more or fewer steps than its period touches.
    #[error("{given} parts are given for the {wanted} steps of the period")]
    Steps {
        /// How many are given.
        given: usize,
        /// How many there are.
        wanted: usize,
    },
    /// Its given parts do not add up to it.
    #[error("the parts add up to {parts}")]
    Sum {
        /// What they add up to, in the line's currency.
        parts: Decimal,
    },
    /// It cannot be split by its weights.
    #[error("{0}")]
    Weights(Unsplit),
}

/// A part of a line: an amount of the plan's currency, and when it is spent; without a period, in the course of the whole plan.
pub type Part = (Option<Period>, Decimal);

impl Line {
    /// The line in the parts that its spread makes of it, in the plan's currency, adding up to exactly its amount; one part where it
    /// is not spread.
    ///
    /// Evenly means: each step gets by the days of the period that are in it, where the period begins or ends within a month, and by its
    /// whole months otherwise; what is left over by rounding goes to the largest remainders, the earlier first.
    ///
    /// # Errors
    /// [`Unspread`].
    pub fn parts(&self, built: &BuiltLine, lines: &Lines) -> Result<Vec<Part>, Unspread> {
        let amount = built.amount.map_err(|_| Unspread::NoAmount)?;
        let Some(spread) = &self.spread else { return Ok(vec![(self.period.map(|period| *period), amount)]) };
        let period = *self.period.ok_or(Unspread::NoPeriod)?;
        let steps: Vec<Period> = period.steps(spread.by).filter_map(|step| step.cut(period)).collect();
        let weights = weights(spread, period, &steps, built)?;
        let parts = split(amount, &weights, unit(amount, lines), Method::LargestRemainder).map_err(Unspread::Weights)?;
        Ok(steps.into_iter().map(Some).zip(parts).collect())
    }
}

/// The unit that parts are whole numbers of: the declared one, as fine as the amount itself where there is none or it is no whole number
/// of that.
fn unit(amount: Decimal, lines: &Lines) -> Decimal {
    let declared = lines.unit.map(|unit| *unit).filter(|unit| amount.is_multiple_of(*unit) == Some(true));
    declared.or_else(|| Decimal::of_steps(1, amount.decimals().max(2))).unwrap_or(Decimal::ONE)
}

fn weights(spread: &Spread, period: Period, steps: &[Period], built: &BuiltLine) -> Result<Vec<Decimal>, Unspread> {
    let given = spread.amounts.as_ref().or(spread.weights.as_ref());
    let Some(given) = given else { return Ok(steps.iter().map(|step| size(*step, period)).collect()) };
    if given.len() != steps.len() {
        return Err(Unspread::Steps { given: given.len(), wanted: steps.len() });
    }
    let given: Vec<Decimal> = given.iter().map(|one| **one).collect();
    if spread.amounts.is_some() {
        let parts = Decimal::exact_sum(given.iter().copied()).ok_or(Unspread::Weights(Unsplit::TooManyDigits))?;
        if built.exact != Ok(parts) {
            return Err(Unspread::Sum { parts });
        }
    }
    Ok(given)
}

/// How much of an even spread a step gets.
fn size(step: Period, whole: Period) -> Decimal {
    let months = u32::try_from(step.steps(crate::period::Step::Month).count()).unwrap_or(0);
    Decimal::from(i64::from(if whole.is_whole_months() { months } else { step.days() }))
}
