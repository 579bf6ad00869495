//! Tables as Markdown (GitHub's tables).

use super::Table;

impl Table {
    /// The table as Markdown: heading, table, notes. Characters that Markdown would take for marks are escaped; totals are bold.
    pub fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("**{}**\n\n", escaped(&self.title));
        text += &line(self.columns.iter().map(|column| escaped(&column.heading)).collect());
        text += &line(self.columns.iter().map(|column| if column.is_number { "---:" } else { "---" }.to_owned()).collect());
        for row in &self.rows {
            text += &line(row.cells.iter().map(|cell| bold(&escaped(&self.shown(cell)), row.is_total)).collect());
        }
        for note in &self.notes {
            text += &format!("\n{}\n", escaped(note));
        }
        text
    }
}

fn bold(text: &str, is_total: bool) -> String {
    if is_total && !text.is_empty() { format!("**{text}**") } else { text.to_owned() }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~' | '$' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
