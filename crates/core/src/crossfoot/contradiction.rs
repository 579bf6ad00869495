//! From a proof that figures contradict each other to the fewest sums that show it.

use std::collections::BTreeMap;

use super::decide::Method;
use super::interval::{End, Interval};
use super::outcome::Contradiction;
use super::part::Part;
use super::scaled::{Question, Scaled};
use super::solver::{Answer, Proof, Reason, Side};
use super::system::System;
use crate::decimal::Decimal;

/// The contradiction that a proof shows, made irreducible: without any one of its sums and shares the rest is possible.
pub fn irreducible(system: &System, proof: Proof) -> Result<Contradiction, Reason> {
    let mut proof = proof;
    let mut necessary = 0;
    // Large proofs are halved first: what is left out of a half that is impossible need not be tried one by one.
    let mut step = support(&proof).len().next_power_of_two() / 2;
    while step > 0 {
        let all = support(&proof);
        if necessary >= all.len() {
            (necessary, step) = (0, step / 2);
            continue;
        }
        let rest = all.iter().enumerate().filter(|(i, _)| *i < necessary || *i >= necessary + step).map(|(_, one)| *one);
        match impossible(system, &rest.collect::<Vec<_>>())? {
            Some(smaller) => proof = smaller,
            None => necessary += step,
        }
    }
    told(system, &proof).ok_or(Reason::TooLarge)
}

/// A sum or a share, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Sum(usize),
    Share(usize),
}

fn support(proof: &Proof) -> Vec<Claim> {
    let sums = proof.sums.iter().map(|(sum, _)| Claim::Sum(*sum));
    let mut claims: Vec<_> = sums.chain(proof.shares.iter().map(|(share, ..)| Claim::Share(*share))).collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// The proof that some claims contradict each other, if they do.
fn impossible(system: &System, claims: &[Claim]) -> Result<Option<Proof>, Reason> {
    let sums = claims.iter().filter_map(|claim| if let Claim::Sum(i) = claim { Some(*i) } else { None });
    let shares = claims.iter().filter_map(|claim| if let Claim::Share(i) = claim { Some(*i) } else { None });
    let part = Part::of(system, sums.collect(), shares.collect());
    let scaled = Scaled::of(&part.system)?;
    let (sums, shares): (Vec<_>, Vec<_>) = ((0..part.sums.len()).collect(), (0..part.shares.len()).collect());
    let question = Question { scaled: &scaled, sums: &sums, shares: &shares, free: &[], is_strict: false };
    let Answer::Impossible(proof) = Method::of(&question).decide(&question)? else { return Ok(None) };
    Ok(Some(part.proof_in_whole(&proof)))
}

/// A proof with the figures it leaves over, and what they come to.
fn told(system: &System, proof: &Proof) -> Option<Contradiction> {
    let counts = counts(system, proof)?;
    let side = |is_larger: bool| -> Vec<(usize, Decimal)> {
        let ours = counts.iter().filter(|(_, count)| !count.is_zero() && count.is_negative() == is_larger);
        ours.map(|(figure, count)| (*figure, count.abs().normalized())).collect()
    };
    let (larger, smaller) = (side(true), side(false));
    let at_least = reach(system, &larger, |amounts| amounts.low)?;
    let at_most = reach(system, &smaller, |amounts| amounts.high)?;
    Some(Contradiction { sums: proof.sums.clone(), shares: proof.shares.clone(), larger, at_least, smaller, at_most })
}

/// How often each figure counts when all claims are weighted and added.
fn counts(system: &System, proof: &Proof) -> Option<BTreeMap<usize, Decimal>> {
    let mut counts: BTreeMap<usize, Decimal> = BTreeMap::new();
    let mut add = |figure: usize, times: Decimal| {
        let count = counts.entry(figure).or_default();
        *count = count.exact_add(times)?;
        Some(())
    };
    let weighted = |weight: i128, sign: i8| Decimal::of_steps(weight.checked_mul(sign.into())?, 0);
    for (sum, weight) in &proof.sums {
        for (figure, sign) in system.sums().get(*sum)?.terms() {
            add(figure, weighted(*weight, sign)?)?;
        }
    }
    for (share, side, weight) in &proof.shares {
        let share = system.shares().get(*share)?;
        let amounts = system.figures().get(share.share)?.amounts();
        let (end, sign) = match side {
            Side::Least => (amounts.low?, 1),
            Side::Most => (amounts.high?, -1),
        };
        add(share.part, weighted(*weight, sign)?.exact_mul(Decimal::HUNDRED)?)?;
        add(share.whole, weighted(*weight, -sign)?.exact_mul(end.value)?)?;
    }
    Some(counts)
}

/// What some figures come to at one of their ends.
fn reach(system: &System, figures: &[(usize, Decimal)], end: impl Fn(Interval) -> Option<End>) -> Option<End> {
    let mut sum = End { value: Decimal::ZERO, shift: 0 };
    for (figure, times) in figures {
        let end = end(system.figures().get(*figure)?.amounts())?;
        sum.value = sum.value.exact_add(end.value.exact_mul(*times)?)?;
        sum.shift = if end.shift == 0 { sum.shift } else { end.shift };
    }
    Some(sum)
}

/// The contradiction of a total that was added up from printed parts, and is not what they add up to.
pub fn of_printed(system: &System, sum: usize) -> Option<Contradiction> {
    let entry = system.sums().get(sum)?;
    let number = |figure: usize| system.figures().get(figure)?.number();
    let (mut parts, mut rest) = (Vec::new(), Vec::new());
    for (figure, sign) in entry.terms() {
        if sign > 0 { parts.push((figure, Decimal::from(1))) } else { rest.push((figure, Decimal::from(1))) }
    }
    let face = |figures: &[(usize, Decimal)]| {
        let value = Decimal::exact_sum(figures.iter().map(|(figure, _)| number(*figure)).collect::<Option<Vec<_>>>()?)?;
        Some(End { value, shift: 0 })
    };
    let (of_parts, of_rest) = (face(&parts)?, face(&rest)?);
    let (shares, is_more) = (Vec::new(), of_parts.value > of_rest.value);
    let weight = if is_more { -1 } else { 1 };
    let ((larger, at_least), (smaller, at_most)) =
        if is_more { ((parts, of_parts), (rest, of_rest)) } else { ((rest, of_rest), (parts, of_parts)) };
    (of_parts != of_rest).then(|| Contradiction { sums: vec![(sum, weight)], shares, larger, at_least, smaller, at_most })
}
