//! The results chain: outcomes, outputs, activities, indicators; and budget heads.

use logframe::{Id, Spanned};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::items::{Items, hash_of, ids, texts};

/// A change the plan works towards.
///
/// >>> outcome = plan.outcomes["1"]
/// >>> outcome.title
/// 'Data production and dissemination'
/// >>> len(outcome.challenges), len(outcome.outputs), len(outcome.activities)
/// (3, 2, 7)
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Outcome(pub logframe::Outcome);

#[pymethods]
impl Outcome {
    /// Its id, also its key in the budget.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its short name.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// What shall have changed, as the document states it.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// The key challenges it answers.
    #[getter]
    fn challenges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.0.challenges)
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.0.sdgs)
    }

    /// What must hold outside the plan for the outcome to follow.
    #[getter]
    fn assumptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.0.assumptions)
    }

    /// How the change is measured.
    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Items> {
        indicators(py, &self.0.indicators)
    }

    /// What the plan delivers towards it.
    #[getter]
    fn outputs(&self, py: Python<'_>) -> PyResult<Items> {
        outputs(py, self.0.outputs.iter())
    }

    /// All its activities: those straight under it first, then those of its outputs.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Items> {
        activities(py, self.0.all_activities())
    }

    fn __hash__(&self) -> u64 {
        hash_of(("outcome", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Outcome", &self.0.id, &self.0.title)
    }
}

/// A product or service the plan delivers.
///
/// >>> plan.outputs["1.1"].title
/// 'DTM operations expanded to all receiving countries'
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Output(pub logframe::Output);

#[pymethods]
impl Output {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// What is delivered.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// A longer statement, where the document has one.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.0.sdgs)
    }

    /// What must hold outside the plan for the output to lead to its outcome.
    #[getter]
    fn assumptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.0.assumptions)
    }

    /// How the delivery is measured.
    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Items> {
        indicators(py, &self.0.indicators)
    }

    /// What is done to deliver it.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Items> {
        activities(py, self.0.activities.iter())
    }

    fn __hash__(&self) -> u64 {
        hash_of(("output", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Output", &self.0.id, &self.0.title)
    }
}

/// Work that is done.
///
/// >>> plan.activities["1a"]
/// <Activity 1a: Adapt the DTM toolbox to the regional flows>
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Activity(pub logframe::Activity);

#[pymethods]
impl Activity {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// What is done, in the plan's words.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.0.sdgs)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("activity", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Activity", &self.0.id, &self.0.title)
    }
}

/// A budget head that is no result, as evaluation or support costs.
///
/// >>> plan.heads["evaluation"]
/// <Head evaluation: Evaluation>
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Head(pub logframe::Head);

#[pymethods]
impl Head {
    /// Its id, also its key in the budget.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its name.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    fn __hash__(&self) -> u64 {
        hash_of(("head", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Head", &self.0.id, &self.0.title)
    }
}

/// How an outcome or an output is measured.
///
/// >>> tiny = logframe.loads('''
/// ... format = 1
/// ... plan = { id = "tiny", title = "Tiny", currency = "USD" }
/// ... [[outcome]]
/// ... id = "1"
/// ... title = "Safe water"
/// ... [[outcome.indicator]]
/// ... id = "1i"
/// ... title = "People with safe water"
/// ... baseline = { value = "n/a" }
/// ... target = { value = 1_500, year = 2020 }
/// ... ''')
/// >>> indicator = tiny.outcomes["1"].indicators["1i"]
/// >>> indicator.target.value, indicator.target.year, indicator.baseline.value
/// (Decimal('1500'), 2020, None)
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Indicator(pub logframe::Indicator);

#[pymethods]
impl Indicator {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// What is measured.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// What is counted: people, centres, per cent.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.0.unit.as_deref()
    }

    /// Where things stood before the plan.
    #[getter]
    fn baseline(&self) -> Option<Reading> {
        self.0.baseline.clone().map(Reading)
    }

    /// Where they shall stand.
    #[getter]
    fn target(&self) -> Option<Reading> {
        self.0.target.clone().map(Reading)
    }

    /// Where the figures will come from.
    #[getter]
    fn means_of_verification(&self) -> Option<&str> {
        self.0.means_of_verification.as_deref()
    }

    /// What must hold for the indicator to tell something.
    #[getter]
    fn assumption(&self) -> Option<&str> {
        self.0.assumption.as_deref()
    }

    /// Codes of the SDG targets and goals it speaks to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.0.sdgs)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("indicator", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Indicator", &self.0.id, &self.0.title)
    }
}

/// A value of an indicator in a year.
///
/// >>> tiny.outcomes["1"].indicators["1i"].target
/// <Reading 1500 in 2020>
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Reading(pub logframe::Reading);

#[pymethods]
impl Reading {
    /// The value; `None` where the document says that it is not available.
    #[getter]
    fn value(&self) -> Option<Exact> {
        self.0.value.number().map(Exact)
    }

    /// The year, where one is given.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.0.year
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.0.value.number(), self.0.year))
    }

    fn __repr__(&self) -> String {
        let year = self.0.year.map(|year| format!(" in {year}")).unwrap_or_default();
        format!("<Reading {}{year}>", self.0.value)
    }
}

/// Outputs under their ids.
pub fn outputs<'a>(py: Python<'_>, outputs: impl Iterator<Item = &'a logframe::Output>) -> PyResult<Items> {
    Items::new(py, "output", outputs.map(|output| (output.id.as_str(), Output(output.clone()))))
}

/// Activities under their ids.
pub fn activities<'a>(py: Python<'_>, activities: impl Iterator<Item = &'a logframe::Activity>) -> PyResult<Items> {
    Items::new(py, "activity", activities.map(|activity| (activity.id.as_str(), Activity(activity.clone()))))
}

fn indicators(py: Python<'_>, indicators: &[logframe::Indicator]) -> PyResult<Items> {
    Items::new(py, "indicator", indicators.iter().map(|indicator| (indicator.id.as_str(), Indicator(indicator.clone()))))
}

/// What `repr()` shows of a thing with an id and a name.
pub fn shown(kind: &str, id: &Spanned<Id>, title: &str) -> String {
    let short: String = title.chars().take(60).collect();
    let rest = if short.len() < title.len() { "…" } else { "" };
    format!("<{kind} {id}: {short}{rest}>")
}
