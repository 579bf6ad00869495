//! Reports: each is one file and returns a [`Table`]. What is printed stands beside what is computed, and a mark says where
//! the two differ.

mod activities;
mod allocations;
mod budget;
mod calendar;
mod categories;
mod currencies;
mod declared;
mod dimension;
mod findings;
mod funding;
mod gap;
mod lines;
mod office;
mod pivot;
mod results;
mod sdg;
mod series;
mod sums;

pub use activities::activities;
pub use allocations::allocations;
pub use budget::budget;
pub use calendar::{TimeRows, calendar};
pub use categories::categories;
pub use currencies::currencies;
pub use declared::declared;
pub use dimension::{Dimension, select};
pub use findings::findings;
pub use funding::funding;
pub use gap::{GapRows, gap};
pub use lines::lines;
pub use office::office;
pub use pivot::pivot;
pub use results::results;
pub use sdg::{sdg, sdg_links};
pub use series::series;

use crate::decimal::Decimal;
use crate::error::Error;
use crate::period::Step;
use crate::plan::{self, Measure, Plan, Statement};
use crate::table::{Cell, Table};

/// The names of the reports that need nothing but the plan.
pub const NAMES: &[&str] = &[
    "budget",
    "results",
    "sdg",
    "declared",
    "allocations",
    "activities",
    "series",
    "lines",
    "categories",
    "years",
    "half-years",
    "quarters",
    "months",
    "currencies",
    "funding",
    "gap",
];

/// The report of a name.
///
/// # Errors
/// [`Error::Unknown`] with the nearest name.
pub fn named(name: &str, plan: &Plan) -> Result<Table, Error> {
    Ok(match name {
        "budget" => budget(plan),
        "results" => results(plan),
        "sdg" => sdg(plan),
        "declared" => declared(plan),
        "allocations" => allocations(plan, 0..plan.allocations.len()),
        "activities" => activities(plan),
        "series" => series(plan),
        "lines" => lines(plan),
        "categories" => categories(plan),
        "years" => calendar(plan, Step::Year, TimeRows::Office),
        "half-years" => calendar(plan, Step::HalfYear, TimeRows::Office),
        "quarters" => calendar(plan, Step::Quarter, TimeRows::Office),
        "months" => calendar(plan, Step::Month, TimeRows::Office),
        "currencies" => currencies(plan),
        "funding" => funding(plan),
        "gap" => gap(plan, GapRows::Outcome),
        other => return Err(Error::unknown("table", other, NAMES.iter().copied())),
    })
}

/// Allocations as one cell: their sum where there is an amount, none where all are none, absent where nothing is given or the
/// sum is too large to hold.
fn cell(plan: &Plan, allocations: impl Iterator<Item = usize>) -> Cell {
    let cells: Vec<plan::Cell> = allocations.filter_map(|i| plan.allocations.get(i)).map(|a| *a.cell).collect();
    let amounts: Vec<Decimal> = cells.iter().filter_map(|cell| cell.amount()).collect();
    match (cells.is_empty(), amounts.is_empty()) {
        (true, _) => Cell::Absent,
        (_, true) => Cell::None,
        _ => Decimal::exact_sum(amounts).map_or(Cell::Absent, Cell::number),
    }
}

/// The allocations of an office.
fn row(plan: &Plan, office: usize) -> impl Iterator<Item = usize> {
    plan.index().of_office.get(office).into_iter().flatten().copied()
}

/// The allocations of an office for a result and everything under it.
fn row_under(plan: &Plan, office: usize, node: usize) -> impl Iterator<Item = usize> {
    let index = plan.index();
    row(plan, office)
        .filter(move |i| index.places.get(*i).copied().flatten().is_some_and(|place| index.is_within(place.node, node)))
}

/// The first amount that the document prints for an office and a result; `None` means all of them.
fn printed_amount(plan: &Plan, office: Option<&str>, result: Option<&str>) -> Option<Decimal> {
    let is = |ids: Option<&Vec<crate::Spanned<crate::Id>>>, wanted: Option<&str>| match (ids, wanted) {
        (Some(ids), Some(wanted)) => ids.iter().map(|id| id.as_str()).eq([wanted]),
        (ids, wanted) => ids.is_none() && wanted.is_none(),
    };
    let same = |s: &&Statement| {
        s.measure == Measure::Amount && is(s.scope.offices.as_ref(), office) && is(s.scope.results.as_ref(), result)
    };
    plan.statements().iter().find(same).map(|statement| *statement.value)
}
