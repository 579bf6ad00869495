//! What the budget can be told apart by, and the groups that its allocations fall into.

use std::collections::{HashMap, HashSet};

use crate::error::Error;
use crate::plan::{Id, Node, NodeKind, Office, Plan};

/// What the rows or the columns of a [`pivot`](super::pivot) stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// The office that gets the money.
    Office,
    /// Its kind: country, sub-regional, regional.
    Kind,
    /// The region of its places.
    Region,
    /// The outcome or budget head that the money serves in the end.
    Outcome,
    /// The output.
    Output,
    /// The activity.
    Activity,
    /// The outcome, output, activity or budget head that the money is given to.
    Result,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Office, Self::Kind, Self::Region, Self::Outcome, Self::Output, Self::Activity, Self::Result];

    /// Its name for programs: `outcome`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Kind => "kind",
            Self::Region => "region",
            Self::Outcome => "outcome",
            Self::Output => "output",
            Self::Activity => "activity",
            Self::Result => "result",
        }
    }

    /// The dimension of a name.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn named(name: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|one| one.name() == name);
        found.ok_or_else(|| Error::unknown("dimension", name, Self::ALL.map(Self::name)))
    }

    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Office => "Implementing office",
            Self::Kind => "Kind of office",
            Self::Region => "Region",
            Self::Outcome => "Outcome or budget head",
            Self::Output => "Output",
            Self::Activity => "Activity",
            Self::Result => "Result or budget head",
        }
    }

    /// What messages call one of its groups.
    fn kind(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Kind => "kind of office",
            Self::Region => "region",
            Self::Outcome => "outcome or budget head",
            Self::Output => "output",
            Self::Activity => "activity",
            Self::Result => "outcome, output, activity or budget head",
        }
    }

    /// Groups that a plan may have money in without naming them.
    fn further(self) -> &'static [&'static str] {
        if self == Self::Kind { &["country", "sub-regional", "regional"] } else { &[] }
    }

    /// The groups that there are in the plan, with money or without.
    fn groups(self, plan: &Plan) -> Vec<Group> {
        let nodes = || plan.nodes().iter().enumerate();
        let of_kind = |kind| nodes().filter(move |(_, node)| node.kind == kind).map(|(at, node)| Group::of_node(at, node));
        match self {
            Self::Office => plan.offices.iter().enumerate().map(|(at, office)| Group::of_office(at, office)).collect(),
            Self::Kind => Vec::new(),
            Self::Region => {
                let regions = plan.regions.iter().enumerate();
                regions.map(|(at, region)| Group::named(at, &region.id, &region.name)).collect()
            }
            Self::Outcome => {
                nodes().filter(|(_, node)| node.parent.is_none()).map(|(at, node)| Group::of_node(at, node)).collect()
            }
            Self::Output => of_kind(NodeKind::Output).collect(),
            Self::Activity => of_kind(NodeKind::Activity).collect(),
            Self::Result => nodes().map(|(at, node)| Group::of_node(at, node)).collect(),
        }
    }

    /// The group of an allocation.
    fn group(self, plan: &Plan, allocation: usize) -> Option<Group> {
        let allocation = plan.allocations.get(allocation)?;
        let (office, result) = (&allocation.office.value, &allocation.result.value);
        Some(match self {
            Self::Office => of_office(plan, office, Group::of_office),
            Self::Kind => of_office(plan, office, of_kind),
            Self::Region => of_office(plan, office, |_, office| of_region(plan, office)),
            Self::Outcome | Self::Output | Self::Activity | Self::Result => self.of_result(plan, result),
        })
    }

    fn of_result(self, plan: &Plan, id: &Id) -> Group {
        let Some(at) = plan.index().node(id) else { return Group::unknown(id) };
        let wanted = match self {
            Self::Outcome => |node: &Node| node.parent.is_none(),
            Self::Output => |node: &Node| node.kind == NodeKind::Output,
            Self::Activity => |node: &Node| node.kind == NodeKind::Activity,
            _ => |_: &Node| true,
        };
        let above = std::iter::successors(Some(at), |at| plan.nodes().get(*at)?.parent);
        let mut above = above.filter_map(|at| plan.nodes().get(at).map(|node| (at, node)));
        match (above.find(|(_, node)| wanted(node)), plan.nodes().get(at)) {
            (Some((at, node)), _) => Group::of_node(at, node),
            (None, Some(node)) => Group::outside(at, node, self),
            (None, None) => Group::unknown(id),
        }
    }
}

/// The positions of the allocations that are in one of the named groups of every dimension: the cells of some offices for an outcome,
/// say. An office of several regions is in none of them.
///
/// ```
/// use logframe::report::{Dimension, select};
/// use logframe::{Allocation, Draft, Head, Header, Office, Plan};
/// let plan = Plan::new(Draft {
///     header: Header::new("demo", "Demo", "USD"),
///     heads: vec![Head::new("food", "Food"), Head::new("shelter", "Shelter")],
///     offices: vec![Office::new("north", "North")],
///     allocations: vec![Allocation::new("north", "food", 10.into()), Allocation::new("north", "shelter", 20.into())],
///     ..Draft::default()
/// });
/// assert_eq!(select(&plan, &[(Dimension::Outcome, vec!["shelter".into()])])?, [1]);
/// assert!(select(&plan, &[(Dimension::Outcome, vec!["shelters".into()])]).is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Unknown`] with the nearest name where the plan has no such group.
pub fn select(plan: &Plan, wanted: &[(Dimension, Vec<String>)]) -> Result<Vec<usize>, Error> {
    let mut selection: Vec<usize> = (0..plan.allocations.len()).collect();
    for (dimension, names) in wanted {
        let mut groups = Groups::new(plan, *dimension, true);
        let there: Vec<String> = groups.all().iter().map(|group| group.key.clone()).collect();
        let known = there.iter().map(String::as_str).chain(dimension.further().iter().copied());
        for name in names {
            if !known.clone().any(|known| known == name) {
                return Err(Error::unknown(dimension.kind(), name, known));
            }
        }
        let names: HashSet<&str> = names.iter().map(String::as_str).collect();
        selection.retain(|at| {
            let group = groups.place(plan, *at);
            groups.all().get(group).is_some_and(|group| names.contains(group.key.as_str()))
        });
    }
    Ok(selection)
}

fn of_office(plan: &Plan, id: &Id, group: impl Fn(usize, &Office) -> Group) -> Group {
    let at = plan.index().office(id);
    at.and_then(|at| Some(group(at, plan.offices.get(at)?))).unwrap_or_else(|| Group::unknown(id))
}

fn of_kind(_: usize, office: &Office) -> Group {
    let Some(kind) = office.kind else { return Group::named(LAST, "-", "kind not given") };
    Group::named(kind as usize, &kind.to_string(), &kind.to_string())
}

/// The region of an office's places; of those it supports, where it has no place.
fn of_region(plan: &Plan, office: &Office) -> Group {
    let holds = |at: usize| {
        let region = plan.regions.get(at);
        let is_in = |place: &Id| region.is_some_and(|region| region.places.get(place).is_some());
        let is_of = |id: &Id| region.is_some_and(|region| region.id.value == *id);
        let places = office.places.iter().any(|place| is_in(place));
        places || (office.places.is_empty() && office.regions.iter().any(|id| is_of(id)))
    };
    let regions: Vec<usize> = (0..plan.regions.len()).filter(|at| holds(*at)).collect();
    match regions.as_slice() {
        [] => Group::named(LAST, "-", "no region"),
        [one] => plan.regions.get(*one).map_or_else(Group::whole, |region| Group::named(*one, &region.id, &region.name)),
        _ => Group::named(LAST - 1, "+", "several regions"),
    }
}

const LAST: usize = usize::MAX - 1;

/// A row or a column of a pivot.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Where it stands among the others.
    pub order: usize,
    pub key: String,
    pub title: String,
    /// The office, outcome, output, activity or head that it is.
    pub office: Option<String>,
    pub result: Option<String>,
    pub is_whole: bool,
}

impl Group {
    fn named(order: usize, key: &str, title: &str) -> Self {
        Self { order, key: key.to_owned(), title: title.to_owned(), office: None, result: None, is_whole: false }
    }

    /// The whole plan.
    pub fn whole() -> Self {
        Self { is_whole: true, ..Self::named(LAST, "", "") }
    }

    fn of_office(at: usize, office: &Office) -> Self {
        Self { office: Some(office.id.to_string()), ..Self::named(at, &office.id, &office.name) }
    }

    fn of_node(at: usize, node: &Node) -> Self {
        Self { result: Some(node.id.to_string()), ..Self::named(at, &node.id, &node.title) }
    }

    /// Money that is given to something above what is looked for, or to a budget head.
    fn outside(at: usize, node: &Node, dimension: Dimension) -> Self {
        let title = match node.kind {
            NodeKind::Head => node.title.clone(),
            _ => format!("{}, no {}", node.title, dimension.name()),
        };
        Self::named(at, &node.id, &title)
    }

    fn unknown(id: &str) -> Self {
        Self::named(usize::MAX, id, id)
    }
}

/// The groups of one side of a pivot.
pub(super) struct Groups {
    dimension: Dimension,
    met: Vec<Group>,
    by_key: HashMap<(usize, String), usize>,
    /// The group of each office or result that was met, by its id.
    by_id: HashMap<Id, usize>,
}

impl Groups {
    /// No groups yet, or all that there are in the plan.
    pub fn new(plan: &Plan, dimension: Dimension, is_whole: bool) -> Self {
        let met = if is_whole { dimension.groups(plan) } else { Vec::new() };
        let by_key = met.iter().enumerate().map(|(at, group)| ((group.order, group.key.clone()), at)).collect();
        Self { dimension, met, by_key, by_id: HashMap::new() }
    }

    pub fn all(&self) -> &[Group] {
        &self.met
    }

    /// The group of an allocation, made where it is the first of it.
    pub fn place(&mut self, plan: &Plan, allocation: usize) -> usize {
        let id = plan.allocations.get(allocation).map(|one| match self.dimension {
            Dimension::Office | Dimension::Kind | Dimension::Region => one.office.value.clone(),
            _ => one.result.value.clone(),
        });
        let known = id.as_ref().and_then(|id| self.by_id.get(id).copied());
        known.unwrap_or_else(|| {
            let at = self.made(self.dimension.group(plan, allocation).unwrap_or_else(Group::whole));
            id.into_iter().for_each(|id| {
                self.by_id.insert(id, at);
            });
            at
        })
    }

    fn made(&mut self, group: Group) -> usize {
        let next = self.met.len();
        let at = *self.by_key.entry((group.order, group.key.clone())).or_insert(next);
        if at == next {
            self.met.push(group);
        }
        at
    }

    /// Puts the groups in the order of the plan; where each has gone.
    pub fn sort(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.met.len()).collect();
        order.sort_by_key(|at| self.met.get(*at).map(|group| group.order));
        let mut gone = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, from)| gone.get_mut(*from).into_iter().for_each(|at| *at = to));
        self.met.sort_by_key(|group| group.order);
        gone
    }
}
