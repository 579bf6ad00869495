//! The command line, on the same engine as the `logframe` binary.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the `logframe` command and returns its exit status: 0 no error, 1 any error, 2 could not run.
///
/// >>> from logframe._logframe import main
/// >>> main(["logframe", "rules", "--help"])
/// 0
#[pyfunction]
pub fn main(py: Python<'_>, argv: Vec<OsString>) -> u8 {
    py.detach(|| logframe_cli::run(argv, &mut logframe_cli::Streams::of_process()).into())
}
