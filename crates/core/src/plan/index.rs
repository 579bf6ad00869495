//! What is worked out once when a plan is frozen: ids to positions, the tree of results, cells by row and by column.

use std::collections::HashMap;

use super::allocation;
use super::built::Built;
use super::declared::{self, Statement};
use super::draft::Draft;
use super::id::Id;
use crate::source::{Span, Spanned};

/// What a node of the results chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// An outcome.
    Outcome,
    /// An output.
    Output,
    /// An activity.
    Activity,
    /// A budget head that is no result.
    Head,
}

impl NodeKind {
    /// Its name for programs: `head` for a budget head.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Output => "output",
            Self::Activity => "activity",
            Self::Head => "head",
        }
    }
}

impl std::fmt::Display for NodeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Outcome => "outcome",
            Self::Output => "output",
            Self::Activity => "activity",
            Self::Head => "budget head",
        })
    }
}

/// A result or budget head, wherever it stands in the chain: one column that money can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Where its id stands.
    pub span: Option<Span>,
    /// The node it hangs on, as a position in [`Plan::nodes`](crate::Plan::nodes).
    pub parent: Option<usize>,
    /// The outcome it belongs to, or itself, as a position in [`Plan::nodes`](crate::Plan::nodes).
    pub root: usize,
}

/// An allocation whose office and result are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub office: usize,
    pub node: usize,
}

#[derive(Debug)]
pub(crate) struct Index {
    pub nodes: Vec<Node>,
    pub statements: Vec<Statement>,
    offices: HashMap<Id, usize>,
    node_ids: HashMap<Id, usize>,
    /// One entry an allocation; `None` where its office or result is unknown.
    pub places: Vec<Option<Place>>,
    /// Allocations of each office.
    pub of_office: Vec<Vec<usize>>,
    /// Allocations of each outcome or head with everything under it, by the position of the outcome or head in `nodes`.
    pub of_root: Vec<Vec<usize>>,
    /// What budget lines come to.
    pub built: Built,
}

impl Index {
    /// Looks a draft through, and adds the allocations that its lines build up.
    pub fn of(draft: &mut Draft) -> Self {
        draft.allocations.retain(|allocation| !allocation.is_built);
        allocation::by_office(&mut draft.allocations);
        let mut index = Self::of_ids(draft);
        index.built = Built::of(draft, &index);
        draft.allocations.extend(index.built.allocations(draft, &index));
        index.place_allocations(draft);
        index
    }

    fn of_ids(draft: &Draft) -> Self {
        let nodes = nodes(draft);
        let node_ids = first_positions(nodes.iter().map(|node| &node.id));
        let offices = first_positions(draft.offices.iter().map(|office| &office.id.value));
        Self {
            statements: declared::statements(&draft.declared, &draft.header.printed),
            of_office: vec![Vec::new(); draft.offices.len()],
            of_root: vec![Vec::new(); nodes.len()],
            places: Vec::with_capacity(draft.allocations.len()),
            nodes,
            offices,
            node_ids,
            built: Built::default(),
        }
    }

    fn place_allocations(&mut self, draft: &Draft) {
        for (i, allocation) in draft.allocations.iter().enumerate() {
            let place = self.office(&allocation.office).zip(self.node(&allocation.result));
            let place = place.map(|(office, node)| Place { office, node });
            self.places.push(place);
            let Some(Place { office, node }) = place else { continue };
            self.of_office.get_mut(office).into_iter().for_each(|row| row.push(i));
            let root = self.nodes.get(node).map_or(node, |node| node.root);
            self.of_root.get_mut(root).into_iter().for_each(|column| column.push(i));
        }
    }

    pub fn office(&self, id: &str) -> Option<usize> {
        self.offices.get(id).copied()
    }

    pub fn node(&self, id: &str) -> Option<usize> {
        self.node_ids.get(id).copied()
    }

    pub fn office_ids(&self) -> impl Iterator<Item = &str> {
        self.offices.keys().map(Id::as_str)
    }

    /// Whether the office or the result of some allocation is unknown.
    pub fn has_unplaced(&self) -> bool {
        self.places.iter().any(Option::is_none) || self.built.places.iter().any(Option::is_none)
    }

    /// Whether `node` is `ancestor` or hangs somewhere under it.
    pub fn is_within(&self, node: usize, ancestor: usize) -> bool {
        let mut at = Some(node);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.nodes.get(here).and_then(|node| node.parent);
        }
        false
    }
}

/// The first position of each id: a second thing of the same id is reported by a rule, and never found.
fn first_positions<'a>(ids: impl Iterator<Item = &'a Id>) -> HashMap<Id, usize> {
    let mut positions = HashMap::new();
    for (i, id) in ids.enumerate() {
        positions.entry(id.clone()).or_insert(i);
    }
    positions
}

fn nodes(draft: &Draft) -> Vec<Node> {
    let mut nodes = Vec::new();
    for outcome in &draft.outcomes {
        let root = push(&mut nodes, NodeKind::Outcome, &outcome.id, &outcome.title, None);
        for activity in &outcome.activities {
            push(&mut nodes, NodeKind::Activity, &activity.id, &activity.title, Some(root));
        }
        for output in &outcome.outputs {
            let parent = push(&mut nodes, NodeKind::Output, &output.id, &output.title, Some(root));
            for activity in &output.activities {
                push(&mut nodes, NodeKind::Activity, &activity.id, &activity.title, Some(parent));
            }
        }
    }
    for head in &draft.heads {
        push(&mut nodes, NodeKind::Head, &head.id, &head.title, None);
    }
    nodes
}

fn push(nodes: &mut Vec<Node>, kind: NodeKind, id: &Spanned<Id>, title: &str, parent: Option<usize>) -> usize {
    let at = nodes.len();
    let root = parent.and_then(|parent| nodes.get(parent)).map_or(at, |parent| parent.root);
    nodes.push(Node { kind, id: id.value.clone(), title: title.to_owned(), span: id.span, parent, root });
    at
}
