//! Rows with amounts that are no lines: parts of the row above, and who pays for the total.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity};

use super::rates::{Bases, MOST, Rated, bases};
use super::{List, shown};
use crate::import::heading::{is_contribution, is_of_the_row_above, is_requested, is_taken_off, rate};
use crate::import::totals::{self, Item, Role};
use crate::import::work::Work;
use crate::words;

/// Rows that stand apart, by their positions.
#[derive(Default)]
pub struct Apart {
    /// Parts of the row above each.
    within: Vec<(usize, Decimal)>,
    funding: Option<Funding>,
}

/// Contributions below the total of all, and what is left of it.
struct Funding {
    total: usize,
    contributions: Vec<(usize, Decimal)>,
    /// Their own totals, with what they should be.
    sums: Vec<(usize, Decimal, Decimal)>,
    requested: Option<(usize, Decimal)>,
}

impl Apart {
    /// Takes the amounts of such rows, so that nothing adds them.
    pub fn take(items: &mut [Item<'_>]) -> Self {
        let mut apart = Self { within: Vec::new(), funding: funding(items) };
        apart.clear(items);
        let within = within(items);
        if !within.is_empty() && !totals::holds(items, &totals::roles(items)) {
            apart.within = within;
            apart.clear(items);
        }
        apart
    }

    fn rows(&self) -> impl Iterator<Item = usize> {
        let funding = self.funding.iter().flat_map(Funding::rows);
        self.within.iter().map(|(at, _)| *at).chain(funding)
    }

    fn clear(&self, items: &mut [Item<'_>]) {
        self.rows().for_each(|at| items.get_mut(at).into_iter().for_each(|item| item.amount = None));
    }

    /// Says so in the roles.
    pub fn mark(&self, roles: &mut [Role]) {
        self.rows().for_each(|at| roles.get_mut(at).into_iter().for_each(|role| *role = Role::Apart));
    }
}

impl Funding {
    fn rows(&self) -> impl Iterator<Item = usize> {
        let contributions = self.contributions.iter().map(|(at, _)| *at);
        contributions.chain(self.sums.iter().map(|(at, ..)| *at)).chain(self.requested.map(|(at, _)| at))
    }

    fn sum(&self) -> Option<Decimal> {
        Decimal::exact_sum(self.contributions.iter().map(|(_, amount)| amount.abs()))
    }
}

impl List<'_> {
    /// Says what stands apart, and whether it adds up.
    pub(super) fn tell_apart(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role], apart: &Apart) {
        for (at, _) in &apart.within {
            let message = format!("{} is a part of the row above it, and is not added", name_of(items, *at));
            work.find(Severity::Note, "table", self.amount_at(*at), message, &self.line_help(*at));
        }
        if let Some(funding) = &apart.funding {
            self.funding(work, items, roles, funding);
        }
    }

    fn funding(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role], funding: &Funding) {
        let total = items.get(funding.total).and_then(|item| item.amount).unwrap_or_default();
        let worked_out = roles.get(funding.total).and_then(Role::total).map(|of| of.sum);
        let Some(first) = funding.contributions.first() else { return };
        let message =
            format!("{} says who pays for {}, and is not taken off it", name_of(items, first.0), name_of(items, funding.total));
        work.find(Severity::Note, "table", self.amount_at(first.0), message, &self.line_help(first.0));
        for (at, amount) in funding.contributions.iter().take(MOST) {
            let Some(rate) = items.get(*at).and_then(|item| rate(&item.label)) else { continue };
            let label = items.get(*at).map_or("", |item| &item.label);
            let rated = Rated { at: *at, label, amount: amount.abs(), rate, is_sure: true };
            let mut bases = bases(items, roles, &[], *at).unwrap_or_default();
            bases.all.extend(funding.requested.map(|(_, amount)| amount));
            self.rated(work, &rated, &Bases { nearest: total, ..bases });
        }
        for (at, amount, sum) in &funding.sums {
            self.misses(work, items, *at, *amount, &[*sum], "the contributions above it come to");
        }
        let printed = funding.sums.last().map(|(_, amount, _)| amount.abs());
        let left = |total: Decimal| [funding.sum(), printed].into_iter().flatten().filter_map(move |sum| total.exact_sub(sum));
        if let Some((at, amount)) = funding.requested {
            let expected: Vec<Decimal> = [Some(total), worked_out].into_iter().flatten().flat_map(left).collect();
            let what = format!("{} less the contributions is", name_of(items, funding.total));
            self.misses(work, items, at, amount, &expected, &what);
        }
    }

    /// An error where a printed amount is none of those that are expected.
    fn misses(&self, work: &mut Work, items: &[Item<'_>], at: usize, amount: Decimal, expected: &[Decimal], what: &str) {
        let off = |expected: &Decimal| amount.abs().exact_sub(expected.abs());
        let least = Decimal::of_steps(1, 2).into_iter().chain(self.unit).max().unwrap_or_default();
        let Some((computed, difference)) = expected.first().and_then(|first| Some((*first, off(first)?))) else { return };
        if expected.iter().filter_map(off).any(|off| off.abs() <= least) {
            return;
        }
        let by = format!("{} {}", shown(difference.abs()), if difference.is_negative() { "less" } else { "more" });
        let message = format!("{} is {}, but {what} {}: {by}", name_of(items, at), shown(amount.abs()), shown(computed.abs()));
        let finding = Diagnostic::new("subtotal", Severity::Error, message).at(self.amount_at(at), "the amount", by);
        let figures = Figures { declared: amount.abs(), computed: computed.abs(), difference, terms: Vec::new() };
        work.add(finding.figures(figures).help("correct it, or the amounts above it"));
    }

    fn line_help(&self, at: usize) -> String {
        let row = self.numbers_of.get(self.rows.position(at)).copied().unwrap_or_default();
        format!("if it is a line of the budget, say so in the mapping: `lines = [{row}]`")
    }

    fn amount_at(&self, at: usize) -> Option<logframe::Span> {
        self.printed(&self.rows.row(at)).map(|field| field.span)
    }
}

fn name_of(items: &[Item<'_>], at: usize) -> String {
    items.get(at).map_or_else(String::new, |item| format!("`{}`", item.label.trim().escape_debug()))
}

/// A row without factors that has an amount, by its position.
fn plain<'i, 'r>(items: &'i [Item<'r>]) -> impl Iterator<Item = (usize, &'i Item<'r>, Decimal)> {
    let amount = |(at, item): (usize, &'i Item<'r>)| Some((at, item, item.amount?));
    items.iter().enumerate().filter(|(_, item)| !item.has_factors && item.told.is_none()).filter_map(amount)
}

/// The rows that are parts of the one above them, where they are not more than it.
fn within(items: &[Item<'_>]) -> Vec<(usize, Decimal)> {
    let (mut rows, mut whole) = (Vec::new(), None);
    for (at, item) in items.iter().enumerate() {
        let Some(amount) = item.amount else { continue };
        let is_part = !item.has_factors && item.told.is_none() && is_of_the_row_above(&item.label);
        let left = whole.and_then(|whole: Decimal| whole.exact_sub(amount)).filter(|left| is_part && !left.is_negative());
        whole = left.or(Some(amount));
        rows.extend(left.map(|_| (at, amount)));
    }
    rows
}

/// Contributions that stand next below the total of all, and what is left to be asked for.
fn funding(items: &[Item<'_>]) -> Option<Funding> {
    let last_line = items.iter().rposition(|item| item.has_factors).map_or(0, |at| at + 1);
    let is_total = |item: &Item<'_>| words::speaks_of_totals(&item.label) && !is_contribution(&item.label);
    let pairs = plain(items).zip(plain(items).skip(1)).skip(usize::from(last_line == 0));
    let mut totals = pairs.filter(|((at, total, _), (_, next, _))| {
        *at >= last_line && is_total(total) && is_contribution(&next.label) && !is_requested_total(next)
    });
    let ((at, _, total), (_, first, amount)) = totals.next()?;
    let funding = below(items, at);
    let is_taken = amount.is_negative() || is_taken_off(&first.label);
    let is_less = funding.requested.is_some_and(|(_, amount)| amount.abs() < total.abs());
    (is_taken || is_less).then_some(funding)
}

fn is_requested_total(item: &Item<'_>) -> bool {
    words::speaks_of_totals(&item.label) && is_requested(&item.label)
}

fn below(items: &[Item<'_>], total: usize) -> Funding {
    let mut funding = Funding { total, contributions: Vec::new(), sums: Vec::new(), requested: None };
    let whole = items.get(total).and_then(|item| item.amount);
    let mut sum = Some(Decimal::ZERO);
    for (at, item, amount) in plain(items).filter(|(at, ..)| *at > total) {
        let left = whole.zip(sum).and_then(|(whole, sum)| whole.exact_sub(sum));
        let is_of_all = words::speaks_of_totals(&item.label);
        match sum {
            Some(sum) if is_contribution(&item.label) && is_of_all && !funding.contributions.is_empty() => {
                funding.sums.push((at, amount, sum));
            }
            _ if is_contribution(&item.label) && !is_of_all => {
                sum = sum.and_then(|sum| sum.exact_add(amount.abs()));
                funding.contributions.push((at, amount));
            }
            _ if is_requested(&item.label) || left == Some(amount) => {
                funding.requested = Some((at, amount));
                break;
            }
            _ => break,
        }
    }
    funding
}
