//! Offices by years.

use logframe::report::{self, TimeRows};
use logframe::table::{self, Table};
use logframe::{Plan, Step};

use super::context::{Context, YEARS, column};
use super::figure::{Figure, sum};
use super::model::{Cell, Look, Sheet, SheetKind};
use super::page::{Head, Page};

/// The first column of a year.
const FIRST_YEAR: u16 = 1;

/// The budget over the years; `None` where no line says when it is spent.
pub fn years(context: &Context<'_>) -> Option<Sheet> {
    if context.plan.lines.iter().all(|line| line.period.is_none()) {
        return None;
    }
    let report = report::calendar(context.plan, Step::Year, TimeRows::Office);
    let mut page = page(context, &report);
    let width = report.columns.len().saturating_sub(2);
    let mut columns: Vec<Vec<Figure>> = vec![Vec::new(); width + 1];
    for row in report.rows.iter().filter(|row| !row.is_total) {
        let mut cells = vec![name(row.cells.first())];
        let mut figures = Vec::new();
        for (at, cell) in row.cells.iter().skip(1).take(width).enumerate() {
            let number = if let table::Cell::Number { value, .. } = cell { Some(*value) } else { None };
            figures.push(Figure::given(None, page.at(column(FIRST_YEAR, at)), number.into()));
            cells.push(number.map_or_else(Cell::default, |number| Cell::number(number, context.decimals())));
        }
        let total = sum(&figures, context.decimals());
        figures.push(total.figure(None, page.at(column(FIRST_YEAR, width))));
        columns.iter_mut().zip(figures).for_each(|(column, figure)| column.push(figure));
        page.push(cells.into_iter().chain([total.cell.total_beside()]).collect());
    }
    let totals = columns.iter().map(|column| sum(column, context.decimals()).cell);
    page.push_total([Cell::text("Total", Look::Text)].into_iter().chain(totals).collect());
    Some(page.sheet())
}

fn name(cell: Option<&table::Cell>) -> Cell {
    if let Some(table::Cell::Text(name)) = cell { Cell::text(name, Look::Text) } else { Cell::default() }
}

fn page(context: &Context<'_>, report: &Table) -> Page {
    let mut heads = vec![Head::text("office", "Implementing office", 30)];
    let years = report.columns.iter().skip(1).take(report.columns.len().saturating_sub(2));
    heads.extend(years.map(|column| Head::number("year", &column.heading, 17)));
    heads.push(Head::number("total", context.in_currency("Total"), 18));
    Page::new(YEARS, SheetKind::Years, "Budget by year", &note(context.plan), heads).frozen(1)
}

fn note(plan: &Plan) -> String {
    let currency = &plan.header.currency.value;
    format!("Amounts in {currency}, worked out from the periods of the lines and how each is spread.")
}
