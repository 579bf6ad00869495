//! Findings as a table.

use crate::decimal::NumberStyle;
use crate::diagnostic::{Diagnostic, Figures, text};
use crate::source::Source;
use crate::table::{Cell, Column, Table};

/// Findings, one a row: what they weigh, where they are, what was found, printed and computed, and what can be done.
pub fn findings(title: impl Into<String>, findings: &[Diagnostic], source: Option<&Source>, style: NumberStyle) -> Table {
    let columns = vec![
        Column::text("severity", "Severity"),
        Column::text("rule", "Rule"),
        Column::text("place", "Place"),
        Column::text("thing", "What"),
        Column::text("finding", "Finding"),
        Column::number("declared", "Declared"),
        Column::number("computed", "Computed"),
        Column::number("difference", "Difference"),
        Column::text("help", "What to do"),
    ];
    let mut table = Table::new(title, columns);
    table.style = style;
    for finding in findings {
        let figure =
            |pick: fn(&Figures) -> crate::Decimal| finding.figures.as_ref().map_or(Cell::Absent, |all| Cell::number(pick(all)));
        let help = finding.help.join("; ");
        table.push(vec![
            Cell::text(finding.severity.to_string()),
            Cell::text(finding.rule),
            Cell::text(text::place(finding, source)),
            finding.place().map_or(Cell::Absent, |label| Cell::text(&label.thing)),
            Cell::text(&finding.message),
            figure(|figures| figures.declared),
            figure(|figures| figures.computed),
            figure(|figures| figures.difference),
            if help.is_empty() { Cell::Absent } else { Cell::text(help) },
        ]);
    }
    table
}
