//! How things are pickled: as the call that makes them again from the text they came from.

use pyo3::prelude::*;

/// A function, and what to call it with.
pub type Recipe<'py, A> = PyResult<(Bound<'py, PyAny>, A)>;

/// A call of one of this module's functions.
pub fn recipe<'py, A>(py: Python<'py>, function: &str, args: A) -> Recipe<'py, A> {
    Ok((py.import("logframe._logframe")?.getattr(function)?, args))
}
