//! Two versions of a plan, compared by what they mean: money, structure, declared figures, results, wording.
//!
//! The plans are compared as trees, so that no noun can be forgotten; a change is one place of the tree, in words.

mod amendment;
mod changes;
mod json;
mod money;
mod patch;
mod renames;
mod text;

use crate::file;
use crate::plan::Plan;

pub use amendment::Amended;
pub use money::{CellChange, MovedMoney, TotalChange, TotalOf};
use patch::Patch;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Amounts, lines, rates, donors.
    Money,
    /// What there is: added, removed, renamed, moved.
    Structure,
    /// What the document prints about its own numbers.
    Declared,
    /// Indicators, and figures about the world.
    Results,
    /// Words alone.
    Wording,
}

impl Kind {
    /// All of them, the weightiest first.
    pub const ALL: [Self; 5] = [Self::Money, Self::Structure, Self::Declared, Self::Results, Self::Wording];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Structure => "structure",
            Self::Declared => "declared",
            Self::Results => "results",
            Self::Wording => "wording",
        }
    }
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// Its id is another.
    Renamed,
    /// It stands elsewhere.
    Moved,
    /// It says something else.
    Changed,
}

impl What {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Changed => "changed",
        }
    }
}

/// One difference between two plans.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What it is about.
    pub kind: Kind,
    /// What became of it.
    pub what: What,
    /// Where it is: the keys of the plan file, and ids for entries of lists.
    pub path: Vec<String>,
    /// What it said; `None` where it was not there.
    pub before: Option<String>,
    /// What it says; `None` where it is not there any more.
    pub after: Option<String>,
}

/// The difference between two versions of a plan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diff {
    /// Every difference, in the order of the new plan.
    pub changes: Vec<Change>,
    /// Cells of the budget that are not what they were, those that lines build up among them.
    pub cells: Vec<CellChange>,
    /// Totals that are not what they were.
    pub totals: Vec<TotalChange>,
    /// Money that moved from one cell to another.
    pub moved: Vec<MovedMoney>,
    patch: Patch,
    old: Plan,
    new: Plan,
}

/// Compares two versions of a plan.
///
/// ```
/// use logframe::diff::{Kind, What, diff};
/// use logframe::{Allocation, Draft, Head, Header, Office, Plan};
/// let old = Plan::new(Draft {
///     header: Header::new("demo", "Demo", "USD"),
///     heads: vec![Head::new("food", "Food")],
///     offices: vec![Office::new("north", "North")],
///     allocations: vec![Allocation::new("north", "food", 10.into())],
///     ..Draft::default()
/// });
/// let mut draft = old.draft();
/// draft.offices[0].name = "The North".to_owned();
/// draft.allocations[0] = Allocation::new("north", "food", 12.into());
/// let diff = diff(&old, &Plan::new(draft));
/// assert_eq!((diff.changes[0].kind, diff.changes[0].what), (Kind::Wording, What::Changed));
/// assert_eq!(diff.cells[0].difference, Some(2.into()));
/// assert_eq!(diff.totals[0].after, 12.into());
/// ```
pub fn diff(old: &Plan, new: &Plan) -> Diff {
    let (before, after) = (file::tree_of(old), file::tree_of(new));
    let renames = renames::of(&before, &after);
    let patch = Patch::between(&before, &after, &renames);
    let mut changes = changes::of(&before, &patch, &renames);
    changes::join_moves(&mut changes);
    // Amounts of two currencies are never compared.
    let is_one_currency = old.header.currency == new.header.currency;
    let cells = if is_one_currency { money::cells(old, new, &renames) } else { Vec::new() };
    let totals = if is_one_currency { money::totals(old, new, &renames) } else { Vec::new() };
    let moved = money::moved(&cells);
    Diff { changes, totals, cells, moved, patch, old: old.clone(), new: new.clone() }
}

impl Diff {
    /// Whether the two plans say the same.
    pub fn is_empty(&self) -> bool {
        self.old == self.new
    }

    /// The new plan, from the old one; `None` for a plan that is not the old one.
    pub fn apply(&self, old: &Plan) -> Option<Plan> {
        file::plan_of(&self.patch.apply(&file::tree_of(old))?)
    }

    /// The changes of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}

impl PartialEq for Diff {
    fn eq(&self, other: &Self) -> bool {
        self.old == other.old && self.new == other.new
    }
}
