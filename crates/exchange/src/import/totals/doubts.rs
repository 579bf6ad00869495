//! Rows that may be totals, where no total of all proves that they are lines.

use std::ops::Range;

use logframe::Decimal;

use super::facts::Facts;
use super::labels::is_near;
use super::{Item, Role};

/// Rows that are looked at beside one, at most.
const FURTHEST: usize = 200;

/// Roles, with doubts where lines are totals by other roles.
pub fn as_other(mut roles: Vec<Role>, others: &[Role]) -> Vec<Role> {
    for (role, other) in roles.iter_mut().zip(others) {
        match other.total().filter(|of| of.lines > 1) {
            Some(of) if *role == Role::Line => *role = Role::Doubtful(of.lines),
            _ => {}
        }
    }
    roles
}

/// Roles, with doubts where the lines beside one come to its amount.
pub fn of(facts: &Facts<'_>, mut roles: Vec<Role>) -> Vec<Role> {
    let doubts = Doubts::new(facts, &roles);
    let found: Vec<(usize, usize)> = (0..roles.len()).filter_map(|at| Some((at, doubts.count(at)?))).collect();
    for (at, count) in found {
        roles.get_mut(at).into_iter().for_each(|role| *role = Role::Doubtful(count));
    }
    roles
}

/// Rows that nothing is multiplied in, and the lines beside each that come to nearly its amount.
pub fn near(facts: &Facts<'_>, roles: &[Role]) -> Vec<(usize, Range<usize>)> {
    let doubts = Doubts::new(facts, roles);
    (0..roles.len()).filter_map(|at| Some((at, doubts.near(at)?))).collect()
}

struct Doubts<'d> {
    facts: &'d Facts<'d>,
    roles: &'d [Role],
    have_totals: bool,
    /// The first row with an amount, and the last.
    first: Option<usize>,
    last: Option<usize>,
}

impl<'d> Doubts<'d> {
    fn new(facts: &'d Facts<'d>, roles: &'d [Role]) -> Self {
        let has_amount = |item: &Item<'_>| item.amount.is_some();
        let (first, last) = (facts.items.iter().position(has_amount), facts.items.iter().rposition(has_amount));
        Self { facts, roles, have_totals: roles.iter().any(|role| role.total().is_some()), first, last }
    }

    /// The amount of a line that may be a total.
    fn amount(&self, at: usize) -> Option<Decimal> {
        self.facts.items.get(at).filter(|_| self.facts.is_plain(at) && self.roles.get(at) == Some(&Role::Line))?.amount
    }

    /// How many lines a row may be the total of.
    fn count(&self, at: usize) -> Option<usize> {
        let amount = self.amount(at)?;
        let exact = come_to(amount, self.before(at)).or_else(|| come_to(amount, self.behind(at)));
        let near = || self.near(at).map(|rows| self.lines(rows).count());
        let all = || come_near(amount, self.before(at)).map(|rows| self.lines(rows).count()).filter(|count| *count > 2);
        let last = || (self.last == Some(at)).then(all).flatten();
        exact.or_else(near).or_else(last).or_else(|| self.odd_one_out(at, amount))
    }

    /// The lines before the last row, or behind the first, where all of them are multiplied and it is not: it is no line, if it is neither far
    /// more nor far less than all of them.
    fn odd_one_out(&self, at: usize, amount: Decimal) -> Option<usize> {
        let item = self.facts.items.get(at)?;
        let is_end = self.last == Some(at) || self.first == Some(at);
        let others = || self.before(at).chain(self.behind(at));
        let are_multiplied = || others().all(|(at, _)| self.facts.items.get(at).is_some_and(|item| item.has_factors));
        if !is_end || !self.facts.lacks_factors(item) || !are_multiplied() {
            return None;
        }
        let sum = Decimal::exact_sum(others().map(|(_, other)| other))?;
        let twice = |one: Decimal| one.exact_mul(2.into());
        let is_like = twice(amount)? >= sum && amount <= twice(sum)?;
        Some(others().count()).filter(|count| is_like && *count > 1)
    }

    /// The lines beside a row without factors that come to nearly its amount, where there are other totals.
    fn near(&self, at: usize) -> Option<Range<usize>> {
        let amount = self.amount(at)?;
        let is_odd = self.have_totals && self.facts.items.get(at).is_some_and(|item| self.facts.lacks_factors(item));
        let rows = || {
            come_near(amount, self.multiplied(self.before(at))).or_else(|| come_near(amount, self.multiplied(self.behind(at))))
        };
        is_odd.then(rows).flatten()
    }

    fn before(&self, at: usize) -> impl Iterator<Item = (usize, Decimal)> {
        self.lines((0..at).rev())
    }

    fn behind(&self, at: usize) -> impl Iterator<Item = (usize, Decimal)> {
        self.lines(at + 1..self.roles.len())
    }

    /// The lines among rows up to the next total, and their amounts.
    fn lines(&self, rows: impl Iterator<Item = usize>) -> impl Iterator<Item = (usize, Decimal)> {
        let line = |at: usize| self.roles.get(at).filter(|role| role.is_line()).map(|_| at);
        let amount = |at: usize| Some((at, self.facts.items.get(at)?.amount?));
        rows.map_while(line).filter_map(amount)
    }

    /// Those that are multiplied, up to the next that is not.
    fn multiplied(&self, lines: impl Iterator<Item = (usize, Decimal)>) -> impl Iterator<Item = (usize, Decimal)> {
        lines.take_while(|(at, _)| self.facts.items.get(*at).is_some_and(|item| item.has_factors))
    }
}

/// How many amounts come to one, as soon as they do.
fn come_to(amount: Decimal, lines: impl Iterator<Item = (usize, Decimal)>) -> Option<usize> {
    let mut sum = Decimal::ZERO;
    for (count, (_, other)) in (1..=FURTHEST).zip(lines) {
        sum = sum.exact_add(other)?;
        if sum == amount && count > 1 {
            return Some(count);
        }
        if sum.abs() > amount.abs() {
            return None;
        }
    }
    None
}

/// The rows whose amounts come to nearly one, all together, and are several.
fn come_near(amount: Decimal, lines: impl Iterator<Item = (usize, Decimal)>) -> Option<Range<usize>> {
    let lines: Vec<(usize, Decimal)> = lines.collect();
    let sum = Decimal::exact_sum(lines.iter().map(|(_, other)| *other))?;
    let rows = || lines.iter().map(|(at, _)| *at);
    let span = rows().min()?..rows().max()? + 1;
    (lines.len() > 1 && is_near(amount, sum)).then_some(span)
}
