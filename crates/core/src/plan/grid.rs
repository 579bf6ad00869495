//! The budget as a grid of offices and results: which cells a scope is about, what they make, and whether parts are all of it.

use std::collections::HashSet;
use std::rc::Rc;

use super::{Cell, Id, Index, Plan, Printed, Scope};
use crate::crossfoot::{End, Footing, Interval, NoneMeans};
use crate::decimal::Decimal;
use crate::source::Spanned;

/// A scope with its ids resolved and in order, so that two scopes of the same meaning are equal. `None` means all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Crossing {
    offices: Option<Vec<usize>>,
    nodes: Option<Vec<usize>>,
}

/// The cells of a crossing, added up.
pub struct Counted {
    pub cells: Rc<[usize]>,
    /// Their sum, and how many of them stand for an unknown amount; `None` where it has more digits than can be held.
    pub sum: Option<(Footing, usize)>,
    /// How many cells are not given at all.
    pub missing: usize,
}

/// The budget as a grid of offices and results.
pub struct Grid<'p> {
    pub plan: &'p Plan,
    index: &'p Index,
    /// Pairs of office and outcome (or head) for which something is given, sorted.
    given: Vec<(usize, usize)>,
    roots: usize,
}

impl<'p> Grid<'p> {
    /// The grid of a plan.
    pub fn of(plan: &'p Plan) -> Self {
        let index = plan.index();
        let root = |node: usize| index.nodes.get(node).map_or(node, |node| node.root);
        let mut given: Vec<_> = index.places.iter().flatten().map(|place| (place.office, root(place.node))).collect();
        given.sort_unstable();
        given.dedup();
        Self { plan, index, given, roots: index.nodes.iter().filter(|node| node.parent.is_none()).count() }
    }

    /// The crossing of a scope; `None` where it names something unknown, which has a rule of its own. A list that names all there
    /// is means the same as no list, and what lies within another thing of the list adds nothing to it.
    pub fn crossing(&self, scope: &Scope) -> Option<Crossing> {
        let offices = scope.offices.as_ref().map_or(Some(Vec::new()), |ids| positions(ids, |id| self.index.office(id)))?;
        let nodes = scope.results.as_ref().map_or(Some(Vec::new()), |ids| positions(ids, |id| self.index.node(id)))?;
        let inside = |node: usize| nodes.iter().any(|other| *other != node && self.index.is_within(node, *other));
        let outer: Vec<usize> = nodes.iter().copied().filter(|node| !inside(*node)).collect();
        Some(Crossing {
            offices: scope.offices.as_ref().map(|_| offices).filter(|offices| offices.len() < self.index.of_office.len()),
            nodes: scope
                .results
                .as_ref()
                .map(|_| outer)
                .filter(|nodes| nodes.iter().filter(|n| self.is_root(**n)).count() < self.roots),
        })
    }

    /// The allocations of a crossing, in document order.
    pub fn cells(&self, crossing: &Crossing) -> Vec<usize> {
        let within = |i: &usize| match (&crossing.nodes, self.index.places.get(*i)) {
            (Some(nodes), Some(Some(place))) => nodes.iter().any(|node| self.index.is_within(place.node, *node)),
            (None, Some(Some(_))) => true,
            _ => false,
        };
        match (&crossing.offices, &crossing.nodes) {
            (Some(offices), _) => {
                offices.iter().filter_map(|office| self.index.of_office.get(*office)).flatten().copied().filter(within).collect()
            }
            (None, Some(nodes)) => {
                let mut roots: Vec<_> = nodes.iter().filter_map(|node| Some(self.index.nodes.get(*node)?.root)).collect();
                roots.dedup();
                roots.iter().filter_map(|root| self.index.of_root.get(*root)).flatten().copied().filter(within).collect()
            }
            (None, None) => (0..self.index.places.len()).filter(within).collect(),
        }
    }

    /// How many cells of a crossing are not given at all, an outcome or head counting as one cell an office.
    fn missing(&self, crossing: &Crossing, cells: &[usize]) -> usize {
        let offices = crossing.offices.as_ref().map_or(self.index.of_office.len(), Vec::len);
        let nodes = crossing.nodes.as_ref().map_or(self.roots, Vec::len);
        let given = match &crossing.nodes {
            None => match &crossing.offices {
                None => self.given.len(),
                Some(offices) => offices.iter().map(|office| self.given_of(*office)).sum(),
            },
            Some(nodes) => {
                let places = cells.iter().filter_map(|i| self.index.places.get(*i).copied().flatten());
                let column = |node| nodes.iter().position(|column| self.index.is_within(node, *column));
                let mut pairs: Vec<_> = places.filter_map(|place| Some((place.office, column(place.node)?))).collect();
                pairs.sort_unstable();
                pairs.dedup();
                pairs.len()
            }
        };
        (offices * nodes).saturating_sub(given)
    }

    /// The cells of a crossing that are not given at all, as pairs of an office and a result; `cells` are those that are.
    pub fn missing_cells(&self, crossing: &Crossing, cells: &[usize]) -> Vec<(usize, usize)> {
        let all_nodes = || (0..self.index.nodes.len()).filter(|i| self.is_root(*i)).collect();
        let nodes: Vec<usize> = crossing.nodes.clone().unwrap_or_else(all_nodes);
        let places = cells.iter().filter_map(|i| self.index.places.get(*i).copied().flatten());
        let column = |node| nodes.iter().find(|column| self.index.is_within(node, **column));
        let given: HashSet<(usize, usize)> = places.filter_map(|place| Some((place.office, *column(place.node)?))).collect();
        let offices = crossing.offices.clone().unwrap_or_else(|| (0..self.index.of_office.len()).collect());
        let pairs = offices.into_iter().flat_map(|office| nodes.iter().map(move |node| (office, *node)));
        pairs.filter(|pair| !given.contains(pair)).collect()
    }

    fn is_root(&self, node: usize) -> bool {
        self.index.nodes.get(node).is_some_and(|node| node.parent.is_none())
    }

    fn given_of(&self, office: usize) -> usize {
        let from = self.given.partition_point(|(row, _)| *row < office);
        self.given.get(from..).unwrap_or_default().partition_point(|(row, _)| *row == office)
    }

    /// The cells of a crossing, added up.
    pub fn counted(&self, crossing: &Crossing) -> Counted {
        let cells = self.cells(crossing);
        let sum = self.sum(&cells, &self.plan.header.printed);
        Counted { sum, missing: self.missing(crossing, &cells), cells: cells.into() }
    }

    /// The sum of allocations that are amounts, and how many cells stand for an unknown amount.
    pub fn sum(&self, cells: &[usize], printed: &Printed) -> Option<(Footing, usize)> {
        let (built, given): (Vec<_>, Vec<_>) =
            cells.iter().filter_map(|i| self.plan.allocations.get(*i)).partition(|allocation| allocation.is_built);
        let cells = || given.iter().map(|allocation| *allocation.cell);
        let unit = printed.unit.map(|unit| unit.abs());
        let mut sum = Footing::of_printed(cells().filter_map(Cell::amount), unit, printed.rule())?;
        // What is built up from lines is no printed figure: nothing was rounded away of it.
        for amount in built.into_iter().filter_map(|allocation| allocation.cell.amount()) {
            sum = sum.plus(amount, Interval::exactly(amount))?;
        }
        let nones = || cells().filter(|cell| *cell == Cell::None);
        match printed.none.unwrap_or_default() {
            NoneMeans::Zero => Some((sum, 0)),
            NoneMeans::Unknown => Some((sum, nones().count())),
            NoneMeans::RoundsToZero => {
                let zeros = Footing::of_printed(nones().map(|_| Decimal::ZERO), unit, printed.rule())?;
                // An amount that is not worth printing is still no less than nothing.
                let low = Some(End { value: Decimal::ZERO, shift: 0 });
                sum.amounts = sum.amounts.plus(Interval { low, ..zeros.amounts })?;
                Some((sum, 0))
            }
        }
    }

    /// Whether the parts are every office, or every outcome and head, of the whole: then they are all of it, given or not.
    pub fn names_all(&self, parts: &[Crossing], whole: &Crossing) -> bool {
        let all = |own: &Option<Vec<usize>>, count: usize| own.clone().unwrap_or_else(|| (0..count).collect());
        let one = |ids: &Option<Vec<usize>>| ids.as_ref().and_then(|ids| (ids.len() == 1).then(|| ids.first().copied())?);
        let mut offices: Vec<usize> = parts.iter().filter_map(|part| one(&part.offices)).collect();
        offices.sort_unstable();
        if parts.iter().all(|part| part.nodes == whole.nodes) && offices.len() == parts.len() {
            return offices == all(&whole.offices, self.index.of_office.len());
        }
        let mut nodes: Vec<usize> = parts.iter().filter_map(|part| one(&part.nodes)).collect();
        nodes.sort_unstable();
        let roots = (0..self.index.nodes.len()).filter(|i| self.is_root(*i));
        let wanted = whole.nodes.clone().unwrap_or_else(|| roots.collect());
        parts.iter().all(|part| part.offices == whole.offices) && nodes.len() == parts.len() && nodes == wanted
    }

    /// Whether each amount among `cells` belongs to exactly one of the parts.
    pub fn cover(&self, parts: &[Crossing], cells: &[usize]) -> bool {
        let printed = &self.plan.header.printed;
        // A "-" that stands for some amount must be covered like one, and so must a zero that others are rounded to.
        let dash = printed.none.is_some_and(|none| none != NoneMeans::Zero);
        let counts = |amount: Decimal| !amount.is_zero() || printed.unit.is_some();
        let is_amount = |i: &&usize| self.plan.allocations.get(**i).is_some_and(|a| a.cell.amount().map_or(dash, counts));
        let mut wanted: Vec<usize> = cells.iter().filter(is_amount).copied().collect();
        let mut covered: Vec<usize> = Vec::new();
        for part in parts {
            covered.extend(self.cells(part).iter().filter(is_amount));
        }
        wanted.sort_unstable();
        covered.sort_unstable();
        wanted == covered
    }
}

/// The positions of a list of ids, in order and each once; `None` where one is unknown.
fn positions(ids: &[Spanned<Id>], find: impl Fn(&str) -> Option<usize>) -> Option<Vec<usize>> {
    let mut found = ids.iter().map(|id| find(id)).collect::<Option<Vec<_>>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}
