//! What a declared share is a share of: of which of the plan's amounts, and in which.

use std::collections::HashMap;
use std::rc::Rc;

use super::declared::{Measure, Scope};
use super::grid::{Crossing, Grid};
use super::{Plan, Statement};

/// Where an amount comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A printed amount, as a position among the statements.
    Printed(usize),
    /// Allocations, by position, all of which are known.
    Cells(Rc<[usize]>),
}

/// A declared share with the part and the whole that it is about.
#[derive(Clone, Debug)]
pub struct ShareBase {
    /// Which statement, as a position in [`Plan::statements`].
    pub statement: usize,
    /// What has the share.
    pub part: Origin,
    /// What it has a share in.
    pub whole: Origin,
}

/// All declared shares of a plan, in the order of the statements; but for those that name something unknown, or whose amounts
/// nothing gives.
pub fn of(plan: &Plan) -> Vec<ShareBase> {
    let statements = plan.statements().iter().enumerate();
    let shares: Vec<_> = statements.filter(|(_, statement)| statement.measure == Measure::Share).collect();
    if shares.is_empty() {
        return Vec::new();
    }
    let amounts = Amounts::of(plan);
    shares.into_iter().filter_map(|(i, statement)| amounts.base(i, statement)).collect()
}

/// Where amounts come from: the figure printed in the same place, else the finest one printed anywhere, else the cells.
struct Amounts<'p> {
    plan: &'p Plan,
    grid: Grid<'p>,
    printed: HashMap<Crossing, Vec<usize>>,
}

impl<'p> Amounts<'p> {
    fn of(plan: &'p Plan) -> Self {
        let grid = Grid::of(plan);
        let mut printed: HashMap<Crossing, Vec<usize>> = HashMap::new();
        for (i, statement) in plan.statements().iter().enumerate().filter(|(_, s)| s.measure == Measure::Amount) {
            if let Some(crossing) = grid.crossing(&statement.scope) {
                printed.entry(crossing).or_default().push(i);
            }
        }
        Self { plan, grid, printed }
    }

    fn base(&self, i: usize, share: &Statement) -> Option<ShareBase> {
        let block = self.plan.declared.get(share.block)?;
        // The whole is the total printed beside the share, else the plan's.
        let whole = if block.total.is_some() { block.of.clone().unwrap_or_default() } else { Scope::default() };
        let whole = self.origin(&whole, share.block)?;
        Some(ShareBase { statement: i, part: self.origin(&share.scope, share.block)?, whole })
    }

    fn origin(&self, scope: &Scope, block: usize) -> Option<Origin> {
        let crossing = self.grid.crossing(scope)?;
        let printed = self.printed.get(&crossing).map(Vec::as_slice).unwrap_or_default();
        let statement = |i: &usize| self.plan.statements().get(*i);
        let beside = printed.iter().find(|i| statement(i).is_some_and(|statement| statement.block == block));
        let unit = |i: &&usize| statement(i).and_then(|statement| statement.printed.unit).map(|unit| unit.value);
        if let Some(found) = beside.or_else(|| printed.iter().min_by_key(unit)) {
            return Some(Origin::Printed(*found));
        }
        let cells = self.grid.cells(&crossing);
        let (sum, unknown) = self.grid.sum(&cells, &self.plan.header.printed)?;
        (unknown == 0 && sum.terms > 0).then(|| Origin::Cells(cells.into()))
    }
}
