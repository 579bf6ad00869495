//! Rounding of lines, as the plan declares it.

use std::cmp::Reverse;

use super::{Built, BuiltCell, BuiltLine, Unbuilt, sum};
use crate::decimal::Decimal;
use crate::plan::draft::Draft;
use crate::plan::line::{Lines, Remainder};

/// An amount rounded to the declared unit; as it is where none is declared.
pub fn one(amount: Decimal, lines: &Lines) -> Result<Decimal, Unbuilt> {
    match lines.unit {
        Some(unit) => {
            lines.rule().apply(amount, *unit).map(|rounded| rounded.with_decimals(unit.decimals())).ok_or(Unbuilt::TooLong)
        }
        None => Ok(amount),
    }
}

/// Each line of a cell rounded but one, which takes what the others leave of the rounded sum.
pub fn sums(draft: &Draft, built: &mut Built) {
    let Built { cells, lines, .. } = built;
    for cell in cells {
        cell_sum(draft, cell, lines);
    }
}

fn cell_sum(draft: &Draft, cell: &BuiltCell, lines: &mut [BuiltLine]) {
    let how = &draft.header.lines;
    let amounts: Vec<Result<Decimal, Unbuilt>> = cell.lines.iter().filter_map(|at| Some(lines.get(*at)?.amount)).collect();
    let Ok(whole) = sum(amounts.iter().copied()).and_then(|sum| one(sum, how)) else { return };
    let taker = taker(how.remainder.unwrap_or_default(), &amounts);
    let mut left = Ok(whole);
    for (i, at) in cell.lines.iter().enumerate().filter(|(i, _)| Some(*i) != taker) {
        let Some(line) = lines.get_mut(*at) else { continue };
        line.amount = amounts.get(i).copied().unwrap_or(line.amount).and_then(|amount| one(amount, how));
        left = left.and_then(|left: Decimal| left.exact_sub(line.amount?).ok_or(Unbuilt::TooLong));
    }
    let taker = taker.and_then(|i| cell.lines.get(i)).and_then(|at| lines.get_mut(*at));
    taker.into_iter().for_each(|line| line.amount = left);
}

/// The position of the line that takes the remainder.
fn taker(remainder: Remainder, amounts: &[Result<Decimal, Unbuilt>]) -> Option<usize> {
    match remainder {
        Remainder::Last => amounts.len().checked_sub(1),
        Remainder::Largest => {
            let sizes = amounts.iter().enumerate().filter_map(|(i, amount)| Some((amount.ok()?.abs(), Reverse(i))));
            sizes.max().map(|(_, Reverse(i))| i)
        }
    }
}
