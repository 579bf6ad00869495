//! What checking a plan found.

use std::sync::Arc;

use logframe::diagnostic::text;
use logframe::{NumberStyle, Severity, Source, rules};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};

use crate::decimal::Exact;
use crate::diagnostic::{Diagnostic, Origin, first_lines};
use crate::errors::{check_error, raised};
use crate::header::RuleException;
use crate::items::hash_of;
use crate::look::in_display;
use crate::once::Once;
use crate::pickle::{Recipe, recipe};
use crate::plan::Plan;
use crate::shared::{Shared, Trail, noun};
use crate::table::{Table, characters};

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
    /// Which of the plan's findings these are; `None` for all.
    kept: Option<Vec<usize>>,
    /// The plan as it is shown.
    plan: logframe::Plan,
    shared: Arc<Shared>,
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
    /// The findings about a plan: all, or those at some positions.
    pub fn new(shared: &Arc<Shared>, kept: Option<Vec<usize>>) -> Self {
        let plan = in_display(&shared.content).into_owned();
        let mut checked = plan.check();
        checked.findings.extend(shared.noticed.iter().cloned());
        logframe::diagnostic::sort(&mut checked.findings);
        if let Some(kept) = &kept {
            checked.findings = kept.iter().filter_map(|at| checked.findings.get(*at).cloned()).collect();
        }
        Self { checked, kept, plan, shared: shared.clone(), findings: Once::default(), exceptions: Once::default() }
    }

    /// What was found, about which plan and which text.
    pub fn content(&self) -> (&rules::Report, &logframe::Plan, Option<&Source>) {
        (&self.checked, &self.plan, self.shared.source.as_ref())
    }

    fn head(&self) -> String {
        format!("{}: {}", self.plan.header.id, self.checked.counts())
    }

    fn in_lines(&self, width: usize) -> String {
        let excerpt = |finding| text::excerpt(finding, self.shared.source.as_ref(), width, false) + "\n\n";
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
        let origin = Origin::Plan(self.shared.clone());
        let positions = self.kept.clone().unwrap_or_else(|| (0..self.checked.findings.len()).collect());
        let all = self.checked.findings.iter().zip(positions).map(|(finding, at)| Diagnostic::new(finding, &origin, at));
        self.findings.get(py, || PyTuple::new(py, all.collect::<Vec<_>>()).map(Bound::unbind))
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
        Tally::new(self.checked.tally, Trail::new(&self.shared).to("_report").to("tally"))
    }

    /// The plan's total as it is printed and as its parts make it.
    #[getter]
    fn summary(&self) -> Summary {
        Summary::new(self.checked.summary, Trail::new(&self.shared).to("_report").to("summary"))
    }

    /// The plan's exceptions, each with how many findings it met: `RuleException`, `int`.
    #[getter]
    fn exceptions(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let met = self.checked.exceptions.iter().map(|(exception, met)| (exception.clone(), *met)).enumerate();
        let trail = Trail::new(&self.shared).to("exceptions");
        let met = met.map(|(at, (exception, met))| (RuleException::new(exception, trail.at(at)), met));
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

    /// Only some findings: of a rule, of a severity, or both; one or several of each.
    ///
    /// >>> report.filter(rule="series-contradiction")
    /// <Report iom-venezuela-2018: 1 note>
    /// >>> report.filter(severity=["error", "warning"]).findings
    /// ()
    #[pyo3(signature = (*, rule = None, severity = None))]
    fn filter(&self, py: Python<'_>, rule: Option<OneOrMore>, severity: Option<OneOrMore>) -> PyResult<Self> {
        let rules = rules::ALL.iter().map(|rule| rule.name);
        let (rule, severity) =
            (known(py, "rule", rule, rules)?, known(py, "severity", severity, ["error", "warning", "note"].into_iter())?);
        let is_kept = |finding: &logframe::Diagnostic| {
            let has =
                |names: &Option<Vec<String>>, name: &str| names.as_ref().is_none_or(|names| names.iter().any(|one| one == name));
            has(&rule, finding.rule) && has(&severity, &finding.severity.to_string())
        };
        let position = |at: usize| self.kept.as_ref().map_or(Some(at), |kept| kept.get(at).copied());
        let findings = self.checked.findings.iter().enumerate().filter(|(_, finding)| is_kept(finding));
        Ok(Self::new(&self.shared, Some(findings.filter_map(|(at, _)| position(at)).collect())))
    }

    /// The findings, one a row.
    ///
    /// >>> report.table().columns
    /// ('severity', 'rule', 'place', 'thing', 'finding', 'declared', 'computed', 'difference', 'help')
    fn table(&self) -> Table {
        let style = self.plan.number_style();
        Table(logframe::report::findings(self.head(), &self.checked.findings, self.shared.source.as_ref(), style))
    }

    /// Gives the report back, or raises `CheckError` where it has an error: for scripts that must not go on with a wrong plan.
    ///
    /// >>> plan.check().raise_on_error() == report
    /// True
    fn raise_on_error<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        let report = this.get();
        if report.ok() {
            return Ok(this.clone());
        }
        let errors = report.errors(this.py())?;
        let findings: Vec<_> = report.checked.findings.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
        let message = format!("{}\n{}", report.head(), first_lines(&findings, report.shared.source.as_ref()));
        Err(check_error(this.py(), message, errors))
    }

    /// Pickled as the plan, and which of its findings these are.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (Py<Plan>, Option<Vec<usize>>)> {
        recipe(py, "_report", (self.shared.plan(py)?, self.kept.clone()))
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

/// The report about a plan: what pickle calls.
#[pyfunction]
pub fn _report(plan: &Bound<'_, Plan>, kept: Option<Vec<usize>>) -> Report {
    Report::new(plan.get().shared(), kept)
}

/// Names as a caller gives them: one, or several.
#[derive(FromPyObject)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// Names that are known, each.
fn known(
    py: Python<'_>,
    kind: &'static str,
    given: Option<OneOrMore>,
    names: impl Iterator<Item = &'static str> + Clone,
) -> PyResult<Option<Vec<String>>> {
    let given = given.map(|given| match given {
        OneOrMore::One(name) => vec![name],
        OneOrMore::More(names) => names,
    });
    let unknown = given.iter().flatten().find(|name| !names.clone().any(|known| known == name.as_str()));
    unknown.map_or(Ok(()), |name| Err(raised(py, &logframe::Error::unknown(kind, name, names))))?;
    Ok(given)
}

/// How many declared figures hold. A figure with several equations counts by its worst.
///
/// >>> tally = plan.check().tally
/// >>> tally.exact + tally.within_rounding + tally.wrong + tally.open == tally.declared == 94
/// True
#[pyclass(frozen, eq, module = "logframe")]
pub struct Tally {
    noun: rules::Tally,
    trail: Trail,
}

noun!(Tally(rules::Tally));

#[pymethods]
impl Tally {
    /// Declared figures.
    #[getter]
    fn declared(&self) -> usize {
        self.noun.declared
    }

    /// Those that equal what they are made of.
    #[getter]
    fn exact(&self) -> usize {
        self.noun.exact
    }

    /// Those that differ by no more than rounding allows.
    #[getter]
    fn within_rounding(&self) -> usize {
        self.noun.within_rounding
    }

    /// Those that are wrong.
    #[getter]
    fn wrong(&self) -> usize {
        self.noun.wrong
    }

    /// Those that cannot be judged, because something is not given or unknown.
    #[getter]
    fn open(&self) -> usize {
        self.noun.open
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.noun.declared, self.noun.exact, self.noun.within_rounding, self.noun.wrong))
    }

    fn __repr__(&self) -> String {
        let rules::Tally { declared, exact, within_rounding, wrong, open, .. } = self.noun;
        format!("<Tally {declared} declared: {exact} exact, {within_rounding} within rounding, {wrong} wrong, {open} open>")
    }
}

/// The plan's total, as it is printed and as its parts make it; `None` for what is not printed.
///
/// >>> summary = plan.check().summary
/// >>> summary.declared, summary.cells
/// (Decimal('32326041'), Decimal('32326043'))
#[pyclass(frozen, eq, module = "logframe")]
pub struct Summary {
    noun: rules::Summary,
    trail: Trail,
}

noun!(Summary(rules::Summary));

#[pymethods]
impl Summary {
    /// The first printed total of the whole plan.
    #[getter]
    fn declared(&self) -> Option<Exact> {
        self.noun.declared.map(Exact)
    }

    /// All allocations added up.
    #[getter]
    fn cells(&self) -> Option<Exact> {
        self.noun.cells.map(Exact)
    }

    /// The printed totals of the offices added up.
    #[getter]
    fn offices(&self) -> Option<Exact> {
        self.noun.offices.map(Exact)
    }

    /// The printed totals of outcomes and budget heads added up.
    #[getter]
    fn results(&self) -> Option<Exact> {
        self.noun.results.map(Exact)
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.noun.declared, self.noun.cells, self.noun.offices, self.noun.results))
    }

    fn __repr__(&self) -> String {
        let shown = |sum: Option<logframe::Decimal>| sum.map_or_else(|| "-".into(), |sum| sum.grouped(NumberStyle::default()));
        let rules::Summary { declared, cells, offices, results, .. } = self.noun;
        let (declared, cells, offices, results) = (shown(declared), shown(cells), shown(offices), shown(results));
        format!("<Summary declared {declared}, cells {cells}, offices {offices}, results {results}>")
    }
}
