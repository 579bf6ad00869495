//! Charts: written in Python, because the chart grammar is.

use pyo3::prelude::*;

#[pymethods]
impl crate::plan::Plan {
    /// Charts of the plan, as `plan.plot.budget()`: see `help(logframe.Plot)`.
    #[getter]
    fn plot<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        this.py().import("logframe._plot")?.getattr("Plot")?.call1((this,))
    }
}
