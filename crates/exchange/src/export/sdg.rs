//! Links to the Sustainable Development Goals.

use logframe::table;
use logframe::{SdgRef, report};

use super::context::{Context, SDG};
use super::model::{Cell, Look, Sheet, SheetKind};
use super::page::{Head, Page};

/// Whether anything is linked: then the links can be changed where what they belong to stands.
pub fn has_links(context: &Context<'_>) -> bool {
    !report::sdg_links(context.plan).is_empty()
}

/// Links as they are changed, with something between them.
pub fn links(sdgs: &[SdgRef], between: &str) -> Cell {
    Cell::id(&sdgs.iter().map(|link| link.as_str()).collect::<Vec<_>>().join(between))
}

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
    let note = "Links are changed on the sheet Results, and those of the plan as a whole on the sheet Summary.";
    let mut page = Page::new(SDG, SheetKind::Sdg, "Sustainable Development Goals", note, heads);
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
