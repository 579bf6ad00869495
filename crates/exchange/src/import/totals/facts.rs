//! What can be said of the rows of a list by themselves, and in which order they are gone through.

use std::cmp::Reverse;
use std::ops::Range;

use super::labels::is_part;
use super::{Item, Told};
use crate::import::heading::is_lump;
use crate::words::speaks_of_totals;

/// A way through the rows: totals come after what they add up.
pub struct Way {
    pub order: Vec<usize>,
    /// The row that can only be the total of all.
    pub crown: Option<usize>,
}

/// What can be said of each row by itself.
pub struct Facts<'i> {
    pub items: &'i [Item<'i>],
    /// Whether each says that it is a total.
    says: Vec<bool>,
    /// The last row of what has a number below that of each, and follows it; its own where none does.
    ends: Vec<usize>,
    /// Whether most rows with amounts have factors, so that one without is no usual line.
    pub have_factors: bool,
}

impl<'i> Facts<'i> {
    pub fn of(items: &'i [Item<'i>]) -> Self {
        let with_amounts = items.iter().filter(|item| item.amount.is_some()).count();
        let with_factors = items.iter().filter(|item| item.has_factors).count();
        Self {
            items,
            says: items.iter().map(says).collect(),
            ends: (0..items.len()).map(|at| end(items, at)).collect(),
            have_factors: with_factors > 0 && with_factors * 3 >= with_amounts,
        }
    }

    /// From the first row to the last; what adds up rows below it comes after them.
    pub fn below(&self) -> Way {
        let mut ends = self.ends.clone();
        for (at, item) in self.items.iter().enumerate().rev() {
            let last = item.adds.iter().filter(|rows| rows.start > at).filter_map(|rows| ends.get(rows.end - 1)).max().copied();
            if let (Some(last), Some(own)) = (last, ends.get_mut(at)) {
                *own = last;
            }
        }
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|at| (ends.get(*at).copied(), ends.get(*at) != Some(at), Reverse(*at)));
        Way { order, crown: None }
    }

    /// From the last row to the first; the total of all can stand below, and what is behind it is behind it.
    pub fn above(&self) -> Way {
        let rows = 0..self.items.len();
        let crown = rows.clone().rfind(|at| self.is_total(*at)).filter(|at| self.ends_at(*at));
        let first = crown.unwrap_or(rows.end);
        Way { order: (0..first).rev().chain(first..rows.end).collect(), crown }
    }

    /// Whether a row is a total by its words or by its formula.
    fn is_total(&self, at: usize) -> bool {
        let adds = |item: &Item<'_>| item.amount.is_some() && (self.says(at) || !item.adds.is_empty());
        self.items.get(at).is_some_and(adds)
    }

    /// Whether the list can end at a row: less stands below it than above, and no line that is multiplied.
    fn ends_at(&self, at: usize) -> bool {
        let (above, below) = self.items.split_at_checked(at).unwrap_or_default();
        let amounts = |items: &[Item<'_>]| items.iter().filter(|item| item.amount.is_some()).count();
        amounts(below) <= amounts(above) && !below.iter().any(|item| item.has_factors)
    }

    /// From the second row to the last, where the first is the total of all.
    pub fn crowned(&self) -> Option<Way> {
        let first = self.items.iter().position(|item| item.amount.is_some())?;
        let is_crown = self.says(first) && self.items.get(first).is_some_and(|item| item.adds.is_empty());
        is_crown.then(|| Way { order: (first + 1..self.items.len()).chain([first]).collect(), crown: Some(first) })
    }

    /// Whether a row with an amount says nothing of what it is.
    pub fn is_plain(&self, at: usize) -> bool {
        let is_plain = |item: &Item<'_>| {
            !item.has_factors
                && item.told.is_none()
                && item.adds.is_empty()
                && item.amount.is_some_and(|amount| !amount.is_zero())
        };
        !self.says(at) && self.items.get(at).is_some_and(is_plain)
    }

    pub fn have_plain_lines(&self) -> bool {
        (0..self.items.len()).any(|at| self.is_plain(at))
    }

    /// Whether a row lacks factors that others have: it is no usual line.
    pub fn lacks_factors(&self, item: &Item<'_>) -> bool {
        self.have_factors && !item.has_factors && !is_lump(&item.label)
    }

    /// Whether any of some rows is multiplied.
    pub fn multiplies(&self, rows: Range<usize>) -> bool {
        self.items.get(rows).is_some_and(|items| items.iter().any(|item| item.has_factors))
    }

    /// Whether a row has a number above those of the next.
    pub fn heads(&self, at: usize) -> bool {
        self.ends.get(at).is_some_and(|end| *end > at)
    }

    pub fn says(&self, at: usize) -> bool {
        self.says.get(at) == Some(&true)
    }
}

/// Rows that can be parts of one by their numbers, at most.
const MOST_PARTS: usize = 5000;

/// The last of the rows that have numbers below that of one, and follow it without another between them.
fn end(items: &[Item<'_>], at: usize) -> usize {
    let number = |item: &Item<'_>| item.number.as_deref().map(str::to_owned);
    let Some(own) = items.get(at).filter(|item| item.amount.is_some()).and_then(number) else { return at };
    let is_part = |item: &Item<'_>| item.amount.is_some() && item.number.as_deref().is_some_and(|number| is_part(number, &own));
    let parts = items.iter().skip(at + 1).take(MOST_PARTS).take_while(|item| is_part(item));
    at + parts.count()
}

fn says(item: &Item<'_>) -> bool {
    match item.told {
        Some(told) => told == Told::Total,
        None => !item.has_factors && speaks_of_totals(&item.label),
    }
}
