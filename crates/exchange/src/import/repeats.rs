//! Which sheets say again what others say: summaries, price lists that others draw from, versions. No money is to be counted twice.

use std::collections::{HashMap, HashSet};

use logframe::Decimal;

use super::facts::{Entry, Facts, Group, Shared};
use super::header::Headed;
use super::heading::Column;
use super::mapping::Layout;
use super::names::Called;
use super::rows::Row;
use super::sheet::{Sheet, is_alike, label};
use crate::workbook::Kind;

/// A sheet that is read, beside the others.
pub struct Candidate<'s, 't> {
    pub sheet: &'s Sheet<'t>,
    pub called: Called,
    pub told: Option<Layout>,
    /// Its headings, where it is a list.
    pub list: Option<Headed>,
    pub facts: Facts,
}

/// What a sheet is to the others, which are named by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A part of the budget.
    Read,
    /// It totals those.
    Summary(Vec<usize>),
    /// That one draws from it, and holds its money.
    Source(usize),
    /// It says again a column of that one, which is not of its amounts.
    Column(usize, usize),
}

/// Two sheets of which both cannot be read without being asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub one: usize,
    pub other: usize,
    pub why: Why,
}

/// Why two sheets may hold the same money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    SameTotal,
    SameLines,
    /// One has figures of what the other has sections of.
    SameNames,
    /// The other draws figures from the one.
    Draws,
}

/// Sheets up to which each is compared with each, line by line.
const MOST: usize = 64;

/// What all sheets are, and what is in doubt.
pub fn relate(all: &[Candidate<'_, '_>]) -> (Vec<Role>, Vec<Doubt>) {
    let mut relating = Relating { all, roles: vec![Role::Read; all.len()], doubts: Vec::new() };
    relating.told();
    relating.columns();
    relating.worked_out();
    relating.sources();
    relating.typed();
    relating.repeated();
    relating.resolve();
    (relating.roles, relating.doubts)
}

struct Relating<'c, 's, 't> {
    all: &'c [Candidate<'s, 't>],
    roles: Vec<Role>,
    doubts: Vec<Doubt>,
}

impl<'c, 's, 't> Relating<'c, 's, 't> {
    fn one(&self, at: usize) -> Option<&'c Candidate<'s, 't>> {
        self.all.get(at)
    }

    fn set(&mut self, at: usize, role: Role) {
        if let Some(own) = self.roles.get_mut(at) {
            *own = role;
        }
    }

    fn is_read(&self, at: usize) -> bool {
        self.roles.get(at) == Some(&Role::Read)
    }

    /// Sheets of which the mapping says nothing, and that are read so far.
    fn open(&self) -> Vec<usize> {
        (0..self.all.len()).filter(|at| self.is_read(*at) && self.one(*at).is_some_and(|one| one.told.is_none())).collect()
    }

    /// The sheets with money that are read, but for one.
    fn others(&self, but: usize) -> Vec<usize> {
        let has_money = |at: &usize| self.one(*at).is_some_and(|one| !one.facts.total.is_zero());
        (0..self.all.len()).filter(|at| *at != but && self.is_read(*at)).filter(has_money).collect()
    }

    /// Summaries that the mapping names.
    fn told(&mut self) {
        let is_told = |one: &Candidate<'_, '_>| one.told == Some(Layout::Summary);
        let others: Vec<usize> = (0..self.all.len()).filter(|at| self.one(*at).is_some_and(|one| !is_told(one))).collect();
        for at in 0..self.all.len() {
            if self.one(at).is_some_and(is_told) {
                self.set(at, Role::Summary(others.clone()));
            }
        }
    }

    /// Sheets that say again a column of another one: what one donor pays of each line.
    fn columns(&mut self) {
        if self.all.len() > MOST {
            return;
        }
        for at in self.open() {
            let Some(one) = self.one(at).filter(|one| one.facts.entries.len() > 1) else { continue };
            let found = self.others(at).into_iter().find_map(|other| Some((other, self.one(other)?.column_like(one)?)));
            if let Some((other, column)) = found {
                self.set(at, Role::Column(other, column));
            }
        }
    }

    /// Summaries whose rows are called as other sheets are, or whose amounts are formulas over them.
    fn worked_out(&mut self) {
        let by_name: HashMap<String, usize> =
            self.all.iter().enumerate().map(|(at, one)| (one.sheet.name.to_lowercase(), at)).collect();
        for at in self.open() {
            let Some(one) = self.one(at) else { continue };
            let others = self.all.iter().filter(|other| other.sheet.name != one.sheet.name);
            let beside: Vec<&str> = others.map(|other| other.sheet.name.as_str()).collect();
            let mut named: HashSet<String> = one.sheet.summarised(&beside).iter().map(|name| name.to_lowercase()).collect();
            if named.is_empty() {
                named = one.drawn_amounts();
            }
            let has_money = |at: &usize| self.one(*at).is_some_and(|one| !one.facts.total.is_zero());
            let mut parts: Vec<usize> = named.iter().filter_map(|name| by_name.get(name).copied()).filter(has_money).collect();
            parts.retain(|part| *part != at);
            parts.sort_unstable();
            if !parts.is_empty() {
                self.set(at, Role::Summary(parts));
            }
        }
    }

    /// Price lists and salary grids: sheets that a list draws from, and whose money stands in that list.
    fn sources(&mut self) {
        let open = self.open();
        let lists: Vec<(usize, HashSet<String>)> = (0..self.all.len())
            .filter(|at| self.is_read(*at))
            .filter_map(|at| Some((at, self.one(at).filter(|one| one.list.is_some())?.drawn())))
            .collect();
        for at in open {
            let Some(one) = self.one(at) else { continue };
            let name = one.sheet.name.to_lowercase();
            let Some((by, _)) = lists.iter().find(|(by, drawn)| *by != at && drawn.contains(&name)) else { continue };
            let Some(list) = self.one(*by) else { continue };
            let shared = one.facts.shared(&list.facts);
            let stands_there = shared.equal == one.facts.entries.len() || list.facts.figures.contains(&one.facts.total);
            if one.facts.total.is_zero() || stands_there {
                self.set(at, Role::Source(*by));
            } else {
                self.doubts.push(Doubt { one: at, other: *by, why: Why::Draws });
            }
        }
    }

    /// Summaries that are typed: their totals, or most of their figures, are those of others. The shortest come first.
    fn typed(&mut self) {
        let mut open = self.open();
        open.sort_by_key(|at| self.one(*at).map(|one| (one.facts.has_factors, one.facts.entries.len())));
        for at in open {
            let Some(one) = self.one(at).filter(|one| !one.facts.total.is_zero()) else { continue };
            let others = self.others(at);
            let alike: Vec<usize> = if self.all.len() > MOST {
                Vec::new()
            } else {
                let is_alike =
                    |other: &usize| self.one(*other).is_some_and(|other| one.facts.shared(&other.facts).are_most_found());
                others.iter().copied().filter(is_alike).collect()
            };
            let single = others.iter().copied().find(|other| self.is_summary_of_one(one, *other));
            let several = || [alike, others.clone()].into_iter().find(|parts| parts.len() > 1 && self.is_summary_of(one, parts));
            if let Some(parts) = single.map(|single| vec![single]).or_else(several) {
                self.set(at, Role::Summary(parts));
            }
        }
    }

    fn is_summary_of_one(&self, one: &Candidate<'_, '_>, at: usize) -> bool {
        let Some(other) = self.one(at) else { return false };
        if one.facts.has_factors || !(other.facts.has_factors || other.facts.entries.len() > one.facts.entries.len()) {
            return false;
        }
        let printed = one.facts.printed.map_or(one.facts.total, |printed| printed.value);
        let is_near = are_near(one.facts.total, other.facts.total) || are_near(printed, other.facts.total);
        if is_near && other.facts.has_factors {
            return true;
        }
        let named = self.named(one, &[at], false);
        if is_near { named.are_most_found() } else { self.all.len() <= MOST && named.are_most_equal() }
    }

    fn is_summary_of(&self, one: &Candidate<'_, '_>, parts: &[usize]) -> bool {
        let totals = parts.iter().filter_map(|part| self.one(*part)).map(|part| part.facts.total);
        Decimal::exact_sum(totals).is_some_and(|sum| are_near(sum, one.facts.total))
            || (self.all.len() <= MOST && self.named(one, parts, true).are_most_equal())
    }

    /// Of how many figures of a sheet others hold the parts, and how many come to the same.
    fn named(&self, one: &Candidate<'_, '_>, parts: &[usize], with_lines: bool) -> Shared {
        let parts: Vec<&Candidate<'_, '_>> = parts.iter().filter_map(|part| self.one(*part)).collect();
        let entries: Vec<&Entry> = one.facts.entries.iter().filter(|entry| !entry.number.is_zero()).collect();
        let mut shared = Shared { all: entries.len(), ..Shared::default() };
        for entry in entries {
            let Some(group) = held(&parts, &entry.label, with_lines) else { continue };
            shared.found += 1;
            shared.equal += usize::from(group.sum == entry.number.value);
        }
        shared
    }

    /// Sheets that hold the same money or the same lines, and that no summary tells to be parts of one budget.
    fn repeated(&mut self) {
        let sets = self.roles.iter().filter_map(|role| match role {
            Role::Summary(parts) if parts.len() > 1 => Some(parts.iter().copied().collect()),
            _ => None,
        });
        let parts: Vec<HashSet<usize>> = sets.collect();
        let are_parts = |one: usize, other: usize| parts.iter().any(|set| set.contains(&one) && set.contains(&other));
        let read: Vec<usize> = (0..self.all.len()).filter(|at| self.is_read(*at)).collect();
        let mut found = Vec::new();
        for (at, one) in read.iter().enumerate() {
            let mut later = read.iter().skip(at + 1).filter(|other| !are_parts(*one, **other));
            found.extend(later.find_map(|other| Some(Doubt { one: *one, other: *other, why: self.why(*one, *other)? })));
        }
        self.doubts.retain(|doubt| !are_parts(doubt.one, doubt.other));
        for doubt in found {
            if !self
                .doubts
                .iter()
                .any(|known| [known.one, known.other].contains(&doubt.one) && [known.one, known.other].contains(&doubt.other))
            {
                self.doubts.push(doubt);
            }
        }
        let roles = &self.roles;
        self.doubts.retain(|doubt| [doubt.one, doubt.other].iter().all(|at| roles.get(*at) == Some(&Role::Read)));
    }

    fn why(&self, at: usize, other_at: usize) -> Option<Why> {
        let (one, other) = (self.one(at)?, self.one(other_at)?);
        if (one.told.is_some() && other.told.is_some()) || one.facts.total.is_zero() || other.facts.total.is_zero() {
            return None;
        }
        if one.facts.total == other.facts.total {
            return Some(Why::SameTotal);
        }
        let is_version = one.called.may_be_version_of(&other.called);
        if !is_version && self.all.len() > MOST {
            return None;
        }
        let shared = one.facts.shared(&other.facts);
        if shared.are_most_equal() || (is_version && shared.are_most_found()) {
            return Some(Why::SameLines);
        }
        let is_named = |one: &Candidate<'_, '_>, at: usize| {
            let named = self.named(one, &[at], false);
            !one.facts.has_factors && named.found > 1 && named.are_most_found()
        };
        (is_named(one, other_at) || is_named(other, at)).then_some(Why::SameNames)
    }

    /// What a summary totals are the sheets that are read: instead of a summary, those that it totals.
    fn resolve(&mut self) {
        let roles = self.roles.clone();
        for role in &mut self.roles {
            let Role::Summary(parts) = role else { continue };
            let mut leaves: Vec<usize> = Vec::new();
            let mut waiting = std::mem::take(parts);
            let mut seen = HashSet::new();
            while let Some(at) = waiting.pop() {
                match roles.get(at).filter(|_| seen.insert(at)) {
                    Some(Role::Read) => leaves.push(at),
                    Some(Role::Summary(inner)) => waiting.extend(inner),
                    Some(Role::Source(by) | Role::Column(by, _)) => waiting.push(*by),
                    None => {}
                }
            }
            leaves.sort_unstable();
            *parts = leaves;
        }
    }
}

impl Candidate<'_, '_> {
    /// The sheets that its cells draw from.
    fn drawn(&self) -> HashSet<String> {
        self.sheet.draws.iter().flat_map(|(.., names)| names).map(|name| name.to_lowercase()).collect()
    }

    /// The figures of another sheet that rows of the same names have, too, each with what stands there in a column.
    pub fn column<'o>(&self, column: usize, other: &'o Candidate<'_, '_>) -> Vec<(&'o Entry, Decimal)> {
        let mut rows: HashMap<String, Option<Decimal>> = HashMap::new();
        for row in self.sheet.rows.iter() {
            let number = row.get(column).filter(|field| field.kind == Kind::Number).and_then(|field| field.text.parse().ok());
            if let Some(name) = label(&row) {
                rows.entry(name).or_insert(number);
            }
        }
        let there = |entry: &'o Entry| Some((entry, rows.get(&entry.label).copied().flatten()?));
        other.facts.entries.iter().filter_map(there).collect()
    }

    /// The column beside its amounts that another sheet says again: most figures of that one stand in it, at the same names.
    fn column_like(&self, other: &Candidate<'_, '_>) -> Option<usize> {
        let (_, columns) = self.list.as_ref()?;
        let amount = columns.first(Column::Amount)?;
        let is_it = |column: &usize| {
            let there = self.column(*column, other);
            let is_equal = |(entry, there): &&(&Entry, Decimal)| entry.number.value == *there && !there.is_zero();
            let equal = there.iter().filter(|(entry, there)| entry.number.value == *there).count();
            there.iter().filter(is_equal).count() > 1 && equal * 2 > other.facts.entries.len()
        };
        let beside = columns.unknown.iter().chain(&columns.left_out).copied();
        beside.filter(|column| *column != amount).find(is_it)
    }

    /// The sheets that its amounts are worked out from, where most of them are. A list that draws prices is none of those.
    fn drawn_amounts(&self) -> HashSet<String> {
        let is_amount = |row: usize, column: usize| match &self.list {
            Some((header, columns)) => columns.first(Column::Amount) == Some(column) && row > *header,
            None => true,
        };
        if self.sheet.draws.is_empty() {
            return HashSet::new();
        }
        let rows = self.sheet.rows.iter().map(Row::into_owned).enumerate();
        let figures =
            rows.flat_map(|(row, fields)| fields.into_iter().enumerate().map(move |(column, field)| (row, column, field)));
        let figures = figures.filter(|(row, column, field)| field.seen().is_figure() && is_amount(*row, *column)).count();
        let drawn: Vec<_> = self.sheet.draws.iter().filter(|(row, column, _)| is_amount(*row, *column)).collect();
        if drawn.len() * 2 < figures {
            return HashSet::new();
        }
        drawn.into_iter().flat_map(|(.., names)| names).map(|name| name.to_lowercase()).collect()
    }
}

/// Whether two totals are the same but for rounding or a slip: by a thousandth at most.
fn are_near(one: Decimal, other: Decimal) -> bool {
    let apart = one.exact_sub(other).and_then(|apart| apart.abs().exact_mul(1000.into()));
    apart.is_some_and(|apart| apart <= one.abs())
}

/// What some sheets hold under a name: one of them, a group of each, or lines.
pub fn held(parts: &[&Candidate<'_, '_>], label: &str, with_lines: bool) -> Option<Group> {
    if let Some(named) = parts.iter().find(|part| is_alike(label, &part.sheet.name)) {
        return Some(Group { sum: named.facts.total, count: named.facts.entries.len() });
    }
    let sum = |groups: Vec<Group>| {
        let sum = Decimal::exact_sum(groups.iter().map(|group| group.sum))?;
        (!groups.is_empty()).then(|| Group { sum, count: groups.iter().map(|group| group.count).sum() })
    };
    let groups = sum(parts.iter().filter_map(|part| part.facts.groups.get(label)).collect());
    groups.or_else(|| sum(parts.iter().filter(|_| with_lines).filter_map(|part| part.facts.lines.get(label)).collect()))
}
