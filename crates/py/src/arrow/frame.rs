//! A plan from a frame: one allocation a row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use logframe::{Activity, Allocation, Draft, Error, Head, Header, Id, Office, Outcome, Output, Plan};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::import::{Frame, Given};
use super::rows::{How, Row, Rows, Text};
use crate::detached::detached;
use crate::errors::table_error;
use crate::made::made;

/// Makes a plan of a frame, or gives a plan the budget of a frame.
#[pyfunction]
pub fn _plan_of_frame(
    py: Python<'_>,
    frame: Given,
    how: How,
    plan: Option<Bound<'_, crate::plan::Plan>>,
) -> PyResult<Py<crate::plan::Plan>> {
    let frame = Frame::of(frame)?;
    let base = plan.map(|plan| plan.get().content().clone());
    let currency = base.as_ref().map_or(&how.currency, |plan| &plan.header.currency.value).clone();
    let read = move || -> Result<_, Vec<String>> {
        let rows = Rows::of(&frame, &how, &currency)?;
        let draft = match base {
            Some(plan) => onto(&plan, rows),
            None => anew(&how, rows),
        };
        Ok(made(draft?))
    };
    detached(py, read)?.map_err(|findings| table_error(py, findings))?.plan(py)
}

fn allocations(rows: Vec<Row>) -> Vec<Allocation> {
    let made = |row: Row| Allocation::of(row.office, row.result, row.cell);
    rows.into_iter().map(made).collect()
}

/// A plan with the budget of a frame instead of its own.
fn onto(plan: &Plan, rows: Rows) -> Result<Draft, Vec<String>> {
    let offices = || plan.offices.iter().map(|office| office.id.as_str());
    let nodes = || plan.nodes().iter().map(|node| node.id.as_str());
    let unknown = |row: &Row| {
        let office = plan.office(&row.office).is_none().then(|| Error::unknown("office", &row.office, offices()));
        let result = plan.node(&row.result).is_none().then(|| Error::unknown("result", &row.result, nodes()));
        [office, result].into_iter().flatten().map(|error| format!("row {}: {error}", row.at + 1)).collect::<Vec<_>>()
    };
    let findings: Vec<String> = rows.0.iter().flat_map(unknown).collect();
    let draft = || Draft { allocations: allocations(rows.0), ..plan.draft() };
    if findings.is_empty() { Ok(draft()) } else { Err(findings) }
}

/// A plan of nothing but a frame.
fn anew(how: &How, rows: Rows) -> Result<Draft, Vec<String>> {
    let mut draft = Draft { header: Header::new(&how.id, how.title.clone(), how.currency.clone()), ..Draft::default() };
    draft.header.id = how.id.parse::<Id>().map_err(|error| vec![error.to_string()])?.into();
    let mut findings = Vec::new();
    let mut offices: HashMap<Id, Text> = HashMap::new();
    let mut results: HashMap<Id, Text> = HashMap::new();
    for row in &rows.0 {
        if is_new(&mut offices, &row.office, &row.office_name, row.at, &mut findings) {
            let name = row.office_name.as_deref().unwrap_or(&row.office);
            draft.offices.push(Office::new(&row.office, name));
        }
        if is_new(&mut results, &row.result, &row.result_title, row.at, &mut findings) {
            findings.extend(add_result(&mut draft, row));
        }
    }
    draft.allocations = allocations(rows.0);
    if findings.is_empty() { Ok(draft) } else { Err(findings) }
}

/// Whether a thing is met for the first time; a thing that goes by two names is found.
fn is_new(known: &mut HashMap<Id, Text>, id: &Id, name: &Text, at: usize, findings: &mut Vec<String>) -> bool {
    match known.entry(id.clone()) {
        Entry::Vacant(entry) => {
            entry.insert(name.clone());
            true
        }
        Entry::Occupied(entry) => {
            if entry.get() != name {
                let names = [entry.get(), name].map(|name| name.as_deref().unwrap_or("nothing").to_owned());
                findings.push(format!("row {}: `{}` is called both {} and {}", at + 1, id.as_str(), names[0], names[1]));
            }
            false
        }
    }
}

/// Adds an outcome, output, activity or budget head as the row's level says; an outcome where it says nothing.
fn add_result(draft: &mut Draft, row: &Row) -> Option<String> {
    let title = row.result_title.as_deref().unwrap_or(&row.result).to_owned();
    let parent = row.outcome.as_deref().filter(|outcome| *outcome != row.result.as_str());
    match row.level.as_deref() {
        None | Some("outcome") => {
            draft.set_outcome(Outcome::new(&row.result, title));
            None
        }
        Some("head") => {
            draft.set_head(Head::new(&row.result, title));
            None
        }
        Some(level @ ("output" | "activity")) => {
            let Some(parent) = parent else { return Some(format!("row {}: an {level} needs an `outcome`", row.at + 1)) };
            if !draft.outcomes.iter().any(|outcome| outcome.id.as_str() == parent) {
                draft.set_outcome(Outcome::new(parent, parent));
            }
            let set = match level {
                "output" => draft.set_output(parent, Output::new(&row.result, title)),
                _ => draft.set_activity(parent, Activity::new(&row.result, title)),
            };
            set.err().map(|error| format!("row {}: {error}", row.at + 1))
        }
        Some(other) => {
            Some(format!("row {}: the level is `{other}`, and can be `outcome`, `output`, `activity` or `head`", row.at + 1))
        }
    }
}

#[pymethods]
impl crate::plan::Plan {
    /// A plan from a data frame with one allocation a row, or the budget of `plan` replaced by it.
    ///
    /// Takes pandas, polars, pyarrow, duckdb and whatever else speaks Arrow, a list of dicts, or a dict of columns; `plan.allocations`
    /// and what was made of it come back as they were. `office`, `result` and `amount` name the columns. Where they are there, the
    /// columns `office_name`, `result_title`, `outcome`, `level` (outcome, output, activity or head) and `printed` (amount or none)
    /// are used, too, and a column `currency` is compared. Amounts are whole numbers, decimals or texts of their digits; floats are
    /// refused. An amount that is missing is refused unless `missing` says what it means: `"none"` or `"not-given"`.
    ///
    /// >>> rows = [{"office": "Peru", "result": "Shelter", "amount": "1250.50"}, {"office": "Peru", "result": "Food", "amount": 900}]
    /// >>> relief = logframe.Plan.from_frame(rows, id="relief", title="Relief", currency="USD")
    /// >>> relief.offices["Peru"].total
    /// Decimal('2150.50')
    /// >>> logframe.Plan.from_frame(plan.allocations, plan=plan) == plan
    /// True
    #[staticmethod]
    #[pyo3(signature = (
        frame, *, id = "plan", title = None, currency = None, plan = None, office = "office", result = "result", amount = "amount",
        office_name = "office_name", result_title = "result_title", outcome = "outcome", level = "level", printed = "printed",
        missing = "refuse"
    ))]
    #[expect(clippy::too_many_arguments, reason = "each names a column, or what a plan cannot be without")]
    fn from_frame<'py>(
        frame: &Bound<'py, PyAny>,
        id: &str,
        title: Option<&str>,
        currency: Option<&str>,
        plan: Option<Bound<'py, crate::plan::Plan>>,
        office: &str,
        result: &str,
        amount: &str,
        office_name: &str,
        result_title: &str,
        outcome: &str,
        level: &str,
        printed: &str,
        missing: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = frame.py();
        if !["refuse", "none", "not-given"].contains(&missing) {
            let why = format!("`missing` is `\"refuse\"`, `\"none\"` or `\"not-given\"`, not {missing:?}");
            return Err(PyValueError::new_err(why));
        }
        if currency.is_none() && plan.is_none() {
            return Err(PyTypeError::new_err("a plan has a currency: say which, as `currency=\"USD\"`"));
        }
        let how = PyDict::new(py);
        let named = [
            ("id", id),
            ("title", title.unwrap_or(id)),
            ("currency", currency.unwrap_or_default()),
            ("office", office),
            ("result", result),
            ("amount", amount),
            ("office_name", office_name),
            ("result_title", result_title),
            ("outcome", outcome),
            ("level", level),
            ("printed", printed),
            ("missing", missing),
        ];
        named.iter().try_for_each(|(name, value)| how.set_item(name, value))?;
        py.import("logframe._frames")?.getattr("plan_of")?.call1((frame, how, plan))
    }
}
