//! Changes of a plan's money that leave every sum exact.

use logframe::planning::{Contribution, Inflation, Scaling, Sharing, Transfer, Unplanned};
use logframe::{Id, Spanned};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::decimal::Given;
use crate::detached::detached;
use crate::errors::raised;
use crate::made::made;
use crate::plan::Plan;

/// A plan with its whole budget scaled to an amount, in proportion. Offices, results and budget heads that are `fixed` keep their amounts;
/// every other one is its exact part, rounded down or up to `unit`, so that all add up to exactly `to`. What the document prints about its
/// own numbers is of another budget, and is left out.
///
/// >>> smaller = logframe.scale(plan, to=25_000_000, fixed=["colombia", "evaluation"])
/// >>> smaller.total, smaller.offices["colombia"].total
/// (Decimal('25000000'), Decimal('13399999'))
#[pyfunction]
#[pyo3(signature = (plan, *, to, fixed = None, unit = None))]
pub fn scale(plan: &Bound<'_, Plan>, to: Given, fixed: Option<Vec<String>>, unit: Option<Given>) -> PyResult<Py<Plan>> {
    let mut scaling = Scaling::to(to.0);
    (scaling.keep, scaling.unit) = (ids(fixed.unwrap_or_default())?, unit.map(|unit| unit.0.into()));
    changed(plan, move |plan| scaling.apply(plan))
}

/// A plan with money moved from one cell of the budget to another: `source` and `target` are pairs of an office and a result. What
/// is not there cannot be moved.
///
/// >>> moved = logframe.move_money(plan, 50_000, source=("colombia", "1"), target=("chile", "1"))
/// >>> moved.allocations["chile", "1"].amount, moved.total == plan.total
/// (Decimal('277273'), True)
#[pyfunction]
#[pyo3(signature = (plan, amount, *, source, target))]
pub fn move_money(
    plan: &Bound<'_, Plan>,
    amount: Given,
    source: (String, String),
    target: (String, String),
) -> PyResult<Py<Plan>> {
    let pair = |(office, result): (String, String)| ids(vec![office, result]);
    let transfer = Transfer { amount: amount.0.into(), from: pair(source)?, to: pair(target)? };
    changed(plan, move |plan| transfer.apply(plan))
}

/// A plan with one amount shared over offices by weights, for a result: it is added to what they have, in parts that add up to it.
///
/// >>> more = logframe.share_out(plan, 100_000, result="1", by={"peru": 2, "chile": 1})
/// >>> more.total - plan.total, more.allocations["peru", "1"].amount
/// (Decimal('100000'), Decimal('321922'))
#[pyfunction]
#[pyo3(signature = (plan, amount, *, result, by, unit = None))]
pub fn share_out(
    plan: &Bound<'_, Plan>,
    amount: Given,
    result: &str,
    by: &Bound<'_, PyDict>,
    unit: Option<Given>,
) -> PyResult<Py<Plan>> {
    let mut weights = Vec::new();
    for (office, weight) in by {
        weights.push((id(&office.extract::<String>()?)?, weight.extract::<Given>()?.0));
    }
    let mut sharing = Sharing::new(amount.0, result, weights);
    sharing.unit = unit.map(|unit| unit.0.into());
    changed(plan, move |plan| sharing.apply(plan))
}

/// A plan at other prices: unit costs and typed amounts of its lines, and allocations that no lines stand for, raised by `percent` and
/// rounded to `unit`. What is built up from lines is worked out anew; what the document prints about its own numbers is left out.
///
/// >>> dearer = logframe.inflate(proposal, "3.5", categories=["staff"])
/// >>> dearer.lines["peru-coordinator-1"].unit_cost
/// Decimal('2949.75')
#[pyfunction]
#[pyo3(
    signature = (plan, percent, *, unit = None, offices = None, categories = None),
    text_signature = "(plan, percent, *, unit='0.01', offices=None, categories=None)"
)]
pub fn inflate(
    plan: &Bound<'_, Plan>,
    percent: Given,
    unit: Option<Given>,
    offices: Option<Vec<String>>,
    categories: Option<Vec<String>>,
) -> PyResult<Py<Plan>> {
    let cent = logframe::Decimal::of_steps(1, 2).unwrap_or_default();
    let mut inflation = Inflation::of(percent.0, unit.map_or(cent, |unit| unit.0));
    inflation.offices = offices.map(ids).transpose()?;
    inflation.categories = categories.map(ids).transpose()?;
    changed(plan, move |plan| inflation.apply(plan))
}

/// One plan of a regional plan and the plans of its offices, by the names of their files; and what is doubtful about it, a sentence
/// each: offices that nobody sent or two did, figures that differ, results that the regional plan does not have.
///
/// >>> sent = {"chile.toml": plan.with_allocation("chile", "1", 230_000)}
/// >>> together, doubts = logframe.combine(plan, sent)
/// >>> together.offices["chile"].source
/// 'chile.toml'
#[pyfunction]
pub fn combine<'py>(regional: &Bound<'py, Plan>, offices: &Bound<'py, PyDict>) -> PyResult<(Py<Plan>, Bound<'py, PyTuple>)> {
    let py = regional.py();
    let mut sent = Vec::new();
    for (name, plan) in offices {
        sent.push(Contribution { name: name.extract()?, plan: plan.cast::<Plan>()?.get().content().clone() });
    }
    let content = regional.get().content().clone();
    let (shared, findings) = detached(py, move || {
        let combined = logframe::planning::combine(&content, &sent);
        (made(combined.plan.draft()), combined.findings)
    })?;
    let said = findings.iter().map(|finding| format!("{}: {}", finding.severity, finding.message)).collect::<Vec<String>>();
    Ok((shared.plan(py)?, PyTuple::new(py, said)?))
}

fn changed(
    plan: &Bound<'_, Plan>,
    change: impl FnOnce(&logframe::Plan) -> Result<logframe::Plan, Unplanned> + Send + 'static,
) -> PyResult<Py<Plan>> {
    let (py, content) = (plan.py(), plan.get().content().clone());
    let changed = detached(py, move || change(&content).map(|plan| made(plan.draft())))?;
    let refused = |why: Unplanned| match why {
        Unplanned::Unknown(error) => raised(py, &error),
        other => PyValueError::new_err(other.to_string()),
    };
    changed.map_err(refused)?.plan(py)
}

fn id(text: &str) -> PyResult<Id> {
    text.parse().map_err(|error: logframe::Error| PyValueError::new_err(error.to_string()))
}

fn ids(texts: Vec<String>) -> PyResult<Vec<Spanned<Id>>> {
    texts.into_iter().map(|text| id(&text).map(Into::into)).collect()
}
