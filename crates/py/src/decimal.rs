//! Exact numbers and dates on their way to Python.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// An exact number that arrives as a `decimal.Decimal`, made from its digits.
pub struct Exact(pub logframe::Decimal);

impl<'py> IntoPyObject<'py> for Exact {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        CLASS.import(py, "decimal", "Decimal")?.call1((self.0.to_string(),))
    }
}

/// A day as a `datetime.date`.
pub fn date(py: Python<'_>, day: logframe::Date) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "datetime", "date")?.call_method1("fromisoformat", (day.to_string(),))
}

/// An exact number as a caller gives it: a `Decimal`, an `int` or a text of digits; never a float, never a truth value.
#[derive(Clone, Copy)]
pub struct Given(pub logframe::Decimal);

impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        static EXACT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let text: String = EXACT.import(given.py(), "logframe._rows", "number")?.call1((&*given,))?.extract()?;
        text.parse().map(Self).map_err(|error: logframe::Error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
    }
}
