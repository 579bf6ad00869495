//! The equations behind the declared figures: what each must equal, and how it stands to that.
//!
//! A declared amount must equal its cells; a total must equal the printed totals beside it that are its parts; the same
//! thing printed twice must be the same number.

use std::collections::HashMap;
use std::rc::Rc;

use crate::crossfoot::{End, Interval, Rounding, Sum, Verdict};
use crate::decimal::Decimal;
use crate::plan::{Cell, Id, Index, Measure, NoneMeans, Plan, Printed, Scope, Statement};
use crate::source::Spanned;

/// What a declared amount is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// The allocations it is made of, by position.
    Cells(Rc<[usize]>),
    /// Totals of offices printed in the same place, as positions among the statements.
    Offices(Vec<usize>),
    /// Totals of results printed in the same place, as positions among the statements.
    Results(Vec<usize>),
    /// The same thing printed elsewhere, as a position among the statements.
    Repeat(usize),
}

/// How an equation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was judged.
    Judged(Verdict),
    /// It cannot be judged: this many cells are not given, and what is missing could be theirs.
    Open {
        /// Cells that are not given or that stand for an unknown amount.
        unknown: usize,
    },
    /// It cannot be judged: a sum or product has more digits than can be held.
    Overflow,
    /// It cannot be judged: a share of nothing, or of less.
    NoBase,
}

impl Standing {
    /// The worse of two: wrong outweighs what cannot be judged, which outweighs what holds.
    pub fn worse(self, other: Self) -> Self {
        let rank = |standing: Self| match standing {
            Self::Judged(Verdict::Exact) => 0,
            Self::Judged(Verdict::WithinRounding) => 1,
            Self::Open { .. } => 2,
            Self::Overflow | Self::NoBase => 3,
            Self::Judged(Verdict::Wrong) => 4,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

/// One equation of one statement.
#[derive(Clone, Debug)]
pub struct Equation {
    /// Which statement, as a position in [`Plan::statements`].
    pub statement: usize,
    /// What it is compared with.
    pub parts: Parts,
    /// The parts at face value, and what they can stand for.
    pub sum: Sum,
    /// Cells beside the parts that are not given or stand for an unknown amount.
    pub unknown: usize,
    /// How it stands.
    pub standing: Standing,
}

/// All equations of a plan's declared amounts, in the order of the statements.
pub fn of(plan: &Plan) -> Vec<Equation> {
    // Money whose office or result is unknown belongs to sums that nobody can name: they are judged when it is mended.
    if plan.index().has_unplaced() {
        return Vec::new();
    }
    let grid = Grid::of(plan);
    let mut first_of: HashMap<Crossing, usize> = HashMap::new();
    // What is printed in many places is added once.
    let mut counted: HashMap<Crossing, Rc<Counted>> = HashMap::new();
    let mut equations = Vec::new();
    for (i, statement) in plan.statements().iter().enumerate() {
        let Some(crossing) = grid.crossing(&statement.scope) else { continue };
        if statement.measure == Measure::Share {
            continue;
        }
        let counted = counted.entry(crossing.clone()).or_insert_with(|| Rc::new(grid.counted(&crossing))).clone();
        equations.push(grid.against_cells(i, statement, &counted));
        equations.extend(grid.against_parts(i, statement, &crossing, &counted));
        let first = *first_of.entry(crossing).or_insert(i);
        equations.extend((first != i).then(|| grid.against_repeat(i, first)).flatten());
    }
    equations
}

/// A scope with its ids resolved and in order, so that two scopes of the same meaning are equal. `None` means all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Crossing {
    offices: Option<Vec<usize>>,
    nodes: Option<Vec<usize>>,
}

/// The cells of a crossing, added up.
struct Counted {
    cells: Rc<[usize]>,
    /// Their sum, and how many of them stand for an unknown amount; `None` where it has more digits than can be held.
    sum: Option<(Sum, usize)>,
    /// How many cells are not given at all.
    missing: usize,
}

/// The budget as a grid of offices and results.
pub struct Grid<'p> {
    plan: &'p Plan,
    index: &'p Index,
    /// Pairs of office and outcome (or head) for which something is given, sorted.
    given: Vec<(usize, usize)>,
    roots: usize,
}

impl<'p> Grid<'p> {
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
        let is_root = |node: &usize| self.index.nodes.get(*node).is_some_and(|node| node.parent.is_none());
        Some(Crossing {
            offices: scope.offices.as_ref().map(|_| offices).filter(|offices| offices.len() < self.index.of_office.len()),
            nodes: scope.results.as_ref().map(|_| outer).filter(|nodes| nodes.iter().filter(|n| is_root(n)).count() < self.roots),
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

    fn given_of(&self, office: usize) -> usize {
        let from = self.given.partition_point(|(row, _)| *row < office);
        self.given.get(from..).unwrap_or_default().partition_point(|(row, _)| *row == office)
    }

    fn counted(&self, crossing: &Crossing) -> Counted {
        let cells = self.cells(crossing);
        let sum = self.sum(&cells, &self.plan.header.printed);
        Counted { sum, missing: self.missing(crossing, &cells), cells: cells.into() }
    }

    fn against_cells(&self, i: usize, statement: &Statement, counted: &Counted) -> Equation {
        let of_plan = &self.plan.header.printed;
        let parts = Parts::Cells(counted.cells.clone());
        let Some((sum, unknown)) = counted.sum else { return equation(i, parts, Sum::default(), Standing::Overflow) };
        let unknown = unknown + counted.missing;
        // One amount printed twice in one way must be the same number: no rounding stands between the two. A "-" that rounds to
        // zero is a second amount beside the one.
        let alone = sum.terms == 1 && (counted.cells.len() == 1 || of_plan.none != Some(NoneMeans::RoundsToZero));
        let same_number = alone && same_way(of_plan, &statement.printed);
        let sum = if same_number { exactly(sum) } else { sum };
        Equation { unknown, ..equation(i, parts, sum, judge(statement, sum, unknown, same_number)) }
    }

    /// The sum of allocations that are amounts, and how many cells stand for an unknown amount.
    pub fn sum(&self, cells: &[usize], printed: &Printed) -> Option<(Sum, usize)> {
        let cells = || cells.iter().filter_map(|i| self.plan.allocations.get(*i)).map(|allocation| *allocation.cell);
        let unit = printed.unit.map(|unit| unit.abs());
        let mut sum = Sum::of_printed(cells().filter_map(Cell::amount), unit, rule(printed))?;
        let nones = || cells().filter(|cell| *cell == Cell::None);
        match printed.none.unwrap_or_default() {
            NoneMeans::Zero => Some((sum, 0)),
            NoneMeans::Unknown => Some((sum, nones().count())),
            NoneMeans::RoundsToZero => {
                let zeros = Sum::of_printed(nones().map(|_| Decimal::ZERO), unit, rule(printed))?;
                // An amount that is not worth printing is still no less than nothing.
                let low = Some(End { value: Decimal::ZERO, shift: 0 });
                sum.amounts = sum.amounts.plus(Interval { low, ..zeros.amounts })?;
                Some((sum, 0))
            }
        }
    }

    /// A total against the totals printed beside it, where these are all its parts.
    fn against_parts(&self, i: usize, statement: &Statement, crossing: &Crossing, counted: &Counted) -> Vec<Equation> {
        let Some(block) = self.plan.declared.get(statement.block) else { return Vec::new() };
        let scope = block.of.clone().unwrap_or_default();
        if block.total.is_none() || self.crossing(&scope).as_ref() != Some(crossing) {
            return Vec::new();
        }
        let beside = |part: &dyn Fn(&Statement) -> bool| -> Vec<usize> {
            let same = |s: &Statement| s.block == statement.block && s.measure == Measure::Amount && part(s);
            (i + 1..i + 1 + block.results.0.len() + block.offices.0.len())
                .filter(|j| self.plan.statements().get(*j).is_some_and(same))
                .collect()
        };
        let results = beside(&|s| s.scope.offices == scope.offices && s.scope.results != scope.results);
        let offices = beside(&|s| s.scope.results == scope.results && s.scope.offices != scope.offices);
        let candidates = [Parts::Results(results), Parts::Offices(offices)];
        candidates.into_iter().filter_map(|parts| self.against_printed(i, statement, parts, (crossing, counted))).collect()
    }

    fn against_printed(&self, i: usize, total: &Statement, parts: Parts, whole: (&Crossing, &Counted)) -> Option<Equation> {
        let (Parts::Results(positions) | Parts::Offices(positions)) = &parts else { return None };
        let statements: Vec<&Statement> = positions.iter().filter_map(|j| self.plan.statements().get(*j)).collect();
        let crossings = statements.iter().map(|part| self.crossing(&part.scope)).collect::<Option<Vec<_>>>()?;
        let (crossing, counted) = whole;
        let covered = self.names_all(&crossings, crossing) || (counted.missing == 0 && self.cover(&crossings, &counted.cells));
        if statements.is_empty() || !covered {
            return None;
        }
        let same_number = matches!(statements.as_slice(), [part] if same_way(&part.printed, &total.printed));
        let sum =
            statements.iter().try_fold(Sum::default(), |sum, part| sum.plus(*part.value, amounts(*part.value, &part.printed)?));
        let Some(sum) = sum else { return Some(equation(i, parts, Sum::default(), Standing::Overflow)) };
        let sum = if same_number { exactly(sum) } else { sum };
        Some(equation(i, parts, sum, judge(total, sum, 0, same_number)))
    }

    /// Whether the parts are every office, or every outcome and head, of the whole: then they are all of it, given or not.
    fn names_all(&self, parts: &[Crossing], whole: &Crossing) -> bool {
        let all = |own: &Option<Vec<usize>>, count: usize| own.clone().unwrap_or_else(|| (0..count).collect());
        let one = |ids: &Option<Vec<usize>>| ids.as_ref().and_then(|ids| (ids.len() == 1).then(|| ids.first().copied())?);
        let mut offices: Vec<usize> = parts.iter().filter_map(|part| one(&part.offices)).collect();
        offices.sort_unstable();
        if parts.iter().all(|part| part.nodes == whole.nodes) && offices.len() == parts.len() {
            return offices == all(&whole.offices, self.index.of_office.len());
        }
        let mut nodes: Vec<usize> = parts.iter().filter_map(|part| one(&part.nodes)).collect();
        nodes.sort_unstable();
        let roots = (0..self.index.nodes.len()).filter(|i| self.index.nodes.get(*i).is_some_and(|node| node.parent.is_none()));
        let wanted = whole.nodes.clone().unwrap_or_else(|| roots.collect());
        parts.iter().all(|part| part.offices == whole.offices) && nodes.len() == parts.len() && nodes == wanted
    }

    /// Whether each amount among `cells` belongs to exactly one of the parts.
    fn cover(&self, parts: &[Crossing], cells: &[usize]) -> bool {
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

    fn against_repeat(&self, i: usize, first: usize) -> Option<Equation> {
        let (statement, earlier) = (self.plan.statements().get(i)?, self.plan.statements().get(first)?);
        let same_way = same_way(&statement.printed, &earlier.printed);
        let sum = Sum::default().plus(*earlier.value, amounts(*earlier.value, &earlier.printed)?)?;
        let sum = if same_way { exactly(sum) } else { sum };
        Some(equation(i, Parts::Repeat(first), sum, judge(statement, sum, 0, same_way)))
    }
}

/// The positions of a list of ids, in order and each once; `None` where one is unknown.
fn positions(ids: &[Spanned<Id>], find: impl Fn(&str) -> Option<usize>) -> Option<Vec<usize>> {
    let mut found = ids.iter().map(|id| find(id)).collect::<Option<Vec<_>>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn equation(statement: usize, parts: Parts, sum: Sum, standing: Standing) -> Equation {
    Equation { statement, parts, sum, unknown: 0, standing }
}

fn exactly(sum: Sum) -> Sum {
    Sum { amounts: Interval::exactly(sum.value), ..sum }
}

/// Whether two figures are rounded to one unit by one rule.
fn same_way(a: &Printed, b: &Printed) -> bool {
    a.unit == b.unit && rule(a) == rule(b)
}

fn rule(printed: &Printed) -> Rounding {
    printed.rounding.unwrap_or_default()
}

/// What a figure printed in these ways can stand for. Without a unit it is exact.
pub fn amounts(value: Decimal, printed: &Printed) -> Option<Interval> {
    match printed.unit {
        Some(unit) => Interval::of_printed(value, unit.abs(), rule(printed)),
        None => Some(Interval::exactly(value)),
    }
}

/// How a statement stands to its parts, of which `unknown` more may be anything from zero up.
fn judge(statement: &Statement, sum: Sum, unknown: usize, same_number: bool) -> Standing {
    let value = *statement.value;
    let own = if same_number { Some(Interval::exactly(value)) } else { amounts(value, &statement.printed) };
    let Some(own) = own else { return Standing::Overflow };
    let verdict = sum.verdict(value, own);
    if verdict < Verdict::Wrong || unknown == 0 {
        return Standing::Judged(verdict);
    }
    let at_least_zero = Interval { low: Some(End { value: Decimal::ZERO, shift: 0 }), high: None };
    match sum.amounts.plus(at_least_zero) {
        Some(open) if open.meets(own) => Standing::Open { unknown },
        Some(_) => Standing::Judged(Verdict::Wrong),
        None => Standing::Overflow,
    }
}
