//! Tables as HTML: one self-contained `<table>` that looks right on light and on dark ground, without script or network.

use super::{Column, Row, Table};

const FRAME: &str = "overflow-x:auto;max-width:100%";
const TABLE: &str = "border-collapse:collapse;font-variant-numeric:tabular-nums";
const CELL: &str = "padding:.2em .7em;vertical-align:top;";
const HEAD: &str = "border-bottom:1px solid currentColor;vertical-align:bottom;";
const TOTAL: &str = "border-top:1px solid currentColor;font-weight:bold;";

impl Table {
    /// The table as an HTML fragment. All text is escaped.
    pub fn html(&self) -> String {
        let head: String = self.columns.iter().map(heading).collect();
        let body: String = self.rows.iter().map(|row| self.row(row)).collect();
        let notes: String = self.notes.iter().map(|note| format!("<p><small>{}</small></p>\n", escaped(note))).collect();
        format!(
            "<div style=\"{FRAME}\">\n<table style=\"{TABLE}\">\n<caption style=\"text-align:left;font-weight:bold;padding:.4em 0\">{}</caption>\n\
             <thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{notes}</div>\n",
            escaped(&self.title)
        )
    }

    fn row(&self, row: &Row) -> String {
        let total = if row.is_total { TOTAL } else { "" };
        let cells = row.cells.iter().zip(&self.columns).enumerate().map(|(i, (cell, column))| {
            let tag = if i == 0 { "th scope=\"row\"" } else { "td" };
            let close = if i == 0 { "th" } else { "td" };
            let weight = if i == 0 && !row.is_total { "font-weight:normal;" } else { "" };
            format!("<{tag} style=\"{CELL}{total}{weight}{}\">{}</{close}>", align(column), escaped(&self.shown(cell)))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    }
}

fn heading(column: &Column) -> String {
    format!("<th scope=\"col\" style=\"{CELL}{HEAD}{}\">{}</th>", align(column), escaped(&column.heading))
}

fn align(column: &Column) -> &'static str {
    if column.is_number { "text-align:right;white-space:nowrap" } else { "text-align:left" }
}

/// A whole page around fragments, for a file that a browser opens.
pub fn page(title: &str, fragments: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>:root {{ color-scheme: light dark }} body {{ font: 1rem/1.4 system-ui, sans-serif; margin: 2rem }}</style>\n\
         </head>\n<body>\n{fragments}</body>\n</html>\n",
        escaped(title)
    )
}

/// Text that no browser takes for anything else.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
