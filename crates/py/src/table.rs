//! Tables.

use logframe::table::{Cell, Column};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::items::{hash_of, texts};
use crate::look::in_display;
use crate::pickle::{Recipe, recipe};

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
    /// ['Total', '%']
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

    /// Pickled as its columns, cells and notes.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, Written> {
        recipe(py, "_table", written(&self.0))
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

/// A table as plain things: title, columns (key, heading, whether it holds numbers), rows (whether it is a total, cells by kind and
/// text), notes, marks between thousands and before decimals.
type Written = (String, Vec<(String, String, bool)>, Vec<(bool, Vec<(String, String)>)>, Vec<String>, (char, char));

fn written(table: &logframe::table::Table) -> Written {
    let columns = table.columns.iter().map(|one| (one.key.clone(), one.heading.clone(), one.is_number)).collect();
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => ("text".to_owned(), text.clone()),
        Cell::Number { value, mark } => (format!("number{mark}"), value.to_string()),
        Cell::Share { value, mark } => (format!("share{mark}"), value.to_string()),
        Cell::None => ("none".to_owned(), String::new()),
        Cell::Absent => ("absent".to_owned(), String::new()),
    };
    let rows = table.rows.iter().map(|row| (row.is_total, row.cells.iter().map(cell).collect())).collect();
    (table.title.clone(), columns, rows, table.notes.clone(), (table.style.thousands, table.style.decimal))
}

/// A table from its parts: what pickle calls.
#[pyfunction]
pub fn _table(
    title: String,
    columns: Vec<(String, String, bool)>,
    rows: Vec<(bool, Vec<(String, String)>)>,
    notes: Vec<String>,
    marks: (char, char),
) -> PyResult<Table> {
    let column = |(key, heading, is_number)| if is_number { Column::number(key, heading) } else { Column::text(key, heading) };
    let mut table = logframe::table::Table::new(title, columns.into_iter().map(column).collect::<Vec<Column>>());
    for (is_total, cells) in rows {
        let cells = cells.into_iter().map(|(kind, text)| read(&kind, text)).collect::<PyResult<Vec<Cell>>>()?;
        if is_total { table.push_total(cells) } else { table.push(cells) }
    }
    table.notes = notes;
    table.style = logframe::NumberStyle { thousands: marks.0, decimal: marks.1 };
    Ok(Table(table))
}

/// Marks that a number may have.
const MARKS: [&str; 3] = ["!", "*", "?"];

fn read(kind: &str, text: String) -> PyResult<Cell> {
    let mark = |word: &str| MARKS.into_iter().find(|mark| kind.strip_prefix(word) == Some(*mark)).unwrap_or("");
    let number = || text.parse().map_err(|error: logframe::Error| PyValueError::new_err(error.to_string()));
    Ok(match kind {
        "text" => Cell::Text(text),
        "none" => Cell::None,
        "absent" => Cell::Absent,
        _ if kind.starts_with("share") => Cell::Share { value: number()?, mark: mark("share") },
        _ => Cell::Number { value: number()?, mark: mark("number") },
    })
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
