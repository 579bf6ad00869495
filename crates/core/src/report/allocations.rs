//! The budget in tidy form: one allocation a row.

use crate::plan::{Allocation, Plan};
use crate::table::{Cell, Column, Table};

/// The words for what an allocation's cell holds.
pub(crate) const PRINTED: [&str; 2] = ["amount", "none"];

/// A selection of allocations, one a row, by their positions in [`Draft::allocations`](crate::Draft::allocations). The column
/// `printed` tells an amount from a printed none; what is not given has no row. An office or a result that is unknown has no name.
pub fn allocations(plan: &Plan, selection: impl IntoIterator<Item = usize>) -> Table {
    let columns = vec![
        Column::text("office", "Office"),
        Column::text("office_name", "Name of office"),
        Column::text("outcome", "Outcome or budget head"),
        Column::text("result", "Result"),
        Column::text("result_title", "Title of result"),
        Column::text("level", "Level"),
        Column::text("printed", "Printed"),
        Column::number("amount", "Amount"),
    ];
    let mut table = Table::new(format!("{}: allocations, {}", plan.header.title, plan.header.currency.value), columns);
    table.style = plan.number_style();
    for allocation in selection.into_iter().filter_map(|at| plan.allocations.get(at)) {
        table.push(row(plan, allocation));
    }
    table
}

fn row(plan: &Plan, allocation: &Allocation) -> Vec<Cell> {
    let text = |text: Option<&str>| text.map_or(Cell::Absent, Cell::text);
    let node = plan.node(&allocation.result);
    let root = node.and_then(|node| plan.nodes().get(node.root));
    let amount = allocation.cell.amount();
    vec![
        Cell::text(allocation.office.as_str()),
        text(plan.office(&allocation.office).map(|office| office.name.as_str())),
        text(root.map(|root| root.id.as_str())),
        Cell::text(allocation.result.as_str()),
        text(node.map(|node| node.title.as_str())),
        text(node.map(|node| node.kind.name())),
        Cell::text(if amount.is_some() { PRINTED[0] } else { PRINTED[1] }),
        amount.map_or(Cell::None, Cell::number),
    ]
}
