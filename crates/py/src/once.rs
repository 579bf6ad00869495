//! What is made when it is first asked for.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::items::Items;

/// Made once, and the same object ever after.
pub struct Once<T = Items>(PyOnceLock<Py<T>>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(PyOnceLock::new())
    }
}

impl<T> Once<T> {
    /// The object, made now where it is not there yet.
    pub fn get(&self, py: Python<'_>, make: impl FnOnce() -> PyResult<Py<T>>) -> PyResult<Py<T>> {
        self.0.get_or_try_init(py, make).map(|made| made.clone_ref(py))
    }
}

impl Once {
    /// The sequence, made now where it is not there yet.
    pub fn items(&self, py: Python<'_>, make: impl FnOnce() -> PyResult<Items>) -> PyResult<Py<Items>> {
        self.get(py, || Py::new(py, make()?))
    }
}
