//! Two versions of a plan compared.

use logframe::Profile;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::detached::detached;
use crate::items::hash_of;
use crate::look::in_display;
use crate::pickle::{Recipe, recipe};
use crate::plan::Plan;
use crate::table::Table;

/// The difference between two versions of a plan: money, structure, declared figures, results, wording.
///
/// >>> changed = plan.with_allocation("chile", "1", 227_373).replace(title="Strengthened")
/// >>> difference = logframe.diff(plan, changed)
/// >>> bool(difference), len(difference.changes)
/// (True, 2)
/// >>> print(difference.totals().to_csv())
/// of,before,after,difference,percent
/// Chile,1000001,1000101,100,0
/// Data production and dissemination,4870332,4870432,100,0
/// the plan,32326043,32326143,100,0
/// <BLANKLINE>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Diff {
    found: logframe::diff::Diff,
    profiles: Vec<Profile>,
    old: Py<Plan>,
    new: Py<Plan>,
}

impl PartialEq for Diff {
    fn eq(&self, other: &Self) -> bool {
        self.found == other.found
    }
}

/// Compares two versions of a plan by what they mean. Where donors' rules are among those of `new`, `old` is taken for the approved budget,
/// and the changes that need an amendment are named.
///
/// >>> logframe.diff(plan, plan)
/// <Diff: the two say the same>
#[pyfunction]
pub fn diff(old: &Bound<'_, Plan>, new: &Bound<'_, Plan>) -> PyResult<Diff> {
    let (before, after) = (in_display(old.get().content()).into_owned(), in_display(new.get().content()).into_owned());
    let profiles = logframe::rules::profiles(&after);
    let found = detached(old.py(), move || logframe::diff::diff(&before, &after))?;
    Ok(Diff { found, profiles, old: old.clone().unbind(), new: new.clone().unbind() })
}

#[pymethods]
impl Diff {
    /// Every change: its kind (`"money"`, `"structure"`, `"declared"`, `"results"`, `"wording"`), what became of it (`"added"`,
    /// `"removed"`, `"renamed"`, `"moved"`, `"changed"`), where, and the texts before and after.
    ///
    /// >>> difference.changes[0][:3], difference.changes[0][4]
    /// (('wording', 'changed', 'plan / title'), 'Strengthened')
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let change = |one: &logframe::diff::Change| {
            (one.kind.name(), one.what.name(), one.path.join(" / "), one.before.clone(), one.after.clone())
        };
        PyTuple::new(py, self.found.changes.iter().map(change))
    }

    /// What needs an amendment by the donors' rules that the new plan names, a sentence each.
    ///
    /// >>> difference.amendments
    /// ()
    #[getter]
    fn amendments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let amended = self.profiles.iter().flat_map(|profile| self.found.amendments(profile));
        PyTuple::new(py, amended.map(|one| self.found.sentence(&one)).collect::<Vec<String>>())
    }

    /// The changes as a table, one a row.
    ///
    /// >>> difference.table().columns
    /// ('kind', 'what', 'where', 'before', 'after')
    fn table(&self) -> Table {
        Table(self.found.changes_table())
    }

    /// Cells of the budget that changed, before and after.
    ///
    /// >>> print(difference.money().to_csv())
    /// office,result,before,after,difference
    /// Chile,Data production and dissemination,227273,227373,100
    /// <BLANKLINE>
    fn money(&self) -> Table {
        Table(self.found.money_table())
    }

    /// Totals that changed: of offices, outcomes, cost categories and the plan.
    ///
    /// >>> difference.totals().columns
    /// ('of', 'before', 'after', 'difference', 'percent')
    fn totals(&self) -> Table {
        Table(self.found.totals_table())
    }

    /// The difference as Markdown.
    ///
    /// >>> difference.to_markdown().splitlines()[0]
    /// '- 2 changes: USD 32,326,143 instead of 32,326,043, 100 more (0 %).'
    fn to_markdown(&self) -> String {
        self.found.markdown(&self.profiles)
    }

    /// The difference as an HTML fragment.
    ///
    /// >>> "<table" in difference.to_html()
    /// True
    fn to_html(&self) -> String {
        self.found.html(&self.profiles)
    }

    /// The difference as JSON, amounts as strings.
    ///
    /// >>> '"same": false' in difference.to_json()
    /// True
    fn to_json(&self) -> String {
        self.found.json(&self.profiles)
    }

    fn _repr_html_(&self) -> String {
        self.to_html()
    }

    fn __bool__(&self) -> bool {
        !self.found.is_empty()
    }

    fn __str__(&self) -> String {
        self.found.text(&self.profiles, 100).trim_end().to_owned()
    }

    fn __repr__(&self) -> String {
        match self.found.changes.len() {
            0 => "<Diff: the two say the same>".to_owned(),
            1 => "<Diff: 1 change>".to_owned(),
            n => format!("<Diff: {n} changes>"),
        }
    }

    fn __hash__(&self) -> u64 {
        hash_of(self.found.changes.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (Py<Plan>, Py<Plan>)> {
        recipe(py, "diff", (self.old.clone_ref(py), self.new.clone_ref(py)))
    }
}
