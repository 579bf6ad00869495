//! The plan.

use logframe::{Decimal, Error, Source};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::errors::{raised, unknown_name};
use crate::header::{Document, Duration, Framework, Printed, RuleException};
use crate::items::{Items, hash_of, ids};
use crate::look::in_display;
use crate::money::{Allocation, Statement};
use crate::offices::{Office, Region, Sheet};
use crate::once::Once;
use crate::pickle::{Recipe, recipe};
use crate::reading::file;
use crate::report::Report;
use crate::results::{Head, Outcome, activities, outputs};
use crate::series::Series;
use crate::table::Table;

/// An immutable plan: results, budget, and what its document prints about them. `logframe.load` reads one.
///
/// >>> plan = logframe.load("plans/iom-venezuela-2018.toml")
/// >>> plan.id, plan.currency, plan.total
/// ('iom-venezuela-2018', 'USD', Decimal('32326043'))
/// >>> len(plan.outcomes), len(plan.outputs), len(plan.activities), len(plan.offices)
/// (4, 10, 45, 16)
/// >>> plan.offices["colombia"]
/// <Office colombia: Colombia>
/// >>> plan == logframe.loads(plan.to_toml())
/// True
#[pyclass(frozen, eq, module = "logframe")]
pub struct Plan {
    content: logframe::Plan,
    source: Source,
    parts: Parts,
}

/// The plan's sequences, made when they are first asked for.
#[derive(Default)]
struct Parts {
    outcomes: Once,
    outputs: Once,
    activities: Once,
    heads: Once,
    regions: Once,
    offices: Once,
    sheets: Once,
    allocations: Once,
    series: Once,
    declared: Once<PyTuple>,
    exceptions: Once<PyTuple>,
    frameworks: Once<PyTuple>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Plan {
    /// The plan and the text it was read from.
    pub fn content(&self) -> (&logframe::Plan, &Source) {
        (&self.content, &self.source)
    }
}

#[pymethods]
impl Plan {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.content.header.id
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.content.header.title
    }

    /// Its objective, as the document states it.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.content.header.statement.as_deref()
    }

    /// Who answers for it.
    #[getter]
    fn organisation(&self) -> Option<&str> {
        self.content.header.organisation.as_deref()
    }

    /// The document's language (ISO 639).
    #[getter]
    fn language(&self) -> Option<&str> {
        self.content.header.language.as_deref()
    }

    /// The currency of every amount (ISO 4217).
    #[getter]
    fn currency(&self) -> &str {
        &self.content.header.currency
    }

    /// The exact sum of all amounts.
    #[getter]
    fn total(&self, py: Python<'_>) -> PyResult<Exact> {
        self.sum().map(Exact).ok_or_else(|| raised(py, &Error::Overflow))
    }

    /// Codes of the SDG targets and goals that the plan as a whole contributes to.
    #[getter]
    fn sdgs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.content.header.sdgs)
    }

    /// How long it runs.
    #[getter]
    fn duration(&self) -> Option<Duration> {
        self.content.header.duration.clone().map(Duration)
    }

    /// The document it was taken from.
    #[getter]
    fn document(&self) -> Option<Document> {
        self.content.header.document.clone().map(Document)
    }

    /// Other frameworks that it is aligned with, as `Framework`s.
    #[getter]
    fn frameworks(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let frameworks = self.content.header.frameworks.iter().cloned().map(Framework);
        self.parts.frameworks.get(py, || PyTuple::new(py, frameworks).map(Bound::unbind))
    }

    /// How its document prints figures.
    #[getter]
    fn printed(&self) -> Printed {
        Printed(self.content.header.printed.clone())
    }

    /// Rules that it weighs otherwise, as `RuleException`s.
    #[getter]
    fn exceptions(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let exceptions = self.content.exceptions.iter().cloned().map(RuleException);
        self.parts.exceptions.get(py, || PyTuple::new(py, exceptions).map(Bound::unbind))
    }

    /// What it wants to change.
    #[getter]
    fn outcomes(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.outcomes.iter().map(|outcome| (outcome.id.as_str(), Outcome(outcome.clone())));
        self.parts.outcomes.items(py, || Items::new(py, "outcome", entries))
    }

    /// What it delivers, over all outcomes.
    #[getter]
    fn outputs(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        self.parts.outputs.items(py, || outputs(py, self.content.outcomes.iter().flat_map(|outcome| &outcome.outputs)))
    }

    /// What is done, over all outcomes.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let all = self.content.outcomes.iter().flat_map(logframe::Outcome::all_activities);
        self.parts.activities.items(py, || activities(py, all))
    }

    /// Budget heads that are no result.
    #[getter]
    fn heads(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.heads.iter().map(|head| (head.id.as_str(), Head(head.clone())));
        self.parts.heads.items(py, || Items::new(py, "budget head", entries))
    }

    /// Where it works.
    #[getter]
    fn regions(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.regions.iter().map(|region| (region.id.as_str(), Region(region.clone())));
        self.parts.regions.items(py, || Items::new(py, "region", entries))
    }

    /// Who does the work, in the order of the budget table.
    #[getter]
    fn offices(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.offices.iter().map(|office| (office.id.as_str(), Office(office.clone())));
        self.parts.offices.items(py, || Items::new(py, "office", entries))
    }

    /// Its country sheets.
    #[getter]
    fn sheets(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.sheets.iter().map(|sheet| (sheet.id.as_str(), Sheet(sheet.clone())));
        self.parts.sheets.items(py, || Items::new(py, "sheet", entries))
    }

    /// The budget, cell by cell; the id of a cell is its office and its result.
    #[getter]
    fn allocations(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let key = |cell: &logframe::Allocation| (cell.office.to_string(), cell.result.to_string());
        let entries = self.content.allocations.iter().map(|cell| (key(cell), Allocation(cell.clone())));
        self.parts.allocations.items(py, || Items::new(py, "allocation", entries))
    }

    /// Every figure that the document prints about its own numbers, as `Statement`s.
    #[getter]
    fn declared(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let statements = || PyTuple::new(py, self.content.statements().iter().map(Statement::new)).map(Bound::unbind);
        self.parts.declared.get(py, statements)
    }

    /// Figures about the world.
    #[getter]
    fn series(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let entries = self.content.series.iter().map(|series| (series.id.as_str(), Series(series.clone())));
        self.parts.series.items(py, || Items::new(py, "series", entries))
    }

    /// Checks the plan against all rules.
    ///
    /// >>> plan.check()
    /// <Report iom-venezuela-2018: 12 notes>
    pub fn check(&self, py: Python<'_>) -> Report {
        py.detach(|| Report::new(&in_display(&self.content), &self.source))
    }

    /// Whether one unrounded budget can stand behind every figure that the document prints.
    ///
    /// >>> plan.reconcile().verdict
    /// 'consistent'
    fn reconcile<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        static RECONCILE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        RECONCILE.import(slf.py(), "logframe._reconciliation", "reconcile")?.call1((slf,))
    }

    /// A table of the plan: `"budget"`, `"results"`, `"sdg"` or `"declared"`.
    ///
    /// >>> plan.table("budget").headings[0]
    /// 'Implementing office'
    /// >>> plan.table("budgets")
    /// Traceback (most recent call last):
    ///     ...
    /// logframe.UnknownNameError: no table `budgets` in the plan; did you mean `budget`?
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        if name == "office" {
            return Err(unknown_name(py, "no table `office` in the plan; `office_tables` makes those of one office".to_owned()));
        }
        logframe::report::named(name, &self.content).map(Table).map_err(|error| raised(py, &error))
    }

    /// The tables of one office: its money, and what its country sheet says.
    ///
    /// >>> len(plan.office_tables("colombia")) > 0
    /// True
    fn office_tables<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyTuple>> {
        let tables = logframe::report::office(&self.content, id).map_err(|error| raised(py, &error))?;
        PyTuple::new(py, tables.into_iter().map(Table))
    }

    /// The plan as canonical JSON, amounts as strings. Reading it gives an equal plan.
    ///
    /// >>> logframe.loads(plan.to_json()) == plan
    /// True
    fn to_json(&self) -> String {
        self.content.to_json()
    }

    /// The plan as TOML, written as a person would. Reading it gives an equal plan.
    ///
    /// >>> plan.to_toml().splitlines()[0]
    /// '#:schema ./plan.schema.json'
    fn to_toml(&self) -> String {
        self.content.to_toml()
    }

    /// Writes the plan to a file, whole or not at all: JSON where its name ends in `.json`, TOML otherwise.
    ///
    /// >>> import pathlib, tempfile
    /// >>> with tempfile.TemporaryDirectory() as folder:
    /// ...     path = pathlib.Path(folder, "plan.json")
    /// ...     plan.save(path)
    /// ...     logframe.load(path) == plan
    /// True
    fn save(&self, path: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = path.py();
        let path = file("save", path)?;
        py.detach(|| self.content.save(path)).map_err(|error| raised(py, &error))
    }

    /// Pickled as the text it was read from, so that findings keep their places.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (&str, &str)> {
        recipe(py, "loads", (self.source.text(), self.source.name()))
    }

    fn __hash__(&self) -> u64 {
        let cells: Vec<_> =
            self.content.allocations.iter().map(|cell| (&cell.office, &cell.result, cell.cell.amount())).collect();
        hash_of((&self.content.header.id, &self.content.header.title, cells))
    }

    fn __repr__(&self) -> String {
        let total = self
            .sum()
            .map_or_else(|| "more digits than can be held".into(), |sum| sum.grouped(in_display(&self.content).number_style()));
        let offices = self.content.offices.len();
        format!("<Plan {}: {} {total}, {offices} office{}>", self.id(), self.currency(), if offices == 1 { "" } else { "s" })
    }
}

impl Plan {
    /// What a source says.
    pub fn new(content: logframe::Plan, source: Source) -> Self {
        Self { content, source, parts: Parts::default() }
    }

    fn sum(&self) -> Option<Decimal> {
        Decimal::exact_sum(self.content.allocations.iter().filter_map(|allocation| allocation.cell.amount()))
    }
}
