//! Tables.

use logframe::table::Cell;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::items::{hash_of, texts};
use crate::look::in_display;

/// A table of a plan, as data and as text, Markdown, HTML, CSV and JSON.
///
/// A cell is a text, a `Decimal`, the text `"-"` where the document prints none, or `None` where nothing is given.
///
/// >>> table = plan.table("budget")
/// >>> table.columns[0], len(table.rows)
/// ('office', 18)
/// >>> table.rows[0][:3]
/// ('Argentina', Decimal('180572'), Decimal('458203'))
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Table(pub logframe::table::Table);

/// Rows that a notebook shows of a table, about; `to_html` has all.
const SHOWN: usize = 60;

#[pymethods]
impl Table {
    /// Its heading.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// Short stable names of its columns, for programs.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.columns.iter().map(|column| column.key.as_str()))
    }

    /// Headings of its columns, for people.
    #[getter]
    fn headings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.columns.iter().map(|column| column.heading.as_str()))
    }

    /// Its rows, each with a cell for every column. Totals are among them: see `totals`.
    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rows: PyResult<Vec<_>> = self.0.rows.iter().map(|row| cells(py, &row.cells)).collect();
        PyTuple::new(py, rows?)
    }

    /// For each row, whether it is a total of others.
    ///
    /// >>> [row[0] for row, is_total in zip(table.rows, table.totals) if is_total]
    /// ['Total']
    #[getter]
    fn totals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.rows.iter().map(|row| row.is_total))
    }

    /// Remarks that belong under it.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.0.notes)
    }

    /// The table as text, wrapped to a width in characters.
    ///
    /// >>> max(len(line) for line in table.text(80).splitlines()) <= 80
    /// True
    #[pyo3(signature = (width = 80))]
    fn text(&self, width: isize) -> PyResult<String> {
        characters(width).map(|width| in_display(&self.0).text(width))
    }

    /// The table as CSV: plain digits, column names as headings.
    ///
    /// >>> table.to_csv().startswith("office,")
    /// True
    fn to_csv(&self) -> String {
        self.0.csv()
    }

    /// The table as Markdown.
    ///
    /// >>> "| Argentina |" in table.to_markdown()
    /// True
    fn to_markdown(&self) -> String {
        in_display(&self.0).markdown()
    }

    /// The table as an HTML fragment; every text is escaped.
    ///
    /// >>> "<table" in table.to_html()
    /// True
    fn to_html(&self) -> String {
        in_display(&self.0).html()
    }

    /// The table as JSON: one object a row, numbers as strings of their digits.
    ///
    /// >>> import json
    /// >>> json.loads(table.to_json())["rows"][0]["office"]
    /// 'Argentina'
    fn to_json(&self) -> String {
        self.0.json()
    }

    fn _repr_html_(&self) -> String {
        in_display(&self.0).html_preview(SHOWN)
    }

    fn __len__(&self) -> usize {
        self.0.rows.len()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.0.title, self.0.rows.len()))
    }

    fn __str__(&self) -> String {
        in_display(&self.0).text(80)
    }

    fn __repr__(&self) -> String {
        format!("<Table {}: {} rows, {} columns>", self.0.title, self.0.rows.len(), self.0.columns.len())
    }
}

/// A width in characters, as a caller gives it.
pub fn characters(given: isize) -> PyResult<usize> {
    let refused = |_| PyValueError::new_err(format!("a width is a number of characters, not {given}"));
    usize::try_from(given).map_err(refused)
}

fn cells<'py>(py: Python<'py>, cells: &[Cell]) -> PyResult<Bound<'py, PyTuple>> {
    let cells: PyResult<Vec<_>> = cells.iter().map(|one| cell(py, one)).collect();
    PyTuple::new(py, cells?)
}

fn cell<'py>(py: Python<'py>, cell: &Cell) -> PyResult<Bound<'py, PyAny>> {
    match cell {
        Cell::Text(text) => text.into_bound_py_any(py),
        Cell::Number { value, .. } | Cell::Share { value, .. } => Exact(*value).into_pyobject(py),
        Cell::None => logframe::Cell::NONE.into_bound_py_any(py),
        Cell::Absent => Ok(py.None().into_bound(py)),
    }
}
