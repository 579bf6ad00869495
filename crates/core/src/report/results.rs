//! The results chain: outcomes with their indicators, outputs and activities, then budget heads.

use crate::plan::{Activity, Indicator, Outcome, Output, Plan, Reading};
use crate::table::{Cell, Column, Table};

/// The plan's results in document order, one a row, with what each is allocated. Columns in which no result has anything are
/// left out.
pub fn results(plan: &Plan) -> Table {
    let columns = vec![
        Column::text("level", "Level"),
        Column::text("id", "Id"),
        Column::text("title", "Title"),
        Column::text("unit", "Unit"),
        Column::number("baseline", "Baseline"),
        Column::number("target", "Target"),
        Column::text("verification", "Means of verification"),
        Column::text("assumptions", "Assumptions"),
        Column::number("allocated", "Allocated"),
    ];
    let mut table = Table::new(format!("{}: results", plan.header.title), columns);
    table.style = plan.number_style();
    for outcome in &plan.outcomes {
        push_outcome(plan, outcome, &mut table);
    }
    for head in &plan.heads {
        let row = line(plan, "head", &head.id, &head.title, &[]);
        table.push(row);
    }
    without_empty_columns(table)
}

fn push_outcome(plan: &Plan, outcome: &Outcome, table: &mut Table) {
    table.push(line(plan, "outcome", &outcome.id, &outcome.title, &outcome.assumptions));
    outcome.indicators.iter().for_each(|indicator| table.push(measure(indicator)));
    outcome.outputs.iter().for_each(|output| push_output(plan, output, table));
    outcome.activities.iter().for_each(|activity| push_activity(plan, activity, table));
}

fn push_output(plan: &Plan, output: &Output, table: &mut Table) {
    table.push(line(plan, "output", &output.id, &output.title, &output.assumptions));
    output.indicators.iter().for_each(|indicator| table.push(measure(indicator)));
    output.activities.iter().for_each(|activity| push_activity(plan, activity, table));
}

fn push_activity(plan: &Plan, activity: &Activity, table: &mut Table) {
    table.push(line(plan, "activity", &activity.id, &activity.title, &[]));
}

fn line(plan: &Plan, level: &str, id: &str, title: &str, assumptions: &[String]) -> Vec<Cell> {
    let mut cells = vec![Cell::text(level), Cell::text(id), Cell::text(title)];
    cells.extend(std::iter::repeat_n(Cell::Absent, 4));
    cells.push(text(Some(assumptions.join("; ")).filter(|text| !text.is_empty()).as_ref()));
    cells.push(allocated(plan, id));
    cells
}

/// What a result and everything under it are given by all offices.
fn allocated(plan: &Plan, id: &str) -> Cell {
    let index = plan.index();
    let Some(node) = index.node(id) else { return Cell::Absent };
    let within = |i: &usize| index.places.get(*i).copied().flatten().is_some_and(|place| index.is_within(place.node, node));
    let root = index.nodes.get(node).map_or(node, |node| node.root);
    let column = index.of_root.get(root).into_iter().flatten().copied().filter(within);
    super::cell(plan, column)
}

fn measure(indicator: &Indicator) -> Vec<Cell> {
    vec![
        Cell::text("indicator"),
        Cell::text(indicator.id.as_str()),
        Cell::text(&indicator.title),
        text(indicator.unit.as_ref()),
        reading(indicator.baseline.as_ref()),
        reading(indicator.target.as_ref()),
        text(indicator.means_of_verification.as_ref()),
        text(indicator.assumption.as_ref()),
    ]
}

fn text(text: Option<&String>) -> Cell {
    text.map_or(Cell::Absent, Cell::text)
}

fn reading(reading: Option<&Reading>) -> Cell {
    match reading {
        None => Cell::Absent,
        Some(reading) => match (reading.value.number(), reading.year) {
            (Some(value), None) => Cell::number(value),
            (Some(value), Some(year)) => Cell::text(format!("{value} ({year})")),
            (None, _) => Cell::text(reading.value.to_string()),
        },
    }
}

fn without_empty_columns(mut table: Table) -> Table {
    let used: Vec<bool> = (0..table.columns.len())
        .map(|i| table.rows.iter().any(|row| row.cells.get(i).is_some_and(|cell| *cell != Cell::Absent)))
        .collect();
    let keep = |i: usize| used.get(i).copied().unwrap_or(false);
    let mut at = 0..;
    table.columns.retain(|_| at.next().is_some_and(keep));
    for row in &mut table.rows {
        let mut at = 0..;
        row.cells.retain(|_| at.next().is_some_and(keep));
    }
    table
}
