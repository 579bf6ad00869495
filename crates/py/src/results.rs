//! The results chain: outcomes, outputs, activities, indicators; and budget heads.

use logframe::{Id, Spanned};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::items::{Items, hash_of, ids, texts};
use crate::shared::{Trail, noun};

/// A change the plan works towards.
///
/// >>> outcome = plan.outcomes["1"]
/// >>> outcome.title
/// 'Data production and dissemination'
/// >>> len(outcome.challenges), len(outcome.outputs), len(outcome.activities)
/// (3, 2, 7)
#[pyclass(frozen, eq, module = "logframe")]
pub struct Outcome {
    noun: logframe::Outcome,
    trail: Trail,
}

noun!(Outcome(logframe::Outcome));

#[pymethods]
impl Outcome {
    /// Its id, also its key in the budget.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its short name.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// What shall have changed, as the document states it.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.noun.statement.as_deref()
    }

    /// The key challenges it answers.
    #[getter]
    fn challenges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.challenges)
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.sdgs)
    }

    /// What must hold outside the plan for the outcome to follow.
    #[getter]
    fn assumptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.assumptions)
    }

    /// How the change is measured.
    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Items> {
        indicators(py, &self.noun.indicators, &self.trail)
    }

    /// What the plan delivers towards it.
    #[getter]
    fn outputs(&self, py: Python<'_>) -> PyResult<Items> {
        outputs(py, self.noun.outputs.iter(), &self.trail)
    }

    /// All its activities: those straight under it first, then those of its outputs.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Items> {
        activities(py, self.noun.all_activities(), &self.trail)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("outcome", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Outcome", &self.noun.id, &self.noun.title)
    }
}

/// A product or service the plan delivers.
///
/// >>> plan.outputs["1.1"].title
/// 'DTM operations expanded to all receiving countries'
#[pyclass(frozen, eq, module = "logframe")]
pub struct Output {
    noun: logframe::Output,
    trail: Trail,
}

noun!(Output(logframe::Output));

#[pymethods]
impl Output {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// What is delivered.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// A longer statement, where the document has one.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.noun.statement.as_deref()
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.sdgs)
    }

    /// What must hold outside the plan for the output to lead to its outcome.
    #[getter]
    fn assumptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.assumptions)
    }

    /// How the delivery is measured.
    #[getter]
    fn indicators(&self, py: Python<'_>) -> PyResult<Items> {
        indicators(py, &self.noun.indicators, &self.trail)
    }

    /// What is done to deliver it.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Items> {
        activities(py, self.noun.activities.iter(), &self.trail)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("output", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Output", &self.noun.id, &self.noun.title)
    }
}

/// Work that is done.
///
/// >>> plan.activities["1a"]
/// <Activity 1a: Adapt the DTM toolbox to the regional flows>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Activity {
    noun: logframe::Activity,
    trail: Trail,
}

noun!(Activity(logframe::Activity));

#[pymethods]
impl Activity {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// What is done, in the plan's words.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// Codes of the SDG targets and goals it contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.sdgs)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("activity", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Activity", &self.noun.id, &self.noun.title)
    }
}

/// A budget head that is no result, as evaluation or support costs.
///
/// >>> plan.heads["evaluation"]
/// <Head evaluation: Evaluation>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Head {
    noun: logframe::Head,
    trail: Trail,
}

noun!(Head(logframe::Head));

#[pymethods]
impl Head {
    /// Its id, also its key in the budget.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its name.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    fn __hash__(&self) -> u64 {
        hash_of(("head", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Head", &self.noun.id, &self.noun.title)
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
pub struct Indicator {
    noun: logframe::Indicator,
    trail: Trail,
}

noun!(Indicator(logframe::Indicator));

#[pymethods]
impl Indicator {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// What is measured.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// What is counted: people, centres, per cent.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.noun.unit.as_deref()
    }

    /// Where things stood before the plan.
    #[getter]
    fn baseline(&self) -> Option<Reading> {
        self.noun.baseline.clone().map(|noun| Reading::new(noun, self.trail.to("baseline")))
    }

    /// Where they shall stand.
    #[getter]
    fn target(&self) -> Option<Reading> {
        self.noun.target.clone().map(|noun| Reading::new(noun, self.trail.to("target")))
    }

    /// Where the figures will come from.
    #[getter]
    fn means_of_verification(&self) -> Option<&str> {
        self.noun.means_of_verification.as_deref()
    }

    /// What must hold for the indicator to tell something.
    #[getter]
    fn assumption(&self) -> Option<&str> {
        self.noun.assumption.as_deref()
    }

    /// Codes of the SDG targets and goals it speaks to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.sdgs)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("indicator", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Indicator", &self.noun.id, &self.noun.title)
    }
}

/// A value of an indicator in a year.
///
/// >>> tiny.outcomes["1"].indicators["1i"].target
/// <Reading 1500 in 2020>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Reading {
    noun: logframe::Reading,
    trail: Trail,
}

noun!(Reading(logframe::Reading));

#[pymethods]
impl Reading {
    /// The value; `None` where the document says that it is not available.
    #[getter]
    fn value(&self) -> Option<Exact> {
        self.noun.value.number().map(Exact)
    }

    /// The year, where one is given.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.noun.year
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.noun.value.number(), self.noun.year))
    }

    fn __repr__(&self) -> String {
        let year = self.noun.year.map(|year| format!(" in {year}")).unwrap_or_default();
        format!("<Reading {}{year}>", self.noun.value)
    }
}

/// Outputs under their ids.
pub fn outputs<'a>(py: Python<'_>, outputs: impl Iterator<Item = &'a logframe::Output>, of: &Trail) -> PyResult<Items> {
    let trail = of.to("outputs");
    let entries = outputs.enumerate().map(|(i, output)| (output.id.as_str(), Output::new(output.clone(), trail.at(i))));
    Items::new(py, "output", &trail, entries)
}

/// Activities under their ids.
pub fn activities<'a>(py: Python<'_>, all: impl Iterator<Item = &'a logframe::Activity>, of: &Trail) -> PyResult<Items> {
    let trail = of.to("activities");
    let entries = all.enumerate().map(|(i, activity)| (activity.id.as_str(), Activity::new(activity.clone(), trail.at(i))));
    Items::new(py, "activity", &trail, entries)
}

fn indicators(py: Python<'_>, indicators: &[logframe::Indicator], of: &Trail) -> PyResult<Items> {
    let trail = of.to("indicators");
    let made = |(i, one): (usize, &logframe::Indicator)| (one.id.to_string(), Indicator::new(one.clone(), trail.at(i)));
    Items::new(py, "indicator", &trail, indicators.iter().enumerate().map(made))
}

/// What `repr()` shows of a thing with an id and a name.
pub fn shown(kind: &str, id: &Spanned<Id>, title: &str) -> String {
    let short: String = title.chars().take(60).collect();
    let rest = if short.len() < title.len() { "…" } else { "" };
    format!("<{kind} {id}: {short}{rest}>")
}
