//! Single figures whose change alone would reconcile everything.

use super::case::Case;
use super::lines::lines;
use super::weigh::{Edit, Judgement, judge};
use super::{Correction, Explanation};
use crate::crossfoot::slip::{edits, is_admissible};
use crate::crossfoot::system::Sum;
use crate::crossfoot::{Contradiction, Interval, Slip};
use crate::decimal::Decimal;

/// Every single figure that explains the contradiction, in order.
pub fn explanations(case: &mut Case) -> Vec<Explanation> {
    let culprits = culprits(case);
    let explain = |(figure, amounts): &(usize, Interval)| {
        let is_culprit = |other: usize| culprits.iter().any(|(culprit, _)| *culprit == other);
        explanation(case, *figure, *amounts, &is_culprit)
    };
    let mut explanations: Vec<_> = culprits.iter().filter_map(explain).collect();
    doubt_common_slips(&mut explanations);
    explanations
}

/// A round error is one wrong digit in most of the figures it can have been made in: where several could have it, none is believed.
fn doubt_common_slips(explanations: &mut [Explanation]) {
    let is_digit = |explanation: &&mut Explanation| explanation.is_likely && explanation.slip == Slip::OneDigit;
    let common: Vec<_> = explanations.iter_mut().filter(is_digit).collect();
    if common.len() > 1 {
        for explanation in common {
            explanation.is_likely = false;
            for correction in &mut explanation.corrections {
                correction.number = correction.numbers.first().copied().filter(|_| correction.numbers.len() == 1);
            }
        }
    }
}

/// The figures without which all the others can stand together, with the amounts that these allow.
///
/// Whoever is to blame for everything stands in every contradiction, those among others that are left when another suspect is
/// disregarded. So each trial that fails clears most of the suspects.
fn culprits(case: &mut Case) -> Vec<(usize, Interval)> {
    let mut waiting = case.suspects.clone();
    if waiting.len() > 1 && case.may_try() {
        let all: Vec<_> = case.contradictions(None).iter().map(Contradiction::figures).collect();
        waiting.retain(|suspect| all.iter().all(|figures| figures.binary_search(suspect).is_ok()));
    }
    waiting.reverse();
    let mut found = Vec::new();
    while let Some(figure) = waiting.pop() {
        if !case.may_try() {
            case.leave_unexamined(waiting.drain(..).chain([figure]));
            break;
        }
        match case.range(figure) {
            Ok(Some(amounts)) => found.push((figure, amounts)),
            Ok(None) => {
                let left: Vec<_> = case.contradictions(Some(figure)).iter().map(Contradiction::figures).collect();
                waiting.retain(|suspect| left.iter().all(|figures| figures.binary_search(suspect).is_ok()));
            }
            Err(_) => case.leave_unexamined([figure]),
        }
    }
    found
}

fn explanation(case: &Case, at: usize, amounts: Interval, is_culprit: &impl Fn(usize) -> bool) -> Option<Explanation> {
    let figure = case.figure(at)?;
    let of_digits = edits(figure).into_iter().map(|(slip, number)| Edit { slip, number, origin: None });
    let edits: Vec<Edit> = of_digits.chain(of_lines(case, at)).collect();
    let mut judgement = judge(figure, amounts, &edits);
    if !judgement.is_likely {
        judgement =
            copied(case, at, &judgement).or_else(|| stale(case, at, amounts, &judgement, is_culprit)).unwrap_or(judgement);
    }
    let Judgement { slip, is_likely, number, numbers, origin } = judgement;
    let corrections = vec![Correction { figure: at, amounts, number, numbers }];
    Some(Explanation { corrections, slip, is_likely, origin: origin.into_iter().collect() })
}

/// What a total would be with a line more, a line or a subtotal less.
fn of_lines(case: &Case, at: usize) -> Vec<Edit> {
    let totals = case.sums_of(at).filter(|(_, sum)| sum.total == at);
    let lines = totals.flat_map(|(position, _)| lines(case, position));
    let edit = |line: super::lines::Line| {
        let number = case.number(at)?.exact_add(line.more)?;
        Some(Edit { slip: line.slip, number, origin: Some(line.figure) })
    };
    lines.filter_map(edit).collect()
}

/// The same number stands next to it. Round numbers of one or two digits do so by chance.
fn copied(case: &Case, at: usize, judgement: &Judgement) -> Option<Judgement> {
    let printed = case.number(at)?;
    let decimals = printed.decimals();
    let digits = printed.in_steps(decimals)?.unsigned_abs().to_string();
    let is_telling = digits.trim_end_matches('0').len() > 2;
    let mut near = case.sums_of(at).flat_map(|(_, sum)| beside(sum, at)).filter(|other| case.number(*other) == Some(printed));
    let origin = near.next().filter(|_| is_telling)?;
    Some(Judgement { slip: Slip::NeighbourCopied, is_likely: true, origin: Some(origin), ..judgement.clone() })
}

/// The parts that stand next to one of a sum.
fn beside(sum: &Sum, part: usize) -> Vec<usize> {
    let beside = |pair: &[usize]| match pair {
        [one, other] if *one == part => Some(*other),
        [one, other] if *other == part => Some(*one),
        _ => None,
    };
    [&sum.parts, &sum.less].into_iter().flat_map(|parts| parts.windows(2).filter_map(beside)).collect()
}

/// The same total is printed elsewhere, and nobody suspects it there.
fn stale(
    case: &Case,
    at: usize,
    amounts: Interval,
    judgement: &Judgement,
    is_culprit: &impl Fn(usize) -> bool,
) -> Option<Judgement> {
    let is_total = case.sums_of(at).any(|(_, sum)| sum.total == at && sum.parts.len() > 1);
    let is_twin = |sum: &Sum| sum.less.is_empty() && sum.parts.len() == 1;
    let twins = case.sums_of(at).filter(|(_, sum)| is_twin(sum)).flat_map(|(_, sum)| sum.terms());
    let (origin, number) = twins.map(|(figure, _)| figure).filter(|twin| *twin != at && !is_culprit(*twin)).find_map(|twin| {
        let number: Decimal = case.number(twin)?;
        is_admissible(case.figure(at)?, number, amounts).then_some((twin, number))
    })?;
    let stale =
        Judgement { slip: Slip::StaleTotal, is_likely: true, number: Some(number), origin: Some(origin), ..judgement.clone() };
    is_total.then_some(stale)
}
