//! Sets of cells as places: every figure is a set of cells, and the sets split into two families in each of which any two are apart or
//! one within the other. A hierarchy of rows over flat columns is such; so are tables whose totals are printed again elsewhere.
//!
//! Source: J. Edmonds, "Submodular functions, matroids, and certain polyhedra", 1970: two such families make a network
//! (docs/reconciliation.md).

use std::collections::HashMap;

use super::{Arc, Network, Shape};
use crate::crossfoot::scaled::Question;

/// Beyond so many entries in all sets together, recognising them would cost more than it gives.
const MOST_ENTRIES: usize = 20_000_000;

/// A hierarchy of more levels is none that anybody prints.
const MOST_LEVELS: usize = 64;

/// How the sums make sets, so that what the places say can be said in sums.
#[derive(Debug)]
pub struct Nested {
    /// The figures that are totals, parts before wholes, with the sum that defines each.
    totals: Vec<(usize, usize)>,
    /// The parts of each of them that are totals themselves, as positions in `totals`.
    parts: Vec<Vec<usize>>,
    /// Which family each belongs to.
    is_second: Vec<bool>,
    /// The place of the next larger set of its family; the ground, 0, where there is none.
    parents: Vec<usize>,
}

/// The place of a set: its position after the ground.
fn place(total: usize) -> usize {
    total + 1
}

impl Nested {
    pub fn weights(&self, stuck: &[bool]) -> Vec<(usize, i128)> {
        let has_ground = stuck.first().copied().unwrap_or(false);
        let counts = |place: usize| i128::from(place != 0 && stuck.get(place).copied().unwrap_or(false) != has_ground);
        // How often each figure is said to be the sum of its cells.
        let said = |(i, (is_second, parent)): (usize, (&bool, &usize))| {
            let times = counts(place(i)) - counts(*parent);
            if *is_second == has_ground { -times } else { times }
        };
        let mut said: Vec<i128> = self.is_second.iter().zip(&self.parents).enumerate().map(said).collect();
        let mut weights = Vec::new();
        for (i, (_, sum)) in self.totals.iter().enumerate().rev() {
            let times = said.get(i).copied().unwrap_or(0);
            weights.push((*sum, -times));
            for part in self.parts.get(i).into_iter().flatten() {
                said.get_mut(*part).into_iter().for_each(|said| *said += times);
            }
        }
        weights
    }
}

/// The sets that sums make: cells, and totals of them.
struct Sets {
    totals: Vec<(usize, usize)>,
    parts: Vec<Vec<usize>>,
    /// The cells of each total, by position in `cells`, sorted.
    members: Vec<Vec<u32>>,
    /// The figures that are nobody's total, but for those that are zero.
    cells: Vec<usize>,
}

/// The network, where there is one.
pub fn network(question: &Question<'_>) -> Option<Network> {
    let sets = Sets::of(question)?;
    let holders = sets.holders();
    let is_second = families(&sets, &holders)?;
    let mut parents = vec![0; sets.totals.len()];
    let mut arcs = Vec::with_capacity(sets.totals.len() + sets.cells.len());
    for (cell, holders) in sets.cells.iter().zip(&holders) {
        let chain = |second: bool| {
            let mut chain: Vec<usize> = holders.iter().copied().filter(|i| is_second.get(*i) == Some(&second)).collect();
            chain.sort_unstable_by_key(|i| (sets.members.get(*i).map_or(0, Vec::len), *i));
            chain
        };
        let chains = [chain(false), chain(true)];
        for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
            let [inner, outer] = pair else { continue };
            *parents.get_mut(*inner)? = place(*outer);
        }
        let [from, to] = chains.map(|chain| chain.first().map_or(0, |i| place(*i)));
        arcs.push(Arc { figure: *cell, from, to });
    }
    for (i, (figure, _)) in sets.totals.iter().enumerate() {
        let (own, parent) = (place(i), *parents.get(i)?);
        let (from, to) = if *is_second.get(i)? { (own, parent) } else { (parent, own) };
        arcs.push(Arc { figure: *figure, from, to });
    }
    arcs.retain(|arc| arc.from != arc.to);
    let constant = vec![0; sets.totals.len() + 1];
    let shape = Shape::Nested(Nested { totals: sets.totals, parts: sets.parts, is_second, parents });
    Some(Network::new(question, arcs, constant, shape))
}

impl Sets {
    /// `None` where a sum takes something off, counts something twice, goes round in a circle, or where two sums make one figure of
    /// different cells.
    fn of(question: &Question<'_>) -> Option<Self> {
        let system = question.scaled.system;
        let sums = || question.sums.iter().filter_map(|sum| Some((*sum, system.sums().get(*sum)?)));
        let figures = system.figures().len();
        let mut waiting = vec![0_usize; figures];
        let mut is_total = vec![false; figures];
        for (_, sum) in sums() {
            if !sum.less.is_empty() {
                return None;
            }
            *is_total.get_mut(sum.total)? = true;
            *waiting.get_mut(sum.total)? += 1;
        }
        let mut sets = Self { totals: Vec::new(), parts: Vec::new(), members: Vec::new(), cells: Vec::new() };
        let mut position: Vec<Option<u32>> = vec![None; figures];
        let mut entries = 0_usize;
        let mut rest: Vec<usize> = sums().map(|(sum, _)| sum).collect();
        for _ in 0..MOST_LEVELS {
            let before = rest.len();
            let mut left = Vec::new();
            for sum in rest {
                let entry = system.sums().get(sum)?;
                let is_ready = entry.parts.iter().all(|part| waiting.get(*part) == Some(&0));
                if !is_ready {
                    left.push(sum);
                    continue;
                }
                let (members, parts) = sets.made_of(question, &entry.parts, &is_total, &mut position)?;
                entries += members.len() + 1;
                if entries > MOST_ENTRIES {
                    return None;
                }
                sets.add(entry.total, sum, members, parts, &mut position)?;
                *waiting.get_mut(entry.total)? -= 1;
            }
            rest = left;
            match rest.len() {
                0 => return Some(sets),
                same if same == before => return None,
                _ => {}
            }
        }
        None
    }

    /// The cells of some parts, and which of the parts are totals.
    fn made_of(
        &mut self,
        question: &Question<'_>,
        figures: &[usize],
        is_total: &[bool],
        position: &mut [Option<u32>],
    ) -> Option<(Vec<u32>, Vec<usize>)> {
        let (mut members, mut parts) = (Vec::new(), Vec::new());
        for figure in figures {
            let known = position.get_mut(*figure)?;
            match (is_total.get(*figure)?, &known) {
                (true, Some(total)) => {
                    parts.push(*total as usize);
                    members.extend_from_slice(self.members.get(*total as usize)?);
                }
                (true, None) => return None,
                (false, Some(cell)) => members.push(*cell),
                (false, None) if is_zero(question, *figure) => {}
                (false, None) => {
                    let cell = u32::try_from(self.cells.len()).ok()?;
                    *known = Some(cell);
                    self.cells.push(*figure);
                    members.push(cell);
                }
            }
        }
        members.sort_unstable();
        members.windows(2).all(|pair| pair.first() != pair.last()).then_some((members, parts))
    }

    /// Keeps what a sum makes of its total, where another sum has not said the same already.
    fn add(
        &mut self,
        total: usize,
        sum: usize,
        members: Vec<u32>,
        parts: Vec<usize>,
        position: &mut [Option<u32>],
    ) -> Option<()> {
        let known = position.get_mut(total)?;
        if let Some(at) = known {
            return (self.members.get(*at as usize)? == &members).then_some(());
        }
        *known = Some(u32::try_from(self.totals.len()).ok()?);
        self.totals.push((total, sum));
        self.members.push(members);
        self.parts.push(parts);
        Some(())
    }

    /// The totals that each cell belongs to.
    fn holders(&self) -> Vec<Vec<usize>> {
        let mut holders = vec![Vec::new(); self.cells.len()];
        for (i, members) in self.members.iter().enumerate() {
            for cell in members {
                holders.get_mut(*cell as usize).into_iter().for_each(|holders| holders.push(i));
            }
        }
        holders
    }
}

fn is_zero(question: &Question<'_>, figure: usize) -> bool {
    let limits = question.limits(figure);
    limits.is_point() && limits.at == 0
}

/// Which of two families each total belongs to, so that no two of a family cross; `None` where two families are too few.
fn families(sets: &Sets, holders: &[Vec<usize>]) -> Option<Vec<bool>> {
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for holders in holders {
        for (i, a) in holders.iter().enumerate() {
            for b in holders.get(i + 1..).into_iter().flatten() {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let size = |i: usize| sets.members.get(i).map_or(0, Vec::len);
    let mut crossed = vec![Vec::new(); sets.totals.len()];
    for ((a, b), count) in shared {
        if count < size(a) && count < size(b) {
            crossed.get_mut(a)?.push(b);
            crossed.get_mut(b)?.push(a);
        }
    }
    let mut family: Vec<Option<bool>> = vec![None; sets.totals.len()];
    for first in 0..family.len() {
        if family.get(first)?.is_some() {
            continue;
        }
        *family.get_mut(first)? = Some(false);
        let mut stack = vec![first];
        while let Some(here) = stack.pop() {
            let other = family.get(here).copied().flatten().map(|own| !own)?;
            for there in crossed.get(here)? {
                match family.get_mut(*there)? {
                    Some(own) if *own == other => {}
                    Some(_) => return None,
                    unset => {
                        *unset = Some(other);
                        stack.push(*there);
                    }
                }
            }
        }
    }
    family.into_iter().collect()
}
