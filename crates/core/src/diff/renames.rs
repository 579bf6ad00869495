//! Ids that have become others, recognised by the likeness of what they name.

use super::patch::{Renames, Tree, child, key, matched};
use crate::file::tree::Value;

/// The ids of a plan's offices, results, heads and other things that are others in the new plan.
pub fn of(old: &Tree, new: &Tree) -> Renames {
    let mut renames = Renames::new();
    for list in ["office", "outcome", "head", "region", "donor", "category", "line", "series"] {
        of_list(child(old, list), child(new, list), &mut renames);
    }
    renames
}

fn of_list(old: Option<&Tree>, new: Option<&Tree>, renames: &mut Renames) {
    let (Some(Value::Array(old)), Some(Value::Array(new))) = (old.map(|node| &node.value), new.map(|node| &node.value)) else {
        return;
    };
    for (to, at) in matched(old, new, &Renames::new()).into_iter().enumerate() {
        let Some((old, new)) = at.and_then(|at| old.get(at)).zip(new.get(to)) else { continue };
        if let (Some(before), Some(after)) = (id(old), id(new)) {
            if before != after {
                renames.insert(before, after);
            }
            of_list(child(old, "output"), child(new, "output"), renames);
            of_list(child(old, "activity"), child(new, "activity"), renames);
        }
    }
}

fn id(node: &Tree) -> Option<String> {
    child(node, "id").and_then(|_| key(node))
}
