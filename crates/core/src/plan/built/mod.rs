//! Allocations built up from budget lines: what each line comes to, and what lines of one office for one result come to together.
//!
//! Plain lines first, then percentage lines in the order of what they are percentages of, then sums.

mod convert;
mod percentage;
mod round;

use std::collections::HashMap;

use super::allocation::{Allocation, Cell};
use super::draft::Draft;
use super::id::Id;
use super::index::Index;
use super::line::{Line, Rounded};
use crate::decimal::Decimal;

pub(crate) use convert::Rates;

/// What a budget line comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltLine {
    /// Exactly, in the line's own currency: the product of its factors, its percentage, or its typed amount.
    pub exact: Result<Decimal, Unbuilt>,
    /// In the plan's currency, rounded as the plan says.
    pub amount: Result<Decimal, Unbuilt>,
}

/// Why a line has no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unbuilt {
    /// It has neither an amount nor a unit cost nor a percentage.
    Empty,
    /// It is in a currency for which the plan has no rate.
    NoRate,
    /// The rate for its currency is zero or less.
    UnusableRate,
    /// The plan has several rates for its currency, and it has no period to choose by.
    ManyRates,
    /// It would have to be rounded, and the plan does not say to what.
    Unrounded,
    /// It has more digits than can be held.
    TooLong,
    /// It is a percentage of itself, by way of others or not.
    Cycle,
    /// It is a percentage of a line that has no amount.
    OfNothing,
}

/// Office, result and cost category of a line, as positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LinePlace {
    office: u32,
    node: u32,
    category: Option<u32>,
}

impl LinePlace {
    /// `None` where there are more positions than can be counted.
    fn new(office: usize, node: usize, category: Option<usize>) -> Option<Self> {
        let small = |position: usize| u32::try_from(position).ok();
        Some(Self { office: small(office)?, node: small(node)?, category: category.and_then(small) })
    }

    pub fn office(self) -> usize {
        self.office as usize
    }

    pub fn node(self) -> usize {
        self.node as usize
    }

    /// `None` where the line has none, or one that the plan does not know.
    pub fn category(self) -> Option<usize> {
        self.category.map(|category| category as usize)
    }
}

/// What the lines of one office for one result come to.
#[derive(Clone, Debug)]
pub(crate) struct BuiltCell {
    pub office: usize,
    pub node: usize,
    /// The lines, by position.
    pub lines: Vec<usize>,
    pub sum: Result<Decimal, Unbuilt>,
    /// The given allocation that these lines stand for, where there is one for the result or for what it is under.
    pub given: Option<usize>,
}

/// Everything that is worked out of the lines of a plan.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub lines: Vec<BuiltLine>,
    /// One entry a line; `None` where its office or result is unknown.
    pub places: Vec<Option<LinePlace>>,
    pub cells: Vec<BuiltCell>,
    /// Percentage lines that are percentages of each other in a circle, each circle once.
    pub cycles: Vec<Vec<usize>>,
}

impl Built {
    pub fn of(draft: &Draft, index: &Index) -> Self {
        if draft.lines.is_empty() {
            return Self::default();
        }
        let places = places(draft, index);
        let mut built = Self { lines: plain(draft), places, cells: Vec::new(), cycles: Vec::new() };
        percentage::add(draft, index, &mut built);
        built.cells = cells(&built);
        if draft.header.lines.round == Some(Rounded::Sum) {
            round::sums(draft, &mut built);
        }
        built.sum_cells();
        built.find_given(draft, index);
        built
    }

    /// The allocations that nothing in the budget table stands for.
    pub fn allocations(&self, draft: &Draft, index: &Index) -> Vec<Allocation> {
        let free = self.cells.iter().filter(|cell| cell.given.is_none());
        let allocation = |cell: &BuiltCell| {
            let office = draft.offices.get(cell.office)?.id.value.clone();
            let result = index.nodes.get(cell.node)?.id.clone();
            Some(Allocation { is_built: true, ..Allocation::of(office, result, Cell::Amount(cell.sum.ok()?)) })
        };
        free.filter_map(allocation).collect()
    }

    fn sum_cells(&mut self) {
        let Self { cells, lines, .. } = self;
        for cell in cells {
            let amounts = cell.lines.iter().filter_map(|at| lines.get(*at)).map(|line| line.amount);
            cell.sum = sum(amounts);
        }
    }

    /// A given amount for a result stands for lines for it and for all that is under it.
    fn find_given(&mut self, draft: &Draft, index: &Index) {
        let given: HashMap<(usize, usize), usize> = draft
            .allocations
            .iter()
            .enumerate()
            .filter(|(_, allocation)| !allocation.is_built)
            .filter_map(|(at, one)| Some(((index.office(&one.office)?, index.node(&one.result)?), at)))
            .collect();
        for cell in &mut self.cells {
            let mut above = std::iter::successors(Some(cell.node), |node| index.nodes.get(*node)?.parent);
            cell.given = above.find_map(|node| given.get(&(cell.office, node)).copied());
        }
    }
}

/// The exact sum of amounts that there are.
pub(crate) fn sum(mut amounts: impl Iterator<Item = Result<Decimal, Unbuilt>>) -> Result<Decimal, Unbuilt> {
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.exact_add(amount?).ok_or(Unbuilt::TooLong))
}

/// Where each line belongs. Neighbours mostly say the same, so that the last answer is kept.
fn places(draft: &Draft, index: &Index) -> Vec<Option<LinePlace>> {
    let categories = draft.cost_categories();
    let category: HashMap<&str, usize> = categories.iter().enumerate().rev().map(|(at, one)| (one.id.as_str(), at)).collect();
    let mut offices = Last::default();
    let mut nodes = Last::default();
    let mut last_categories = Last::default();
    draft
        .lines
        .iter()
        .map(|line| {
            let office = offices.find(&line.office, |id| index.office(id));
            let node = nodes.find(&line.result, |id| index.node(id));
            let category = line.category.as_ref().and_then(|id| last_categories.find(id, |id| category.get(id).copied()));
            LinePlace::new(office?, node?, category)
        })
        .collect()
}

/// The id that was looked up last, and what was found.
#[derive(Default)]
struct Last<'a>(Option<(&'a Id, Option<usize>)>);

impl<'a> Last<'a> {
    fn find(&mut self, id: &'a Id, find: impl Fn(&str) -> Option<usize>) -> Option<usize> {
        match self.0 {
            Some((last, found)) if last == id => found,
            _ => {
                let found = find(id);
                self.0 = Some((id, found));
                found
            }
        }
    }
}

/// The lines that are no percentages.
fn plain(draft: &Draft) -> Vec<BuiltLine> {
    let rates = Rates::of(draft);
    let built = |line: &Line| {
        if line.is_percentage() {
            return BuiltLine { exact: Err(Unbuilt::Cycle), amount: Err(Unbuilt::Cycle) };
        }
        let exact = exact(line);
        BuiltLine { exact, amount: exact.and_then(|exact| in_plan(draft, &rates, line, exact)) }
    };
    draft.lines.iter().map(built).collect()
}

/// What a plain line comes to in its own currency, before anything is rounded.
pub(crate) fn exact(line: &Line) -> Result<Decimal, Unbuilt> {
    if line.unit_cost.is_none() {
        return line.amount.map(|amount| amount.value).ok_or(Unbuilt::Empty);
    }
    product(line).ok_or(Unbuilt::TooLong)
}

fn product(line: &Line) -> Option<Decimal> {
    let cost = line.unit_cost?.value;
    let mut plain = [line.quantity, line.duration].into_iter().flatten();
    let product = plain.try_fold(cost, |product, factor| product.exact_mul(factor.value))?;
    let charged = match line.share {
        Some(share) => product.exact_mul(share.value)?.percent()?,
        None => product,
    };
    Some(charged.with_decimals_of(cost))
}

/// The amount in the plan's currency, rounded where each line is.
fn in_plan(draft: &Draft, rates: &Rates<'_>, line: &Line, exact: Decimal) -> Result<Decimal, Unbuilt> {
    match rates.conversion(line)? {
        Some(conversion) => conversion.apply(exact, &draft.header.lines),
        None if draft.header.lines.round == Some(Rounded::Sum) => Ok(exact),
        None => round::one(exact, &draft.header.lines),
    }
}

/// The lines of each office for each result, in the order of their first lines.
fn cells(built: &Built) -> Vec<BuiltCell> {
    let mut cells: Vec<BuiltCell> = Vec::new();
    let mut seen: HashMap<(usize, usize), usize> = HashMap::new();
    for (at, place) in built.places.iter().enumerate() {
        let Some((office, node)) = place.map(|place| (place.office(), place.node())) else { continue };
        let next = cells.len();
        let found = *seen.entry((office, node)).or_insert(next);
        if found == next {
            cells.push(BuiltCell { office, node, lines: Vec::new(), sum: Ok(Decimal::ZERO), given: None });
        }
        cells.get_mut(found).into_iter().for_each(|cell| cell.lines.push(at));
    }
    cells
}
