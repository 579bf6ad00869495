//! The Python extension `logframe._logframe`: lists of bindings, each one call into the core.
//!
//! Docstrings here are what `help()` shows; their examples are run by the Python tests.
#![expect(clippy::doc_link_with_quotes, reason = "docstrings are for Python's `help()`, where `[\"id\"]` is no link")]

mod cli;
mod decimal;
mod detached;
mod diagnostic;
mod errors;
mod header;
mod items;
mod money;
mod offices;
mod once;
mod pickle;
mod plan;
mod reading;
mod reconciliation;
mod report;
mod results;
mod series;
mod table;

#[pyo3::pymodule]
mod _logframe {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::cli::main;
    #[pymodule_export]
    use super::diagnostic::{_finding, Diagnostic};
    #[pymodule_export]
    use super::header::{Document, Duration, Framework, Printed, RuleException};
    #[pymodule_export]
    use super::items::Items;
    #[pymodule_export]
    use super::money::{Allocation, Statement};
    #[pymodule_export]
    use super::offices::{Office, Region, Sheet};
    #[pymodule_export]
    use super::plan::Plan;
    #[pymodule_export]
    use super::reading::{load, loads};
    #[pymodule_export]
    use super::reconciliation::{_reconcile_plan, _reconcile_table, _round_table, _split, Reconciliation};
    #[pymodule_export]
    use super::report::{_report, Report, Summary, Tally};
    #[pymodule_export]
    use super::results::{Activity, Head, Indicator, Outcome, Output, Reading};
    #[pymodule_export]
    use super::series::{Series, SeriesStatement};
    #[pymodule_export]
    use super::table::Table;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        // What is public the package's `__init__.py` says.
        module.delattr("__all__")
    }
}
