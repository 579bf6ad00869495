//! Reconciliation of plans and tables, splitting and rounding: what `_reconciliation.py` gives Python's shape.
#![expect(clippy::needless_pass_by_value, reason = "arguments from Python are made for the call")]

use std::sync::Arc;

use logframe::crossfoot::{self, How, Method, Rounding, Unrounded};
use logframe::reconciliation::{self, PrintedCell, PrintedTable, Subject, Text};
use logframe::{Decimal, NoneMeans, Source};
use logframe_exchange::{Convention, Header, Options, Pick, Separator};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::decimal::Exact;
use crate::detached::detached;
use crate::errors::{unknown_name, unreadable_table};
use crate::look::in_display;
use crate::plan::Plan;
use crate::rows;

/// A reconciliation on the engine's side.
#[pyclass(frozen, name = "_Reconciliation", module = "logframe._logframe")]
pub struct Reconciliation {
    found: Arc<reconciliation::Reconciliation>,
    source: Option<Source>,
    notes: Vec<String>,
}

#[pymethods]
impl Reconciliation {
    /// All that was found, as JSON.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| self.found.json(self.source.as_ref()))
    }

    /// What a table was read as, and what of it was left out.
    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// What was found, in words.
    fn text(&self, width: usize) -> String {
        self.found.text(Text { source: None, width, all_sums: false })
    }

    /// The verdict in a sentence.
    fn headline(&self) -> String {
        self.found.headline()
    }

    /// A view for notebooks.
    fn html(&self) -> String {
        self.found.html()
    }

    /// What the amount of some ids can be, as JSON and in words.
    fn range(&self, py: Python<'_>, ids: &str) -> PyResult<(String, String)> {
        let (found, asked) = (self.found.clone(), ids.to_owned());
        let range = detached(py, move || found.range(&asked))?;
        let range = range.ok_or_else(|| unknown_name(py, format!("no printed amount goes by `{ids}`")))?;
        Ok((self.found.range_value(&range).to_string(), self.found.range_words(&range)))
    }

    /// Repairs: a list of changes each, of a figure's position and its number.
    fn repair(&self, py: Python<'_>, how: &str, fixed: Vec<String>) -> PyResult<Vec<Vec<(usize, Exact)>>> {
        let how = match how {
            "least" => How::Least,
            "fewest" => How::Fewest,
            other => return Err(unknown_name(py, format!("no repair `{other}`; there are `least` and `fewest`"))),
        };
        let mut kept = Vec::new();
        for ids in &fixed {
            let figures = self.found.kept(ids);
            if figures.is_empty() {
                return Err(unknown_name(py, format!("no printed amount goes by `{ids}`")));
            }
            kept.extend(figures);
        }
        let found = self.found.clone();
        let repairs = detached(py, move || found.repair(how, &kept))?.map_err(|why| PyValueError::new_err(why.to_string()))?;
        let changes =
            |repair: &crossfoot::Repair| repair.changes.iter().map(|one| (one.figure, Exact(one.number.normalized()))).collect();
        Ok(repairs.found.iter().map(changes).collect())
    }
}

/// Reconciles a plan.
#[pyfunction]
pub fn _reconcile_plan(py: Python<'_>, plan: &Plan) -> PyResult<Reconciliation> {
    let shared = plan.shared().clone();
    let source = shared.source.clone();
    let found = Arc::new(detached(py, move || in_display(&shared.content).reconcile().with_errors(&shared.noticed))?);
    Ok(Reconciliation { found, source, notes: Vec::new() })
}

/// How a table is to be read, in the words of the command line.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct HowRead {
    unit: Option<String>,
    rounding: Option<String>,
    blank: String,
    none: String,
    printed_sums: bool,
    total_row: Line,
    total_column: Line,
    numbers: Option<String>,
    labels: Option<usize>,
    header: Option<bool>,
}

/// A line by its position or by its name.
#[derive(FromPyObject)]
enum Line {
    At(isize),
    Name(String),
}

impl HowRead {
    fn options(&self, py: Python<'_>) -> PyResult<Options> {
        let mut options = Options::default();
        options.how.unit = self.unit.as_deref().map(positive).transpose()?;
        options.how.rounding = self.rounding.as_deref().map_or(Ok(Rounding::default()), |name| named_rounding(py, name))?;
        options.how.is_rule_declared = self.rounding.is_some();
        options.how.blank = meaning(py, &self.blank)?;
        options.how.none = meaning(py, &self.none)?;
        options.how.sums_printed = self.printed_sums;
        options.total_row = pick(&self.total_row);
        options.total_column = pick(&self.total_column);
        options.labels = self.labels;
        options.header = self.header.map_or(Header::Auto, |is_there| if is_there { Header::Present } else { Header::Absent });
        // Rows that were given one by one: a missing figure is not known, and makes no heading of its row.
        (options.separator, options.every_row) = (Some(Separator::Comma), true);
        let numbers = self.numbers.as_deref().map(str::parse::<Convention>).transpose();
        options.numbers = numbers.map_err(PyValueError::new_err)?;
        Ok(options)
    }
}

fn pick(line: &Line) -> Pick {
    match line {
        Line::At(at) => Pick::At(*at),
        Line::Name(name) => name.parse().unwrap_or_default(),
    }
}

fn exact(text: &str) -> PyResult<Decimal> {
    text.parse().map_err(|error: logframe::Error| PyValueError::new_err(error.to_string()))
}

fn positive(text: &str) -> PyResult<Decimal> {
    let unit = exact(text)?;
    if unit.is_zero() || unit.is_negative() {
        return Err(PyValueError::new_err(format!("a unit is more than nothing, and this one is {unit}")));
    }
    Ok(unit)
}

fn meaning(py: Python<'_>, name: &str) -> PyResult<NoneMeans> {
    Ok(match name {
        "zero" => NoneMeans::Zero,
        "rounds-to-zero" => NoneMeans::RoundsToZero,
        "unknown" => NoneMeans::Unknown,
        other => return Err(unknown_name(py, format!("no meaning `{other}`; there are `zero`, `rounds-to-zero` and `unknown`"))),
    })
}

fn named_rounding(py: Python<'_>, name: &str) -> PyResult<Rounding> {
    let names = || Rounding::ALL.map(|rule| format!("`{}`", rule.name())).join(", ");
    Rounding::named(name).ok_or_else(|| unknown_name(py, format!("no rounding rule `{name}`; there are {}", names())))
}

/// A table as it was read, and what was noticed on the way.
struct Read {
    table: PrintedTable,
    subject: Subject,
    notes: Vec<String>,
}

fn read(py: Python<'_>, text: String, how: &HowRead) -> PyResult<Read> {
    let (source, options, names) = (Source::new("table", text), how.options(py)?, how.header == Some(true));
    let text = source.clone();
    let (table, findings) = detached(py, move || {
        let read = logframe_exchange::read(&text, &options);
        (read.table.map(|table| (table.subject(), table)), read.findings)
    })?;
    match table {
        Some((Ok(subject), table)) => {
            let notes = findings.iter().map(|finding| rows::told(finding, &source, names)).collect();
            Ok(Read { table, subject, notes })
        }
        Some((Err(errors), _)) => Err(unreadable_table(py, &errors, &source, names)),
        None => Err(unreadable_table(py, &findings, &source, names)),
    }
}

/// Reconciles a table, given as CSV.
#[pyfunction]
pub fn _reconcile_table(py: Python<'_>, text: String, how: HowRead) -> PyResult<Reconciliation> {
    let Read { subject, notes, .. } = read(py, text, &how)?;
    let found = Arc::new(detached(py, move || subject.reconcile())?);
    Ok(Reconciliation { found, source: None, notes })
}

/// Rounds a table, given as CSV, so that all its sums hold: the names of its rows with their numbers.
#[pyfunction]
pub fn _round_table(py: Python<'_>, text: String, unit: &str, how: HowRead) -> PyResult<Vec<(String, Vec<Option<Exact>>)>> {
    let Read { table, subject, .. } = read(py, text, &how)?;
    let unit = positive(unit)?;
    let (rounded, subject) = detached(py, move || (subject.system.round(unit), subject))?;
    let amounts = rounded.map_err(|why| PyValueError::new_err(unrounded(&why, &subject)))?;
    let rounded = table.with_amounts(&amounts);
    let number = |cell: PrintedCell| if let PrintedCell::Amount(number) = cell { Some(Exact(number)) } else { None };
    let columns = rounded.columns.len();
    let row = |(at, name): (usize, &logframe::Spanned<String>)| {
        (name.value.clone(), (0..columns).map(|column| number(rounded.cell(at, column))).collect())
    };
    Ok(rounded.rows.iter().enumerate().map(row).collect())
}

/// Why a table has no rounding, in the words of the table.
fn unrounded(why: &Unrounded, subject: &Subject) -> String {
    let sum = |sum: usize| subject.sums.get(sum).map_or("a sum", |named| named.words.as_str());
    match why {
        Unrounded::NoAmount { figure } => {
            let name = subject.figures.get(*figure).map_or("a figure", |named| named.words.as_str());
            format!("{name} has no amount that could be rounded; if it is nothing, give a dash")
        }
        Unrounded::NotExact { sum: at, off } => {
            let (side, off) = if off.is_negative() { ("less", -*off) } else { ("more", *off) };
            let off = off.normalized();
            format!("{} does not add up before rounding: its parts come to {off} {side} than its total", sum(*at))
        }
        Unrounded::None { sums } => {
            let named: Vec<&str> = sums.iter().map(|at| sum(*at)).collect();
            format!("no rounding keeps every sum: one of {} fails in each", named.join(", "))
        }
        other => other.to_string(),
    }
}

/// Splits an amount over weights.
#[pyfunction]
pub fn _split(py: Python<'_>, amount: &str, weights: Vec<String>, unit: &str, method: &str) -> PyResult<Vec<Exact>> {
    let found = Method::ALL.into_iter().find(|one| one.name() == method);
    let names = || Method::ALL.map(|one| format!("`{}`", one.name())).join(", ");
    let method = found.ok_or_else(|| unknown_name(py, format!("no method `{method}`; there are {}", names())))?;
    let weights = weights.iter().map(|weight| exact(weight)).collect::<PyResult<Vec<_>>>()?;
    let parts = crossfoot::split(exact(amount)?, &weights, exact(unit)?, method);
    Ok(parts.map_err(|why| PyValueError::new_err(why.to_string()))?.into_iter().map(Exact).collect())
}
