//! The exact simplex: decides what no network can, hierarchies on both sides, tables in three dimensions, shares with amounts.
//!
//! Every row and every figure has a range; an end that is excluded is the number just beside it, so that all ends are ends alike.
//! The search starts from the figures as they are printed: only rows that they break are worked on.

mod decimals;
mod number;
mod problem;
mod search;
mod tableau;
#[cfg(test)]
mod tests;
mod value;

use self::number::{Fraction, Long, Number};
use self::problem::Problem;
use self::search::Stop;
use self::tableau::Tableau;
use self::value::{Range, Value};
use super::decide::Ends;
use super::scaled::Question;
use super::solver::{Answer, Reason};

/// Decides a question. A [`Proof`](super::solver::Proof) has the ends of shares in whole steps.
pub fn solve(question: &Question<'_>) -> Result<Answer, Reason> {
    let problem = Problem::of(question)?;
    exactly(|| solve_with::<Fraction>(&problem), || solve_with::<Long>(&problem))
}

/// The least and the greatest amount that a figure can have; `None` for an end where there is no limit, and for both where the
/// question has no answer at all.
pub fn extreme(question: &Question<'_>, figure: usize) -> Result<Option<Ends>, Reason> {
    let problem = Problem::of(question)?;
    exactly(|| extreme_with::<Fraction>(&problem, figure), || extreme_with::<Long>(&problem, figure))
}

/// What short numbers say, or where they cannot hold a result, what long ones do.
fn exactly<T>(short: impl FnOnce() -> Result<T, Stop>, long: impl FnOnce() -> Result<T, Stop>) -> Result<T, Reason> {
    let said = match short() {
        Err(Stop::Overflow) => long(),
        said => said,
    };
    said.map_err(|stop| match stop {
        Stop::Overflow => Reason::TooLarge,
        Stop::For(reason) => reason,
    })
}

fn solve_with<N: Number>(problem: &Problem) -> Result<Answer, Stop> {
    let mut tableau = as_printed::<N>(problem)?;
    match tableau.settle()? {
        Some(weights) => Ok(Answer::Impossible(problem.proof(&weights)?)),
        None => decimals::answer::<N>(problem),
    }
}

fn extreme_with<N: Number>(problem: &Problem, figure: usize) -> Result<Option<Ends>, Stop> {
    let mut tableau = as_printed::<N>(problem)?;
    if tableau.settle()?.is_some() {
        return Ok(None);
    }
    let mut end = |is_up| tableau.push(figure, is_up)?.map(|value| decimals::end(&value, problem.decimals)).transpose();
    Ok(Some((end(false)?, end(true)?)))
}

/// The tableau that starts from the printed figures, each as near as its limits allow.
fn as_printed<N: Number>(problem: &Problem) -> Result<Tableau<N>, Stop> {
    let mut ranges: Vec<Range<N>> = problem.limits.iter().map(|limits| Range::of(limits.low, limits.high)).collect();
    let starts = problem.limits.iter().zip(&ranges);
    let starts = starts.map(|(limits, range)| range.nearest(Value::whole(limits.at))).collect();
    ranges.extend(problem.rows.iter().map(problem::Row::range));
    Tableau::of(problem, ranges, starts).ok_or(Stop::Overflow)
}
