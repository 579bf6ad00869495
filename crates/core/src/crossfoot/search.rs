//! Whole moves that make sums hold, by trying: for sums that are no network, where nothing quicker is known to be sure.
//!
//! It is as hard as whole-number programming (J. A. De Loera and S. Onn, "All linear and integer programs are slim 3-way
//! transportation programs", 2006), so it stops after a bounded number of tries.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::moves::Room;
use super::solver::Reason;
use super::system::Sum;

/// No more tries than this, and none that would have to keep more numbers than [`MOST_KEPT`].
const MOST_TRIES: usize = 200_000;
const MOST_KEPT: usize = 5_000_000;

/// Moves made so far, with what may still move.
#[derive(Clone)]
struct State {
    rooms: Vec<Room>,
    moved: Vec<i128>,
    /// By how much the parts of each sum come to more than its total.
    residuals: Vec<i128>,
}

/// By how much each figure moves at the least cost so that no residual is left; `None` where none can be.
///
/// The cheapest state goes on first. In a sum that does not hold, some figure must move the way that brings it closer; each of
/// these is tried in turn, and those before it then move no more that way, so that no set of moves is met twice.
pub fn settle(sums: &[Sum], residuals: Vec<i128>, rooms: &[Room]) -> Result<Option<Vec<i128>>, Reason> {
    let by_figure = members(sums);
    let first = State { rooms: rooms.to_vec(), moved: vec![0; rooms.len()], residuals };
    let size = 2 * rooms.len() + sums.len() + 1;
    let (mut states, mut queue) = (vec![Some(first)], BinaryHeap::from([Reverse((0_i128, 0_usize))]));
    while let Some(Reverse((cost, at))) = queue.pop() {
        let Some(mut state) = states.get_mut(at).and_then(Option::take) else { continue };
        let Some(sum) = state.tightest(sums) else { return Ok(Some(state.moved)) };
        for (figure, way) in state.helpful(sums, sum) {
            if states.len() >= MOST_TRIES || states.len().saturating_mul(size) > MOST_KEPT {
                return Err(Reason::TooMuchWork);
            }
            let Some(one) = state.rooms.get(figure).copied().filter(|one| one.room(way) > 0) else { continue };
            let next = state.stepped(figure, way, by_figure.get(&figure).map_or(&[], Vec::as_slice));
            queue.push(Reverse((cost.checked_add(one.cost).ok_or(Reason::TooLarge)?, states.len())));
            states.push(next);
            state.close(figure, way);
        }
    }
    Ok(None)
}

/// The sums that each figure stands in, with its sign there.
fn members(sums: &[Sum]) -> HashMap<usize, Vec<(usize, i8)>> {
    let mut members: HashMap<usize, Vec<(usize, i8)>> = HashMap::new();
    for (i, sum) in sums.iter().enumerate() {
        for (figure, sign) in sum.terms() {
            members.entry(figure).or_default().push((i, sign));
        }
    }
    members
}

impl State {
    /// A sum that does not hold, with the fewest figures that could bring it closer.
    fn tightest(&self, sums: &[Sum]) -> Option<usize> {
        let open = self.residuals.iter().enumerate().filter(|(_, residual)| **residual != 0).map(|(i, _)| i);
        open.min_by_key(|sum| self.helpful(sums, *sum).len())
    }

    /// The figures that can still move so that a sum comes closer, and which way.
    fn helpful(&self, sums: &[Sum], sum: usize) -> Vec<(usize, i128)> {
        let wanted = -self.residuals.get(sum).copied().unwrap_or(0).signum();
        let terms = sums.get(sum).into_iter().flat_map(Sum::terms).map(|(figure, sign)| (figure, wanted * i128::from(sign)));
        terms.filter(|(figure, way)| self.rooms.get(*figure).is_some_and(|one| one.room(*way) > 0)).collect()
    }

    /// The same after one unit more, never back again.
    fn stepped(&self, figure: usize, way: i128, members: &[(usize, i8)]) -> Option<Self> {
        let mut next = self.clone();
        let one = next.rooms.get_mut(figure)?;
        *one = if way > 0 { Room { up: one.up - 1, down: 0, ..*one } } else { Room { up: 0, down: one.down - 1, ..*one } };
        *next.moved.get_mut(figure)? += way;
        for (sum, sign) in members {
            *next.residuals.get_mut(*sum)? += way * i128::from(*sign);
        }
        Some(next)
    }

    fn close(&mut self, figure: usize, way: i128) {
        if let Some(one) = self.rooms.get_mut(figure) {
            *(if way > 0 { &mut one.up } else { &mut one.down }) = 0;
        }
    }
}

impl Room {
    fn room(&self, way: i128) -> i128 {
        if way > 0 { self.up } else { self.down }
    }
}
