//! Two cells of one row or column that have changed places.

use std::collections::BTreeSet;

use super::case::Case;
use super::{Correction, Explanation};
use crate::crossfoot::{End, Interval, Slip};
use crate::decimal::Decimal;

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
fn pairs(case: &Case, misses: &[Option<Interval>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for one in &case.suspects {
        for (_, sum) in case.sums_of(*one) {
            let ours = [&sum.parts, &sum.less].into_iter().find(|parts| parts.contains(one));
            for other in ours.into_iter().flatten() {
                if could_be(case, *one, *other) && heals(case, misses, *one, *other) == Some(true) {
                    pairs.insert((*one.min(other), *one.max(other)));
                }
            }
        }
    }
    pairs
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
    for (at, sum) in ours {
        let sign = |figure: usize| sum.terms().find(|(term, _)| *term == figure).map_or(0, |(_, sign)| i64::from(sign));
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
