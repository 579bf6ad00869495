//! Allocations of a plan: all of its budget, or a part of it.

use std::sync::Arc;

use logframe::report::{self, Dimension};
use logframe::{Decimal, Error};
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PySlice, PyString, PyTuple};

use crate::decimal::Exact;
use crate::detached::detached;
use crate::errors::raised;
use crate::items::hash_of;
use crate::look::in_display;
use crate::money::Allocation;
use crate::pickle::{Recipe, recipe};
use crate::plan::Plan;
use crate::shared::{Shared, Trail};
use crate::table::Table;

/// Cells of a budget, in the order of the plan: all of a plan's, or those of an office, an outcome, a filter.
///
/// It goes by position and by id as a list of `Allocation`s would, which are made when they are asked for, and it is a table: `table()`, `to_pandas()`,
/// `to_polars()`, or as it is to whatever reads Arrow. A cell that is not given is not in it.
///
/// >>> cells = plan.outcomes["3"].allocations
/// >>> len(cells), cells.total
/// (16, Decimal('9308908'))
/// >>> cells.largest(2)[0]
/// <Allocation colombia, 3: 3,487,141>
/// >>> plan.allocations["argentina", "1"].amount
/// Decimal('180572')
// It is no `collections.abc.Sequence`: polars would take that for a list of objects, and it is a table.
#[pyclass(frozen, eq, module = "logframe")]
pub struct Allocations {
    shared: Arc<Shared>,
    /// Positions in the plan; `None` for all of them.
    selection: Option<Arc<[usize]>>,
}

impl PartialEq for Allocations {
    fn eq(&self, other: &Self) -> bool {
        self.positions().map(|at| self.cell(at)).eq(other.positions().map(|at| other.cell(at)))
    }
}

impl Allocations {
    /// All of a plan.
    pub fn all(shared: &Arc<Shared>) -> Self {
        Self { shared: shared.clone(), selection: None }
    }

    /// Those of a group.
    pub fn of(py: Python<'_>, shared: &Arc<Shared>, dimension: Dimension, id: &str) -> PyResult<Self> {
        Self::all(shared).selected(py, &[(dimension, vec![id.to_owned()])])
    }

    pub fn content(&self) -> &logframe::Plan {
        &self.shared.content
    }

    /// Their positions in the plan.
    pub fn positions(&self) -> impl ExactSizeIterator<Item = usize> + Clone {
        (0..self.len()).map(|i| self.selection.as_ref().map_or(i, |selection| selection.get(i).copied().unwrap_or(usize::MAX)))
    }

    fn with(&self, selection: Vec<usize>) -> Self {
        Self { shared: self.shared.clone(), selection: Some(selection.into()) }
    }

    fn len(&self) -> usize {
        self.selection.as_ref().map_or(self.content().allocations.len(), |selection| selection.len())
    }

    fn cell(&self, at: usize) -> Option<&logframe::Allocation> {
        self.content().allocations.get(at)
    }

    fn made(&self, at: usize) -> PyResult<Allocation> {
        let cell = self.cell(at).ok_or_else(|| PyIndexError::new_err("no allocation there"))?;
        Ok(Allocation::new(cell.clone(), Trail::new(&self.shared).to("allocations").at(at)))
    }

    /// Those that are in all of some groups.
    fn selected(&self, py: Python<'_>, wanted: &[(Dimension, Vec<String>)]) -> PyResult<Self> {
        let mut all = report::select(self.content(), wanted).map_err(|error| raised(py, &error))?;
        if let Some(selection) = &self.selection {
            let kept: std::collections::HashSet<usize> = all.into_iter().collect();
            all = selection.iter().copied().filter(|at| kept.contains(at)).collect();
        }
        Ok(self.with(all))
    }

    fn sum(&self) -> Result<Option<Decimal>, Error> {
        let mut amounts = self.positions().filter_map(|at| self.cell(at)?.cell.amount()).peekable();
        if amounts.peek().is_none() {
            return Ok(None);
        }
        Decimal::exact_sum(amounts).map(Some).ok_or(Error::Overflow)
    }

    fn find(&self, office: &str, result: &str) -> Option<usize> {
        let at = self.content().position(office, result)?;
        self.selection.as_ref().is_none_or(|selection| selection.contains(&at)).then_some(at)
    }

    fn unknown(&self, py: Python<'_>, office: &str, result: &str) -> PyErr {
        let ids: Vec<String> = self
            .positions()
            .filter_map(|at| self.cell(at))
            .map(|cell| format!("{}, {}", cell.office.as_str(), cell.result.as_str()))
            .collect();
        raised(py, &Error::unknown("allocation", &format!("{office}, {result}"), ids.iter().map(String::as_str)))
    }
}

#[pymethods]
impl Allocations {
    /// What they add up to; `None` where no amount is among them: nothing is given, or the document prints that there is none.
    ///
    /// >>> plan.offices["argentina"].allocations.total
    /// Decimal('800000')
    /// >>> plan.filter(office="argentina", outcome="3").total is None
    /// True
    #[getter]
    pub fn total(&self, py: Python<'_>) -> PyResult<Option<Exact>> {
        self.sum().map(|sum| sum.map(Exact)).map_err(|error| raised(py, &error))
    }

    /// Office and result of each.
    ///
    /// >>> plan.allocations.ids[0]
    /// ('argentina', '1')
    #[getter]
    fn ids<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let cells = self.positions().filter_map(|at| self.cell(at));
        PyTuple::new(py, cells.map(|cell| (cell.office.as_str(), cell.result.as_str())).collect::<Vec<_>>())
    }

    /// The allocation of an office for a result, or `default` where none is given.
    ///
    /// >>> plan.allocations.get(("argentina", "evaluation"))
    /// <Allocation argentina, evaluation: none>
    /// >>> plan.allocations.get(("argentina", "1a")) is None
    /// True
    #[pyo3(signature = (id, default = None))]
    #[expect(clippy::needless_pass_by_value, reason = "arguments come from Python by value")]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: (String, String),
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.find(&id.0, &id.1) {
            Some(at) => Ok(Some(Bound::new(py, self.made(at)?)?.into_any())),
            None => Ok(default),
        }
    }

    /// Those of some offices, outcomes, …: ids, or the things themselves, one or several. What is named together must all hold.
    ///
    /// `outcome` takes budget heads, too; `result` takes what the money is given to, at any depth. An office that works in several
    /// regions belongs to none of them.
    ///
    /// >>> plan.allocations.filter(outcome="4", office=["peru", "chile"]).total
    /// Decimal('1192691')
    /// >>> plan.allocations.filter(office="columbia")
    /// Traceback (most recent call last):
    ///     ...
    /// logframe.UnknownNameError: no office `columbia` in the plan; did you mean `colombia`?
    #[pyo3(signature = (*, office = None, kind = None, region = None, outcome = None, output = None, activity = None, result = None))]
    #[expect(clippy::too_many_arguments, reason = "they are the dimensions of a budget")]
    pub fn filter(
        &self,
        py: Python<'_>,
        office: Option<Names>,
        kind: Option<Names>,
        region: Option<Names>,
        outcome: Option<Names>,
        output: Option<Names>,
        activity: Option<Names>,
        result: Option<Names>,
    ) -> PyResult<Self> {
        let given = [office, kind, region, outcome, output, activity, result];
        let wanted = Dimension::ALL.into_iter().zip(given).filter_map(|(dimension, names)| Some((dimension, names?.0)));
        self.selected(py, &wanted.collect::<Vec<_>>())
    }

    /// The largest amounts, largest first; of equal ones the earlier first.
    ///
    /// >>> [cell.office for cell in plan.outcomes["1"].allocations.largest(3)]
    /// ['colombia', 'ro-buenos-aires', 'brazil']
    #[pyo3(signature = (n = 5))]
    fn largest(&self, n: usize) -> Self {
        let mut amounts: Vec<_> = self.positions().filter_map(|at| Some((self.cell(at)?.cell.amount()?, at))).collect();
        amounts.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
        self.with(amounts.into_iter().take(n).map(|(_, at)| at).collect())
    }

    /// Their sums by two dimensions, with totals: `"office"`, `"kind"`, `"region"`, `"outcome"`, `"output"`, `"activity"`, `"result"`.
    ///
    /// With `declared`, the totals that the document prints stand beside those that are computed.
    ///
    /// >>> print(plan.allocations.pivot("kind", "outcome").to_csv())
    /// kind,1,2,3,4,evaluation,total
    /// country,3994811,7120380,8159654,9776202,-,29051047
    /// sub-regional,188469,393958,362441,55154,-,1000022
    /// regional,687052,499454,786813,136875,164780,2274974
    /// Total,4870332,8013792,9308908,9968231,164780,32326043
    /// <BLANKLINE>
    #[pyo3(signature = (rows = "office", columns = "outcome", *, declared = false))]
    pub fn pivot(&self, py: Python<'_>, rows: &str, columns: &str, declared: bool) -> PyResult<Table> {
        let dimension = |name| Dimension::named(name).map_err(|error| raised(py, &error));
        let (rows, columns) = (dimension(rows)?, dimension(columns)?);
        let selection: Vec<usize> = self.positions().collect();
        let plan = self.content().clone();
        Ok(Table(detached(py, move || report::pivot(&plan, &selection, rows, columns, declared))?))
    }

    /// One allocation a row. `printed` tells an `"amount"` from a printed `"none"`.
    ///
    /// >>> plan.allocations.table().columns
    /// ('office', 'office_name', 'outcome', 'result', 'result_title', 'level', 'printed', 'amount')
    fn table(&self) -> Table {
        Table(report::allocations(self.content(), self.positions()))
    }

    /// The position of an allocation.
    ///
    /// >>> plan.allocations.index(plan.allocations["argentina", "2"])
    /// 1
    #[pyo3(signature = (value, /))]
    fn index(&self, value: &Bound<'_, PyAny>) -> PyResult<usize> {
        let missing = || PyValueError::new_err("the allocation is not among these");
        let wanted = value.cast::<Allocation>().map_err(|_| missing())?;
        self.positions().position(|at| self.cell(at) == Some(wanted.get().said())).ok_or_else(missing)
    }

    /// How often an allocation is here.
    ///
    /// >>> plan.allocations.count(plan.allocations[0])
    /// 1
    #[pyo3(signature = (value, /))]
    fn count(&self, value: &Bound<'_, PyAny>) -> usize {
        let wanted = value.cast::<Allocation>().ok();
        wanted.map_or(0, |wanted| self.positions().filter(|at| self.cell(*at) == Some(wanted.get().said())).count())
    }

    fn __len__(&self) -> usize {
        self.len()
    }

    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = key.py();
        if let Ok(slice) = key.cast::<PySlice>() {
            let range = slice.indices(isize::try_from(self.len())?)?;
            let positions: Vec<usize> = self.positions().collect();
            let at = (0..range.slicelength).map(|i| range.start + isize::try_from(i).unwrap_or(isize::MAX) * range.step);
            let picked = at.filter_map(|at| positions.get(usize::try_from(at).ok()?).copied()).collect();
            return Ok(Bound::new(py, self.with(picked))?.into_any());
        }
        let at = if let Ok((office, result)) = key.extract::<(String, String)>() {
            self.find(&office, &result).ok_or_else(|| self.unknown(py, &office, &result))?
        } else {
            let place = key.extract::<isize>().map_err(|_| PyTypeError::new_err(ASKED_FOR))?;
            let place = if place < 0 { place + isize::try_from(self.len())? } else { place };
            let outside = || PyIndexError::new_err("no allocation at this position");
            usize::try_from(place).ok().and_then(|place| self.positions().nth(place)).ok_or_else(outside)?
        };
        Ok(Bound::new(py, self.made(at)?)?.into_any())
    }

    fn __contains__(&self, key: &Bound<'_, PyAny>) -> bool {
        if let Ok((office, result)) = key.extract::<(String, String)>() {
            return self.find(&office, &result).is_some();
        }
        let wanted = key.cast::<Allocation>();
        wanted.is_ok_and(|wanted| self.positions().any(|at| self.cell(at) == Some(wanted.get().said())))
    }

    fn __iter__<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        // Python's own iterator over what has positions.
        this.py().import("logframe._copying")?.getattr("each")?.call1((this,))
    }

    fn __reversed__<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("logframe._copying")?.getattr("each_from_the_end")?.call1((this,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (Py<Plan>, Option<Vec<usize>>)> {
        recipe(py, "_allocations", (self.shared.plan(py)?, self.selection.as_ref().map(|selection| selection.to_vec())))
    }

    fn __hash__(&self) -> u64 {
        let cells: Vec<_> = self.positions().filter_map(|at| self.cell(at)).map(|cell| (&*cell.office, &*cell.result)).collect();
        hash_of(cells)
    }

    fn __repr__(&self) -> String {
        let plan = in_display(self.content());
        let total = match self.sum() {
            Ok(Some(sum)) => format!("{} {}", plan.header.currency.value, sum.grouped(plan.number_style())),
            Ok(None) => "no amount".to_owned(),
            Err(_) => "more digits than can be held".to_owned(),
        };
        format!("<Allocations: {} cells, {total}>", self.len())
    }

    fn _repr_html_(&self) -> String {
        let mut table = report::allocations(self.content(), self.positions().take(SHOWN));
        let left_out = self.len().saturating_sub(SHOWN);
        if left_out > 0 {
            table.notes.push(format!("and {left_out} more rows"));
        }
        in_display(&table).html()
    }
}

/// Rows that a notebook shows.
const SHOWN: usize = 20;

const ASKED_FOR: &str = "an allocation is asked for by its position, or by office and result: `allocations[\"colombia\", \"1\"]`";

/// Allocations by their positions: what pickle calls.
#[pyfunction]
pub fn _allocations(plan: &Bound<'_, Plan>, selection: Option<Vec<usize>>) -> Allocations {
    let all = Allocations::all(plan.get().shared());
    selection.map_or_else(|| Allocations::all(plan.get().shared()), |selection| all.with(selection))
}

/// Names of things, as a caller gives them: one or several, ids or the things themselves.
pub struct Names(Vec<String>);

impl<'py> FromPyObject<'_, 'py> for Names {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(name) = name(&given) {
            return Ok(Self(vec![name]));
        }
        let refused = |thing: &Bound<'py, PyAny>| {
            let kind = thing.get_type().name().map_or_else(|_| "this".to_owned(), |name| name.to_string());
            PyTypeError::new_err(format!("an id is a text, as \"colombia\", or the thing itself, not {kind}"))
        };
        let names = given.try_iter().map_err(|_| refused(&given))?;
        names.map(|one| one.and_then(|one| name(&one).ok_or_else(|| refused(&one)))).collect::<PyResult<_>>().map(Self)
    }
}

/// The id that a thing is, or has.
fn name(given: &Bound<'_, PyAny>) -> Option<String> {
    match given.cast::<PyString>() {
        Ok(text) => text.extract().ok(),
        Err(_) if given.is_instance_of::<PyTuple>() => None,
        Err(_) => given.getattr("id").ok()?.extract().ok(),
    }
}
