//! What checking a plan found.

use logframe::diagnostic::text;
use logframe::{NumberStyle, Severity, Source, rules};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString, PyTuple};

use crate::decimal::Exact;
use crate::diagnostic::Diagnostic;
use crate::header::RuleException;
use crate::items::hash_of;
use crate::once::Once;
use crate::pickle::{Recipe, recipe};
use crate::reading::loads;
use crate::table::characters;

/// What checking a plan found: findings by severity, how many declared figures hold, the sums side by side.
///
/// >>> report = plan.check()
/// >>> report.ok, len(report.errors), len(report.notes)
/// (True, 0, 12)
/// >>> report.tally
/// <Tally 94 declared: 83 exact, 11 within rounding, 0 wrong, 0 open>
/// >>> for finding in report:
/// ...     assert finding.severity == "note"
#[pyclass(frozen, eq, module = "logframe")]
pub struct Report {
    checked: rules::Report,
    plan: logframe::Plan,
    source: Source,
    findings: Once<PyTuple>,
    exceptions: Once<PyTuple>,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (&self.checked, &other.checked);
        self.plan == other.plan && one.findings == two.findings && one.tally == two.tally && one.summary == two.summary
    }
}

impl Report {
    /// The findings of a plan that was read from `source`.
    pub fn new(plan: &logframe::Plan, source: &Source) -> Self {
        Self {
            checked: plan.check(),
            plan: plan.clone(),
            source: source.clone(),
            findings: Once::default(),
            exceptions: Once::default(),
        }
    }

    /// What was found, about which plan and which text.
    pub fn content(&self) -> (&rules::Report, &logframe::Plan, &Source) {
        (&self.checked, &self.plan, &self.source)
    }

    fn head(&self) -> String {
        format!("{}: {}", self.plan.header.id, self.checked.counts())
    }

    fn in_lines(&self, width: usize) -> String {
        let excerpt = |finding| text::excerpt(finding, Some(&self.source), width, false) + "\n\n";
        let findings: String = self.checked.findings.iter().map(excerpt).collect();
        let closing = logframe_cli::Closing::of(&self.plan, &self.checked).text(self.checked.counts(), Some(width));
        findings + closing.trim_end()
    }

    fn of<'py>(&self, py: Python<'py>, wanted: impl Fn(Severity) -> bool) -> PyResult<Bound<'py, PyTuple>> {
        let findings = self.findings(py)?.bind(py).iter();
        let is_wanted = |finding: &Bound<'py, PyAny>| finding.cast::<Diagnostic>().is_ok_and(|one| wanted(one.get().weight()));
        PyTuple::new(py, findings.filter(is_wanted).collect::<Vec<_>>())
    }
}

#[pymethods]
impl Report {
    /// All findings, in the order of the plan's text.
    #[getter]
    fn findings(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let all = || Diagnostic::all(&self.checked.findings, &self.source);
        self.findings.get(py, || PyTuple::new(py, all()).map(Bound::unbind))
    }

    /// Findings that are errors: something is wrong.
    #[getter]
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.of(py, |severity| severity == Severity::Error)
    }

    /// Findings that are warnings: something is probably not meant.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.of(py, |severity| severity == Severity::Warning)
    }

    /// Findings that are notes: worth knowing, nothing is wrong.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.of(py, |severity| severity == Severity::Note)
    }

    /// Whether there is no error.
    #[getter]
    fn ok(&self) -> bool {
        self.checked.counts().errors == 0
    }

    /// How many declared figures hold.
    #[getter]
    fn tally(&self) -> Tally {
        Tally(self.checked.tally)
    }

    /// The plan's total as it is printed and as its parts make it.
    #[getter]
    fn summary(&self) -> Summary {
        Summary(self.checked.summary)
    }

    /// The plan's exceptions, each with how many findings it met: `RuleException`, `int`.
    #[getter]
    fn exceptions(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let met = self.checked.exceptions.iter().map(|(exception, met)| (RuleException(exception.clone()), *met));
        self.exceptions.get(py, || PyTuple::new(py, met).map(Bound::unbind))
    }

    /// What `logframe check` prints: the findings with the lines of the plan that they point at, sums, tally and counts.
    ///
    /// >>> report.text().splitlines()[-1]
    /// '12 notes'
    #[pyo3(signature = (width = 100))]
    fn text(&self, width: isize) -> PyResult<String> {
        characters(width).map(|width| self.in_lines(width))
    }

    /// Pickled as the text that was checked.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (&str, &str)> {
        recipe(py, "_report", (self.source.text(), self.source.name()))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.findings(py)?.bind(py).try_iter()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.plan.header.id, self.checked.findings.len()))
    }

    fn __str__(&self) -> String {
        self.in_lines(100)
    }

    fn __repr__(&self) -> String {
        format!("<Report {}>", self.head())
    }
}

/// The report about a text: what pickle calls.
#[pyfunction]
pub fn _report(py: Python<'_>, text: &str, name: &str) -> PyResult<Report> {
    loads(&PyString::new(py, text), name).map(|plan| plan.check(py))
}

/// How many declared figures hold. A figure with several equations counts by its worst.
///
/// >>> tally = plan.check().tally
/// >>> tally.exact + tally.within_rounding + tally.wrong + tally.open == tally.declared == 94
/// True
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Tally(rules::Tally);

#[pymethods]
impl Tally {
    /// Declared figures.
    #[getter]
    fn declared(&self) -> usize {
        self.0.declared
    }

    /// Those that equal what they are made of.
    #[getter]
    fn exact(&self) -> usize {
        self.0.exact
    }

    /// Those that differ by no more than rounding allows.
    #[getter]
    fn within_rounding(&self) -> usize {
        self.0.within_rounding
    }

    /// Those that are wrong.
    #[getter]
    fn wrong(&self) -> usize {
        self.0.wrong
    }

    /// Those that cannot be judged, because something is not given or unknown.
    #[getter]
    fn open(&self) -> usize {
        self.0.open
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.0.declared, self.0.exact, self.0.within_rounding, self.0.wrong))
    }

    fn __repr__(&self) -> String {
        let rules::Tally { declared, exact, within_rounding, wrong, open, .. } = self.0;
        format!("<Tally {declared} declared: {exact} exact, {within_rounding} within rounding, {wrong} wrong, {open} open>")
    }
}

/// The plan's total, as it is printed and as its parts make it; `None` for what is not printed.
///
/// >>> summary = plan.check().summary
/// >>> summary.declared, summary.cells
/// (Decimal('32326041'), Decimal('32326043'))
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Summary(rules::Summary);

#[pymethods]
impl Summary {
    /// The first printed total of the whole plan.
    #[getter]
    fn declared(&self) -> Option<Exact> {
        self.0.declared.map(Exact)
    }

    /// All allocations added up.
    #[getter]
    fn cells(&self) -> Option<Exact> {
        self.0.cells.map(Exact)
    }

    /// The printed totals of the offices added up.
    #[getter]
    fn offices(&self) -> Option<Exact> {
        self.0.offices.map(Exact)
    }

    /// The printed totals of outcomes and budget heads added up.
    #[getter]
    fn results(&self) -> Option<Exact> {
        self.0.results.map(Exact)
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.0.declared, self.0.cells, self.0.offices, self.0.results))
    }

    fn __repr__(&self) -> String {
        let shown = |sum: Option<logframe::Decimal>| sum.map_or_else(|| "-".into(), |sum| sum.grouped(NumberStyle::default()));
        let rules::Summary { declared, cells, offices, results, .. } = self.0;
        let (declared, cells, offices, results) = (shown(declared), shown(cells), shown(offices), shown(results));
        format!("<Summary declared {declared}, cells {cells}, offices {offices}, results {results}>")
    }
}
