//! A plan's money through its git history.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::detached::detached;
use crate::reading::file;
use crate::table::Table;

/// A plan's money through its git history, one commit a row: its total, and by how much that changed. What is in the file and not committed
/// comes last. A commit at which the plan cannot be read has no total, and a note says why.
///
/// >>> import subprocess, tempfile
/// >>> from pathlib import Path
/// >>> folder = Path(tempfile.mkdtemp())
/// >>> def git(*args):
/// ...     subprocess.run(["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *args], cwd=folder, check=True)
/// >>> git("init", "-q")
/// >>> plan.save(folder / "plan.toml")
/// >>> git("add", "plan.toml")
/// >>> git("commit", "-qm", "As approved")
/// >>> plan.with_allocation("chile", "1", 230_000).save(folder / "plan.toml")
/// >>> [(row[3], row[4], row[5]) for row in logframe.history(folder / "plan.toml").rows]
/// [(Decimal('32326043'), None, 'As approved'), (Decimal('32328770'), Decimal('2727'), '')]
#[pyfunction]
pub fn history(path: &Bound<'_, PyAny>) -> PyResult<Table> {
    let py = path.py();
    let path = file("history", path)?;
    let title = path.display().to_string();
    let versions = detached(py, move || logframe_exchange::history(path))?.map_err(PyValueError::new_err)?;
    Ok(Table(logframe_exchange::history_table(&title, &versions)))
}
