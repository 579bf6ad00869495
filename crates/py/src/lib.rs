//! The Python extension `logframe._logframe`: lists of bindings, each one call into the core.
//!
//! Docstrings here are what `help()` shows; their examples are run by the Python tests.
#![expect(clippy::doc_link_with_quotes, reason = "docstrings are for Python's `help()`, where `[\"id\"]` is no link")]

mod allocations;
mod arrow;
mod budget;
mod cli;
mod decimal;
mod detached;
mod diagnostic;
mod diff;
mod edit;
mod errors;
mod header;
mod history;
mod items;
mod look;
mod made;
mod money;
mod navigation;
mod offices;
mod once;
mod pickle;
mod plan;
mod planning;
mod plot;
mod reading;
mod reconciliation;
mod report;
mod results;
mod rows;
mod sdg;
mod series;
mod shared;
mod table;
mod tables;
mod writing;

#[pyo3::pymodule]
mod _logframe {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::allocations::{_allocations, Allocations};
    #[pymodule_export]
    use super::arrow::_plan_of_frame;
    #[pymodule_export]
    use super::budget::{Category, Donor, Funding, Line, Rate};
    #[pymodule_export]
    use super::cli::main;
    #[pymodule_export]
    use super::diagnostic::{_finding, _finding_of, Diagnostic};
    #[pymodule_export]
    use super::diff::{Diff, diff};
    #[pymodule_export]
    use super::header::{Document, Duration, Framework, Printed, RuleException};
    #[pymodule_export]
    use super::history::history;
    #[pymodule_export]
    use super::items::Items;
    #[pymodule_export]
    use super::look::{Display, display};
    #[pymodule_export]
    use super::money::{Allocation, Statement};
    #[pymodule_export]
    use super::offices::{Office, Region, Sheet};
    #[pymodule_export]
    use super::plan::Plan;
    #[pymodule_export]
    use super::planning::{combine, inflate, move_money, scale, share_out};
    #[pymodule_export]
    use super::reading::{_plan, load, loads};
    #[pymodule_export]
    use super::reconciliation::{_reconcile_plan, _reconcile_table, _round_table, _split, Reconciliation};
    #[pymodule_export]
    use super::report::{_report, Report, Summary, Tally};
    #[pymodule_export]
    use super::results::{Activity, Head, Indicator, Outcome, Output, Reading};
    #[pymodule_export]
    use super::sdg::Sdg;
    #[pymodule_export]
    use super::series::{Series, SeriesStatement};
    #[pymodule_export]
    use super::shared::_part;
    #[pymodule_export]
    use super::table::{_table, Table};
    #[pymodule_export]
    use super::tables::{read_csv, read_excel, recognise};
    #[pymodule_export]
    use super::writing::template;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        // What is public the package's `__init__.py` says.
        module.delattr("__all__")
    }
}
