//! What totals are made of, and which of it comes to an amount.

use std::collections::HashMap;
use std::ops::Range;

use logframe::Decimal;

/// A line, or lines that a subtotal has gathered.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub sum: Decimal,
    pub lines: usize,
    /// Its first row, and the one behind its last.
    pub from: usize,
    pub to: usize,
    /// Whether a subtotal has gathered it.
    pub is_gathered: bool,
}

/// A part, and what those before it come to, as far as that can be held.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    part: Part,
    before: Option<Decimal>,
}

/// Parts that are looked back at, at most.
const FURTHEST: usize = 5000;

/// The parts that no total has taken so far, in order.
#[derive(Debug)]
pub struct Parts {
    all: Vec<Placed>,
    /// What all of them come to.
    whole: Option<Decimal>,
    /// The parts, in order, by what those before them come to: so nobody has to walk back to find which of the last add up to an amount.
    starts: HashMap<Decimal, Vec<usize>>,
}

impl Parts {
    pub fn new() -> Self {
        Self { all: Vec::new(), whole: Some(Decimal::ZERO), starts: HashMap::new() }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn push(&mut self, part: Part) {
        let before = self.whole;
        if let Some(before) = before {
            self.starts.entry(before).or_default().push(self.all.len());
        }
        self.all.push(Placed { part, before });
        self.whole = before.and_then(|before| before.exact_add(part.sum));
    }

    /// What all of them come to.
    pub fn whole(&self) -> Option<Decimal> {
        self.whole
    }

    /// How many lines are in all of them.
    pub fn lines(&self) -> usize {
        self.all.iter().map(|one| one.part.lines).sum()
    }

    /// Whether the last of them is a line that no subtotal has gathered.
    pub fn ends_with_line(&self) -> bool {
        self.all.last().is_some_and(|last| !last.part.is_gathered)
    }

    /// The first row of the first.
    pub fn starts_at(&self) -> Option<usize> {
        self.all.first().map(|one| one.part.from)
    }

    /// What one of them comes to.
    pub fn sum_of(&self, at: usize) -> Option<Decimal> {
        self.all.get(at).map(|one| one.part.sum)
    }

    /// What all before one come to.
    pub fn before(&self, at: usize) -> Option<Decimal> {
        self.all.get(at)?.before
    }

    /// The rows of all from one on, where none of these is gathered.
    pub fn rows_from(&self, at: usize) -> Option<Range<usize>> {
        let parts = self.all.get(at..)?;
        let are_lines = parts.iter().all(|one| !one.part.is_gathered);
        Some(parts.first()?.part.from..parts.last()?.part.to).filter(|_| are_lines)
    }

    /// Where the last parts begin none of which begins before a row.
    pub fn begin_with(&self, row: usize) -> usize {
        self.all.iter().rposition(|one| one.part.from < row).map_or(0, |before| before + 1)
    }

    /// Makes one part of all from one on.
    pub fn gather(&mut self, from: usize) -> Part {
        let taken = self.cut(from);
        let sum = Decimal::exact_sum(taken.iter().map(|one| one.part.sum)).unwrap_or_default();
        let from = taken.iter().map(|one| one.part.from).min().unwrap_or_default();
        let to = taken.iter().map(|one| one.part.to).max().unwrap_or_default();
        let part = Part { sum, lines: taken.iter().map(|one| one.part.lines).sum(), from, to, is_gathered: true };
        self.push(part);
        part
    }

    /// Takes all out from one on.
    pub fn cut(&mut self, from: usize) -> Vec<Placed> {
        let taken = self.all.split_off(from.min(self.all.len()));
        self.whole = taken.first().map_or(self.whole, |first| first.before);
        taken.iter().filter_map(|one| one.before).for_each(|before| self.forget(before));
        taken
    }

    /// Forgets the last part that has so much before it.
    fn forget(&mut self, before: Decimal) {
        let is_last = self.starts.get_mut(&before).is_none_or(|starts| starts.pop().is_none() || starts.is_empty());
        if is_last {
            self.starts.remove(&before);
        }
    }

    /// Where the last parts begin that add up to an amount, so many of them at least.
    pub fn last_of(&self, amount: Decimal, least: usize) -> Option<usize> {
        let Some(start) = self.whole.and_then(|whole| whole.exact_sub(amount)) else { return self.walked_to(amount, least) };
        let latest = self.all.len().checked_sub(least)?;
        let from = self.starts.get(&start)?.iter().copied().rfind(|from| *from <= latest)?;
        (from + FURTHEST >= self.all.len()).then_some(from)
    }

    /// The same where what all come to cannot be held.
    fn walked_to(&self, amount: Decimal, least: usize) -> Option<usize> {
        let mut sum = Decimal::ZERO;
        for (taken, (from, one)) in (1..).zip(self.all.iter().enumerate().rev().take(FURTHEST)) {
            sum = sum.exact_add(one.part.sum)?;
            if sum == amount && taken >= least {
                return Some(from);
            }
        }
        None
    }

    /// Where the parts of a total begin whose figures do not tell: behind the last subtotal, or where nothing stands between them, with the
    /// subtotal that leads nearest to it.
    pub fn nearest(&self, amount: Decimal) -> usize {
        let gathered = |one: &Placed| one.part.is_gathered;
        match self.all.iter().rposition(gathered) {
            Some(last) if last + 1 < self.all.len() => return last + 1,
            None => return 0,
            Some(_) => {}
        }
        let (mut sum, mut best) = (Decimal::ZERO, (None, 0));
        for (from, one) in self.all.iter().enumerate().rev().take_while(|(_, one)| gathered(one)) {
            let Some(next) = sum.exact_add(one.part.sum) else { break };
            sum = next;
            let off = sum.exact_sub(amount).map(Decimal::abs);
            if best.0.is_none() || off < best.0 {
                best = (off, from);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small numbers without order, some of them zero or less.
    fn amounts() -> impl Iterator<Item = i64> {
        std::iter::successors(Some(7_u64), |seed| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695)))
            .map(|seed| i64::try_from(seed >> 33).unwrap() % 9 - 2)
    }

    #[test]
    fn parts_are_found_as_by_walking_back() {
        let mut parts = Parts::new();
        for (at, amount) in amounts().take(2000).enumerate() {
            for (wanted, least) in [(amount, 1), (amount, 2), (0, 1), (0, 2), (5, 1), (40, 2)] {
                assert_eq!(parts.last_of(wanted.into(), least), parts.walked_to(wanted.into(), least), "{at}");
            }
            match parts.last_of(amount.into(), 2).filter(|_| at % 5 == 0) {
                Some(from) => drop(parts.gather(from)),
                None => parts.push(Part { sum: amount.into(), lines: 1, from: 0, to: 1, is_gathered: false }),
            }
        }
        assert!(parts.len() > 100);
    }

    #[test]
    fn parts_are_found_where_all_together_cannot_be_held() {
        let mut parts = Parts::new();
        for sum in ["79228162514264337593543950335", "79228162514264337593543950335", "10", "20"] {
            parts.push(Part { sum: sum.parse().unwrap(), lines: 1, from: 0, to: 1, is_gathered: false });
        }
        assert_eq!(parts.last_of(30.into(), 2), Some(2));
        parts.gather(2);
        assert_eq!((parts.len(), parts.last_of(30.into(), 1), parts.last_of(31.into(), 1)), (3, Some(2), None));
    }
}
