//! The plan.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use logframe::report::{GapRows, TimeRows};
use logframe::{Decimal, Error, Step};
use logframe_exchange::export::{save_xlsx, xlsx};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::budget::{Category, Costed, Donor, Funding, Line, Rate, Rated};
use crate::decimal::Exact;
use crate::detached::detached;
use crate::errors::{raised, unknown_name};
use crate::header::{Document, Duration, Framework, Printed, RuleException};
use crate::items::{Items, hash_of};
use crate::look::in_display;
use crate::money::{Said, Statement};
use crate::offices::{Office, Region, Sheet};
use crate::once::Once;
use crate::pickle::{Recipe, recipe};
use crate::reading::file;
use crate::report::Report;
use crate::results::{Head, Outcome, activities, outputs};
use crate::sdg::Sdg;
use crate::series::Series;
use crate::shared::{Shared, Trail};
use crate::table::Table;
use crate::writing::written;

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
///
/// Which office gets most of outcome 3, and what does it do?
///
/// >>> cell = plan.outcomes["3"].allocations.largest(1)[0]
/// >>> cell.office, cell.amount
/// ('colombia', Decimal('3487141'))
/// >>> plan.offices[cell.office].activities.ids[:3]
/// ('1c', '1e', '1f')
///
/// As tables: `plan.table("budget")`, `plan.pivot("office", "outcome")`, `plan.allocations.to_pandas()`. Things are looked up by id,
/// in the order of the document: `plan.offices`, `plan.outcomes`, `plan.activities`, `plan.sdgs`, …
#[pyclass(frozen, eq, weakref, module = "logframe")]
pub struct Plan {
    shared: Arc<Shared>,
    parts: Parts,
    findings: OnceLock<Vec<logframe::Diagnostic>>,
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
    sdgs: Once,
    series: Once,
    lines: Once,
    categories: Once,
    donors: Once,
    rates: Once<PyTuple>,
    funding: Once<PyTuple>,
    declared: Once<PyTuple>,
    exceptions: Once<PyTuple>,
    frameworks: Once<PyTuple>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.shared.content == other.shared.content
    }
}

impl Plan {
    /// What it says.
    pub fn content(&self) -> &logframe::Plan {
        &self.shared.content
    }

    /// What its things share.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The object of a plan that is shared already.
    pub fn of(shared: Arc<Shared>) -> Self {
        Self { shared, parts: Parts::default(), findings: OnceLock::new() }
    }

    /// What checking it finds, in the order of its text, numbers in the plan's own way.
    pub fn findings(&self) -> &[logframe::Diagnostic] {
        self.findings.get_or_init(|| self.content().check().findings)
    }

    fn trail(&self) -> Trail {
        Trail::new(&self.shared)
    }
}

#[pymethods]
impl Plan {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.content().header.id
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.content().header.title
    }

    /// Its objective, as the document states it.
    #[getter]
    fn statement(&self) -> Option<&str> {
        self.content().header.statement.as_deref()
    }

    /// Who answers for it.
    #[getter]
    fn organisation(&self) -> Option<&str> {
        self.content().header.organisation.as_deref()
    }

    /// The document's language (ISO 639).
    #[getter]
    fn language(&self) -> Option<&str> {
        self.content().header.language.as_deref()
    }

    /// The currency of every amount (ISO 4217).
    #[getter]
    fn currency(&self) -> &str {
        &self.content().header.currency
    }

    /// The exact sum of all amounts.
    #[getter]
    fn total(&self, py: Python<'_>) -> PyResult<Exact> {
        self.sum().map(Exact).ok_or_else(|| raised(py, &Error::Overflow))
    }

    /// The SDG targets and goals that anything in the plan contributes to, by their codes, in the order of the goals.
    ///
    /// >>> plan.sdgs["10.7"].links
    /// ('the plan',)
    #[getter]
    fn sdgs(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("sdgs");
        let links = logframe::report::sdg_links(self.content()).into_iter().enumerate();
        let entries = links.map(|(i, link)| (link.0.clone(), Sdg::new(link, trail.at(i))));
        self.parts.sdgs.items(py, || Items::new(py, "SDG code", &trail, entries))
    }

    /// How long it runs.
    #[getter]
    fn duration(&self) -> Option<Duration> {
        self.content().header.duration.clone().map(|noun| Duration::new(noun, self.trail().to("duration")))
    }

    /// The document it was taken from.
    #[getter]
    fn document(&self) -> Option<Document> {
        self.content().header.document.clone().map(|noun| Document::new(noun, self.trail().to("document")))
    }

    /// Other frameworks that it is aligned with, as `Framework`s.
    #[getter]
    fn frameworks(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let trail = self.trail().to("frameworks");
        let frameworks = self.content().header.frameworks.iter().enumerate();
        let frameworks = frameworks.map(|(i, noun)| Framework::new(noun.clone(), trail.at(i)));
        self.parts.frameworks.get(py, || PyTuple::new(py, frameworks).map(Bound::unbind))
    }

    /// How its document prints figures.
    #[getter]
    fn printed(&self) -> Printed {
        Printed::new(self.content().header.printed.clone(), self.trail().to("printed"))
    }

    /// Rules that it weighs otherwise, as `RuleException`s.
    #[getter]
    fn exceptions(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let trail = self.trail().to("exceptions");
        let exceptions = self.content().exceptions.iter().enumerate();
        let exceptions = exceptions.map(|(i, noun)| RuleException::new(noun.clone(), trail.at(i)));
        self.parts.exceptions.get(py, || PyTuple::new(py, exceptions).map(Bound::unbind))
    }

    /// What it wants to change.
    #[getter]
    fn outcomes(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("outcomes");
        let entries = self.content().outcomes.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Outcome::new(noun.clone(), trail.at(i))));
        self.parts.outcomes.items(py, || Items::new(py, "outcome", &trail, entries))
    }

    /// What it delivers, over all outcomes.
    #[getter]
    fn outputs(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        self.parts
            .outputs
            .items(py, || outputs(py, self.content().outcomes.iter().flat_map(|outcome| &outcome.outputs), &self.trail()))
    }

    /// What is done, over all outcomes.
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let all = self.content().outcomes.iter().flat_map(logframe::Outcome::all_activities);
        self.parts.activities.items(py, || activities(py, all, &self.trail()))
    }

    /// Budget heads that are no result.
    #[getter]
    fn heads(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("heads");
        let entries = self.content().heads.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Head::new(noun.clone(), trail.at(i))));
        self.parts.heads.items(py, || Items::new(py, "budget head", &trail, entries))
    }

    /// Where it works.
    #[getter]
    fn regions(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("regions");
        let entries = self.content().regions.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Region::new(noun.clone(), trail.at(i))));
        self.parts.regions.items(py, || Items::new(py, "region", &trail, entries))
    }

    /// Who does the work, in the order of the budget table.
    #[getter]
    fn offices(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("offices");
        let entries = self.content().offices.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Office::new(noun.clone(), trail.at(i))));
        self.parts.offices.items(py, || Items::new(py, "office", &trail, entries))
    }

    /// Its country sheets.
    #[getter]
    fn sheets(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("sheets");
        let entries = self.content().sheets.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Sheet::new(noun.clone(), trail.at(i))));
        self.parts.sheets.items(py, || Items::new(py, "sheet", &trail, entries))
    }

    /// Every figure that the document prints about its own numbers, as `Statement`s.
    #[getter]
    fn declared(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let trail = self.trail().to("declared");
        let statements = self.content().statements().iter().enumerate();
        let statements = statements.map(|(i, said)| Statement::new(Said::of(said), trail.at(i)));
        self.parts.declared.get(py, || PyTuple::new(py, statements).map(Bound::unbind))
    }

    /// Figures about the world.
    #[getter]
    fn series(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("series");
        let entries = self.content().series.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Series::new(noun.clone(), trail.at(i))));
        self.parts.series.items(py, || Items::new(py, "series", &trail, entries))
    }

    /// Its budget lines, in the order of the plan. A line without an id is found as `"line 7"`.
    ///
    /// >>> logframe.load("plans/proposal-example.toml").lines["peru-support"].percent
    /// Decimal('7')
    #[getter]
    fn lines(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("lines");
        let how = self.content().header.lines.clone();
        let lines = self.content().lines.iter().zip(self.content().built_lines()).enumerate();
        let entries = lines.map(|(i, (line, built))| {
            let key = line.id.as_ref().map_or_else(|| format!("line {}", i + 1), ToString::to_string);
            (key, Line::new(Costed { line: line.clone(), built: *built, how: how.clone() }, trail.at(i)))
        });
        self.parts.lines.items(py, || Items::new(py, "budget line", &trail, entries))
    }

    /// Cost categories: its own, or the eight UN harmonised ones.
    ///
    /// >>> plan.categories.ids[:3]
    /// ('staff', 'supplies', 'equipment')
    #[getter]
    fn categories(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("categories");
        let entries = self.content().cost_categories().into_iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.to_string(), Category::new(noun, trail.at(i))));
        self.parts.categories.items(py, || Items::new(py, "cost category", &trail, entries))
    }

    /// Exchange rates, as `Rate`s.
    #[getter]
    fn rates(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let trail = self.trail().to("rates");
        let own = self.content().header.currency.to_string();
        let rates = self.content().rates.iter().enumerate().map(|(i, rate)| {
            let per = rate.per.as_ref().map_or_else(|| own.clone(), ToString::to_string);
            Rate::new(Rated { rate: rate.clone(), per }, trail.at(i))
        });
        self.parts.rates.get(py, || PyTuple::new(py, rates).map(Bound::unbind))
    }

    /// Who gives money.
    #[getter]
    fn donors(&self, py: Python<'_>) -> PyResult<Py<Items>> {
        let trail = self.trail().to("donors");
        let entries = self.content().donors.iter().enumerate();
        let entries = entries.map(|(i, noun)| (noun.id.as_str(), Donor::new(noun.clone(), trail.at(i))));
        self.parts.donors.items(py, || Items::new(py, "donor", &trail, entries))
    }

    /// What donors promised and gave, as `Funding`s.
    #[getter]
    fn funding(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let trail = self.trail().to("funding");
        let funding = self.content().funding.iter().enumerate().map(|(i, noun)| Funding::new(noun.clone(), trail.at(i)));
        self.parts.funding.get(py, || PyTuple::new(py, funding).map(Bound::unbind))
    }

    /// The budget over time: `step` is `"year"`, `"half-year"`, `"quarter"` or `"month"`, `rows` are `"office"`, `"outcome"` or
    /// `"category"`. An amount without a period stands in a column of its own, and never in the first year.
    ///
    /// >>> print(logframe.load("plans/proposal-example.toml").over_time("year").to_csv())
    /// office,2027,2028,whole,total
    /// Peru,362684.98,312195.65,61684.09,736564.72
    /// Colombia,363709.35,313796.28,61924.01,739429.64
    /// Total,726394.33,625991.93,123608.10,1475994.36
    /// <BLANKLINE>
    #[pyo3(signature = (step = "year", rows = "office"))]
    fn over_time(&self, py: Python<'_>, step: &str, rows: &str) -> PyResult<Table> {
        let unknown = || raised(py, &Error::unknown("step", step, Step::ALL.map(Step::name)));
        let step = Step::ALL.into_iter().find(|one| one.name() == step).ok_or_else(unknown)?;
        let rows = TimeRows::named(rows).map_err(|error| raised(py, &error))?;
        Ok(Table(logframe::report::calendar(&in_display(self.content()), step, rows)))
    }

    /// What is funded and what is not, by `"outcome"` or by `"office"`. Money that is earmarked to several of them is counted once.
    ///
    /// >>> logframe.load("plans/proposal-example.toml").gap().columns
    /// ('row', 'budget', 'funded', 'pledged', 'gap', 'over')
    #[pyo3(signature = (rows = "outcome"))]
    fn gap(&self, py: Python<'_>, rows: &str) -> PyResult<Table> {
        let rows = match rows {
            "outcome" => GapRows::Outcome,
            "office" => GapRows::Office,
            other => return Err(raised(py, &Error::unknown("rows", other, ["outcome", "office"]))),
        };
        Ok(Table(logframe::report::gap(&in_display(self.content()), rows)))
    }

    /// Checks the plan against all rules.
    ///
    /// >>> plan.check()
    /// <Report iom-venezuela-2018: 12 notes>
    pub fn check(&self, py: Python<'_>) -> PyResult<Report> {
        let shared = self.shared.clone();
        detached(py, move || Report::new(&shared, None))
    }

    /// The report in the plan's own way of numbers: for pickle.
    #[getter]
    fn _report(&self) -> Report {
        Report::new(&self.shared, None)
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
        logframe::report::named(name, self.content()).map(Table).map_err(|error| raised(py, &error))
    }

    /// The tables of one office: its money, and what its country sheet says.
    ///
    /// >>> len(plan.office_tables("colombia")) > 0
    /// True
    fn office_tables<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyTuple>> {
        let tables = logframe::report::office(self.content(), id).map_err(|error| raised(py, &error))?;
        PyTuple::new(py, tables.into_iter().map(Table))
    }

    /// The plan as canonical JSON, amounts as strings. Reading it gives an equal plan.
    ///
    /// >>> logframe.loads(plan.to_json()) == plan
    /// True
    fn to_json(&self) -> String {
        self.content().to_json()
    }

    /// The plan as TOML, written as a person would. Reading it gives an equal plan.
    ///
    /// >>> plan.to_toml().splitlines()[0]
    /// '#:schema ./plan.schema.json'
    fn to_toml(&self) -> String {
        self.content().to_toml()
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
        py.detach(|| logframe_exchange::save(self.content(), path)).map_err(|error| raised(py, &error))
    }

    /// Writes the plan's tables into a folder as a Tabular Data Package: CSV with exact amounts, and `datapackage.json`, which says what
    /// each column is and which tables belong together. The folder is made where it is missing; files that belong to no data package
    /// are never written over.
    ///
    /// >>> import pathlib, tempfile
    /// >>> with tempfile.TemporaryDirectory() as folder:
    /// ...     plan.to_data_package(folder)
    /// ...     sorted(path.name for path in pathlib.Path(folder).glob("[ados]*"))[:5]
    /// ['allocations.csv', 'datapackage.json', 'declared.csv', 'offices.csv', 'sdgs.csv']
    fn to_data_package(&self, folder: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = folder.py();
        let folder = file("to_data_package", folder)?;
        py.detach(|| logframe_exchange::save_data_package(self.content(), &folder)).map_err(|error| raised(py, &error))
    }

    /// Saves the plan as a workbook, to a path or a file opened for writing bytes. Totals are live formulas with our values beside them; it can be
    /// edited in a spreadsheet, and `logframe.read_excel` reads it again: an unchanged one gives an equal plan.
    ///
    /// >>> import io
    /// >>> file = io.BytesIO()
    /// >>> plan.to_excel(file)
    /// >>> logframe.read_excel(file.getvalue()) == plan
    /// True
    fn to_excel(&self, path: &Bound<'_, PyAny>) -> PyResult<()> {
        written("to_excel", path, || xlsx(self.content()), |path| save_xlsx(self.content(), path))
    }

    /// Pickled as the text it was read from, so that findings keep their places.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (Cow<'_, str>, Option<&str>)> {
        let (text, name) = match &self.shared.source {
            Some(source) if !source.has_attached() => (source.text().into(), Some(source.name())),
            // A plan with a table beside it is one text without places.
            _ => (self.content().to_toml().into(), None),
        };
        recipe(py, "_plan", (text, name))
    }

    fn __hash__(&self) -> u64 {
        let cells: Vec<_> =
            self.content().allocations.iter().map(|cell| (&cell.office, &cell.result, cell.cell.amount())).collect();
        hash_of((&self.content().header.id, &self.content().header.title, cells))
    }

    fn __repr__(&self) -> String {
        let total = self
            .sum()
            .map_or_else(|| "more digits than can be held".into(), |sum| sum.grouped(in_display(self.content()).number_style()));
        let offices = self.content().offices.len();
        format!("<Plan {}: {} {total}, {offices} office{}>", self.id(), self.currency(), if offices == 1 { "" } else { "s" })
    }
}

impl Plan {
    fn sum(&self) -> Option<Decimal> {
        Decimal::exact_sum(self.content().allocations.iter().filter_map(|allocation| allocation.cell.amount()))
    }
}
