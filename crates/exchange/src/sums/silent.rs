//! Subtotals that no word tells: `South America` above or below its countries. They are believed only where the table does not
//! add up without them and does with them.

use logframe::Decimal;
use logframe::reconciliation::LineSum;

use super::{FURTHEST, Found, Lines, SumExactly as _, close};

/// In how many crossings the lines of a group must come to its subtotal: where a figure is wrong, not in all.
#[derive(Clone, Copy, PartialEq)]
enum Proof {
    All,
    Most,
}

/// Where sums stand: all of them above what they are of, or all below; or some above and some below.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    OneSide,
    Both,
}

impl Lines<'_> {
    /// The sums of a table in which only the figures tell the subtotals; `None` where it adds up without, or not at all.
    pub(super) fn silent(&self, found: &Found) -> Option<Found> {
        if !found.sums.is_empty() {
            return None;
        }
        let lines = || (0..self.names.len()).filter(|line| Some(*line) != found.total);
        let plain: Vec<usize> = lines().collect();
        if found.total.is_some_and(|at| self.add_up(at, &plain)) {
            return None;
        }
        let proofs = [Proof::All, Proof::Most].into_iter().filter(|proof| *proof == Proof::All || found.total.is_some());
        let told = [Stand::OneSide, Stand::Both]
            .into_iter()
            .flat_map(|stand| proofs.clone().map(move |proof| (proof, stand)))
            .find_map(|how| {
                let below = self.grouped(lines(), found.total, how);
                below.or_else(|| self.grouped(lines().rev(), found.total, how))
            });
        told.map(|told| Found { unknown: found.unknown.clone(), ..told })
    }

    /// Lines gathered in an order under those that they add up to, if what is then left comes to the total: to the declared
    /// one, or to the last line of the order where there is none.
    fn grouped(&self, order: impl Iterator<Item = usize>, total: Option<usize>, (proof, stand): (Proof, Stand)) -> Option<Found> {
        let (mut open, mut sums) = self.gathered(order, total, proof);
        if stand == Stand::Both && total.is_some_and(|at| !self.add_up(at, &open)) {
            // Groups above their lines can have a sum of their own below them: `Direct costs`.
            let (rest, more) = self.gathered(open.into_iter().rev(), total, proof);
            open = rest;
            sums.extend(more);
        }
        let at = total.or(open.last().copied().filter(|_| open.len() == 1))?;
        open.retain(|line| *line != at);
        let mut silent: Vec<usize> = sums.iter().map(|sum| sum.at).filter(|line| *line != at).collect();
        silent.sort_unstable();
        let mut found = Found { total: Some(at), sums, silent, is_by_figures: total.is_none(), ..Found::default() };
        if total.is_some() {
            open.sort_unstable();
            let is_exact = || {
                let sum = |crossing| open.iter().map(|line| (self.figure)(*line, crossing)).sum_exactly();
                self.is_exact(at, &(0..self.crossings).map(sum).collect::<Vec<_>>())
            };
            let adds_up = !found.sums.is_empty() && self.add_up(at, &open) && (self.crossings > 1 || is_exact());
            adds_up.then(|| close(at, &mut open, &mut found))?;
        }
        (!found.silent.is_empty()).then_some(found)
    }

    /// Lines in an order without those that stand for others, and what these are of.
    fn gathered(&self, order: impl Iterator<Item = usize>, total: Option<usize>, proof: Proof) -> (Vec<usize>, Vec<LineSum>) {
        let (mut open, mut sums): (Vec<usize>, Vec<LineSum>) = (Vec::new(), Vec::new());
        for line in order {
            if let Some(from) = self.of_the_last(line, &open, proof, total.is_some()) {
                let mut parts = open.split_off(from);
                parts.sort_unstable();
                sums.push(LineSum { at: line, parts });
            }
            open.push(line);
        }
        (open, sums)
    }

    /// Where the last open lines begin that come to a line; one line only where it is the same to the digit.
    fn of_the_last(&self, at: usize, open: &[usize], proof: Proof, has_total: bool) -> Option<usize> {
        let mut sums = vec![Some(Decimal::ZERO); self.crossings];
        for (taken, (from, line)) in open.iter().enumerate().rev().take(FURTHEST).enumerate() {
            for (crossing, sum) in sums.iter_mut().enumerate() {
                *sum = sum.zip((self.figure)(*line, crossing)).and_then(|(sum, part)| sum.exact_add(part));
            }
            let (judged, hits) = self.hits(at, &sums, taken + 1);
            let is_told = match proof {
                Proof::All => hits == judged,
                Proof::Most => hits * 2 > judged,
            };
            // One column proves less than several: there every part has to come to it to the digit, and a total to tell that it all adds up.
            let is_judged =
                judged > 1 || (self.crossings == 1 && judged == 1 && has_total && taken > 0 && self.is_exact(at, &sums));
            let is_told = is_told && is_judged && (taken > 0 || self.is_the_same(at, *line));
            if is_told {
                return Some(from);
            }
        }
        None
    }

    fn is_exact(&self, at: usize, sums: &[Option<Decimal>]) -> bool {
        sums.iter().enumerate().all(|(crossing, sum)| sum.is_some() && (self.figure)(at, crossing) == *sum)
    }

    fn is_the_same(&self, a: usize, b: usize) -> bool {
        (0..self.crossings).all(|crossing| (self.figure)(a, crossing) == (self.figure)(b, crossing))
    }
}
