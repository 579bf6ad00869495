//! Tables as HTML: one self-contained `<table>` that looks right on light and on dark ground, without script or network.

use super::{Column, Row, Table};
use crate::decimal::Decimal;

const FRAME: &str = "overflow-x:auto;max-width:100%";
const TITLE: &str = "font-weight:bold;padding:1em 0 .4em";
const TABLE: &str = "border-collapse:collapse;font-variant-numeric:tabular-nums";
const CELL: &str = "padding:.2em .7em;vertical-align:top;";
const HEAD: &str = "border-bottom:1px solid currentColor;vertical-align:bottom;white-space:normal;max-width:10em;";
const RULE: &str = "border-top:1px solid currentColor;";

impl Table {
    /// The table as an HTML fragment. All text is escaped.
    pub fn html(&self) -> String {
        self.html_of(&self.rows.iter().collect::<Vec<_>>(), None)
    }

    /// The table as an HTML fragment of at most about `most` rows, for a notebook that shows any table: of a longer one the first
    /// rows and all totals, and how many are left out.
    ///
    /// ```
    /// use logframe::table::{Cell, Column, Table};
    /// let mut table = Table::new("Long", vec![Column::text("n", "Number")]);
    /// (0..1000).for_each(|n| table.push(vec![Cell::text(n.to_string())]));
    /// assert!(table.html_preview(60).contains("940 more rows"));
    /// assert!(!table.html_preview(1000).contains("more rows"));
    /// ```
    pub fn html_preview(&self, most: usize) -> String {
        let left_out = self.rows.len().saturating_sub(most);
        if left_out == 0 {
            return self.html();
        }
        let plain = self.rows.iter().filter(|row| !row.is_total).take(most);
        let totals = self.rows.iter().filter(|row| row.is_total).take(most);
        let shown: Vec<&Row> = plain.chain(totals).collect();
        self.html_of(&shown, Some(self.rows.len() - shown.len()).filter(|left_out| *left_out > 0))
    }

    fn html_of(&self, rows: &[&Row], left_out: Option<usize>) -> String {
        let head: String = self.columns.iter().map(heading).collect();
        let first_total = rows.iter().position(|row| row.is_total);
        let body: String = rows.iter().enumerate().map(|(i, row)| self.row(row, Some(i) == first_total)).collect();
        let remark = left_out.map(|n| format!("and {} more rows", self.count(n)));
        let notes: String =
            remark.iter().chain(&self.notes).map(|note| format!("<p><small>{}</small></p>\n", escaped(note))).collect();
        let title = match escaped(&self.title) {
            title if title.is_empty() => title, // no gap where nothing stands
            title => format!("<div style=\"{TITLE}\">{title}</div>\n"),
        };
        format!(
            "{title}<div style=\"{FRAME}\">\n<table style=\"{TABLE}\">\n\
             <thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n{notes}"
        )
    }

    fn count(&self, n: usize) -> String {
        Decimal::from(i64::try_from(n).unwrap_or(i64::MAX)).grouped(self.style)
    }

    fn row(&self, row: &Row, has_rule: bool) -> String {
        let rule = if has_rule { RULE } else { "" };
        let weight = if row.is_total { "font-weight:bold;" } else { "font-weight:normal;" };
        let cells = row.cells.iter().zip(&self.columns).enumerate().map(|(i, (cell, column))| {
            let (open, close) = if i == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
            format!("<{open} style=\"{CELL}{rule}{weight}{}\">{}</{close}>", align(column), escaped(&self.shown(cell)))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    }
}

fn heading(column: &Column) -> String {
    let side = if column.is_number { "text-align:right" } else { "text-align:left" };
    format!("<th scope=\"col\" style=\"{CELL}{HEAD}{side}\">{}</th>", escaped(&column.heading))
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
pub(crate) fn escaped(text: &str) -> String {
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
