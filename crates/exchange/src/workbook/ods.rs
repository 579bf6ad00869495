//! `OpenDocument` workbooks (ISO/IEC 26300): `.ods`.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::area::Area;
use super::builder::Builder;
use super::package::Package;
use super::xml::{Node, Xml, attribute, end_name, name};
use super::{Kind, Workbook};

/// Reads a workbook.
pub fn read(file: &str, package: &mut Package<'_>) -> Result<Workbook, String> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")? {
        let mut xml = Xml::new(manifest);
        while let Some(node) = xml.next()? {
            if matches!(&node, Node::Start(start) | Node::Empty(start) if name(start) == "encryption-data") {
                return Err("it is protected by a password; save it without one".to_owned());
            }
        }
    }
    let part = package.part("content.xml")?.ok_or("its content is missing")?;
    let mut reading = Reading { builder: Builder::default(), ..Reading::default() };
    reading.all(&mut Xml::new(part))?;
    Ok(reading.builder.finish(file))
}

#[derive(Default)]
struct Reading {
    builder: Builder,
    /// Styles of sheets that are not shown.
    hidden: HashSet<String>,
    style: String,
    row: u32,
    /// How often the row under way stands there, and whether it is shown.
    rows: (u32, bool),
    column: u32,
    cell: Cell,
    /// How deep inside of remarks and the like the text under way is.
    aside: usize,
}

/// The cell under way.
#[derive(Clone, Default)]
struct Cell {
    times: u32,
    kind: String,
    value: Option<String>,
    text: String,
    paragraphs: usize,
    formula: Option<String>,
    is_open: bool,
}

impl Reading {
    fn all<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), String> {
        // Cells of a row that stands there many times.
        let mut cells: Vec<(u32, Cell)> = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(start) => self.begins(&start, false, &mut cells)?,
                Node::Empty(start) => self.begins(&start, true, &mut cells)?,
                Node::Text(text) if self.cell.is_open && self.aside == 0 && self.cell.paragraphs > 0 => {
                    self.cell.text.push_str(&text);
                }
                Node::End(end) => match end_name(&end) {
                    "table-cell" | "covered-table-cell" => self.cell_ends(&mut cells)?,
                    "table-row" => self.row_ends(&mut cells)?,
                    "annotation" | "shapes" => self.aside = self.aside.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn begins(&mut self, start: &BytesStart<'_>, is_empty: bool, cells: &mut Vec<(u32, Cell)>) -> Result<(), String> {
        let text = |key: &str| attribute(start, key).map(std::borrow::Cow::into_owned);
        match name(start) {
            "style" => self.style = text("name").unwrap_or_default(),
            "table-properties" if text("display").as_deref() == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "table" => {
                let is_hidden = text("style-name").is_some_and(|style| self.hidden.contains(&style));
                self.builder.sheet(&text("name").unwrap_or_default(), is_hidden);
                self.row = 0;
            }
            "table-row" => {
                self.column = 0;
                self.rows = (times(start, "number-rows-repeated"), text("visibility").is_some_and(|how| how != "visible"));
                if is_empty {
                    self.row_ends(cells)?;
                }
            }
            "table-column" => self.columns(start),
            "table-cell" | "covered-table-cell" => {
                self.cell_begins(start);
                if is_empty {
                    self.cell_ends(cells)?;
                }
            }
            "annotation" | "shapes" if !is_empty => self.aside += 1,
            "p" | "h" if self.cell.is_open && self.aside == 0 => {
                if self.cell.paragraphs > 0 {
                    self.cell.text.push('\n');
                }
                self.cell.paragraphs += 1;
            }
            "s" if self.aside == 0 => self.cell.text.extend(std::iter::repeat_n(' ', times(start, "c").min(1000) as usize)),
            "line-break" if self.aside == 0 => self.cell.text.push('\n'),
            "tab" if self.aside == 0 => self.cell.text.push(' '),
            _ => {}
        }
        Ok(())
    }

    fn columns(&mut self, start: &BytesStart<'_>) {
        let count = times(start, "number-columns-repeated");
        let is_hidden = attribute(start, "visibility").is_some_and(|how| how != "visible");
        let from = self.column;
        self.column = self.column.saturating_add(count);
        if let (true, Some(sheet)) = (is_hidden, self.builder.current()) {
            sheet.hidden_columns.push((from, from.saturating_add(count - 1)));
        }
    }

    fn cell_begins(&mut self, start: &BytesStart<'_>) {
        let text = |key: &str| attribute(start, key).map(std::borrow::Cow::into_owned);
        let kind = text("value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => text("date-value"),
            "boolean" => text("boolean-value"),
            "time" => text("time-value"),
            "string" => text("string-value"),
            _ => text("value"),
        };
        let span = |key: &str| times(start, key);
        let (down, across) = (span("number-rows-spanned"), span("number-columns-spanned"));
        if let (true, Some(sheet)) = (down > 1 || across > 1, self.builder.current()) {
            let (bottom, right) = (self.row.saturating_add(down - 1), self.column.saturating_add(across - 1));
            sheet.merged.push(Area { top: self.row, left: self.column, bottom, right });
        }
        self.cell = Cell {
            times: times(start, "number-columns-repeated"),
            kind,
            value,
            formula: text("formula"),
            is_open: true,
            ..Cell::default()
        };
    }

    fn cell_ends(&mut self, cells: &mut Vec<(u32, Cell)>) -> Result<(), String> {
        let mut cell = std::mem::take(&mut self.cell);
        cell.is_open = false;
        let times = cell.times;
        let is_blank = cell.value.is_none() && cell.text.is_empty();
        if !is_blank {
            let end =
                self.column.checked_add(times).filter(|end| *end <= super::MAX_COLUMNS).ok_or("a row has too many cells")?;
            cells.extend((self.column..end).map(|column| (column, cell.clone())));
        }
        self.column = self.column.saturating_add(times);
        Ok(())
    }

    fn row_ends(&mut self, cells: &mut Vec<(u32, Cell)>) -> Result<(), String> {
        let (times, is_hidden) = self.rows;
        let cells = std::mem::take(cells);
        if !cells.is_empty() {
            for row in self.row..self.row.saturating_add(times) {
                self.builder.row(row, is_hidden)?;
                cells.iter().try_for_each(|(column, cell)| store(&mut self.builder, *column, cell))?;
            }
        }
        self.row = self.row.saturating_add(times);
        Ok(())
    }
}

fn store(builder: &mut Builder, column: u32, cell: &Cell) -> Result<(), String> {
    let value = cell.value.as_deref().unwrap_or_default();
    match cell.kind.as_str() {
        // What compares is stored as a number, and shown as what it is.
        "float" if matches!(cell.text.as_str(), "TRUE" | "FALSE") => builder.truth(column, value)?,
        "float" | "currency" => builder.number(column, value, false, cell.formula.is_some())?,
        "percentage" => builder.number(column, value, true, cell.formula.is_some())?,
        "date" => builder.cell(column, Kind::Date, value.split('T').next().unwrap_or(value))?,
        "boolean" if matches!(value, "true" | "false") => builder.cell(column, Kind::Truth, &value.to_ascii_uppercase())?,
        "boolean" => builder.truth(column, value)?,
        // A formula that fails has no type of its own, and shows what it is.
        _ if cell.formula.is_some() && is_error(&cell.text) => builder.cell(column, Kind::Error, &cell.text)?,
        _ if cell.text.is_empty() => builder.cell(column, Kind::Text, value)?,
        _ => builder.cell(column, Kind::Text, &cell.text)?,
    }
    match &cell.formula {
        Some(formula) if !(value.is_empty() && cell.text.is_empty()) => builder.formula(formula.as_str()),
        _ => {}
    }
    Ok(())
}

fn is_error(text: &str) -> bool {
    text.starts_with('#') || text.starts_with("Err:")
}

fn times(start: &BytesStart<'_>, key: &str) -> u32 {
    attribute(start, key).and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).max(1)
}
