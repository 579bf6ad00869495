//! Which lines are sums of which: told by their words, their place and their figures.

mod silent;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use logframe::Decimal;
use logframe::reconciliation::LineSum;

use crate::options::Pick;
use crate::words::{Kind, names_amounts};

/// Lines that are looked back at for the parts of one subtotal.
const FURTHEST: usize = 2000;

/// The lines of one side of a table: its rows, or its columns.
pub struct Lines<'a> {
    pub names: Vec<String>,
    /// How many lines cross them.
    pub crossings: usize,
    /// The figure where a line meets a crossing one; nothing printed counts as zero, `None` is what cannot be read.
    pub figure: &'a dyn Fn(usize, usize) -> Option<Decimal>,
    /// The smallest step between printed figures.
    pub step: Decimal,
    /// Whether "Total South America" is a total by its place alone; where it is not, its figures have to show it.
    pub trusts_words: bool,
    /// Crossing lines that are sums: one wrong figure is wrong in them, too, and so they do not say what a line is.
    pub sums_across: HashSet<usize>,
}

/// What was found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub total: Option<usize>,
    pub sums: Vec<LineSum>,
    /// A total that only the figures tell.
    pub is_by_figures: bool,
    /// Subtotals that only the figures tell.
    pub silent: Vec<usize>,
    /// Lines that follow the total and are no part of it.
    pub after_total: Vec<usize>,
    /// Lines that say they are subtotals, and of what nothing tells.
    pub without_parts: Vec<usize>,
    /// What was declared and is not there.
    pub unknown: Option<String>,
}

impl Lines<'_> {
    pub fn find(&self, pick: &Pick) -> Found {
        let (total, unknown) = self.total(pick);
        if *pick == Pick::None {
            return Found::default();
        }
        let mut found = Found { total, unknown, ..Found::default() };
        let mut open = self.subtotals(&mut found);
        if found.total.is_none() && *pick == Pick::Auto {
            found.total = self.by_figures(&open);
            found.is_by_figures = found.total.is_some();
        }
        if let Some(told) = self.silent(&found) {
            return told;
        }
        match (found.total, open.as_slice()) {
            (Some(at), _) => close(at, &mut open, &mut found),
            // A sum of which all others are parts is the total, whatever it is called.
            (None, [only]) if *pick == Pick::Auto => {
                found.total = Some(*only).filter(|only| found.sums.iter().any(|sum| sum.at == *only));
            }
            _ => {}
        }
        found
    }

    fn total(&self, pick: &Pick) -> (Option<usize>, Option<String>) {
        let last = self.names.len().checked_sub(1);
        match pick {
            Pick::None => (None, None),
            Pick::Last => (last, None),
            Pick::At(at) => {
                let from_start = if *at < 0 { self.names.len().checked_add_signed(*at) } else { usize::try_from(*at).ok() };
                let at_line = from_start.filter(|line| *line < self.names.len());
                (at_line, at_line.is_none().then(|| at.to_string()))
            }
            Pick::Auto => (self.names.iter().rposition(|name| Kind::of(name) == Kind::Grand), None),
            Pick::Line(name) => {
                let by_name = self.names.iter().position(|other| other.trim() == name.trim());
                let number = name.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let at = by_name.or(number.filter(|at| *at < self.names.len()));
                (at, at.is_none().then(|| name.clone()))
            }
        }
    }

    /// Finds subtotals in order, and returns the lines that are part of none.
    fn subtotals(&self, found: &mut Found) -> Vec<usize> {
        let total = found.total;
        let is_sub = |line: &usize| Some(*line) != total && self.is_subtotal(*line);
        let subs: Vec<usize> = (0..self.names.len()).filter(is_sub).collect();
        let order: Vec<usize> = match (self.confirmed(&subs, total, false), self.confirmed(&subs, total, true)) {
            (after, before) if before > after => (0..self.names.len()).rev().collect(),
            _ => (0..self.names.len()).collect(),
        };
        let (mut open, mut since) = (Vec::new(), 0);
        for line in order.into_iter().filter(|line| Some(*line) != total) {
            if subs.binary_search(&line).is_ok() {
                let before = found.sums.len();
                self.subtotal(line, &mut open, since, found);
                since = if found.sums.len() > before { open.len() + 1 } else { since };
            }
            open.push(line);
        }
        open.sort_unstable();
        open
    }

    fn is_subtotal(&self, line: usize) -> bool {
        matches!(self.names.get(line).map(|name| Kind::of(name)), Some(Kind::Subtotal | Kind::TotalOf | Kind::Grand))
    }

    /// How many subtotals the lines just before them (or, reversed, after them) add up to.
    fn confirmed(&self, subs: &[usize], total: Option<usize>, is_reversed: bool) -> usize {
        let mut lines: Vec<usize> = (0..self.names.len()).filter(|line| Some(*line) != total).collect();
        if is_reversed {
            lines.reverse();
        }
        let is_sub = |line: &usize| subs.binary_search(line).is_ok();
        let runs = lines.split_inclusive(|line| is_sub(line));
        runs.filter(|run| match run.split_last() {
            Some((at, parts)) => is_sub(at) && !parts.is_empty() && self.add_up(*at, parts),
            None => false,
        })
        .count()
    }

    /// Takes the parts of a subtotal out of the open lines: those since the last subtotal, unless the figures tell others.
    fn subtotal(&self, at: usize, open: &mut Vec<usize>, since: usize, found: &mut Found) {
        let recent = open.get(since..).unwrap_or_default();
        let by_place = !recent.is_empty() && self.add_up(at, recent);
        let from = if by_place { Some(since) } else { self.by_suffix(at, open) };
        let is_trusted = self.trusts_words || self.names.get(at).map(|name| Kind::of(name)) == Some(Kind::Subtotal);
        let guess = || if self.is_of_all(at, open, recent) { 0 } else { since };
        let from = from.or_else(|| (is_trusted && !recent.is_empty()).then(guess));
        match from {
            Some(from) => {
                let mut parts = open.split_off(from.min(open.len()));
                parts.sort_unstable();
                found.sums.push(LineSum { at, parts });
            }
            None if is_trusted => found.without_parts.push(at),
            None => {}
        }
    }

    /// Whether a last line that adds up nothing is nearer to all that is open than to the lines since the last subtotal.
    fn is_of_all(&self, at: usize, open: &[usize], recent: &[usize]) -> bool {
        let off = |parts: &[usize], crossing| {
            let sum = parts.iter().map(|part| (self.figure)(*part, crossing)).sum_exactly()?;
            Some((self.figure)(at, crossing)?.exact_sub(sum)?.abs())
        };
        let is_nearer = |crossing| off(open, crossing).zip(off(recent, crossing)).is_some_and(|(all, some)| all < some);
        let nearer = (0..self.crossings).filter(|crossing| is_nearer(*crossing)).count();
        at + 1 == self.names.len() && nearer * 2 > self.crossings
    }

    /// Where the last open lines begin that add up to a line; two lines at least.
    fn by_suffix(&self, at: usize, open: &[usize]) -> Option<usize> {
        let mut sums = vec![Some(Decimal::ZERO); self.crossings];
        for (taken, (from, line)) in open.iter().enumerate().rev().take(FURTHEST).enumerate() {
            for (crossing, sum) in sums.iter_mut().enumerate() {
                *sum = sum.zip((self.figure)(*line, crossing)).and_then(|(sum, part)| sum.exact_add(part));
            }
            if taken > 0 && self.is_hit(at, &sums, taken + 1) {
                return Some(from);
            }
        }
        None
    }

    fn add_up(&self, at: usize, parts: &[usize]) -> bool {
        let sum = |crossing| {
            let figures = parts.iter().map(|part| (self.figure)(*part, crossing));
            figures.sum_exactly()
        };
        let sums: Vec<Option<Decimal>> = (0..self.crossings).map(sum).collect();
        self.is_hit(at, &sums, parts.len())
    }

    /// Whether a line that is called a total is what so many parts come to, as far as rounding allows, in more than half of the crossings
    /// for which it says something.
    fn is_hit(&self, at: usize, sums: &[Option<Decimal>], parts: usize) -> bool {
        let says = |crossing: usize| (self.figure)(at, crossing).is_some_and(|total| !total.is_zero());
        let said = sums.iter().enumerate().filter(|(crossing, _)| says(*crossing));
        let (judged, hits) = count(said.filter_map(|(crossing, sum)| self.is_hit_at(at, crossing, *sum, parts)));
        hits * 2 > judged
    }

    /// In how many crossings something can be compared, and in how many of them a line is what its parts come to.
    fn hits(&self, at: usize, sums: &[Option<Decimal>], parts: usize) -> (usize, usize) {
        count(sums.iter().enumerate().filter_map(|(crossing, sum)| self.is_hit_at(at, crossing, *sum, parts)))
    }

    /// Whether a line is what its parts come to where it meets a crossing one; `None` where nothing can be compared.
    fn is_hit_at(&self, at: usize, crossing: usize, sum: Option<Decimal>, parts: usize) -> Option<bool> {
        let slack = i64::try_from(parts + 1).ok().and_then(|parts| self.step.exact_mul(parts.into())).unwrap_or_default();
        let (total, sum) = (self.figure)(at, crossing).zip(sum)?;
        let is_compared = !(total.is_zero() && sum.is_zero());
        is_compared.then(|| total.exact_sub(sum).is_some_and(|off| off.abs() <= slack))
    }

    /// The last line, where nothing but its figures says that it is the total: all of them, or those of most crossing lines that are no sums.
    fn by_figures(&self, open: &[usize]) -> Option<usize> {
        let (last, parts) = open.split_last()?;
        let sum = |crossing| parts.iter().map(|part| (self.figure)(*part, crossing)).sum_exactly();
        let sums: Vec<Option<Decimal>> = (0..self.crossings).map(sum).collect();
        let (judged, hits) = self.hits(*last, &sums, parts.len());
        let is_told = parts.len() > 1 && ((judged > 1 && hits == judged) || self.is_told_by_most(*last, parts, &sums));
        (is_told && *last + 1 == self.names.len()).then_some(*last)
    }

    /// Whether a line is what several parts come to in most crossing lines, so that one wrong figure does not make it another part. Of a
    /// line that is called so, fewer have to show it.
    fn is_told_by_most(&self, at: usize, parts: &[usize], sums: &[Option<Decimal>]) -> bool {
        let has_parts = |crossing: usize| {
            let mut figures = parts.iter().filter_map(|part| (self.figure)(*part, crossing));
            figures.by_ref().any(|figure| !figure.is_zero()) && figures.any(|figure| !figure.is_zero())
        };
        let is_own = |crossing: &usize| !self.sums_across.contains(crossing) && has_parts(*crossing);
        let own = sums.iter().enumerate().filter(|(crossing, _)| is_own(crossing));
        let (judged, hits) = count(own.filter_map(|(crossing, sum)| self.is_hit_at(at, crossing, *sum, parts.len())));
        match self.names.get(at) {
            Some(name) if Kind::of(name) == Kind::TotalOf => hits > 0,
            Some(name) if names_amounts(name) => hits > 0 && hits * 2 >= judged,
            _ => hits > 1 && hits * 2 > judged,
        }
    }
}

/// The total is of the open lines before it, or of those after it where it stands first.
fn close(at: usize, open: &mut Vec<usize>, found: &mut Found) {
    open.retain(|line| *line != at);
    let (before, after): (Vec<usize>, Vec<usize>) = open.iter().partition(|line| **line < at);
    let parts = if before.is_empty() {
        after
    } else {
        found.after_total = after;
        before
    };
    if parts.is_empty() {
        found.total = None;
        found.without_parts.push(at);
    } else {
        found.sums.push(LineSum { at, parts });
    }
}

/// How many are compared, and how many hit.
fn count(compared: impl Iterator<Item = bool>) -> (usize, usize) {
    compared.fold((0, 0), |(judged, hits), is_hit| (judged + 1, hits + usize::from(is_hit)))
}

/// Adding up what may be missing.
trait SumExactly {
    fn sum_exactly(self) -> Option<Decimal>;
}

impl<I: Iterator<Item = Option<Decimal>>> SumExactly for I {
    fn sum_exactly(mut self) -> Option<Decimal> {
        self.try_fold(Decimal::ZERO, |sum, part| sum.exact_add(part?))
    }
}
