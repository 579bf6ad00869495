//! Lines left out of totals, counted twice in them, and subtotals added in.

use std::collections::HashSet;

use super::case::Case;
use super::{Correction, Explanation};
use crate::crossfoot::{Interval, Slip};
use crate::decimal::Decimal;

/// A figure that a total may lack, or have in it once too often.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub slip: Slip,
    pub figure: usize,
    /// What the total should be more.
    pub more: Decimal,
}

/// Every line whose absence or presence may have made the total of a sum wrong.
pub fn lines(case: &Case, at: usize) -> Vec<Line> {
    let Some(sum) = case.system.sums().get(at) else { return Vec::new() };
    let number = |figure: usize| case.number(figure).filter(|number| !number.is_zero());
    let mut lines = Vec::new();
    for (figure, sign) in sum.terms().filter(|(figure, _)| *figure != sum.total) {
        let Some(number) = number(figure) else { continue };
        let more = if sign > 0 { number } else { -number };
        lines.push(Line { slip: Slip::LineLeftOut, figure, more });
        lines.push(Line { slip: Slip::LineCountedTwice, figure, more: -more });
    }
    for figure in subtotals(case, at) {
        lines.extend(number(figure).map(|number| Line { slip: Slip::SubtotalAdded, figure, more: -number }));
    }
    lines
}

/// The totals of some of a sum's parts.
fn subtotals(case: &Case, at: usize) -> Vec<usize> {
    let Some(sum) = case.system.sums().get(at) else { return Vec::new() };
    let parts: HashSet<usize> = sum.parts.iter().copied().collect();
    let others = case.system.sums().iter().filter(|other| other.total != sum.total && !parts.contains(&other.total));
    let of_ours = others.filter(|other| other.parts.len() > 1 && other.parts.iter().all(|part| parts.contains(part)));
    of_ours.map(|other| other.total).collect()
}

/// Lines that all sums that fail miss, or have once too often: the totals were added up without a row, or with it twice.
pub fn explanations(case: &mut Case) -> Vec<Explanation> {
    let zero = Decimal::ZERO;
    let sums = case.system.sums().iter().enumerate();
    let missing = sums.filter_map(|(at, sum)| Some((at, case.miss(sum)?))).filter(|(_, miss)| !miss.contains(zero));
    let failing: Vec<(usize, Interval)> = missing.collect();
    let Some(((first, miss), others)) = failing.split_first().filter(|(_, others)| !others.is_empty()) else { return Vec::new() };
    let fitting = |at: usize, miss: Interval| lines(case, at).into_iter().filter(move |line| miss.contains(line.more));
    let others: Vec<(usize, Vec<Line>)> = others.iter().map(|(at, miss)| (*at, fitting(*at, *miss).collect())).collect();
    let starts: Vec<Line> = fitting(*first, *miss).collect();
    let all: Vec<_> = starts.into_iter().filter_map(|start| matching(case, *first, start, &others)).collect();
    all.into_iter().filter_map(|lines| explanation(case, &lines)).collect()
}

/// One line a failing sum, all of one row.
fn matching(case: &Case, first: usize, start: Line, others: &[(usize, Vec<Line>)]) -> Option<Vec<(usize, Line)>> {
    let mut row = vec![(first, start)];
    for (at, fitting) in others {
        let is_same = |line: &&Line| line.slip == start.slip && is_one_row(case, (first, start.figure), (*at, line.figure));
        row.push((*at, *fitting.iter().find(is_same)?));
    }
    Some(row)
}

/// Whether two figures of two sums stand in one row: another sum has both, or they stand at the same place in sums of one length.
fn is_one_row(case: &Case, (one_sum, one): (usize, usize), (other_sum, other): (usize, usize)) -> bool {
    let sums: Vec<usize> = case.sums_of(one).map(|(at, _)| at).collect();
    let place = |sum: usize, figure: usize| {
        let parts = &case.system.sums().get(sum)?.parts;
        Some((parts.iter().position(|part| *part == figure)?, parts.len()))
    };
    let is_same_place = place(one_sum, one).is_some() && place(one_sum, one) == place(other_sum, other);
    is_same_place || case.sums_of(other).any(|(at, _)| sums.contains(&at))
}

fn explanation(case: &mut Case, row: &[(usize, Line)]) -> Option<Explanation> {
    let mut corrections = Vec::with_capacity(row.len());
    for (at, line) in row {
        let figure = case.system.sums().get(*at)?.total;
        let place = case.figure(figure).filter(|place| !place.is_fixed())?;
        let number = place.number()?.exact_add(line.more)?;
        let amounts = place.with_number(number)?.amounts();
        corrections.push(Correction { figure, amounts, number: Some(number), numbers: vec![number] });
    }
    let numbers: Vec<_> = corrections.iter().filter_map(|one| Some((one.figure, one.number?))).collect();
    corrections.sort_by_key(|correction| correction.figure);
    let slip = row.first().map(|(_, line)| line.slip)?;
    let origin = row.iter().map(|(_, line)| line.figure).collect();
    case.is_possible_with(&numbers).then_some(Explanation { corrections, slip, is_likely: true, origin })
}
