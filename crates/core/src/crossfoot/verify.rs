//! Proofs, tried anew: nothing here knows how they were found, and no verdict is given before one of these says yes.

use std::collections::BTreeMap;

use super::figure::Figure;
use super::interval::{End, Interval};
use super::outcome::{Contradiction, Witness};
use super::solver::Side;
use super::system::{Share, System};
use crate::decimal::Decimal;

impl Witness {
    /// Whether every figure stands for its amount, every sum holds exactly, and every share is what its amounts make.
    ///
    /// A total that was added up from printed parts may stand for any amount, but must be what these add up to as printed.
    pub fn proves(&self, system: &System) -> bool {
        let mut is_limited = vec![true; system.figures().len()];
        for sum in system.sums().iter().filter(|sum| sum.is_of_printed) {
            is_limited.get_mut(sum.total).into_iter().for_each(|limited| *limited = false);
        }
        for share in system.shares() {
            is_limited.get_mut(share.share).into_iter().for_each(|limited| *limited = false);
        }
        let within = |(figure, (amount, limited)): (&Figure, (&Decimal, bool))| !limited || figure.amounts().contains(*amount);
        let steps: Option<Vec<i128>> = self.amounts.iter().map(|amount| amount.in_steps(self.decimals)).collect();
        let Some(steps) = steps.filter(|steps| steps.len() == system.figures().len()) else { return false };
        system.sums().iter().all(|sum| adds_up(sum.terms(), |figure| steps.get(figure).copied()) == Some(true))
            && system.figures().iter().zip(self.amounts.iter().zip(is_limited)).all(within)
            && system.sums().iter().filter(|sum| sum.is_of_printed).all(|sum| is_printed_sum(system, sum.terms()))
            && system.shares().iter().all(|share| self.share_holds(system, *share) == Some(true))
    }

    fn share_holds(&self, system: &System, share: Share) -> Option<bool> {
        let (part, whole) = (self.amounts.get(share.part)?, self.amounts.get(share.whole)?);
        let hundredfold = part.exact_mul(Decimal::HUNDRED)?;
        let Interval { low, high } = system.figures().get(share.share)?.amounts();
        let product =
            |end: Option<End>| end.map_or(Some(None), |end| Some(Some(End { value: end.value.exact_mul(*whole)?, ..end })));
        let products = Interval { low: product(low)?, high: product(high)? };
        Some(!whole.is_zero() && !whole.is_negative() && products.contains(hundredfold))
    }
}

fn adds_up(terms: impl Iterator<Item = (usize, i8)>, amount: impl Fn(usize) -> Option<i128>) -> Option<bool> {
    let mut terms = terms;
    let sum = terms.try_fold(0_i128, |sum, (figure, sign)| sum.checked_add(amount(figure)?.checked_mul(sign.into())?))?;
    Some(sum == 0)
}

/// Whether the printed numbers add up; where one is not printed, nothing is said.
fn is_printed_sum(system: &System, terms: impl Iterator<Item = (usize, i8)>) -> bool {
    let number = |(figure, sign): (usize, i8)| {
        let number = system.figures().get(figure)?.number()?;
        Some(if sign < 0 { -number } else { number })
    };
    let numbers: Option<Vec<Decimal>> = terms.map(number).collect();
    numbers.is_none_or(|numbers| Decimal::exact_sum(numbers).is_some_and(Decimal::is_zero))
}

impl Contradiction {
    /// Whether the sums and shares, weighted and added, say just that `larger` comes to no more than `smaller`, and the figures
    /// cannot: what the first come to at least is more than the others can come to.
    pub fn proves(&self, system: &System) -> bool {
        let printed = self.is_of_printed(system);
        let ends = || {
            let low = |amounts: Interval| amounts.low;
            let high = |amounts: Interval| amounts.high;
            let at_least = reach(system, printed, &self.larger, low)?;
            let at_most = reach(system, printed, &self.smaller, high)?;
            Some((at_least, at_most))
        };
        let is_gap = self.at_least.value > self.at_most.value
            || (self.at_least.value == self.at_most.value
                && (self.at_least.shift != 0 || self.at_most.shift != 0 || self.is_strict(system)));
        is_gap && ends() == Some((self.at_least, self.at_most)) && self.says(system) == Some(true)
    }

    /// Whether it is about one total that was added up from its parts as they are printed.
    pub fn is_of_printed(&self, system: &System) -> bool {
        let [(sum, _)] = self.sums.as_slice() else { return false };
        self.shares.is_empty() && system.sums().get(*sum).is_some_and(|sum| sum.is_of_printed)
    }

    /// Whether an excluded end of a share is among its claims.
    fn is_strict(&self, system: &System) -> bool {
        self.shares.iter().any(|(share, side, _)| share_end(system, *share, *side).is_some_and(|(_, end)| end.shift != 0))
    }

    /// Whether the claims, weighted and added, leave over just `smaller` less `larger`.
    fn says(&self, system: &System) -> Option<bool> {
        let mut left: BTreeMap<usize, Decimal> = BTreeMap::new();
        let mut add = |figure: usize, times: Decimal| {
            let entry = left.entry(figure).or_insert(Decimal::ZERO);
            *entry = entry.exact_add(times)?;
            Some(())
        };
        for (sum, weight) in &self.sums {
            for (figure, sign) in system.sums().get(*sum)?.terms() {
                add(figure, Decimal::of_steps(weight.checked_mul(sign.into())?, 0)?)?;
            }
        }
        for (share, side, weight) in &self.shares {
            let (share, end) = share_end(system, *share, *side)?;
            let weight = Decimal::of_steps(if *side == Side::Least { *weight } else { -*weight }, 0)?;
            add(share.part, weight.exact_mul(Decimal::HUNDRED)?)?;
            add(share.whole, -weight.exact_mul(end.value)?)?;
        }
        for (figure, times) in &self.larger {
            add(*figure, *times)?;
        }
        for (figure, times) in &self.smaller {
            add(*figure, -*times)?;
        }
        let is_positive = |(_, times): &(usize, Decimal)| !times.is_negative();
        let are_weights = self.shares.iter().all(|(.., weight)| *weight > 0);
        Some(are_weights && self.larger.iter().chain(&self.smaller).all(is_positive) && left.values().all(|left| left.is_zero()))
    }
}

fn share_end(system: &System, share: usize, side: Side) -> Option<(Share, End)> {
    let share = *system.shares().get(share)?;
    let amounts = system.figures().get(share.share)?.amounts();
    let end = if side == Side::Least { amounts.low } else { amounts.high };
    Some((share, end?))
}

/// What some figures come to at one of their ends; at face value where they are printed parts.
fn reach(system: &System, is_printed: bool, figures: &[(usize, Decimal)], end: impl Fn(Interval) -> Option<End>) -> Option<End> {
    let mut sum = End { value: Decimal::ZERO, shift: 0 };
    for (figure, times) in figures {
        let figure = system.figures().get(*figure)?;
        let amounts = if is_printed { Interval::exactly(figure.number()?) } else { figure.amounts() };
        let end = end(amounts)?;
        sum.value = sum.value.exact_add(end.value.exact_mul(*times)?)?;
        sum.shift = if end.shift == 0 { sum.shift } else { end.shift };
    }
    Some(sum)
}
