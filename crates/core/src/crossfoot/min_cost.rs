//! The cheapest way to move what is too much in some places to where it is missing, in whole units.
//!
//! Sources: R. G. Busacker and P. J. Gowen, "A procedure for determining a family of minimum-cost network flow patterns", 1960
//! (along cheapest paths, all is cheapest); J. Edmonds and R. M. Karp, "Theoretical improvements in algorithmic efficiency for network
//! flow problems", 1972 (potentials keep costs from falling below zero).
#![expect(
    clippy::indexing_slicing,
    reason = "the hot loops; every position is made in `Market::new`, from ways between places that are there"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::solver::Reason;

/// A way between two places: how much has room on it, and what each unit of that costs, which is nothing or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub from: usize,
    pub to: usize,
    pub room: i128,
    pub cost: i128,
}

/// No more looks at ways than this: some seconds.
const MOST_LOOKS: u64 = 1_000_000_000;

/// How much goes along each way at the least total cost, so that nothing is too much (above 0) or missing (below 0) in any place
/// any more; `None` where there is not room enough, or more is missing than is too much.
pub fn cheapest(excess: &[i128], ways: &[Way]) -> Result<Option<Vec<i128>>, Reason> {
    let mut market = Market::new(excess, ways)?;
    while market.excess.iter().any(|excess| *excess > 0) {
        if !market.find_prices()? {
            return Ok(None);
        }
        market.trade()?;
    }
    let is_settled = market.excess.iter().all(|excess| *excess == 0);
    Ok(is_settled.then(|| (0..ways.len()).map(|way| market.room[2 * way + 1]).collect()))
}

/// A way is two darts: `2 * way` leads forwards, `2 * way + 1` back at the opposite cost, with the room that has been used.
struct Market {
    /// Where each place's darts begin in `darts`.
    starts: Vec<usize>,
    darts: Vec<usize>,
    heads: Vec<usize>,
    room: Vec<i128>,
    cost: Vec<i128>,
    excess: Vec<i128>,
    /// What a unit costs in each place, so that no dart with room costs less than the prices at its ends differ by.
    price: Vec<i128>,
    looks: u64,
}

impl Market {
    fn new(excess: &[i128], ways: &[Way]) -> Result<Self, Reason> {
        let places = excess.len();
        let is_there = |way: &Way| way.from < places && way.to < places && way.room >= 0 && way.cost >= 0;
        let all = excess.iter().try_fold(0_i128, |sum, excess| sum.checked_add(excess.checked_abs()?));
        if all.is_none() || !ways.iter().all(is_there) {
            return Err(Reason::TooLarge);
        }
        let mut starts = vec![0; places + 1];
        for end in ways.iter().flat_map(|way| [way.from, way.to]) {
            starts[end + 1] += 1;
        }
        for place in 0..places {
            starts[place + 1] += starts[place];
        }
        let (mut next, mut darts) = (starts.clone(), vec![0; 2 * ways.len()]);
        for (dart, end) in ways.iter().flat_map(|way| [way.from, way.to]).enumerate() {
            darts[next[end]] = dart;
            next[end] += 1;
        }
        Ok(Self {
            starts,
            darts,
            heads: ways.iter().flat_map(|way| [way.to, way.from]).collect(),
            room: ways.iter().flat_map(|way| [way.room, 0]).collect(),
            cost: ways.iter().flat_map(|way| [way.cost, -way.cost]).collect(),
            excess: excess.to_vec(),
            price: vec![0; places],
            looks: 0,
        })
    }

    fn look(&mut self) -> Result<(), Reason> {
        self.looks += 1;
        if self.looks > MOST_LOOKS { Err(Reason::TooMuchWork) } else { Ok(()) }
    }

    /// What a dart costs beyond the difference of prices: never below zero where it has room.
    fn extra(&self, from: usize, dart: usize) -> Result<i128, Reason> {
        let extra = self.cost[dart].checked_add(self.price[from]).and_then(|cost| cost.checked_sub(self.price[self.heads[dart]]));
        extra.ok_or(Reason::TooLarge)
    }

    /// Raises prices to what the cheapest way costs from where something is too much, up to the nearest place where something is
    /// missing; whether there is one. Source: E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959.
    fn find_prices(&mut self) -> Result<bool, Reason> {
        let mut rise: Vec<Option<i128>> = self.excess.iter().map(|excess| (*excess > 0).then_some(0)).collect();
        let mut queue: BinaryHeap<Reverse<(i128, usize)>> =
            (0..rise.len()).filter(|place| rise[*place].is_some()).map(|place| Reverse((0, place))).collect();
        let mut nearest = None;
        while let Some(Reverse((cost, place))) = queue.pop() {
            if nearest.is_some_and(|nearest| cost > nearest) {
                break;
            }
            if rise[place] < Some(cost) {
                continue;
            }
            if self.excess[place] < 0 {
                nearest = Some(cost);
            }
            for i in self.starts[place]..self.starts[place + 1] {
                let dart = self.darts[i];
                self.look()?;
                if self.room[dart] > 0 {
                    let beyond = cost.checked_add(self.extra(place, dart)?).ok_or(Reason::TooLarge)?;
                    let head = self.heads[dart];
                    if rise[head].is_none_or(|known| beyond < known) {
                        rise[head] = Some(beyond);
                        queue.push(Reverse((beyond, head)));
                    }
                }
            }
        }
        let Some(nearest) = nearest else { return Ok(false) };
        for (price, rise) in self.price.iter_mut().zip(rise) {
            *price = price.checked_add(rise.map_or(nearest, |rise| rise.min(nearest))).ok_or(Reason::TooLarge)?;
        }
        Ok(true)
    }

    /// Moves what can be moved along darts that cost just the difference of prices.
    fn trade(&mut self) -> Result<(), Reason> {
        let mut next = self.starts.clone();
        let mut is_seen = vec![false; self.excess.len()];
        for place in 0..self.excess.len() {
            while self.excess[place] > 0 && self.trade_from(place, &mut next, &mut is_seen)? {}
        }
        Ok(())
    }

    /// Moves as much as fits along one path; whether one was found. A place stays seen once nothing more can be found from it.
    fn trade_from(&mut self, source: usize, next: &mut [usize], is_seen: &mut [bool]) -> Result<bool, Reason> {
        let (mut path, mut place): (Vec<usize>, usize) = (Vec::new(), source);
        while self.excess[place] >= 0 {
            is_seen[place] = true;
            if next[place] == self.starts[place + 1] {
                let Some(dart) = path.pop() else { return Ok(false) };
                place = self.heads[dart ^ 1];
                next[place] += 1;
                continue;
            }
            let dart = self.darts[next[place]];
            self.look()?;
            if self.room[dart] > 0 && !is_seen[self.heads[dart]] && self.extra(place, dart)? == 0 {
                path.push(dart);
                place = self.heads[dart];
            } else {
                next[place] += 1;
            }
        }
        is_seen[source] = false;
        path.iter().for_each(|dart| is_seen[self.heads[*dart]] = false);
        self.push(source, place, &path)
    }

    fn push(&mut self, source: usize, target: usize, path: &[usize]) -> Result<bool, Reason> {
        let room = path.iter().map(|dart| self.room[*dart]).min().unwrap_or(0);
        let amount = room.min(self.excess[source]).min(-self.excess[target]);
        self.excess[source] -= amount;
        self.excess[target] += amount;
        for dart in path {
            self.room[*dart] -= amount;
            let back = &mut self.room[*dart ^ 1];
            *back = back.checked_add(amount).ok_or(Reason::TooLarge)?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn way(from: usize, to: usize, room: i128, cost: i128) -> Way {
        Way { from, to, room, cost }
    }

    fn left(excess: &[i128], ways: &[Way], flow: &[i128]) -> Vec<i128> {
        let mut left = excess.to_vec();
        for (way, amount) in ways.iter().zip(flow) {
            left[way.from] -= amount;
            left[way.to] += amount;
        }
        left
    }

    fn cost(ways: &[Way], flow: &[i128]) -> i128 {
        ways.iter().zip(flow).map(|(way, amount)| way.cost * amount).sum()
    }

    /// The least cost of all flows there are.
    fn least(excess: &[i128], ways: &[Way]) -> Option<i128> {
        let mut flows = vec![Vec::new()];
        for way in ways {
            let longer = |flow: Vec<i128>| (0..=way.room).map(move |amount| [flow.as_slice(), &[amount]].concat());
            flows = flows.into_iter().flat_map(longer).collect();
        }
        let settled = flows.iter().filter(|flow| left(excess, ways, flow).iter().all(|left| *left == 0));
        settled.map(|flow| cost(ways, flow)).min()
    }

    #[test]
    fn the_cheap_way_is_taken_as_far_as_it_has_room() {
        let ways = [way(0, 1, 3, 1), way(0, 1, 10, 5), way(0, 2, 9, 1), way(2, 1, 2, 1)];
        // 3 at 1, 2 at 1 + 1, the last at 5.
        assert_eq!(cheapest(&[6, -6, 0], &ways), Ok(Some(vec![3, 1, 2, 2])));
    }

    #[test]
    fn what_went_one_way_is_turned_back_where_that_is_cheaper() {
        // Alone 0 would give to 2; but 1 can reach 2 only, so 0 gives to 3.
        let ways = [way(0, 2, 1, 1), way(0, 3, 1, 4), way(1, 2, 1, 2), way(2, 3, 0, 0)];
        assert_eq!(cheapest(&[1, 1, -1, -1], &ways), Ok(Some(vec![0, 1, 1, 0])));
    }

    #[test]
    fn large_amounts_go_at_once() {
        let much = 10_i128.pow(30);
        let ways = [way(0, 1, 2 * much, 0), way(1, 0, 2 * much, 0), way(1, 2, 2 * much, 1), way(2, 1, 2 * much, 1)];
        assert_eq!(cheapest(&[much, 0, -much], &ways), Ok(Some(vec![much, 0, much, 0])));
    }

    #[test]
    fn there_is_none_where_room_is_short_or_sides_differ() {
        assert_eq!(cheapest(&[2, -2], &[way(0, 1, 1, 0)]), Ok(None));
        assert_eq!(cheapest(&[2, -3], &[way(0, 1, 9, 0)]), Ok(None));
        assert_eq!(cheapest(&[3, -2], &[way(0, 1, 9, 0)]), Ok(None));
        assert_eq!(cheapest(&[0, 0], &[way(0, 1, 9, 0)]), Ok(Some(vec![0])));
    }

    #[test]
    fn costs_that_cannot_be_held_are_no_answer() {
        let half = i128::MAX / 2 + 1;
        assert_eq!(cheapest(&[1, 0, -1], &[way(0, 1, 1, half), way(1, 2, 1, half)]), Err(Reason::TooLarge));
    }

    prop_compose! {
        fn some_problem()(
            excess in proptest::collection::vec(-3..=3_i128, 4),
            ways in proptest::collection::vec((0..4_usize, 0..4_usize, 0..=2_i128, 0..=4_i128), 1..7),
        ) -> (Vec<i128>, Vec<Way>) {
            let rest: i128 = excess[..3].iter().sum();
            let ways = ways.into_iter().map(|(from, to, room, cost)| way(from, to, room, cost)).collect();
            (vec![excess[0], excess[1], excess[2], -rest], ways)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

        #[test]
        fn no_flow_is_cheaper((excess, ways) in some_problem()) {
            let found = cheapest(&excess, &ways).unwrap();
            prop_assert_eq!(found.as_ref().map(|flow| cost(&ways, flow)), least(&excess, &ways));
            if let Some(flow) = found {
                prop_assert!(left(&excess, &ways, &flow).iter().all(|left| *left == 0));
                prop_assert!(ways.iter().zip(&flow).all(|(way, amount)| (0..=way.room).contains(amount)));
            }
        }
    }
}
