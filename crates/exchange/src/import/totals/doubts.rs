//! Rows that may be totals, where no total of all proves that they are lines.

use logframe::Decimal;

use super::Role;
use super::facts::Facts;
use super::labels::is_near;

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
    let last = facts.items.iter().rposition(|item| item.amount.is_some());
    let doubts = Doubts { facts, roles: &roles, have_totals: roles.iter().any(|role| role.total().is_some()), last };
    let found: Vec<(usize, usize)> = (0..roles.len()).filter_map(|at| Some((at, doubts.count(at)?))).collect();
    for (at, count) in found {
        roles.get_mut(at).into_iter().for_each(|role| *role = Role::Doubtful(count));
    }
    roles
}

struct Doubts<'d> {
    facts: &'d Facts<'d>,
    roles: &'d [Role],
    have_totals: bool,
    /// The last row with an amount.
    last: Option<usize>,
}

impl Doubts<'_> {
    /// How many lines a row may be the total of.
    fn count(&self, at: usize) -> Option<usize> {
        let item = self.facts.items.get(at).filter(|_| self.facts.is_plain(at) && self.roles.get(at) == Some(&Role::Line))?;
        let amount = item.amount?;
        let (before, behind) = (|| self.lines((0..at).rev()), || self.lines(at + 1..self.roles.len()));
        let exact = || come_to(amount, before()).or_else(|| come_to(amount, behind()));
        let near = || come_near(amount, self.multiplied(before())).or_else(|| come_near(amount, self.multiplied(behind())));
        let all = || come_near(amount, before()).filter(|count| *count > 2);
        let is_odd = self.have_totals && self.facts.lacks_factors(item);
        let found = exact().or_else(|| is_odd.then(near).flatten());
        found.or_else(|| (self.last == Some(at)).then(all).flatten())
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

/// How many amounts come to nearly one, all together.
fn come_near(amount: Decimal, lines: impl Iterator<Item = (usize, Decimal)>) -> Option<usize> {
    let mut lines = lines.map(|(_, other)| other).peekable();
    lines.peek()?;
    let (count, sum) = lines.try_fold((0, Decimal::ZERO), |(count, sum), other| Some((count + 1, sum.exact_add(other)?)))?;
    (count > 1 && is_near(amount, sum)).then_some(count)
}
