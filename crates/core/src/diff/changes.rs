//! A patch in words: one change after the other, each with its kind.

use std::collections::HashSet;

use super::patch::{Patch, Renames, Slot, Tree, key};
use super::{Change, Kind, What};
use crate::file::tree::Value;

/// Every change of a patch, in the order of the new plan; removals stand where their list or table does.
pub fn of(old: &Tree, patch: &Patch, renames: &Renames) -> Vec<Change> {
    let mut walk = Walk { renames, changes: Vec::new() };
    walk.patch(old, patch, &mut Vec::new());
    walk.changes
}

struct Walk<'r> {
    renames: &'r Renames,
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn patch(&mut self, old: &Tree, patch: &Patch, place: &mut Vec<String>) {
        match (patch, &old.value) {
            (Patch::Put(new), _) => self.put(old, new, place),
            (Patch::Table(slots), Value::Table(entries)) => {
                let nodes: Vec<&Tree> = entries.iter().map(|(_, node)| node).collect();
                let names: Vec<String> = entries.iter().map(|(key, _)| key.text.to_string()).collect();
                let slots: Vec<(String, &Slot)> = slots.iter().map(|(key, slot)| (key.clone(), slot)).collect();
                self.slots(&nodes, &names, &slots, place, false);
            }
            (Patch::List(slots), Value::Array(items)) => {
                let nodes: Vec<&Tree> = items.iter().collect();
                let names: Vec<String> = items.iter().enumerate().map(|(at, node)| name(node, at)).collect();
                let title = |(at, slot): (usize, &'_ Slot)| match slot {
                    Slot::New(node) => name(node, at),
                    Slot::Old(old, patch) => {
                        let new = nodes.get(*old).and_then(|node| patch.apply(node));
                        new.map_or_else(|| at.to_string(), |node| name(&node, at))
                    }
                };
                let slots: Vec<(String, &Slot)> = slots.iter().enumerate().map(|(at, slot)| (title((at, slot)), slot)).collect();
                self.slots(&nodes, &names, &slots, place, true);
            }
            _ => {}
        }
    }

    fn put(&mut self, old: &Tree, new: &Tree, place: &[String]) {
        let (before, after) = (shown(old), shown(new));
        // What only follows an id to its new name is no change of its own.
        let follows = matches!(old.value, Value::Text(_)) && self.renames.get(&before) == Some(&after) && !is_id(place);
        // An id that is a rename is said where its entry is.
        let is_rename = is_id(place) && self.renames.get(&before) == Some(&after);
        if !follows && !is_rename {
            self.push(What::Changed, place, Some(before), Some(after));
        }
    }

    /// Entries of a table or a list: removed, then what became of each.
    fn slots(&mut self, old: &[&Tree], names: &[String], slots: &[(String, &Slot)], place: &mut Vec<String>, is_list: bool) {
        let kept: HashSet<usize> =
            slots.iter().filter_map(|(_, slot)| if let Slot::Old(at, _) = slot { Some(*at) } else { None }).collect();
        for (at, node) in old.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            let name = names.get(at).cloned().unwrap_or_default();
            self.at(place, name, |walk, place| walk.whole(What::Removed, node, place));
        }
        let moved = out_of_order(slots);
        for (name, slot) in slots {
            self.at(place, name.clone(), |walk, place| match slot {
                Slot::New(node) => walk.whole(What::Added, node, place),
                Slot::Old(at, patch) => {
                    let before = names.get(*at).filter(|before| *before != name && is_list && !before.contains(" / "));
                    if let Some(before) = before.filter(|before| walk.renames.get(*before) == Some(name)) {
                        walk.push(What::Renamed, place, Some(before.clone()), Some(name.clone()));
                    }
                    if moved.contains(at) {
                        walk.push(What::Moved, place, None, None);
                    }
                    old.get(*at).into_iter().for_each(|node| walk.patch(node, patch, place));
                }
            });
        }
    }

    /// Something that is added or removed whole; of a list of entries each one.
    fn whole(&mut self, what: What, node: &Tree, place: &mut Vec<String>) {
        let items = match &node.value {
            Value::Array(items) if items.iter().all(|item| matches!(item.value, Value::Table(_))) => items.as_slice(),
            _ => &[],
        };
        for (at, item) in items.iter().enumerate() {
            self.at(place, name(item, at), |walk, place| walk.whole(what, item, place));
        }
        if items.is_empty() {
            let said = Some(shown(node));
            let (before, after) = if what == What::Added { (None, said) } else { (said, None) };
            self.push(what, place, before, after);
        }
    }

    fn at(&mut self, place: &mut Vec<String>, name: String, go: impl FnOnce(&mut Self, &mut Vec<String>)) {
        place.push(name);
        go(self, place);
        place.pop();
    }

    fn push(&mut self, what: What, place: &[String], before: Option<String>, after: Option<String>) {
        self.changes.push(Change { kind: kind(what, place), what, path: place.to_vec(), before, after });
    }
}

fn is_id(place: &[String]) -> bool {
    place.last().is_some_and(|key| key == "id")
}

/// The entries of a list that do not follow the old order: the fewest that explain the new one.
fn out_of_order(slots: &[(String, &Slot)]) -> HashSet<usize> {
    let order: Vec<usize> =
        slots.iter().filter_map(|(_, slot)| if let Slot::Old(at, _) = slot { Some(*at) } else { None }).collect();
    // The longest rising run, by patience: the ends of runs, and for each entry the one before it in its run.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; order.len()]);
    for (i, at) in order.iter().enumerate() {
        let spot = ends.partition_point(|end| order.get(*end).is_some_and(|other| other < at));
        if let (Some(slot), Some(end)) = (before.get_mut(i), spot.checked_sub(1).and_then(|spot| ends.get(spot))) {
            *slot = Some(*end);
        }
        match ends.get_mut(spot) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let run: HashSet<usize> = std::iter::successors(ends.last().copied(), |i| before.get(*i).copied().flatten()).collect();
    order.iter().enumerate().filter(|(i, _)| !run.contains(i)).map(|(_, at)| *at).collect()
}

fn name(node: &Tree, at: usize) -> String {
    key(node).unwrap_or_else(|| format!("{}", at + 1))
}

/// A value as people read it: a table by its name and what it says first.
pub fn shown(node: &Tree) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(text) => text.replace('_', ""),
        Value::Text(text) | Value::Date(text) => text.to_string(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Table(entries) => {
            let title = entries.iter().find(|(key, _)| matches!(key.text.as_ref(), "title" | "name" | "description" | "where"));
            let pair = |(key, node): &(crate::file::tree::Key<'_>, Tree)| format!("{} {}", key.text, shown(node));
            let pairs = || entries.iter().map(pair).collect::<Vec<_>>().join(", ");
            title.map_or_else(pairs, |(_, title)| shown(title))
        }
    }
}

/// Keys whose values are words, and no more.
const WORDS: [&str; 16] = [
    "title",
    "name",
    "statement",
    "challenges",
    "assumptions",
    "wording",
    "description",
    "remarks",
    "source",
    "reason",
    "text",
    "note",
    "organisation",
    "document",
    "highlights",
    "means-of-verification",
];

fn kind(what: What, place: &[String]) -> Kind {
    let has = |keys: &[&str]| place.iter().skip(1).any(|part| keys.contains(&part.as_str()));
    let is_whole = what != What::Changed && place.len() <= 2;
    match place.first().map(String::as_str) {
        Some("declared") => Kind::Declared,
        Some("budget" | "line" | "rate" | "donor" | "funding") => Kind::Money,
        _ if has(&["indicator"]) => Kind::Results,
        Some("series") => Kind::Results,
        _ if !is_whole && has(&WORDS) => Kind::Wording,
        _ => Kind::Structure,
    }
}

/// What is removed in one place and added in another under the same id has moved.
pub fn join_moves(changes: &mut Vec<Change>) {
    let id = |change: &Change| change.path.last().cloned().unwrap_or_default();
    let kind_of_thing = |change: &Change| change.path.iter().rev().nth(1).cloned();
    let mut gone = Vec::new();
    for at in 0..changes.len() {
        let Some(added) = changes.get(at).filter(|change| change.what == What::Added && change.path.len() > 1).cloned() else {
            continue;
        };
        let is_it = |other: &Change| {
            other.before == added.after
                && other.what == What::Removed
                && id(other) == id(&added)
                && kind_of_thing(other) == kind_of_thing(&added)
                && other.path != added.path
        };
        let Some(removed) = changes.iter().position(is_it).filter(|at| !gone.contains(at)) else { continue };
        gone.push(removed);
        let from = changes.get(removed).map(|change| change.path.join(" / "));
        let moved = Change { what: What::Moved, before: from, after: Some(added.path.join(" / ")), ..added };
        changes.get_mut(at).into_iter().for_each(|change| *change = moved.clone());
    }
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        changes.remove(at);
    }
}
