//! A table as an Arrow stream.

use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, Field, Fields, Schema};
use logframe::Decimal;
use logframe::table::{Cell, Column, Row, Table};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};

/// The most digits that a `decimal128` holds.
pub const DIGITS: u8 = 38;

/// A column with its name and type.
pub struct Named {
    pub name: String,
    pub array: ArrayRef,
}

impl Named {
    fn field(&self) -> Field {
        Field::new(&self.name, self.array.data_type().clone(), true)
    }
}

/// Columns as one stream.
pub fn stream<'py>(
    py: Python<'py>,
    columns: Vec<Named>,
    requested: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = Schema::new(columns.iter().map(Named::field).collect::<Fields>());
    let fields = DataType::Struct(schema.fields.clone());
    let arrays = columns.into_iter().map(|column| column.array).collect();
    let batch = RecordBatch::try_new(Arc::new(schema), arrays).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let array: ArrayRef = Arc::new(StructArray::from(batch));
    let reader = ArrayIterator::new(std::iter::once(Ok(array)), Arc::new(Field::new("", fields, false)));
    Ok(to_stream_pycapsule(py, Box::new(reader), requested)?)
}

/// Exact numbers as a column: its scale is the largest among them.
///
/// # Errors
/// The column's name, where one scale for all needs more digits than there can be.
pub fn decimals(name: &str, numbers: impl Iterator<Item = Option<Decimal>> + Clone) -> PyResult<Named> {
    let scale = numbers.clone().flatten().map(Decimal::decimals).max().unwrap_or(0);
    let too_long = || {
        PyValueError::new_err(format!(
            "the column `{name}` needs more than {DIGITS} digits for all its numbers to have the same {scale} decimals, the most that \
             an Arrow decimal holds; take its `rows`, or `to_csv()`, which have every digit"
        ))
    };
    let mut builder = Decimal128Builder::with_capacity(numbers.size_hint().0);
    let most = 10u128.pow(DIGITS.into());
    for number in numbers {
        let steps = number.map(|number| number.in_steps(scale).filter(|steps| steps.unsigned_abs() < most));
        builder.append_option(steps.map(|steps| steps.ok_or_else(too_long)).transpose()?);
    }
    let scale = i8::try_from(scale).map_err(|_| too_long())?;
    let array = builder.finish().with_precision_and_scale(DIGITS, scale).map_err(|_| too_long())?;
    Ok(Named { name: name.to_owned(), array: Arc::new(array) })
}

/// The plain rows of a table: totals are for people, and would be counted twice.
fn plain(table: &Table) -> impl Iterator<Item = &Row> + Clone {
    table.rows.iter().filter(|row| !row.is_total)
}

fn column(table: &Table, at: usize, column: &Column) -> PyResult<Named> {
    let cells = plain(table).map(|row| row.cells.get(at).unwrap_or(&Cell::Absent));
    let has_texts = cells.clone().any(|cell| matches!(cell, Cell::Text(_)));
    if column.is_number && !has_texts {
        return decimals(&column.key, cells.map(number));
    }
    let mut builder = StringBuilder::new();
    for cell in cells {
        builder.append_option(match cell {
            Cell::Text(text) => Some(text.clone()),
            other => number(other).map(|number| number.to_string()),
        });
    }
    Ok(Named { name: column.key.clone(), array: Arc::new(builder.finish()) })
}

fn number(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Number { value, .. } | Cell::Share { value, .. } => Some(*value),
        Cell::Text(_) | Cell::None | Cell::Absent => None,
    }
}

#[pymethods]
impl crate::table::Table {
    /// The table for whatever reads Arrow: `polars.DataFrame(table)`, `pyarrow.table(table)`, a query of duckdb.
    ///
    /// Rows that are totals are left out. Numbers are decimals, exactly; what is printed as none and what is not given are both null
    /// here, and are told apart in `rows` and in the column `printed` of `plan.allocations`.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let columns = self.0.columns.iter().enumerate();
        let columns = columns.map(|(at, one)| column(&self.0, at, one)).collect::<PyResult<Vec<_>>>()?;
        stream(py, columns, requested_schema)
    }

    /// The table as a pandas frame: decimals stay exact (`ArrowDtype`), totals are left out. Needs pandas and pyarrow.
    ///
    /// >>> frame = table.to_pandas()
    /// >>> frame["total"].sum()
    /// Decimal('32326041')
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        into_frame(this.as_any(), "to_pandas")
    }

    /// The table as a polars frame: decimals stay exact, totals are left out. Needs polars.
    ///
    /// >>> table.to_polars()["total"].sum()
    /// Decimal('32326041')
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        into_frame(this.as_any(), "to_polars")
    }
}

/// A frame of a library that is imported only now.
pub fn into_frame<'py>(table: &Bound<'py, PyAny>, library: &str) -> PyResult<Bound<'py, PyAny>> {
    table.py().import("logframe._frames")?.getattr(library)?.call1((table,))
}
