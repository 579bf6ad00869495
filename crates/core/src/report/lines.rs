//! Budget lines, one a row.

use crate::decimal::Decimal;
use crate::plan::{BuiltLine, Line, Plan};
use crate::source::Spanned;
use crate::table::{Cell, Column, Table};

/// The budget lines with all their factors, what each comes to in its own currency (`exact`) and in the plan's (`amount`).
pub fn lines(plan: &Plan) -> Table {
    let columns = vec![
        Column::text("id", "Id"),
        Column::text("office", "Office"),
        Column::text("result", "Result"),
        Column::text("category", "Category"),
        Column::text("description", "Description"),
        Column::number("quantity", "Quantity"),
        Column::text("unit", "Unit"),
        Column::number("unit-cost", "Unit cost"),
        Column::number("duration", "Duration"),
        Column::text("duration-unit", "In"),
        Column::number("share", "% charged"),
        Column::number("percent", "% of base"),
        Column::text("currency", "Currency"),
        Column::number("exact", "Exactly"),
        Column::text("period", "Period"),
        Column::text("donor", "Donor"),
        Column::number("amount", "Amount"),
    ];
    let mut table = Table::new(format!("{}: budget lines, {}", plan.header.title, plan.header.currency.value), columns);
    table.style = plan.number_style();
    plan.lines.iter().zip(plan.built_lines()).for_each(|(line, built)| table.push(row(plan, line, built)));
    let amounts = plan.built_lines().iter().map(|line| line.amount.ok());
    let total = amounts.collect::<Option<Vec<_>>>().and_then(Decimal::exact_sum);
    let mut cells = vec![Cell::text("Total")];
    cells.resize(table.columns.len() - 1, Cell::Absent);
    cells.push(total.map_or(Cell::Absent, Cell::number));
    table.push_total(cells);
    table
}

fn row(plan: &Plan, line: &Line, built: &BuiltLine) -> Vec<Cell> {
    let text = |text: Option<&str>| text.map_or(Cell::Absent, Cell::text);
    let number = |number: Option<Spanned<Decimal>>| number.map_or(Cell::Absent, |number| Cell::number(*number));
    vec![
        text(line.id.as_ref().map(|id| id.as_str())),
        Cell::text(line.office.as_str()),
        Cell::text(line.result.as_str()),
        text(line.category.as_ref().map(|id| id.as_str())),
        Cell::text(&*line.description),
        number(line.quantity),
        text(line.unit.as_deref()),
        number(line.unit_cost),
        number(line.duration),
        text(line.duration_unit.as_deref()),
        number(line.share),
        number(line.percent),
        Cell::text(line.currency.as_ref().map_or(plan.header.currency.as_str(), |code| code.as_str())),
        built.exact.map_or(Cell::Absent, |exact| Cell::number(exact.normalized())),
        text(line.period.map(|period| period.to_string()).as_deref()),
        text(line.donor.as_ref().map(|id| id.as_str())),
        built.amount.map_or(Cell::Absent, Cell::number),
    ]
}
