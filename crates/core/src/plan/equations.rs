//! The equations behind the declared figures: what each must equal, and how it stands to that.
//!
//! A declared amount must equal its cells; a total must equal the printed totals beside it that are its parts; the same
//! thing printed twice must be the same number.

use std::collections::HashMap;
use std::rc::Rc;

use super::grid::{Counted, Crossing, Grid};
use super::{Measure, Plan, Statement};
use crate::crossfoot::{Agreement, End, Footing, Interval, NoneMeans};
use crate::decimal::Decimal;

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
    Judged(Agreement),
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
            Self::Judged(Agreement::Exact) => 0,
            Self::Judged(Agreement::WithinRounding) => 1,
            Self::Open { .. } => 2,
            Self::Overflow | Self::NoBase => 3,
            Self::Judged(Agreement::Wrong) => 4,
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
    pub sum: Footing,
    /// Cells beside the parts that are not given or stand for an unknown amount.
    pub unknown: usize,
    /// Whether both sides are one amount printed twice in one way: then no rounding stands between the two.
    pub same_number: bool,
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

/// The comparisons.
impl Grid<'_> {
    fn against_cells(&self, i: usize, statement: &Statement, counted: &Counted) -> Equation {
        let of_plan = &self.plan.header.printed;
        let parts = Parts::Cells(counted.cells.clone());
        let Some((sum, unknown)) = counted.sum else { return equation(i, parts, Footing::default(), Standing::Overflow) };
        let unknown = unknown + counted.missing;
        // One amount printed twice in one way must be the same number: no rounding stands between the two. A "-" that rounds to
        // zero is a second amount beside the one.
        let is_given = |i: &usize| self.plan.allocations.get(*i).is_some_and(|allocation| !allocation.is_built);
        let alone = sum.terms == 1
            && counted.cells.iter().all(is_given)
            && (counted.cells.len() == 1 || of_plan.none != Some(NoneMeans::RoundsToZero));
        let same_number = alone && of_plan.is_like(&statement.printed);
        let sum = if same_number { exactly(sum) } else { sum };
        Equation { unknown, same_number, ..equation(i, parts, sum, judge(statement, sum, unknown, same_number)) }
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
        let same_number = matches!(statements.as_slice(), [part] if part.printed.is_like(&total.printed));
        let sum =
            statements.iter().try_fold(Footing::default(), |sum, part| sum.plus(*part.value, part.printed.amounts(*part.value)?));
        let Some(sum) = sum else { return Some(equation(i, parts, Footing::default(), Standing::Overflow)) };
        let sum = if same_number { exactly(sum) } else { sum };
        Some(Equation { same_number, ..equation(i, parts, sum, judge(total, sum, 0, same_number)) })
    }

    fn against_repeat(&self, i: usize, first: usize) -> Option<Equation> {
        let (statement, earlier) = (self.plan.statements().get(i)?, self.plan.statements().get(first)?);
        let same_way = statement.printed.is_like(&earlier.printed);
        let sum = Footing::default().plus(*earlier.value, earlier.printed.amounts(*earlier.value)?)?;
        let sum = if same_way { exactly(sum) } else { sum };
        let equation = equation(i, Parts::Repeat(first), sum, judge(statement, sum, 0, same_way));
        Some(Equation { same_number: same_way, ..equation })
    }
}

fn equation(statement: usize, parts: Parts, sum: Footing, standing: Standing) -> Equation {
    Equation { statement, parts, sum, unknown: 0, same_number: false, standing }
}

fn exactly(sum: Footing) -> Footing {
    Footing { amounts: Interval::exactly(sum.value), ..sum }
}

/// How a statement stands to its parts, of which `unknown` more may be anything from zero up.
fn judge(statement: &Statement, sum: Footing, unknown: usize, same_number: bool) -> Standing {
    let value = *statement.value;
    let own = if same_number { Some(Interval::exactly(value)) } else { statement.printed.amounts(value) };
    let Some(own) = own else { return Standing::Overflow };
    let verdict = sum.verdict(value, own);
    if verdict < Agreement::Wrong || unknown == 0 {
        return Standing::Judged(verdict);
    }
    let at_least_zero = Interval { low: Some(End { value: Decimal::ZERO, shift: 0 }), high: None };
    match sum.amounts.plus(at_least_zero) {
        Some(open) if open.meets(own) => Standing::Open { unknown },
        Some(_) => Standing::Judged(Agreement::Wrong),
        None => Standing::Overflow,
    }
}
