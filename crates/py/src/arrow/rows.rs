//! The rows of a frame as allocations, or all that keeps them from being some.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use logframe::{Cell, Id};
use pyo3::prelude::*;

use super::import::{Frame, Number, Read};

/// How a frame is to be read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct How {
    pub id: String,
    pub title: String,
    pub currency: String,
    pub office: String,
    pub result: String,
    pub amount: String,
    pub office_name: String,
    pub result_title: String,
    pub outcome: String,
    pub level: String,
    pub printed: String,
    pub missing: String,
}

pub type Text = Option<Arc<str>>;

/// A row of the frame that is an allocation.
pub struct Row {
    pub at: usize,
    pub office: Id,
    pub result: Id,
    pub cell: Cell,
    pub office_name: Text,
    pub result_title: Text,
    pub outcome: Text,
    pub level: Text,
}

pub struct Rows(pub Vec<Row>);

impl Rows {
    /// # Errors
    /// Whatever keeps the frame from being allocations, all of it.
    pub fn of(frame: &Frame, how: &How, currency: &str) -> Result<Self, Vec<String>> {
        let columns = Columns::of(frame, how)?;
        let mut reader =
            Reader { columns: &columns, how, currency, ids: HashMap::new(), seen: HashMap::new(), findings: Vec::new() };
        let rows: Vec<Row> = (0..columns.numbers.len()).filter_map(|at| reader.row(at)).collect();
        if reader.findings.is_empty() { Ok(Self(rows)) } else { Err(reader.findings) }
    }
}

/// The columns that are used; empty where there is none.
struct Columns {
    offices: Vec<Text>,
    results: Vec<Text>,
    office_names: Vec<Text>,
    result_titles: Vec<Text>,
    outcomes: Vec<Text>,
    levels: Vec<Text>,
    printed: Vec<Text>,
    currencies: Vec<Text>,
    numbers: Vec<Read>,
}

impl Columns {
    fn of(frame: &Frame, how: &How) -> Result<Self, Vec<String>> {
        let mut findings = missing_columns(frame, how);
        let mut texts = |name: &str| {
            let texts = if frame.has(name) { frame.texts(name) } else { Ok(Vec::new()) };
            texts.unwrap_or_else(|why| {
                findings.push(why);
                Vec::new()
            })
        };
        let mut columns = Self {
            offices: texts(&how.office),
            results: texts(&how.result),
            office_names: texts(&how.office_name),
            result_titles: texts(&how.result_title),
            outcomes: texts(&how.outcome),
            levels: texts(&how.level),
            printed: texts(&how.printed),
            currencies: texts("currency"),
            numbers: Vec::new(),
        };
        match frame.numbers(&how.amount) {
            Ok(numbers) => columns.numbers = numbers,
            Err(why) => findings.push(why),
        }
        if findings.is_empty() { Ok(columns) } else { Err(findings) }
    }
}

/// What a column says in a row.
fn text(texts: &[Text], at: usize) -> Text {
    texts.get(at).cloned().flatten()
}

/// Reads row by row, and collects what is wrong.
struct Reader<'r> {
    columns: &'r Columns,
    how: &'r How,
    currency: &'r str,
    /// Each id in one place of memory.
    ids: HashMap<Arc<str>, Id>,
    /// The row in which a cell was given.
    seen: HashMap<(Id, Id), usize>,
    findings: Vec<String>,
}

impl Reader<'_> {
    fn row(&mut self, at: usize) -> Option<Row> {
        let cell = self.cell(at)?;
        if let Some(other) = text(&self.columns.currencies, at).filter(|other| **other != *self.currency) {
            self.find(at, &format!("its currency is {other}, and the plan's is {}; convert it first", self.currency));
        }
        let (columns, how) = (self.columns, self.how);
        let office = self.id(&columns.offices, at, &how.office);
        let result = self.id(&columns.results, at, &how.result);
        let (office, result) = office.zip(result)?;
        if let Some(before) = self.seen.insert((office.clone(), result.clone()), at) {
            let cell = format!("`{}`, `{}`", office.as_str(), result.as_str());
            self.find(at, &format!("{cell} is given in row {} already; add them up first", before + 1));
        }
        let [office_name, result_title, outcome, level] =
            [&columns.office_names, &columns.result_titles, &columns.outcomes, &columns.levels].map(|texts| text(texts, at));
        Some(Row { at, office, result, cell, office_name, result_title, outcome, level })
    }

    /// What the row's cell holds; nothing where it is not given, or cannot be read.
    fn cell(&mut self, at: usize) -> Option<Cell> {
        let printed = text(&self.columns.printed, at);
        match self.columns.numbers.get(at)? {
            Err(why) => {
                self.findings.push(format!("row {}, column `{}`: {why}", at + 1, self.how.amount));
                None
            }
            Ok(number) => meant(*number, printed.as_deref(), &self.how.missing).unwrap_or_else(|why| {
                self.find(at, &why);
                None
            }),
        }
    }

    fn id(&mut self, texts: &[Text], at: usize, column: &str) -> Option<Id> {
        let read = match text(texts, at) {
            None => Err("there is no id".to_owned()),
            Some(text) => match self.ids.entry(text) {
                Entry::Occupied(id) => Ok(id.get().clone()),
                Entry::Vacant(entry) => match entry.key().parse::<Id>() {
                    Ok(id) => Ok(entry.insert(id).clone()),
                    Err(error) => Err(error.to_string()),
                },
            },
        };
        read.map_err(|why| self.findings.push(format!("row {}, column `{column}`: {why}", at + 1))).ok()
    }

    fn find(&mut self, at: usize, why: &str) {
        self.findings.push(format!("row {}: {why}", at + 1));
    }
}

fn missing_columns(frame: &Frame, how: &How) -> Vec<String> {
    let there = frame.names().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let wanted = [("office", &how.office), ("result", &how.result), ("amount", &how.amount)];
    let missing = wanted.into_iter().filter(|(_, name)| !frame.has(name));
    missing
        .map(|(argument, name)| format!("there is no column `{name}`; there are {there}: say which it is, as `{argument}=\"…\"`"))
        .collect()
}

/// What a row says of its cell; nothing where it is not given.
fn meant(number: Number, printed: Option<&str>, missing: &str) -> Result<Option<Cell>, String> {
    match (number, printed) {
        (Number::Null | Number::None, Some("none")) | (Number::None, None) => Ok(Some(Cell::None)),
        (Number::Is(amount), Some("amount") | None) => Ok(Some(Cell::Amount(amount))),
        (Number::Is(amount), Some("none")) => Err(format!("an amount, {amount}, is said to be printed as none")),
        (Number::Null | Number::None, Some("amount")) => Err("there is no amount, and one is said to be printed".to_owned()),
        (_, Some(other)) => Err(format!("`printed` is `{other}`, and can be `amount` or `none`")),
        (Number::Null, None) => match missing {
            "none" => Ok(Some(Cell::None)),
            "not-given" => Ok(None),
            _ => Err(MISSING.to_owned()),
        },
    }
}

const MISSING: &str = "there is no amount; say what that means: `missing=\"none\"` where the document prints that there is none, \
                       `missing=\"not-given\"` where nothing is known";
