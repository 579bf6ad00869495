//! Moving what is too much in one place to where it is missing: Dinic's maximum flow on flat arrays, from many places to many.
//!
//! Source of the method: E. A. Dinic, "Algorithm for solution of a problem of maximum flow in networks with power estimation",
//! 1970.
#![expect(
    clippy::indexing_slicing,
    reason = "the hot loops; every position is made in `Flow::new`, from arcs between places that are there"
)]

/// More than any sum of limits: what has no limit has this much room.
pub const ENDLESS: i128 = 1 << 100;

#[derive(Clone, Copy, Debug, Default)]
struct Dart {
    room: i128,
    /// The place it leads to.
    head: u32,
    /// The position of the dart of the same way in the other direction.
    back: u32,
}

const UNSEEN: u32 = u32::MAX;

/// Places, ways between them, and how much is too much (above 0) or missing (below 0) in each place.
///
/// A way is two darts, one forwards and one back. The darts of a place stand side by side, since they are looked at one after the other.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Where each place's darts begin in `darts`.
    starts: Vec<u32>,
    darts: Vec<Dart>,
    /// The position of each way's dart forwards.
    ways: Vec<u32>,
    excess: Vec<i128>,
    level: Vec<u32>,
    /// The next dart to try from each place.
    next: Vec<u32>,
    queue: Vec<u32>,
}

impl Flow {
    /// Nothing has moved yet. `room` is how far each way can move, forwards and back. `None` where there are more ways than can be
    /// numbered.
    #[expect(clippy::cast_possible_truncation, reason = "it is seen first that all darts and places can be numbered")]
    pub fn new(excess: Vec<i128>, ways: impl Iterator<Item = (usize, usize)> + Clone, room: &[i128]) -> Option<Self> {
        let (places, darts) = (excess.len(), u32::try_from(room.len()).ok()?);
        u32::try_from(places).ok().filter(|places| *places < UNSEEN)?;
        let mut starts = vec![0_u32; places + 1];
        for (from, to) in ways.clone() {
            starts[from + 1] += 1;
            starts[to + 1] += 1;
        }
        for place in 0..places {
            starts[place + 1] += starts[place];
        }
        let mut flow = Self {
            next: starts[..places].to_vec(),
            starts,
            darts: vec![Dart::default(); darts as usize],
            ways: Vec::with_capacity(room.len() / 2),
            level: vec![UNSEEN; places],
            queue: Vec::with_capacity(places),
            excess,
        };
        for ((from, to), room) in ways.zip(room.chunks_exact(2)) {
            let (forwards, back) = (flow.next[from], flow.next[to] + u32::from(from == to));
            flow.darts[forwards as usize] = Dart { room: room[0], head: to as u32, back };
            flow.darts[back as usize] = Dart { room: room[1], head: from as u32, back: forwards };
            flow.next[from] += 1;
            flow.next[to] += 1;
            flow.ways.push(forwards);
        }
        Some(flow)
    }

    /// Moves all that can be moved; whether nothing is left to be moved.
    pub fn settle(&mut self) -> bool {
        while self.find_levels() {
            self.next.copy_from_slice(&self.starts[..self.excess.len()]);
            for place in 0..self.excess.len() {
                if self.excess[place] > 0 {
                    self.move_from(place);
                }
            }
        }
        self.excess.iter().all(|excess| *excess <= 0)
    }

    /// Where something is still too much and where it could be moved: nothing can leave these places any more.
    pub fn stuck(&self) -> Vec<bool> {
        self.level.iter().map(|level| *level != UNSEEN).collect()
    }

    /// How far the way has moved forwards from where it was, given the room it then had.
    pub fn moved(&self, way: usize, forwards: i128) -> i128 {
        forwards - self.darts[self.ways[way] as usize].room
    }

    /// Moves as much as can be moved from one place to another once all is settled, and says how much; [`ENDLESS`] where there is no limit.
    pub fn most(&mut self, from: usize, to: usize) -> i128 {
        self.excess[from] += ENDLESS;
        self.excess[to] -= ENDLESS;
        self.settle();
        let moved = ENDLESS - self.excess[from];
        self.excess[from] -= ENDLESS - moved;
        self.excess[to] += ENDLESS - moved;
        moved
    }

    /// Closes a way.
    pub fn close(&mut self, way: usize) {
        let forwards = self.ways[way] as usize;
        let back = self.darts[forwards].back as usize;
        self.darts[forwards].room = 0;
        self.darts[back].room = 0;
    }

    /// How many steps each place is from something that is too much; whether a place is reached where something is missing.
    fn find_levels(&mut self) -> bool {
        self.level.fill(UNSEEN);
        self.queue.clear();
        for place in 0..self.excess.len() {
            if self.excess[place] > 0 {
                self.see(place, 0);
            }
        }
        let mut done = 0;
        // Once every place has been seen there is nothing to look for.
        while done < self.queue.len() && self.queue.len() < self.excess.len() {
            let place = self.queue[done] as usize;
            done += 1;
            for i in self.starts[place] as usize..self.starts[place + 1] as usize {
                let Dart { room, head, .. } = self.darts[i];
                if self.level[head as usize] == UNSEEN && room > 0 {
                    self.see(head as usize, self.level[place] + 1);
                }
            }
        }
        self.queue.iter().any(|place| self.excess[*place as usize] < 0)
    }

    #[expect(clippy::cast_possible_truncation, reason = "`new` has seen that all places can be numbered")]
    fn see(&mut self, place: usize, level: u32) {
        self.level[place] = level;
        self.queue.push(place as u32);
    }

    /// Moves what is too much in `source` along shortest paths, as far as these have room.
    fn move_from(&mut self, source: usize) {
        let (mut path, mut place): (Vec<usize>, usize) = (Vec::new(), source);
        loop {
            if self.excess[place] < 0 {
                let kept = self.push(source, place, &path);
                if self.excess[source] == 0 {
                    return;
                }
                path.truncate(kept);
                place = path.last().map_or(source, |dart| self.darts[*dart].head as usize);
            } else if self.next[place] < self.starts[place + 1] {
                let dart = self.next[place] as usize;
                let head = self.darts[dart].head as usize;
                if self.darts[dart].room > 0 && self.level[head] == self.level[place].wrapping_add(1) {
                    path.push(dart);
                    place = head;
                } else {
                    self.next[place] += 1;
                }
            } else {
                self.level[place] = UNSEEN;
                let Some(dart) = path.pop() else { return };
                place = self.darts[self.darts[dart].back as usize].head as usize;
                self.next[place] += 1;
            }
        }
    }

    /// Moves as much as fits along a path; how many of its darts still have room before the first that has none.
    fn push(&mut self, source: usize, target: usize, path: &[usize]) -> usize {
        let room = path.iter().map(|dart| self.darts[*dart].room).min().unwrap_or(0);
        let amount = room.min(self.excess[source]).min(-self.excess[target]);
        self.excess[source] -= amount;
        self.excess[target] += amount;
        for dart in path {
            let back = self.darts[*dart].back as usize;
            self.darts[*dart].room -= amount;
            self.darts[back].room += amount;
        }
        path.iter().position(|dart| self.darts[*dart].room == 0).unwrap_or(path.len())
    }
}
