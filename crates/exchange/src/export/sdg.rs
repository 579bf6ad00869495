//! Links to the Sustainable Development Goals.

use logframe::report;
use logframe::table;

use super::context::{Context, SDG};
use super::model::{Cell, Look, Sheet, SheetKind};
use super::page::{Head, Page};

pub fn sdg(context: &Context<'_>) -> Option<Sheet> {
    let report = report::sdg(context.plan);
    if report.rows.is_empty() {
        return None;
    }
    let heads = vec![
        Head::text("goal", "Goal", 34),
        Head::text("code", "Target", 10),
        Head::text("title", "Text", 80),
        Head::text("links", "Linked from", 44),
    ];
    let mut page = Page::new(SDG, SheetKind::Sdg, "Sustainable Development Goals", &context.plan.header.title, heads);
    for row in &report.rows {
        page.push(row.cells.iter().enumerate().map(|(at, cell)| text(cell, at == 1)).collect());
    }
    Some(page.sheet())
}

fn text(cell: &table::Cell, is_id: bool) -> Cell {
    match cell {
        table::Cell::Text(text) if is_id => Cell::id(text),
        table::Cell::Text(text) => Cell::text(text, Look::Text),
        _ => Cell::default(),
    }
}
