//! From one tree to another: what is kept, from where, and what is new. Applying a patch is taking it at its word.

use std::collections::{HashMap, HashSet};

use crate::decimal::Decimal;
use crate::file::tree::{Key, Node, Value};

/// A tree without places.
pub type Tree = Node<'static>;
type Entry = (Key<'static>, Tree);

/// How a value becomes another.
#[derive(Clone, Debug)]
pub enum Patch {
    /// It stays.
    Same,
    /// It is another.
    Put(Tree),
    /// A table: its entries in their new order.
    Table(Vec<(String, Slot)>),
    /// A list of tables: its entries in their new order.
    List(Vec<Slot>),
}

/// Where an entry comes from.
#[derive(Clone, Debug)]
pub enum Slot {
    /// An entry of the old one by its position, changed.
    Old(usize, Patch),
    /// It was not there.
    New(Tree),
}

/// Ids that have become others.
pub type Renames = HashMap<String, String>;

impl Patch {
    /// The patch between two values.
    pub fn between(old: &Tree, new: &Tree, renames: &Renames) -> Self {
        if is_same(old, new) {
            return Self::Same;
        }
        match (&old.value, &new.value) {
            (Value::Table(old), Value::Table(new)) => Self::Table(of_tables(old, new, renames)),
            (Value::Array(old), Value::Array(new)) if are_tables(old) && are_tables(new) => {
                Self::List(of_lists(old, new, renames))
            }
            _ => Self::Put(new.clone()),
        }
    }

    /// The new value; `None` where the old one is not the one that the patch is of.
    pub fn apply(&self, old: &Tree) -> Option<Tree> {
        let value = match (self, &old.value) {
            (Self::Same, _) => return Some(old.clone()),
            (Self::Put(new), _) => return Some(new.clone()),
            (Self::Table(slots), Value::Table(entries)) => {
                let entry =
                    |(key, slot): &(String, Slot)| Some((named(key), slot.apply(|at| entries.get(at).map(|(_, node)| node))?));
                Value::Table(slots.iter().map(entry).collect::<Option<_>>()?)
            }
            (Self::List(slots), Value::Array(items)) => {
                Value::Array(slots.iter().map(|slot| slot.apply(|at| items.get(at))).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(Node { span: old.span, value })
    }
}

impl Slot {
    fn apply<'t>(&self, old: impl Fn(usize) -> Option<&'t Tree>) -> Option<Tree> {
        match self {
            Self::Old(at, patch) => patch.apply(old(*at)?),
            Self::New(new) => Some(new.clone()),
        }
    }
}

fn named(key: &str) -> Key<'static> {
    Key { span: crate::source::Span::default(), text: key.to_owned().into() }
}

fn are_tables(items: &[Tree]) -> bool {
    items.iter().all(|item| matches!(item.value, Value::Table(_)))
}

/// Whether two trees say the same.
pub fn is_same(old: &Tree, new: &Tree) -> bool {
    match (&old.value, &new.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(old), Value::Bool(new)) => old == new,
        // However many zeros stand at its end, a number is the same.
        (Value::Number(old), Value::Number(new)) => old == new || number(old).is_some_and(|old| number(new) == Some(old)),
        (Value::Text(old), Value::Text(new)) | (Value::Date(old), Value::Date(new)) => old == new,
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new))
        }
        (Value::Table(old), Value::Table(new)) => {
            let is_entry = |((a, old), (b, new)): (&Entry, &Entry)| a.text == b.text && is_same(old, new);
            old.len() == new.len() && old.iter().zip(new).all(is_entry)
        }
        _ => false,
    }
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

fn of_tables(old: &[Entry], new: &[Entry], renames: &Renames) -> Vec<(String, Slot)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, (key, _)) in old.iter().enumerate() {
        places.entry(renames.get(key.text.as_ref()).map_or(key.text.as_ref(), String::as_str)).or_insert(at);
    }
    let slot = |(key, node): &Entry| {
        let at = places.get(key.text.as_ref()).copied();
        let slot = at.and_then(|at| Some(Slot::Old(at, Patch::between(&old.get(at)?.1, node, renames))));
        (key.text.to_string(), slot.unwrap_or_else(|| Slot::New(node.clone())))
    };
    new.iter().map(slot).collect()
}

fn of_lists(old: &[Tree], new: &[Tree], renames: &Renames) -> Vec<Slot> {
    let pairs = matched(old, new, renames);
    let slot = |(node, at): (&Tree, Option<usize>)| match at.and_then(|at| Some((at, old.get(at)?))) {
        Some((at, old)) => Slot::Old(at, Patch::between(old, node, renames)),
        None => Slot::New(node.clone()),
    };
    new.iter().zip(pairs).map(slot).collect()
}

/// For each new entry the old one that it was: by its id, or as it is, or as what it is most like.
pub fn matched(old: &[Tree], new: &[Tree], renames: &Renames) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken: HashSet<usize> = HashSet::new();
    by_key(old, new, renames, &mut found, &mut taken);
    by_likeness(old, new, &mut found, &mut taken);
    found
}

fn by_key(old: &[Tree], new: &[Tree], renames: &Renames, found: &mut [Option<usize>], taken: &mut HashSet<usize>) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, node) in old.iter().enumerate().rev() {
        let key = key(node).map(|key| renames.get(&key).cloned().unwrap_or(key));
        places.entry(key.unwrap_or_else(|| whole(node))).or_default().push(at);
    }
    for (slot, node) in found.iter_mut().zip(new) {
        let free = places.get_mut(&key(node).unwrap_or_else(|| whole(node))).and_then(Vec::pop);
        taken.extend(free);
        *slot = free;
    }
}

/// Pairs of entries that are compared for likeness, at most: of a list without ids, thousands that all changed are no renames.
const MOST_PAIRS: usize = 250_000;

fn by_likeness(old: &[Tree], new: &[Tree], found: &mut [Option<usize>], taken: &mut HashSet<usize>) {
    let left: Vec<usize> = (0..old.len()).filter(|at| !taken.contains(at)).collect();
    let open: Vec<usize> = (0..new.len()).filter(|at| found.get(*at).is_some_and(Option::is_none)).collect();
    if left.len().saturating_mul(open.len()) > MOST_PAIRS {
        return;
    }
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for at in &left {
        for to in &open {
            let likeness = old.get(*at).zip(new.get(*to)).map_or(0, |(old, new)| likeness(old, new));
            if likeness >= LIKE {
                pairs.push((likeness, *at, *to));
            }
        }
    }
    pairs.sort_by_key(|(likeness, at, to)| (std::cmp::Reverse(*likeness), *at, *to));
    for (_, at, to) in pairs {
        if let Some(slot) = found.get_mut(to).filter(|slot| slot.is_none() && !taken.contains(&at)) {
            *slot = Some(at);
            taken.insert(at);
        }
    }
}

/// From so many per cent on two entries are one that was changed.
const LIKE: u32 = 50;

/// What says nothing about which thing it is: its id, which has changed, and its kind, which it shares with many.
const SHARED: [&str; 2] = ["id", "kind"];

/// How many per cent of what two tables say is the same.
fn likeness(old: &Tree, new: &Tree) -> u32 {
    let (Value::Table(old), Value::Table(new)) = (&old.value, &new.value) else { return 0 };
    let of = |entries: &[Entry]| entries.iter().filter(|(key, _)| !SHARED.contains(&key.text.as_ref())).count();
    let same = old.iter().filter(|(key, node)| {
        !SHARED.contains(&key.text.as_ref())
            && new.iter().any(|(other, node_of)| other.text == key.text && is_same(node, node_of))
    });
    let (same, all) = (same.count(), of(old).max(of(new)));
    u32::try_from(same * 100).unwrap_or(0).checked_div(u32::try_from(all).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// What an entry goes by: its id, or what stands for one.
pub fn key(node: &Tree) -> Option<String> {
    let text = |key: &str| match child(node, key).map(|node| &node.value) {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let joined = |keys: &[&str]| keys.iter().map(|key| text(key)).collect::<Option<Vec<_>>>().map(|texts| texts.join(" / "));
    let own = text("id").or_else(|| text("where"));
    own.or_else(|| joined(&["office", "result", "description"])).or_else(|| joined(&["rule"]))
}

/// An entry that goes by nothing goes by all that it says.
fn whole(node: &Tree) -> String {
    format!("{:?}", node.value)
}

/// The value of a key.
pub fn child<'t>(node: &'t Tree, key: &str) -> Option<&'t Tree> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find(|(own, _)| own.text == key).map(|(_, node)| node)
}
