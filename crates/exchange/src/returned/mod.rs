//! A workbook that was made of a plan, and comes back: the plan that it holds, with what was changed in its cells.
//!
//! The workbook of the plan is laid out again and held against the file, cell by cell. What is as it was stays as it was, to the last zero;
//! what was changed is read as the cell's value of the plan, and every change is told with its cell. Of a template that offices filled in, the
//! rows of the sheet `Lines` are budget lines.

mod beside;
mod filled;
mod formula;
mod knock_on;
mod line;
mod links;
mod order;
mod pairs;
mod rows;
mod set;
mod shown;
mod told;
mod unfollowed;
mod value;
mod verdict;
mod view;
mod words;

use logframe::{Diagnostic, Plan, Severity, Source, Span, Spanned, column_letters};

use crate::document::Document;
use crate::export::{self, Book, Cell, FORMAT, Origin, Sheet as Written, SheetKind, Shown, TemplateOptions, Value, template};
use crate::import::{Imported, Mapping};
use crate::records::Field;
use crate::workbook::{Kind, Sheet, Workbook, readable};
use rows::Rows;
use set::Setter;
use shown::Placed;
use told::Typed;

/// The plan that a workbook holds, with its changes; `None` for a workbook that was not made of a plan.
pub fn returned(document: &Document) -> Option<Imported> {
    let workbook = document.workbook()?;
    let (first, pieces) = workbook.embedded.split_first()?;
    let mut findings = document.findings().to_vec();
    let mut imported = |plan: Option<Plan>, more: Vec<Diagnostic>| {
        findings.extend(more);
        logframe::diagnostic::sort(&mut findings);
        let recognised = plan.iter().map(|plan| format!("the workbook of {}", plan.header.id.value)).collect();
        let findings = std::mem::take(&mut findings);
        Imported { source: document.source().clone(), plan, findings, mapping: Mapping::default(), recognised }
    };
    let error = |message: String| {
        let help = "export the plan again; the sheet `_plan` is not meant to be changed";
        vec![Diagnostic::new("workbook", Severity::Error, message).at(None, document.source().name(), "").help(help)]
    };
    let options = TemplateOptions::of_format(first);
    if first != FORMAT && options.is_none() {
        return Some(imported(None, error(format!("the workbook is of another version: `{}`", first.escape_debug()))));
    }
    let parsed = Plan::parse(&Source::new("_plan", pieces.concat()));
    let Some(plan) = parsed.plan else {
        let why = parsed.diagnostics.first().map(|finding| finding.message.clone()).unwrap_or_default();
        return Some(imported(None, error(format!("the plan in the sheet `_plan` cannot be read: {why}"))));
    };
    let plan = plan.without_places();
    let book = options.map_or_else(|| export::workbook(&plan), |options| template(&plan, options));
    let (plan, mut more) = compared(workbook, &plan, &book, options.is_some());
    let is_whole = more.iter().all(|finding| finding.severity != Severity::Error);
    if !is_whole {
        // What was changed rightly would only hide what has to be corrected.
        more.retain(|finding| finding.severity > Severity::Note);
    }
    Some(imported(is_whole.then_some(plan), more))
}

fn compared(workbook: &Workbook, plan: &Plan, book: &Book, is_template: bool) -> (Plan, Vec<Diagnostic>) {
    let mut comparing = Comparing { workbook, setter: Setter::new(plan), findings: Vec::new(), typed: Vec::new(), dropped: 0 };
    let (mut placed, mut form) = (Vec::new(), None);
    let is_form = |sheet: &Written| is_template && sheet.kind == SheetKind::Lines;
    let mut sheets: Vec<&Written> = book.sheets.iter().filter(|sheet| sheet.kind != SheetKind::Plan).collect();
    // A row can name an office as it is called now.
    sheets.sort_by_key(|sheet| is_form(sheet));
    for written in sheets {
        match workbook.sheets.iter().find(|sheet| sheet.name == written.name) {
            Some(sheet) if is_form(written) => form = comparing.form(plan, written, sheet),
            Some(sheet) => placed.extend(comparing.sheet(written, sheet)),
            None => comparing.find(
                Severity::Warning,
                None,
                format!("the sheet `{}` is gone; what it held is kept as it was", written.name),
                "change the plan itself where something is to go",
            ),
        }
    }
    for sheet in workbook.sheets.iter().filter(|sheet| book.sheet(&sheet.name).is_none() && !sheet.rows.is_empty()) {
        let message = format!("the sheet `{}` is not one of the plan's, and is not read", sheet.name);
        comparing.find(Severity::Note, None, message, "write what is to be read into the sheets of the plan");
    }
    let new = comparing.setter.finish();
    if !comparing.is_right() {
        comparing.tell_typed(None);
    } else if is_template {
        let rows = form.map(|(form, rows)| {
            placed.push(form);
            rows
        });
        comparing.shown_in_form(&placed, &rows.unwrap_or_default(), &new);
    } else {
        // Equal plans have equal books.
        let laid_out = (new != *plan).then(|| export::workbook(&new));
        comparing.shown(&placed, [plan, &new], laid_out.as_ref().unwrap_or(book));
    }
    comparing.close();
    (new, comparing.findings)
}

struct Comparing<'b> {
    workbook: &'b Workbook,
    setter: Setter,
    findings: Vec<Diagnostic>,
    /// Formulas that were typed over, which are told together.
    typed: Vec<Typed>,
    /// How many findings were too many.
    dropped: usize,
}

/// That something cannot be read, and was said.
struct Told;

/// Findings that are kept at most; errors are kept beyond them, as many again.
const MOST: usize = 500;

impl Comparing<'_> {
    fn find(&mut self, severity: Severity, span: Option<Span>, message: impl Into<String>, help: &str) {
        let most = if severity == Severity::Error { 2 * MOST } else { MOST };
        if self.findings.len() >= most {
            self.dropped += 1;
            return;
        }
        let finding = Diagnostic::new("changed-cell", severity, message).at(span, self.workbook.source.name(), "");
        self.findings.push(if help.is_empty() { finding } else { finding.help(help) });
    }

    /// Says that not everything was said.
    fn close(&mut self) {
        if self.dropped > 0 {
            let message = format!("{} more changes are not listed", self.dropped);
            let more = Diagnostic::new("changed-cell", Severity::Note, message).at(None, self.workbook.source.name(), "");
            self.findings.push(more);
        }
    }

    fn is_right(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    fn sheet<'s>(&mut self, written: &'s Written, sheet: &'s Sheet) -> Option<Placed<'s>> {
        let rows = self.rows(written, sheet)?;
        let is_lines = written.kind == SheetKind::Lines;
        let mut gone = None;
        for (row, column, cell) in written.cells() {
            let now = rows.now(row).filter(|_| gone != Some(row));
            let Some(now) = now.filter(|now| column > 0 || !is_lines || !self.is_empty(written, sheet, *now)) else {
                if cell.origin.is_some() && !is_lines && gone != Some(row) {
                    let message =
                        format!("row {} of the sheet `{}` is gone; what it held is kept as it was", row + 1, sheet.name);
                    self.find(Severity::Warning, None, message, "change the plan itself where something is to go");
                }
                gone = Some(row);
                continue;
            };
            self.cell(sheet, (now, u32::from(column)), cell);
        }
        let mut added = Vec::new();
        if is_lines {
            added = self.lines(written, sheet, &rows);
        } else if let Some(row) = rows.added.first() {
            let span = first_in(self.workbook, sheet, *row);
            let message = match rows.added.len() {
                1 => format!("a row that was added to the sheet `{}` is not read", sheet.name),
                count => format!("{count} rows that were added to the sheet `{}` are not read", sheet.name),
            };
            self.find(
                Severity::Warning,
                span,
                message,
                "rows are added to the sheet `Lines` only; add offices and results to the plan itself",
            );
        }
        self.beside(written, sheet, &rows);
        Some(Placed { written, sheet, rows, added })
    }

    /// Where the rows of a sheet are now; `None` where that cannot be known, which is said.
    fn rows(&mut self, written: &Written, sheet: &Sheet) -> Option<Rows> {
        let header = self.header(written, sheet).ok()?;
        let rows = Rows::of(self.workbook, written, sheet, header);
        if rows.are_confused() {
            let message = format!("rows were put into the sheet `{}` or taken out of it, and which cannot be told", sheet.name);
            self.find(Severity::Error, None, message, "put its rows back as they were, and change the plan itself");
            return None;
        }
        Some(rows)
    }

    /// The row of the headings, where the sheet has any; an error where columns were moved, which is said.
    fn header(&mut self, written: &Written, sheet: &Sheet) -> Result<Option<u32>, Told> {
        rows::header(self.workbook, written, sheet).map_err(|(message, span)| {
            self.find(Severity::Error, span, message, "put the columns and their headings back where they were");
            Told
        })
    }

    fn cell(&mut self, sheet: &Sheet, (row, column): (u32, u32), cell: &Cell) {
        let workbook = self.workbook;
        let field = workbook.at(sheet, row, column).filter(|field| !field.is_blank());
        let Some(origin) = &cell.origin else { return self.computed(sheet, (row, column), cell, field.as_ref()) };
        match &field {
            Some(field) if is_as_written(&cell.value, Some(field)) => return self.setter.place(origin, field.span),
            None if is_as_written(&cell.value, None) => return,
            _ => {}
        }
        let span = field.as_ref().map(|field| field.span);
        let was = said(&cell.value);
        let is = match &field {
            Some(field) if field.kind == Kind::Text && matches!(cell.value, Value::Number(_)) => {
                format!("{}, as a text, which spreadsheets do not add up", field.text)
            }
            Some(field) => field.text.to_string(),
            // What is empty has no text that a finding could point at.
            None => format!("empty ({})", named(sheet, row, column)),
        };
        match self.setter.set(origin, field.as_ref()) {
            Ok(what) => self.find(Severity::Note, span, format!("{what} was {was}, and is {is}"), ""),
            Err(why) if field.is_none() => {
                let message = format!("{} is empty: {why}", named(sheet, row, column));
                self.find(Severity::Error, None, message, "write it as it was before, or correct it");
            }
            Err(why) => self.find(Severity::Error, span, why, "write it as it was before, or correct it"),
        }
    }

    /// A cell that the plan does not take anything from.
    fn computed(&mut self, sheet: &Sheet, (row, column): (u32, u32), cell: &Cell, field: Option<&Field<'_>>) {
        let text = |field: &Field<'_>| field.text.escape_debug().to_string();
        if let Value::Formula { text: was, shows } = &cell.value {
            let is_gone = !sheet.is_formula(row, column) && (field.is_some() || matches!(shows, Shown::Number(_)));
            self.typed.extend(is_gone.then(|| Typed {
                sheet: sheet.name.clone(),
                row,
                column,
                span: field.map(|field| field.span),
                is: field.map(text),
                was: was.clone(),
            }));
            return;
        }
        let (message, help) = match (&cell.value, field) {
            (Value::Text(_) | Value::Number(_), Some(field)) if !is_as_written(&cell.value, Some(field)) => (
                format!("{} is what it was in the plan; `{}` is not read", said(&cell.value), text(field)),
                "change it in the plan itself",
            ),
            _ => return,
        };
        self.find(Severity::Warning, field.map(|field| field.span), message, help);
    }

    /// Lines that were taken out, and lines that were added; the rows of these.
    fn lines(&mut self, written: &Written, sheet: &Sheet, rows: &Rows) -> Vec<u32> {
        let workbook = self.workbook;
        let gone: Vec<usize> = written
            .cells()
            .filter_map(|(row, _, cell)| match &cell.origin {
                Some(Origin::Line { at, key: "description" })
                    if rows.now(row).is_none_or(|now| self.is_empty(written, sheet, now)) =>
                {
                    Some(*at)
                }
                _ => None,
            })
            .collect();
        for at in gone {
            let message = format!("the budget line {} is gone: {}", at + 1, self.setter.remove_line(at));
            self.find(Severity::Note, None, message, "");
        }
        let keys: Vec<(usize, &'static str)> = written
            .columns
            .iter()
            .map(|column| column.key)
            .enumerate()
            .filter(|(_, key)| crate::lines::COLUMNS.contains(key))
            .collect();
        let mut added = Vec::new();
        for number in &rows.added {
            let record = record(workbook, sheet, *number);
            let fields: Vec<(&'static str, Field<'_>)> = keys
                .iter()
                .filter_map(|(at, key)| Some((*key, record.get(*at)?.clone())))
                .filter(|(_, field)| !field.is_blank())
                .collect();
            let Some((_, first)) = fields.first() else { continue };
            let span = first.span;
            if is_remark(&fields) {
                self.remark(span);
                continue;
            }
            match self.setter.add_line(&fields) {
                Ok(what) => {
                    added.push(*number);
                    self.find(Severity::Note, Some(span), format!("the budget line {what} was added"), "");
                }
                Err(whys) => {
                    for (span, why) in whys {
                        self.find(Severity::Error, Some(span), why, "correct the cell");
                    }
                }
            }
        }
        added
    }

    fn remark(&mut self, span: Span) {
        self.find(Severity::Note, Some(span), "a remark that belongs to no budget line is not read", "");
    }

    /// Whether nothing is left in the row of a line.
    fn is_empty(&self, written: &Written, sheet: &Sheet, now: u32) -> bool {
        let record = record(self.workbook, sheet, now);
        let keys = written.columns.iter().enumerate().filter(|(_, column)| crate::lines::COLUMNS.contains(&column.key));
        keys.filter_map(|(at, _)| record.get(at)).all(Field::is_blank)
    }
}

/// Whether a row says something in words and is no budget line.
fn is_remark(fields: &[(&'static str, Field<'_>)]) -> bool {
    let is_words = |(key, field): &(&str, Field<'_>)| {
        field.kind == Kind::Text && (fields.len() == 1 || matches!(*key, "id" | "description" | "remarks"))
    };
    fields.iter().all(is_words)
}

/// A cell by its sheet and its place.
fn named(sheet: &Sheet, row: u32, column: u32) -> String {
    format!("{}!{}{}", sheet.name, column_letters(column as usize), row + 1)
}

/// Whether a cell holds what was written into it.
fn is_as_written(value: &Value, field: Option<&Field<'_>>) -> bool {
    match (value, field) {
        // What a formula gives is none of the plan's own values.
        (Value::Blank, None) | (Value::Formula { .. }, _) => true,
        (Value::Text(text), None) => readable(text).is_empty(),
        (Value::Text(text), Some(field)) => {
            field.text == readable(text)
                || (field.kind == Kind::Number
                    && field.text.parse::<logframe::Decimal>().ok() == text.parse().ok()
                    && text.parse::<logframe::Decimal>().is_ok())
        }
        (Value::Number(number), Some(field)) => field.kind == Kind::Number && field.text.parse().ok() == Some(*number),
        (Value::Blank, Some(_)) | (Value::Number(_), None) => false,
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::Blank => "empty".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Formula { text, .. } => format!("={text}"),
    }
}

/// A value at a place.
fn at<T>(value: T, span: Span) -> Spanned<T> {
    Spanned::at(value, span)
}

/// The cells of a row by its number.
fn record<'s>(workbook: &'s Workbook, sheet: &'s Sheet, number: u32) -> Vec<Field<'s>> {
    let at = sheet.rows.binary_search_by_key(&number, |row| row.number);
    at.map(|at| workbook.record(sheet, at)).unwrap_or_default()
}

/// Where the first cell of a row is that says something.
fn first_in(workbook: &Workbook, sheet: &Sheet, number: u32) -> Option<Span> {
    record(workbook, sheet, number).iter().find(|field| !field.is_blank()).map(|field| field.span)
}
