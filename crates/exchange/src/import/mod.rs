//! Files of tables read as plans: workbooks and CSV that nobody here laid out.
//!
//! What is where is recognised first and shown as a [`Mapping`]; then the plan is put together, every figure with the place of its cell.

mod heading;
mod lines;
mod mapping;
mod matrix;
mod named;
mod work;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::str::FromStr;

use logframe::reconciliation::PrintedTable;
use logframe::{Currency, Decimal, Diagnostic, Id, Plan, Printed, Severity, Source, Span, column_letters};

pub use mapping::{Layout, Mapping, PlanMapping, TableMapping};

use crate::cell::Seen;
use crate::document::Document;
use crate::numbers::{Convention, Evidence, weigh};
use crate::options::Options;
use crate::read::read_records;
use crate::records::{Field, records};
use crate::returned::returned;
use crate::separator::Separator;
use crate::words::scale;
use crate::workbook::formulas;
use heading::{Column, speaks_of_results};
use lines::{List, headings};
use matrix::Matrix;
use work::Work;

/// What reading a file of tables as a plan gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// What places in the plan and the findings are of.
    pub source: Source,
    /// The plan; `None` where an error keeps the file from being one.
    pub plan: Option<Plan>,
    /// What was found: errors, and notes on what was left out.
    pub findings: Vec<Diagnostic>,
    /// What was taken for what.
    pub mapping: Mapping,
    /// What was recognised, a paragraph a table, for people.
    pub recognised: Vec<String>,
}

/// Reads a file of tables as a plan.
///
/// ```
/// use logframe_exchange::{Document, Mapping, import};
/// let text = "Office,Water,Shelter,Total (USD)\nPeru,100,200,300\nChile,50,-,50\nTotal,150,200,350\n";
/// let imported = import(&Document::of_bytes("budget.csv", text.as_bytes())?, &Mapping::default());
/// let plan = imported.plan.unwrap();
/// assert_eq!((plan.total()?.to_string(), plan.check().findings.len()), ("USD 350".to_owned(), 0));
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn import(document: &Document, how: &Mapping) -> Imported {
    if let Some(returned) = returned(document) {
        return returned;
    }
    let mut importing = Importing {
        document,
        how,
        work: Work::default(),
        mapping: how.clone(),
        recognised: Vec::new(),
        titles: Vec::new(),
        title: None,
    };
    importing.mapping.tables.clear();
    importing.tables();
    importing.finish()
}

/// A sheet, or the one table of a text.
struct Sheet<'t> {
    name: String,
    rows: Vec<Vec<Field<'t>>>,
    /// The number of each row, from 1.
    numbers: Vec<u32>,
    is_hidden: bool,
}

struct Importing<'i> {
    document: &'i Document,
    how: &'i Mapping,
    work: Work,
    mapping: Mapping,
    recognised: Vec<String>,
    /// What stands above tables and in headings: where a currency may be named.
    titles: Vec<String>,
    /// What stands above the first table.
    title: Option<String>,
}

impl Importing<'_> {
    fn tables(&mut self) {
        let sheets = sheets(self.document);
        let visible = sheets.iter().filter(|sheet| !sheet.is_hidden && !sheet.rows.is_empty()).count();
        for sheet in &sheets {
            let told = self.how.table(&sheet.name).cloned();
            if sheet.rows.is_empty() || told.as_ref().is_some_and(|told| told.layout == Some(Layout::Skip)) {
                continue;
            }
            if sheet.is_hidden && told.is_none() {
                self.work.find(
                    Severity::Note,
                    "table",
                    None,
                    format!("the hidden sheet `{}` is left out", sheet.name),
                    "name it in a mapping to have it read",
                );
                continue;
            }
            if !self.how.tables.is_empty() && told.is_none() {
                continue;
            }
            self.sheet(sheet, told.unwrap_or_default(), visible > 1);
        }
    }

    fn sheet(&mut self, sheet: &Sheet<'_>, told: TableMapping, is_one_of_many: bool) {
        let found = match told.layout {
            Some(Layout::Lines) | None => header_of_list(sheet, &told),
            Some(_) => None,
        };
        match found {
            Some((at, columns)) => self.list(sheet, told, at, columns, is_one_of_many),
            None if told.layout == Some(Layout::Lines) => {
                let message = format!("`{}` has no row of headings of budget lines", sheet.name);
                self.work.find(
                    Severity::Error,
                    "table",
                    None,
                    message,
                    "say in the mapping which row it is, and what its columns are",
                );
            }
            None => self.matrix(sheet, told, is_one_of_many),
        }
    }

    fn list(
        &mut self,
        sheet: &Sheet<'_>,
        told: TableMapping,
        header: usize,
        columns: HashMap<usize, Column>,
        is_one_of_many: bool,
    ) {
        self.above(sheet, header);
        let end = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
        let rows: Vec<Vec<Field<'_>>> = sheet.rows.get(header + 1..end).unwrap_or_default().to_vec();
        let Some(numbers) = self.convention(&rows, &columns, told.numbers.as_deref()) else { return };
        let place = said_place(&sheet.name);
        let area = area(sheet, header, sheet.numbers.get(end.saturating_sub(1)).copied().unwrap_or(1));
        let office = told
            .office
            .clone()
            .unwrap_or_else(|| if is_one_of_many { sheet.name.clone() } else { stem(self.document.source().name()) });
        let scale = self.scale(sheet, header);
        let currency = self.currency().unwrap_or_default();
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len();
        let list = List { rows, columns: columns.clone(), place: &place, office: &office, numbers, scale, currency: &currency };
        list.read(&mut self.work);
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len() - count;
        self.mapping.tables.push(TableMapping {
            sheet: sheet.name.clone(),
            layout: Some(Layout::Lines),
            header: sheet.numbers.get(header).copied(),
            office: told
                .office
                .clone()
                .or_else(|| (!columns.values().any(|column| *column == Column::Office)).then(|| office.clone())),
            columns: columns.iter().map(|(at, column)| (column_letters(*at), column.name().to_owned())).collect(),
            ..told
        });
        let mut said = format!("{area}: budget lines, {count} of them");
        let mut columns: Vec<(usize, Column)> = columns.into_iter().filter(|(_, column)| *column != Column::Other).collect();
        columns.sort_by_key(|(at, _)| *at);
        for (at, column) in columns {
            let heading = sheet.rows.get(header).and_then(|row| row.get(at)).map_or("", |field| field.text.as_ref());
            let _ = write!(said, "\n  {:<3} {:<12} {heading}", column_letters(at), column.name());
        }
        self.recognised.push(said);
    }

    fn matrix(&mut self, sheet: &Sheet<'_>, told: TableMapping, is_one_of_many: bool) {
        let numbers = told.numbers.as_deref().and_then(|sample| Convention::from_str(sample).ok());
        let mut options = Options { numbers, ..Options::default() };
        options.how.unit = self.how.plan.unit;
        let last = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
        let first = told.header.map_or(0, |header| sheet.numbers.partition_point(|number| *number < header));
        let rows = sheet.rows.get(first..last).unwrap_or_default().to_vec();
        let read = read_records(self.document.source(), rows, &options);
        let Some(table) = read.table else {
            // A sheet of words among others is no table of the budget.
            let has_figures = sheet.rows.iter().flatten().any(|field| field.seen().is_figure());
            if has_figures || !is_one_of_many || told.layout.is_some() {
                self.work.findings.extend(read.findings);
            } else {
                self.work.find(
                    Severity::Note,
                    "table",
                    None,
                    format!("the sheet `{}` has no figures, and is left out", sheet.name),
                    "it holds words only",
                );
            }
            return;
        };
        self.work.findings.extend(read.findings.into_iter().filter(|finding| {
            finding.message.contains("says")
                || finding.severity != Severity::Note
                || finding.message.contains("taken for")
                || finding.message.contains("column")
        }));
        let header = table.columns.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let above = sheet.numbers.partition_point(|number| header.is_none_or(|header| *number <= header));
        self.above(sheet, above.saturating_sub(1));
        let layout = told.layout.unwrap_or_else(|| layout(&table, is_one_of_many));
        let scale = self.scale(sheet, above.saturating_sub(1));
        let last_row = table.rows.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let place = area(sheet, above.saturating_sub(1), last_row.unwrap_or(1));
        self.read_matrix(sheet, &table, layout, scale, told.office.as_deref());
        self.recognised.push(said_of(&table, layout, &place));
        let office = (layout == Layout::Results).then(|| told.office.clone().unwrap_or_else(|| sheet.name.clone()));
        self.mapping.tables.push(TableMapping {
            sheet: sheet.name.clone(),
            layout: Some(layout),
            header,
            last: last_row,
            office,
            ..told
        });
    }

    fn read_matrix(&mut self, sheet: &Sheet<'_>, table: &PrintedTable, layout: Layout, scale: Decimal, office: Option<&str>) {
        let document = self.document;
        let source = |row: usize| {
            let span = table.rows.get(row)?.span?;
            let end = (0..table.columns.len()).rev().find_map(|column| table.span(row, column))?;
            let cell = |span: Span| document.source().cell(span.start);
            let from = cell(span)?;
            let to = cell(end).and_then(|cell| cell.rsplit_once('!').map(|(_, cell)| cell.to_owned()))?;
            Some(format!("{from}:{to}"))
        };
        let one;
        let (table, is_turned) = match layout {
            Layout::Results => {
                one = of_one_office(table, office.unwrap_or(&sheet.name));
                (&one, true)
            }
            other => (table, other == Layout::ResultsByOffices),
        };
        let place = said_place(&sheet.name);
        Matrix { table, place: &place, source: &source, is_turned, scale }.read(&mut self.work);
    }

    /// Takes in what stands above a table, its headings included.
    fn above(&mut self, sheet: &Sheet<'_>, header: usize) {
        let texts = |rows: usize| sheet.rows.iter().take(rows).flatten().map(|field| field.text.to_string());
        self.titles.extend(texts(header + 1));
        if self.title.is_none() {
            self.title = texts(header).find(|text| text.trim().chars().count() > 3).map(|text| text.trim().to_owned());
        }
    }

    fn row_of(&self, span: Span) -> u32 {
        u32::try_from(self.document.source().position(span.start).line).unwrap_or(u32::MAX)
    }

    /// By how much figures are multiplied: what titles and headings say that they count.
    fn scale(&mut self, sheet: &Sheet<'_>, header: usize) -> Decimal {
        let fields = sheet.rows.iter().take(header + 1).flatten();
        let found = fields.filter(|field| field.seen() == Seen::Words).find_map(|field| Some((scale(&field.text)?, field)));
        let Some((word, field)) = found else { return Decimal::ONE };
        let times: i64 = if word == "millions" { 1_000_000 } else { 1000 };
        let message = format!("`{}` says {word}: figures are multiplied by {times}", field.text.trim());
        self.work.find(Severity::Note, "table", Some(field.span), message, "if they are not in them, correct the heading");
        Decimal::from(times)
    }

    /// How texts that are numbers are written, as the number columns of a list prove it.
    fn convention(
        &mut self,
        rows: &[Vec<Field<'_>>],
        columns: &HashMap<usize, Column>,
        told: Option<&str>,
    ) -> Option<Convention> {
        if let Some(sample) = told {
            return match Convention::from_str(sample) {
                Ok(convention) => Some(convention),
                Err(why) => {
                    self.work.find(Severity::Error, "doubtful-numbers", None, why, "correct `numbers` in the mapping");
                    None
                }
            };
        }
        let is_number = |at: usize| {
            matches!(
                columns.get(&at),
                Some(Column::Amount | Column::UnitCost | Column::Quantity | Column::Duration | Column::Share)
            )
        };
        let fields = rows.iter().flat_map(|row| row.iter().enumerate().filter(|(at, _)| is_number(*at)).map(|(_, field)| field));
        let numbers = fields.filter_map(|field| match field.seen() {
            Seen::Number(written) => Some((field.span, written)),
            _ => None,
        });
        match weigh(numbers, |_| true) {
            Evidence::Proven(convention) | Evidence::Mixed(convention) => Some(convention),
            Evidence::Doubtful { cell, readings: [(one, first), (other, second)] } => {
                let message =
                    format!("`{}` can be {first} or {second}, and no cell tells which", self.document.source().slice(cell));
                let help =
                    format!("declare how numbers are written in the mapping: `numbers = \"{one}\"` or `numbers = \"{other}\"`");
                self.work.find(Severity::Error, "doubtful-numbers", Some(cell), message, &help);
                None
            }
        }
    }

    /// The currency that is declared, or the one that titles and headings name.
    fn currency(&self) -> Option<String> {
        if let Some(declared) = &self.how.plan.currency {
            return Some(declared.clone());
        }
        self.titles.iter().find_map(|title| currency_in(title))
    }

    fn finish(mut self) -> Imported {
        let source = self.document.source().clone();
        let mut findings = self.document.findings().to_vec();
        if let Some(workbook) = self.document.workbook() {
            findings.extend(workbook.sheets.iter().filter(|sheet| !sheet.is_hidden).flat_map(|sheet| formulas(workbook, sheet)));
            findings.extend(hidden(workbook));
        }
        let is_empty = self.work.draft.allocations.is_empty() && self.work.draft.lines.is_empty();
        if is_empty && !self.work.findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.work.find(
                Severity::Error,
                "table",
                None,
                format!("no table of a budget is in {}", source.name()),
                "a mapping says where it is: `logframe import --dry-run` shows what was looked at",
            );
        }
        let currency = self.currency();
        if currency.is_none() && !is_empty {
            self.work.find(
                Severity::Error,
                "missing-key",
                None,
                "nothing says in which currency the amounts are",
                "say it: `--currency USD`, or `currency = \"USD\"` under `[plan]` in the mapping",
            );
        }
        self.header(currency.unwrap_or_default());
        let mapping = self.mapping;
        let work = self.work;
        findings.extend(work.findings);
        logframe::diagnostic::sort(&mut findings);
        let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error && finding.rule != "subtotal");
        let plan = (!has_errors).then(|| Plan::new(work.draft));
        Imported { source, plan, findings, mapping, recognised: self.recognised }
    }

    fn header(&mut self, currency: String) {
        let stem = stem(self.document.source().name());
        let told = &self.how.plan;
        let id = told.id.clone().unwrap_or_else(|| named::slug(&stem));
        let title = told.title.clone().or_else(|| self.title.clone()).unwrap_or_else(|| stem.clone());
        let known = Some(currency.clone()).filter(|code| !code.is_empty());
        self.mapping.plan = PlanMapping { id: Some(id.clone()), title: Some(title.clone()), currency: known, unit: told.unit };
        let header = &mut self.work.draft.header;
        *header = logframe::Header::new("_", title, currency);
        header.id = id.parse::<Id>().unwrap_or_default().into();
        if let Some(unit) = told.unit {
            header.printed = Printed::to_unit(unit, logframe::crossfoot::Rounding::Nearest);
        }
    }
}

/// What a sheet hides, and is read all the same.
fn hidden(workbook: &crate::workbook::Workbook) -> Vec<Diagnostic> {
    let note = |message: String| {
        Diagnostic::new("hidden", Severity::Note, message)
            .at(None, workbook.source.name(), "")
            .help("show it, or take it out; what nobody sees is added up like the rest")
    };
    let mut notes = Vec::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_hidden) {
        let rows = sheet.rows.iter().filter(|row| row.is_hidden).count();
        if rows > 0 {
            notes.push(note(format!("{rows} hidden rows of `{}` hold something, and are read", sheet.name)));
        }
        if !sheet.hidden_columns.is_empty() {
            let named: Vec<String> =
                sheet.hidden_columns.iter().take(5).map(|(from, _)| column_letters(*from as usize)).collect();
            notes.push(note(format!("`{}` has hidden columns, and they are read: {}", sheet.name, named.join(", "))));
        }
    }
    notes
}

/// The sheets of a workbook, or the one table of a text.
fn sheets(document: &Document) -> Vec<Sheet<'_>> {
    if let Some(workbook) = document.workbook() {
        let sheet = |sheet: &'_ crate::workbook::Sheet| -> (String, Vec<u32>, bool) {
            (sheet.name.clone(), sheet.rows.iter().map(|row| row.number + 1).collect(), sheet.is_hidden)
        };
        return workbook
            .sheets
            .iter()
            .map(|one| {
                let (name, numbers, is_hidden) = sheet(one);
                Sheet { name, rows: workbook.records(one), numbers, is_hidden }
            })
            .collect();
    }
    let text = document.source().text();
    let separator = Separator::of(text).unwrap_or(Separator::Comma);
    let rows: Vec<Vec<Field<'_>>> = records(text, separator.byte(), crate::records::MAX_CELLS).all;
    let rows: Vec<Vec<Field<'_>>> = rows.into_iter().filter(|row| row.iter().any(|field| !field.is_blank())).collect();
    let line = |row: &Vec<Field<'_>>| row.first().map_or(0, |field| document.source().position(field.span.start).line);
    let numbers = rows.iter().map(|row| u32::try_from(line(row)).unwrap_or(u32::MAX)).collect();
    vec![Sheet { name: String::new(), rows, numbers, is_hidden: false }]
}

/// Rows in which headings are looked for.
const SEARCHED: usize = 40;

/// The row of headings of a list of lines, and its columns.
fn header_of_list(sheet: &Sheet<'_>, told: &TableMapping) -> Option<(usize, HashMap<usize, Column>)> {
    let named: HashMap<usize, Column> =
        told.columns.iter().filter_map(|(letters, name)| Some((column_of(letters)?, Column::named(name)?))).collect();
    if let Some(header) = told.header {
        let at = sheet.numbers.iter().position(|number| *number == header)?;
        let found = || headings(sheet.rows.get(at)?);
        return if named.is_empty() { Some((at, found()?)) } else { Some((at, named)) };
    }
    let found = sheet.rows.iter().take(SEARCHED).enumerate().find_map(|(at, row)| Some((at, headings(row)?)));
    if named.is_empty() { found } else { Some((found.map_or(0, |(at, _)| at), named)) }
}

fn column_of(letters: &str) -> Option<usize> {
    crate::workbook::Area::read(&format!("{letters}1")).map(|area| area.left as usize)
}

/// What the rows and columns of a table of figures are.
fn layout(table: &PrintedTable, is_one_of_many: bool) -> Layout {
    let figures = table.columns.len() - table.column_sums.len();
    let rows_speak = speaks_of_results(&table.label) || table.rows.iter().any(|row| speaks_of_results(&row.value));
    if figures == 1 && is_one_of_many {
        return Layout::Results;
    }
    let columns_speak = table.columns.iter().any(|name| speaks_of_results(&name.value));
    if rows_speak && !columns_speak && Column::of(&table.label) != Some(Column::Office) {
        return Layout::ResultsByOffices;
    }
    Layout::OfficesByResults
}

/// A table of one column of amounts, as the column of its office.
fn of_one_office(table: &PrintedTable, office: &str) -> PrintedTable {
    let mut one = table.clone();
    let sums: Vec<usize> = one.column_sums.iter().map(|sum| sum.at).collect();
    for (_, name) in one.columns.iter_mut().enumerate().filter(|(at, _)| !sums.contains(at)) {
        office.clone_into(&mut name.value);
    }
    one
}

fn said_of(table: &PrintedTable, layout: Layout, place: &str) -> String {
    let names = |names: &[logframe::Spanned<String>], sums: &[logframe::reconciliation::LineSum]| {
        let own: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| !sums.iter().any(|sum| sum.at == *at))
            .map(|(_, name)| name.value.as_str())
            .collect();
        let shown = own.iter().take(6).copied().collect::<Vec<_>>().join(", ");
        let more = if own.len() > 6 { ", …" } else { "" };
        format!("{} ({shown}{more})", own.len())
    };
    let (rows, columns) = (names(&table.rows, &table.row_sums), names(&table.columns, &table.column_sums));
    let (of_rows, of_columns) = match layout {
        Layout::OfficesByResults => ("offices", "results"),
        Layout::ResultsByOffices => ("results", "offices"),
        _ => ("results", "column"),
    };
    let totals = |of: &str, at: Option<usize>, names: &[logframe::Spanned<String>]| {
        at.and_then(|at| names.get(at)).map(|name| format!("\n  totals   the {of} `{}`", name.value)).unwrap_or_default()
    };
    format!(
        "{place}: {}\n  rows     {of_rows}: {rows}\n  columns  {of_columns}: {columns}{}{}",
        layout.name(),
        totals("row", table.total_row, &table.rows),
        totals("column", table.total_column, &table.columns),
    )
}

/// What printed figures are said to be from.
fn said_place(sheet: &str) -> String {
    if sheet.is_empty() { "the table".to_owned() } else { format!("sheet {sheet}") }
}

/// Where a table stands, from a row of the sheet by its position to one by its number: `Lines!A4:K63`.
fn area(sheet: &Sheet<'_>, first: usize, last: u32) -> String {
    let top = sheet.numbers.get(first).copied().unwrap_or(1);
    let width = sheet.rows.get(first..).unwrap_or_default().iter().map(Vec::len).max().unwrap_or(1);
    if sheet.name.is_empty() {
        return format!("lines {top} to {last}");
    }
    format!("{}!A{top}:{}{last}", sheet.name, column_letters(width.saturating_sub(1)))
}

/// A file's name without its folder and its ending.
fn stem(name: &str) -> String {
    Path::new(name).file_stem().and_then(std::ffi::OsStr::to_str).unwrap_or("plan").to_owned()
}

/// A currency that a text names: by its code, or a sign that only one has.
fn currency_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '$' && c != '€' && c != '£');
    words
        .filter_map(|word| match word {
            "US$" | "U$S" => Some("USD"),
            "€" => Some("EUR"),
            "£" => Some("GBP"),
            "R$" => Some("BRL"),
            code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Currency::of_code(code).map(|_| code)
            }
            _ => None,
        })
        .map(str::to_owned)
        .next()
}
