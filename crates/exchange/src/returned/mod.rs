//! A workbook that was made of a plan, and comes back: the plan that it holds, with what was changed in its cells.
//!
//! The workbook of the plan is laid out again and held against the file, cell by cell. What is as it was stays as it was, to the last zero;
//! what was changed is read as the cell's value of the plan, and every change is told with its cell. Of a template that offices filled in, the
//! rows of the sheet `Lines` are budget lines.

mod filled;
mod rows;
mod set;

use logframe::{Diagnostic, Plan, Severity, Source, Span, Spanned};

use crate::document::Document;
use crate::export::{self, Book, Cell, FORMAT, Origin, Sheet as Written, SheetKind, TemplateOptions, Value, template};
use crate::import::{Imported, Mapping};
use crate::records::Field;
use crate::workbook::{Kind, Sheet, Workbook, readable};
use rows::Rows;
use set::Setter;

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
    let (plan, more) = compared(workbook, &plan, &book, options.is_some());
    let is_whole = !more.iter().any(|finding| finding.severity == Severity::Error);
    Some(imported(is_whole.then_some(plan), more))
}

fn compared(workbook: &Workbook, plan: &Plan, book: &Book, is_template: bool) -> (Plan, Vec<Diagnostic>) {
    let mut comparing = Comparing { workbook, setter: Setter::new(plan), findings: Vec::new() };
    let is_form = |sheet: &Written| is_template && sheet.kind == SheetKind::Lines;
    let mut sheets: Vec<&Written> = book.sheets.iter().filter(|sheet| sheet.kind != SheetKind::Plan).collect();
    // A row can name an office as it is called now.
    sheets.sort_by_key(|sheet| is_form(sheet));
    for written in sheets {
        match workbook.sheets.iter().find(|sheet| sheet.name == written.name) {
            Some(sheet) if is_form(written) => comparing.form(plan, written, sheet),
            Some(sheet) => comparing.sheet(written, sheet),
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
    let (plan, more) = comparing.setter.finish();
    comparing.findings.extend(more);
    (plan, comparing.findings)
}

struct Comparing<'b> {
    workbook: &'b Workbook,
    setter: Setter,
    findings: Vec<Diagnostic>,
}

/// Findings that are kept at most.
const MOST: usize = 500;

impl Comparing<'_> {
    fn find(&mut self, severity: Severity, span: Option<Span>, message: impl Into<String>, help: &str) {
        if self.findings.len() < MOST {
            let finding = Diagnostic::new("changed-cell", severity, message).at(span, "the cell", "");
            self.findings.push(if help.is_empty() { finding } else { finding.help(help) });
        }
    }

    fn sheet(&mut self, written: &Written, sheet: &Sheet) {
        let rows = Rows::of(self.workbook, written, sheet);
        let mut told = None;
        for (row, column, cell) in written.cells() {
            match rows.now(row) {
                Some(now) => self.cell(sheet, (now, u32::from(column)), cell),
                None if cell.origin.is_some() && written.kind != SheetKind::Lines && told.replace(row) != Some(row) => {
                    let message =
                        format!("row {} of the sheet `{}` is gone; what it held is kept as it was", row + 1, sheet.name);
                    self.find(Severity::Warning, None, message, "change the plan itself where something is to go");
                }
                None => {}
            }
        }
        if written.kind == SheetKind::Lines {
            self.lines(written, sheet, &rows);
        } else if let Some(row) = rows.added.first() {
            let record = record(self.workbook, sheet, *row);
            let span = record.iter().find(|field| !field.is_blank()).map(|field| field.span);
            let message = format!("a row that was added to the sheet `{}` is not read", sheet.name);
            self.find(
                Severity::Warning,
                span,
                message,
                "rows are added to the sheet `Lines` only; add offices and results to the plan itself",
            );
        }
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
        let is = field.as_ref().map_or_else(|| "empty".to_owned(), |field| field.text.to_string());
        match self.setter.set(origin, field.as_ref()) {
            Ok(what) => self.find(Severity::Note, span, format!("{what} was {was}, and is {is}"), ""),
            Err(why) => self.find(Severity::Error, span, why, "write it as it was before, or correct it"),
        }
    }

    /// A cell that the plan does not take anything from.
    fn computed(&mut self, sheet: &Sheet, (row, column): (u32, u32), cell: &Cell, field: Option<&Field<'_>>) {
        let Some(field) = field else { return };
        let is_typed_over = match &cell.value {
            Value::Formula { .. } => field.kind == Kind::Number && sheet.formula(row, column).is_none(),
            Value::Blank => false,
            value => !is_as_written(value, Some(field)),
        };
        if is_typed_over {
            let message =
                format!("`{}` was typed where the workbook works a value out, and is not read", field.text.escape_debug());
            self.find(Severity::Warning, Some(field.span), message, "change the figures that it is worked out of");
        }
    }

    /// Lines that were taken out, and lines that were added.
    fn lines(&mut self, written: &Written, sheet: &Sheet, rows: &Rows) {
        let workbook = self.workbook;
        let gone: Vec<usize> = written
            .cells()
            .filter_map(|(row, _, cell)| match &cell.origin {
                Some(Origin::Line { at, key: "description" }) if self.is_gone(written, sheet, rows, row) => Some(*at),
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
        for number in &rows.added {
            let record = record(workbook, sheet, *number);
            let fields: Vec<(&'static str, Field<'_>)> = keys
                .iter()
                .filter_map(|(at, key)| Some((*key, record.get(*at)?.clone())))
                .filter(|(_, field)| !field.is_blank())
                .collect();
            let Some((_, first)) = fields.first() else { continue };
            let span = first.span;
            // A row of words below the table is a remark.
            if !fields.iter().any(|(key, _)| matches!(*key, "office" | "result" | "amount" | "unit-cost" | "percent")) {
                continue;
            }
            match self.setter.add_line(&fields) {
                Ok(what) => self.find(Severity::Note, Some(span), format!("the budget line {what} was added"), ""),
                Err(whys) => {
                    for (span, why) in whys {
                        self.find(Severity::Error, Some(span), why, "correct the cell");
                    }
                }
            }
        }
    }

    /// Whether a line's row is gone, or nothing is left in it.
    fn is_gone(&self, written: &Written, sheet: &Sheet, rows: &Rows, row: u32) -> bool {
        let Some(now) = rows.now(row) else { return true };
        let record = record(self.workbook, sheet, now);
        let keys = written.columns.iter().enumerate().filter(|(_, column)| crate::lines::COLUMNS.contains(&column.key));
        keys.filter_map(|(at, _)| record.get(at)).all(Field::is_blank)
    }
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
