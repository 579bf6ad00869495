//! Figures about the world, by country and year.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::errors;
use crate::items::hash_of;
use crate::results::shown;

/// A table of figures about the world, by country and year.
///
/// >>> permits = plan.series["residence-permits"]
/// >>> permits.years
/// (2015, 2016, 2017)
/// >>> permits.value("AR", 2017)
/// Decimal('31167')
/// >>> permits.value("BR", 2015) is None  # printed as not available
/// True
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Series(pub logframe::Series);

#[pymethods]
impl Series {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// What is counted.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.0.unit.as_deref()
    }

    /// Where the figures come from.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The years, in the order of the columns.
    #[getter]
    fn years<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0.years)
    }

    /// ISO codes of the countries, in the order of the lines.
    #[getter]
    fn countries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let codes: Vec<_> = self.0.values.iter().map(|(code, _)| code.as_str()).collect();
        PyTuple::new(py, codes)
    }

    /// What the prose says about the same figures.
    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.statements.iter().cloned().map(SeriesStatement))
    }

    /// The figure of a country in a year; `None` where the document says that it is not available.
    ///
    /// A country or year that the table does not have raises `UnknownNameError`.
    ///
    /// >>> plan.series["residence-permits"].value("CO", 1999)
    /// Traceback (most recent call last):
    ///     ...
    /// logframe.UnknownNameError: no figure for `CO` in 1999 in series `residence-permits`
    fn value(&self, country: &str, year: &Bound<'_, PyAny>) -> PyResult<Option<Exact>> {
        let py = year.py();
        let missing = || errors::unknown_name(py, format!("no figure for `{country}` in {year} in series `{}`", self.0.id));
        let held = match year.extract::<u16>() {
            Err(error) if !error.is_instance_of::<PyOverflowError>(py) => return Err(error),
            year => year.ok(),
        };
        let value = held.and_then(|year| self.0.value(country, year)).ok_or_else(missing)?;
        Ok(value.number().map(Exact))
    }

    fn __hash__(&self) -> u64 {
        hash_of(("series", &self.0.id, &self.0.title))
    }

    fn __repr__(&self) -> String {
        shown("Series", &self.0.id, &self.0.title)
    }
}

/// A sentence of the document that gives a figure of a series.
///
/// >>> sentence = plan.series["residence-permits"].statements[0]
/// >>> sentence.country, sentence.year, sentence.value
/// ('DO', 2015, Decimal('313'))
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct SeriesStatement(pub logframe::SeriesStatement);

#[pymethods]
impl SeriesStatement {
    /// Where it stands in the document.
    #[getter]
    fn place(&self) -> &str {
        &self.0.place
    }

    /// ISO code of the country it speaks of.
    #[getter]
    fn country(&self) -> &str {
        &self.0.country
    }

    /// The year it speaks of.
    #[getter]
    fn year(&self) -> u16 {
        *self.0.year
    }

    /// The figure it gives.
    #[getter]
    fn value(&self) -> Exact {
        Exact(*self.0.value)
    }

    /// The sentence.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.0.place, &self.0.country, *self.0.year, *self.0.value))
    }

    fn __repr__(&self) -> String {
        format!("<SeriesStatement {} {}: {}>", self.0.country, self.0.year, self.0.value)
    }
}
