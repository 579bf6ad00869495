//! Figures about the world, by country and year.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::errors;
use crate::items::hash_of;
use crate::results::shown;
use crate::shared::{Trail, noun};

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
pub struct Series {
    noun: logframe::Series,
    trail: Trail,
}

noun!(Series(logframe::Series));

#[pymethods]
impl Series {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// What is counted.
    #[getter]
    fn unit(&self) -> Option<&str> {
        self.noun.unit.as_deref()
    }

    /// Where the figures come from.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.noun.source.as_deref()
    }

    /// The years, in the order of the columns.
    #[getter]
    fn years<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.noun.years)
    }

    /// ISO codes of the countries, in the order of the lines.
    #[getter]
    fn countries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let codes: Vec<_> = self.noun.values.iter().map(|(code, _)| code.as_str()).collect();
        PyTuple::new(py, codes)
    }

    /// What the prose says about the same figures.
    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let trail = self.trail.to("statements");
        let made = |(i, one): (usize, &logframe::SeriesStatement)| SeriesStatement::new(one.clone(), trail.at(i));
        PyTuple::new(py, self.noun.statements.iter().enumerate().map(made))
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
        let missing = || errors::unknown_name(py, format!("no figure for `{country}` in {year} in series `{}`", self.noun.id));
        let held = match year.extract::<u16>() {
            Err(error) if !error.is_instance_of::<PyOverflowError>(py) => return Err(error),
            year => year.ok(),
        };
        let value = held.and_then(|year| self.noun.value(country, year)).ok_or_else(missing)?;
        Ok(value.number().map(Exact))
    }

    fn __hash__(&self) -> u64 {
        hash_of(("series", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Series", &self.noun.id, &self.noun.title)
    }
}

/// A sentence of the document that gives a figure of a series.
///
/// >>> sentence = plan.series["residence-permits"].statements[0]
/// >>> sentence.country, sentence.year, sentence.value
/// ('DO', 2015, Decimal('313'))
#[pyclass(frozen, eq, module = "logframe")]
pub struct SeriesStatement {
    noun: logframe::SeriesStatement,
    trail: Trail,
}

noun!(SeriesStatement(logframe::SeriesStatement));

#[pymethods]
impl SeriesStatement {
    /// Where it stands in the document.
    #[getter]
    fn place(&self) -> &str {
        &self.noun.place
    }

    /// ISO code of the country it speaks of.
    #[getter]
    fn country(&self) -> &str {
        &self.noun.country
    }

    /// The year it speaks of.
    #[getter]
    fn year(&self) -> u16 {
        *self.noun.year
    }

    /// The figure it gives.
    #[getter]
    fn value(&self) -> Exact {
        Exact(*self.noun.value)
    }

    /// The sentence.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.noun.text.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.place, &self.noun.country, *self.noun.year, *self.noun.value))
    }

    fn __repr__(&self) -> String {
        format!("<SeriesStatement {} {}: {}>", self.noun.country, self.noun.year, self.noun.value)
    }
}
