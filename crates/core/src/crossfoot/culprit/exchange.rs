//! Two cells of one row or column that have changed places.

use std::collections::BTreeSet;

use super::case::Case;
use super::{Correction, Explanation};
use crate::crossfoot::{End, Interval, Slip};
use crate::decimal::Decimal;

/// So many pairs are looked at.
const PAIRS: usize = 1_000_000;

/// Every exchange of two cells of one sum, one of them of the contradiction, that reconciles everything.
pub fn explanations(case: &mut Case) -> Vec<Explanation> {
    let misses: Vec<Option<Interval>> = case.system.sums().iter().map(|sum| case.miss(sum)).collect();
    let mut found = Vec::new();
    for (one, other) in pairs(case, &misses) {
        found.extend(explanation(case, one, other));
    }
    found
}

/// The pairs after whose exchange every sum holds that one of them stands in, taken alone.
fn pairs(case: &mut Case, misses: &[Option<Interval>]) -> BTreeSet<(usize, usize)> {
    let (mut pairs, mut looked_at) = (BTreeSet::new(), 0);
    let suspects = case.suspects.clone();
    for (i, one) in suspects.iter().enumerate() {
        if looked_at > PAIRS {
            case.leave_unexamined(suspects.get(i..).unwrap_or_default().iter().copied());
            break;
        }
        for other in beside(case, *one) {
            looked_at += 1;
            if could_be(case, *one, other) && heals(case, misses, *one, other) == Some(true) {
                pairs.insert((*one.min(&other), *one.max(&other)));
            }
        }
    }
    pairs
}

/// The figures that stand in a sum on the same side as one.
fn beside(case: &Case, one: usize) -> Vec<usize> {
    let sides = case.sums_of(one).flat_map(|(_, sum)| [&sum.parts, &sum.less]);
    sides.filter(|side| side.contains(&one)).flatten().copied().collect()
}

/// Whether two cells are printed alike, so that one can stand in the other's place.
fn could_be(case: &Case, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (case.figure(one), case.figure(other)) else { return false };
    let is_printed_alike = one.unit() == other.unit() && one.rounding() == other.rounding();
    let is_other = one.number().is_some() && other.number().is_some() && one.number() != other.number();
    is_printed_alike && is_other && !one.is_fixed() && !other.is_fixed()
}

/// Whether each sum that one of two figures stands in holds, or nearly holds, when they are exchanged.
fn heals(case: &Case, misses: &[Option<Interval>], one: usize, other: usize) -> Option<bool> {
    let change = case.number(other)?.exact_sub(case.number(one)?)?;
    let slack = case.figure(one)?.unit().unwrap_or(Decimal::ZERO);
    let ours = case.sums_of(one).chain(case.sums_of(other));
    for (at, _) in ours {
        let sign = |figure: usize| i64::from(case.sign(figure, at));
        let Some(miss) = misses.get(at).copied().flatten() else { continue };
        let more = change.exact_mul((sign(one) - sign(other)).into())?;
        let low = End { value: (-more).exact_sub(slack)?, shift: 0 };
        let high = End { value: (-more).exact_add(slack)?, shift: 0 };
        if !miss.meets(Interval::between(low, high)) {
            return Some(false);
        }
    }
    Some(true)
}

fn explanation(case: &mut Case, one: usize, other: usize) -> Option<Explanation> {
    let numbers = [(one, case.number(other)?), (other, case.number(one)?)];
    let correction = |(figure, number): (usize, Decimal)| {
        let amounts = case.figure(figure)?.with_number(number)?.amounts();
        Some(Correction { figure, amounts, number: Some(number), numbers: vec![number] })
    };
    let corrections = numbers.into_iter().map(correction).collect::<Option<Vec<_>>>()?;
    let explanation = Explanation { corrections, slip: Slip::CellsExchanged, is_likely: true, origin: Vec::new() };
    case.is_possible_with(&numbers).then_some(explanation)
}
