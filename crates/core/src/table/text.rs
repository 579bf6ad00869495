//! Tables as text for a terminal: the only place that uses `comfy_table`. The layout is ours, the wrapping is its.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};

use super::{Column, Table};

/// A text column is not made narrower than this.
const MIN_TEXT: usize = 8;

impl Table {
    /// The table as text of at most `width` characters a line, as far as its numbers allow: numbers are never wrapped. Columns that
    /// do not fit beside each other stand in several tables, each with the columns that say what a row is.
    ///
    /// Where headings do not fit, number columns are headed by their keys, and a legend follows the table.
    pub fn text(&self, width: usize) -> String {
        let layout = Layout::of(self, width);
        let mut text = wrapped(&self.title, width);
        for part in &layout.parts {
            text += &format!("\n{}", layout.render(self, part));
        }
        if !layout.legend.is_empty() || !self.notes.is_empty() {
            text.push('\n');
        }
        for (key, heading) in &layout.legend {
            text += &format!("{key}  {heading}\n");
        }
        for note in &self.notes {
            text += &wrapped(note, width);
        }
        text
    }
}

struct Layout {
    widths: Vec<usize>,
    headings: Vec<String>,
    gap: usize,
    legend: Vec<(String, String)>,
    /// The columns that stand beside each other.
    parts: Vec<Vec<usize>>,
}

impl Layout {
    fn of(table: &Table, width: usize) -> Self {
        let data: Vec<usize> = (0..table.columns.len()).map(|i| data_width(table, i)).collect();
        let full: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        let natural: Vec<usize> = data.iter().zip(&full).map(|(data, heading)| (*data).max(length(heading))).collect();
        let whole = vec![(0..table.columns.len()).collect()];
        if total(&natural, 2) <= width {
            return Self { widths: natural, headings: full, gap: 2, legend: Vec::new(), parts: whole };
        }
        let headed: Vec<Heading> = table.columns.iter().zip(&data).map(|(column, data)| narrow(column, *data)).collect();
        let legend = headed.iter().filter_map(|heading| heading.legend.clone()).collect();
        let wide: Vec<usize> = data.iter().zip(&headed).map(|(data, heading)| (*data).max(heading.width)).collect();
        let headings = headed.into_iter().map(|heading| heading.text).collect();
        let gap = if total(&wide, 2) <= width { 2 } else { 1 };
        let mut widths = wide.clone();
        shrink_texts(&mut widths, &table.columns, gap, width);
        if total(&widths, gap) <= width {
            return Self { widths, headings, gap, legend, parts: whole };
        }
        let lead = lead(&table.columns, width);
        let widths = in_parts(wide, &table.columns, lead, width);
        Self { parts: parts(&widths, lead, width), widths, headings, gap: 2, legend }
    }

    fn render(&self, table: &Table, part: &[usize]) -> String {
        let mut out = comfy_table::Table::new();
        out.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let widths: Vec<usize> = part.iter().filter_map(|i| self.widths.get(*i).copied()).collect();
        let rule = || widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>();
        out.add_row(part.iter().filter_map(|i| self.headings.get(*i))).add_row(rule());
        let mut before_total = true;
        for row in &table.rows {
            if row.is_total && before_total {
                out.add_row(rule());
            }
            before_total = !row.is_total;
            out.add_row(part.iter().filter_map(|i| row.cells.get(*i)).map(|cell| table.shown(cell)));
        }
        let columns: Vec<&Column> = part.iter().filter_map(|i| table.columns.get(*i)).collect();
        self.shape(&mut out, &columns, &widths);
        out.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn shape(&self, out: &mut comfy_table::Table, columns: &[&Column], widths: &[usize]) {
        let last = widths.len().saturating_sub(1);
        for (i, (column, width)) in columns.iter().zip(widths).enumerate() {
            let Some(shaped) = out.column_mut(i) else { continue };
            let gap = if i == last { 0 } else { self.gap };
            let padded = u16::try_from(width + gap).unwrap_or(u16::MAX);
            shaped.set_padding((0, u16::try_from(gap).unwrap_or(0)));
            shaped.set_constraint(ColumnConstraint::Absolute(Width::Fixed(padded)));
            shaped.set_cell_alignment(if column.is_number { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
}

/// How many columns say what a row is: the texts that it begins with, as many as leave room for what it says.
fn lead(columns: &[Column], width: usize) -> usize {
    let texts = columns.iter().take_while(|column| !column.is_number).count();
    texts.min(width * 2 / 3 / (MIN_TEXT + 2)).max(1)
}

/// Widths for several tables: what a row is gets half of the line, and another text half of the rest.
fn in_parts(mut widths: Vec<usize>, columns: &[Column], lead: usize, width: usize) -> Vec<usize> {
    let (first, others) = widths.split_at_mut(lead.min(columns.len()));
    shrink_texts(first, columns, 2, width / 2);
    let room = (width.saturating_sub(total(first, 2)) / 2).max(MIN_TEXT);
    let texts = others.iter_mut().zip(columns.iter().skip(lead)).filter(|(_, column)| !column.is_number);
    texts.for_each(|(width, _)| *width = (*width).min(room));
    widths
}

/// As many columns beside each other as fit.
fn parts(widths: &[usize], lead: usize, width: usize) -> Vec<Vec<usize>> {
    let first = total(widths.get(..lead).unwrap_or(widths), 2);
    let (mut parts, mut taken) = (Vec::<Vec<usize>>::new(), 0);
    for (i, column) in widths.iter().enumerate().skip(lead) {
        taken += 2 + column;
        match parts.last_mut() {
            Some(part) if taken <= width => part.push(i),
            _ => {
                parts.push((0..lead).chain([i]).collect());
                taken = first + 2 + column;
            }
        }
    }
    if parts.is_empty() { vec![(0..widths.len()).collect()] } else { parts }
}

/// A heading cut to its column.
struct Heading {
    text: String,
    width: usize,
    legend: Option<(String, String)>,
}

/// A number column is headed by its heading on one or two lines if that is no wider than its numbers, else by its key.
fn narrow(column: &Column, data: usize) -> Heading {
    let heading = &column.heading;
    let room = data.max(6);
    if !column.is_number || length(heading) <= room {
        let longest = heading.split(' ').map(length).max().unwrap_or(0);
        return Heading { text: heading.clone(), width: longest, legend: None };
    }
    let text = hyphenated(heading, room);
    if text.lines().count() <= 2 {
        let width = text.lines().map(length).max().unwrap_or(0);
        return Heading { text, width, legend: None };
    }
    let legend = Some((column.key.clone(), heading.clone()));
    Heading { text: column.key.clone(), width: length(&column.key), legend }
}

/// Words on lines of their own, those that are too long cut with a hyphen.
fn hyphenated(text: &str, room: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while rest.len() > room {
            let tail = rest.split_off(room - 1);
            lines.push(rest.into_iter().collect::<String>() + "-");
            rest = tail;
        }
        let word: String = rest.into_iter().collect();
        match lines.last_mut() {
            Some(line) if !line.ends_with('-') && length(line) + 1 + length(&word) <= room => *line += &format!(" {word}"),
            _ => lines.push(word),
        }
    }
    lines.join("\n")
}

/// Text columns share what the numbers leave, the widest giving most.
fn shrink_texts(widths: &mut [usize], columns: &[Column], gap: usize, width: usize) {
    while total(widths, gap) > width {
        let texts = widths.iter_mut().zip(columns).filter(|(_, column)| !column.is_number).map(|(width, _)| width);
        match texts.max() {
            Some(widest) if *widest > MIN_TEXT => *widest -= 1,
            _ => return,
        }
    }
}

fn total(widths: &[usize], gap: usize) -> usize {
    widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1)
}

fn data_width(table: &Table, column: usize) -> usize {
    table.rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| length(&table.shown(cell))).max().unwrap_or(0)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// A note, its lines broken between words.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if length(line) + 1 + length(word) <= width => *line += &format!(" {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use crate::table::{Cell, Column, Table};

    #[test]
    fn columns_that_do_not_fit_stand_in_tables_of_their_own_each_with_what_a_row_is() {
        let mut columns = vec![Column::text("office", "Office")];
        columns.extend(["2027", "2028", "2029"].map(|year| Column::number(year, year)));
        let mut table = Table::new("By year", columns);
        let amounts = |name: &str, amounts: [i64; 3]| {
            [Cell::text(name)].into_iter().chain(amounts.map(|amount| Cell::number(amount.into()))).collect()
        };
        table.push(amounts("Peru", [120_500, 98_000, 7]));
        table.push_total(amounts("Total", [120_500, 98_000, 7]));
        let expected = "\
By year

Office     2027    2028
──────  ───────  ──────
Peru    120,500  98,000
──────  ───────  ──────
Total   120,500  98,000

Office  2029
──────  ────
Peru       7
──────  ────
Total      7
";
        assert_eq!(table.text(24), expected);
    }
}
