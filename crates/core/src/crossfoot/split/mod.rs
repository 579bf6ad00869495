//! Splitting an amount over lines by their weights, in whole units, so that the parts add up to it exactly.
//!
//! Sources: M. L. Balinski and H. P. Young, "Fair Representation", 1982 (the methods, and that only the largest remainder keeps quota
//! and only divisor methods keep the parts of a growing amount from shrinking); E. V. Huntington, "The apportionment of
//! representatives in Congress", 1928 (the divisors).

mod divisor;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::decimal::Decimal;

/// By what rule whole units are given to lines in proportion to their weights. A tie goes to the earlier line.
///
/// All but the largest remainder are divisor methods: the next unit goes to the line whose weight, divided by a number that
/// grows with the units `k` it already has, is largest. They never take a unit from a line because the amount grew; the largest
/// remainder can. It alone gives each line its exact part rounded down or up and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Method {
    /// Exact parts rounded down, what is left over to the largest remainders (Hamilton). The nearest to the exact parts.
    #[default]
    LargestRemainder,
    /// Divided by `k + 1/2`: favours neither large nor small lines (Webster, Sainte-Laguë).
    Webster,
    /// Divided by `k + 1`: favours large lines (Jefferson, D'Hondt).
    Jefferson,
    /// Divided by `k`: favours small lines.
    Adams,
    /// Divided by the root of `k (k + 1)` (the method of equal proportions).
    HuntingtonHill,
    /// Divided by the harmonic mean of `k` and `k + 1`.
    Dean,
}

impl Method {
    /// All of them, the usual one first.
    pub const ALL: [Self; 6] =
        [Self::LargestRemainder, Self::Webster, Self::Jefferson, Self::Adams, Self::HuntingtonHill, Self::Dean];

    /// Its name in kebab case, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::LargestRemainder => "largest-remainder",
            Self::Webster => "webster",
            Self::Jefferson => "jefferson",
            Self::Adams => "adams",
            Self::HuntingtonHill => "huntington-hill",
            Self::Dean => "dean",
        }
    }
}

/// Why an amount cannot be split. Lines are named by their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unsplit {
    /// A unit of nothing, or less.
    #[error("cannot split into units of {0}: a unit is more than nothing")]
    NoUnit(Decimal),
    /// An amount that is no whole number of units.
    #[error("{amount} is no whole number of units of {unit}: {rest} would be left over and go to nobody; split to a finer unit")]
    LeftOver {
        /// The amount.
        amount: Decimal,
        /// The unit.
        unit: Decimal,
        /// What no line could be given.
        rest: Decimal,
    },
    /// A weight below zero.
    #[error("line {} has the weight {weight}: a weight cannot be below zero", .line + 1)]
    Negative {
        /// The line.
        line: usize,
        /// Its weight.
        weight: Decimal,
    },
    /// No weight above zero.
    #[error("no line has a weight above zero: there is nothing to split by")]
    NoWeight,
    /// Numbers that cannot be held exactly beside each other.
    #[error("the amount and the weights have more digits than can be held exactly")]
    TooManyDigits,
}

/// Splits an amount over lines in proportion to their weights: one part a line, each a whole number of units, together exactly
/// the amount. A negative amount is split as its positive mirror. A line of weight zero gets nothing.
///
/// Adams, Huntington-Hill and Dean give every line of positive weight one unit before any gets two; an amount of fewer units than
/// there are such lines goes to the heaviest, one unit each.
///
/// # Errors
/// [`Unsplit`] says why it cannot be split: the amount is no whole number of units, no weight is above zero, one is below.
///
/// ```
/// use logframe::Decimal;
/// use logframe::crossfoot::{Method, split};
/// // Two offices share 300 in hundreds. Exactly they would get 231 and 69.
/// let weights = [77, 23].map(Decimal::from);
/// let hundreds = |method| split(300.into(), &weights, 100.into(), method).unwrap();
/// assert_eq!(hundreds(Method::LargestRemainder), [200, 100].map(Decimal::from));
/// assert_eq!(hundreds(Method::Jefferson), [300, 0].map(Decimal::from));
///
/// let refused = split("100.05".parse()?, &weights, "0.1".parse()?, Method::Webster).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "100.05 is no whole number of units of 0.1: 0.05 would be left over and go to nobody; split to a finer unit"
/// );
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn split(amount: Decimal, weights: &[Decimal], unit: Decimal, method: Method) -> Result<Vec<Decimal>, Unsplit> {
    let units = units_of(amount, unit)?;
    let weights = whole(weights)?;
    let parts = match method {
        Method::LargestRemainder => by_remainder(units, &weights),
        _ => divisor::award(units, &weights, method),
    };
    let parts = parts.ok_or(Unsplit::TooManyDigits)?;
    let decimals = unit.decimals();
    let step = unit.in_steps(decimals).ok_or(Unsplit::TooManyDigits)?;
    let step = if amount.is_negative() { -step } else { step };
    let part = |units: u128| Decimal::of_steps(i128::try_from(units).ok()?.checked_mul(step)?, decimals);
    parts.into_iter().map(part).collect::<Option<_>>().ok_or(Unsplit::TooManyDigits)
}

/// The amounts as shares in per cent that are printed to `unit` and add up to exactly 100: each is its exact share rounded down or
/// up, by the largest remainder.
///
/// # Errors
/// [`Unsplit`], as [`split`].
///
/// ```
/// use logframe::crossfoot::shares;
/// let printed = shares(&[1.into(), 1.into(), 1.into()], "0.1".parse()?).unwrap();
/// assert_eq!(printed.iter().map(|share| share.to_string()).collect::<Vec<_>>(), ["33.4", "33.3", "33.3"]);
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn shares(amounts: &[Decimal], unit: Decimal) -> Result<Vec<Decimal>, Unsplit> {
    split(100.into(), amounts, unit, Method::LargestRemainder)
}

/// How many units an amount is, without its sign.
fn units_of(amount: Decimal, unit: Decimal) -> Result<u128, Unsplit> {
    if unit.is_zero() || unit.is_negative() {
        return Err(Unsplit::NoUnit(unit));
    }
    let decimals = amount.decimals().max(unit.decimals());
    let steps = |number: Decimal| number.in_steps(decimals).ok_or(Unsplit::TooManyDigits);
    let (amount_steps, unit_steps) = (steps(amount)?, steps(unit)?);
    match amount_steps % unit_steps {
        0 => Ok((amount_steps / unit_steps).unsigned_abs()),
        rest => {
            let rest = Decimal::of_steps(rest, decimals).ok_or(Unsplit::TooManyDigits)?;
            Err(Unsplit::LeftOver { amount, unit, rest })
        }
    }
}

/// The weights as whole numbers in the same proportion, whose sum can be held.
fn whole(weights: &[Decimal]) -> Result<Vec<u128>, Unsplit> {
    let negative = weights.iter().position(|weight| weight.is_negative() && !weight.is_zero());
    if let Some((line, weight)) = negative.and_then(|line| Some((line, *weights.get(line)?))) {
        return Err(Unsplit::Negative { line, weight });
    }
    let plain = || weights.iter().map(|weight| weight.normalized());
    let decimals = plain().map(Decimal::decimals).max().unwrap_or(0);
    let steps = plain().map(|weight| weight.in_steps(decimals).map(i128::unsigned_abs));
    let whole: Vec<u128> = steps.collect::<Option<_>>().ok_or(Unsplit::TooManyDigits)?;
    let sum = whole.iter().try_fold(0_i128, |sum, weight| sum.checked_add_unsigned(*weight));
    match sum {
        None => Err(Unsplit::TooManyDigits),
        Some(0) => Err(Unsplit::NoWeight),
        Some(_) => Ok(whole),
    }
}

fn by_remainder(units: u128, weights: &[u128]) -> Option<Vec<u128>> {
    let total = weights.iter().sum();
    let (mut parts, remainders): (Vec<u128>, Vec<u128>) = weights.iter().map(|weight| quota(units, *weight, total)).unzip();
    let left = usize::try_from(units.checked_sub(parts.iter().sum())?).ok()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|line| std::cmp::Reverse(remainders.get(*line)));
    for line in order.into_iter().take(left) {
        *parts.get_mut(line)? += 1;
    }
    Some(parts)
}

/// `units * weight / total` as a whole number and what remains over `total`, digit by digit where the product cannot be held.
/// `weight` is at most `total`, and that below 2^127.
fn quota(units: u128, weight: u128, total: u128) -> (u128, u128) {
    if let Some(product) = units.checked_mul(weight) {
        return (product / total, product % total);
    }
    let digits = (0..u128::BITS - units.leading_zeros()).rev().map(|digit| units >> digit & 1);
    digits.fold((0, 0), |(whole, rest), digit| {
        let (doubled, doubled_rest) = (2 * whole + 2 * rest / total, 2 * rest % total);
        let rest = doubled_rest + digit * weight;
        (doubled + rest / total, rest % total)
    })
}

#[cfg(test)]
mod tests;
