//! Amounts over the calendar: a line in the parts that its spread makes of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use thiserror::Error;

use super::built::BuiltLine;
use super::line::{Line, Lines, Spread};
use crate::crossfoot::{Method, Unsplit, split};
use crate::decimal::Decimal;
use crate::period::{Period, Step};

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
        Spreading::new(lines).parts(self, built)
    }
}

/// Spreads lines. Many have one period in common, whose steps are looked up once.
pub(crate) struct Spreading<'l> {
    lines: &'l Lines,
    steps: RefCell<HashMap<(Period, Step), Rc<Steps>>>,
}

/// The steps of a period, and how much of an even spread each gets.
struct Steps {
    steps: Vec<Period>,
    even: Vec<Decimal>,
}

impl<'l> Spreading<'l> {
    pub fn new(lines: &'l Lines) -> Self {
        Self { lines, steps: RefCell::default() }
    }

    /// As [`Line::parts`].
    pub fn parts(&self, line: &Line, built: &BuiltLine) -> Result<Vec<Part>, Unspread> {
        let amount = built.amount.map_err(|_| Unspread::NoAmount)?;
        let Some((spread, steps)) = self.spread(line)? else { return Ok(vec![(line.period.map(|period| *period), amount)]) };
        let given = given(spread, &steps, built)?;
        // Amounts of the plan's currency are the parts themselves, also where one is below zero.
        if let (Some(amounts), true, true) = (&given, spread.amounts.is_some(), built.exact == Ok(amount)) {
            return Ok(steps.steps.iter().copied().map(Some).zip(amounts.iter().copied()).collect());
        }
        let weights = given.as_deref().unwrap_or(&steps.even);
        let parts = split(amount, weights, unit(amount, self.lines), Method::LargestRemainder).map_err(Unspread::Weights)?;
        Ok(steps.steps.iter().copied().map(Some).zip(parts).collect())
    }

    /// Why a line cannot be spread, where it cannot.
    pub fn check(&self, line: &Line, built: &BuiltLine) -> Result<(), Unspread> {
        let Some((spread, steps)) = self.spread(line)? else { return Ok(()) };
        match given(spread, &steps, built)? {
            // Even parts can always be made.
            None => Ok(()),
            Some(_) => self.parts(line, built).map(drop),
        }
    }

    /// The periods that the parts of a line can have.
    pub fn periods(&self, line: &Line) -> Vec<Period> {
        let own = line.period.map(|period| *period);
        match self.spread(line) {
            Ok(Some((_, steps))) => steps.steps.iter().copied().chain(own).collect(),
            Ok(None) | Err(_) => own.into_iter().collect(),
        }
    }

    fn spread<'n>(&self, line: &'n Line) -> Result<Option<(&'n Spread, Rc<Steps>)>, Unspread> {
        let Some(spread) = &line.spread else { return Ok(None) };
        let period = *line.period.ok_or(Unspread::NoPeriod)?;
        let mut known = self.steps.borrow_mut();
        let steps = known.entry((period, spread.by)).or_insert_with(|| Rc::new(Steps::of(period, spread.by)));
        Ok(Some((spread, Rc::clone(steps))))
    }
}

impl Steps {
    fn of(period: Period, by: Step) -> Self {
        let steps: Vec<Period> = period.steps(by).filter_map(|step| step.cut(period)).collect();
        let even = steps.iter().map(|step| size(*step, period)).collect();
        Self { steps, even }
    }
}

/// The unit that parts are whole numbers of: the declared one, as fine as the amount itself where there is none or it is no whole number
/// of that.
fn unit(amount: Decimal, lines: &Lines) -> Decimal {
    let declared = lines.unit.map(|unit| *unit).filter(|unit| amount.is_multiple_of(*unit) == Some(true));
    declared.or_else(|| Decimal::of_steps(1, amount.decimals().max(2))).unwrap_or(Decimal::ONE)
}

/// The amounts or weights that a spread gives; `None` where it is even.
fn given(spread: &Spread, steps: &Steps, built: &BuiltLine) -> Result<Option<Vec<Decimal>>, Unspread> {
    let Some(given) = spread.amounts.as_ref().or(spread.weights.as_ref()) else { return Ok(None) };
    if given.len() != steps.steps.len() {
        return Err(Unspread::Steps { given: given.len(), wanted: steps.steps.len() });
    }
    let given: Vec<Decimal> = given.iter().map(|one| **one).collect();
    if spread.amounts.is_some() {
        let parts = Decimal::exact_sum(given.iter().copied()).ok_or(Unspread::Weights(Unsplit::TooManyDigits))?;
        if built.exact != Ok(parts) {
            return Err(Unspread::Sum { parts });
        }
    }
    Ok(Some(given))
}

/// How much of an even spread a step gets.
fn size(step: Period, whole: Period) -> Decimal {
    let months = u32::try_from(step.steps(Step::Month).count()).unwrap_or(0);
    Decimal::from(i64::from(if whole.is_whole_months() { months } else { step.days() }))
}
