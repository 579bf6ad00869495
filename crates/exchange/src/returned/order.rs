//! Where rows are now that formulas take: ranges are compared by the places of their rows in the order of those that are known.

use std::cell::Cell;

/// Rows that are known, as they were called and as they are called now.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// What they were called, in order.
    were: Vec<u32>,
    /// The place of each among those of now.
    places: Vec<u32>,
    /// What they are called now, in order.
    are: Vec<u32>,
    /// Whether they stand in the order in which they stood.
    pub is_kept: bool,
}

/// Places from one up to another.
pub type Run = (u32, u32);

impl Order {
    /// Rows by what they were and what they are.
    pub fn of(pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut pairs: Vec<(u32, u32)> = pairs.collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|(was, _)| *was);
        let mut are: Vec<u32> = pairs.iter().map(|(_, is)| *is).collect();
        let is_kept = are.is_sorted();
        are.sort_unstable();
        are.dedup();
        let place = |(_, is): &(u32, u32)| clamp(are.partition_point(|row| row < is));
        let places = pairs.iter().map(place).collect();
        Self { were: pairs.into_iter().map(|(was, _)| was).collect(), places, are, is_kept }
    }

    /// The places of the rows that were called so, from one to another; `None` where finding them costs more than is left.
    pub fn places(&self, top: u32, bottom: u32, left: &Cell<usize>) -> Option<Vec<Run>> {
        let own = self.known(top, bottom);
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return Some(Vec::new()) };
        if self.is_kept {
            return Some(vec![(*first, *last + 1)]);
        }
        left.set(left.get().checked_sub(own.len())?);
        let mut places: Vec<Run> = own.iter().map(|place| (*place, *place + 1)).collect();
        join(&mut places);
        Some(places)
    }

    /// The places of the rows that are called so now.
    pub fn places_now(&self, top: u32, bottom: u32) -> Run {
        let before = |row: u32| clamp(self.are.partition_point(|own| *own < row));
        (before(top), before(bottom.saturating_add(1)))
    }

    /// What the row at a place is called now.
    pub fn row(&self, place: u32) -> Option<u32> {
        self.are.get(place as usize).copied()
    }

    /// Whether all rows are known that were called so.
    pub fn knows(&self, top: u32, bottom: u32) -> bool {
        self.known(top, bottom).len() == (bottom.saturating_sub(top) as usize).saturating_add(1)
    }

    fn known(&self, top: u32, bottom: u32) -> &[u32] {
        let before = |row: u32| self.were.partition_point(|own| *own < row);
        self.places.get(before(top)..before(bottom.saturating_add(1))).unwrap_or_default()
    }
}

/// Makes one of runs that follow each other. What overlaps stays apart: it is taken twice.
pub fn join(runs: &mut Vec<Run>) {
    runs.sort_unstable();
    runs.dedup_by(|next, run| {
        let follows = next.0 == run.1;
        if follows {
            run.1 = next.1;
        }
        follows
    });
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_the_same_where_rows_came_or_went_or_were_sorted() {
        let left = Cell::new(100);
        // Rows 4 to 7, of which 5 was taken out and behind 6 two were put in.
        let order = Order::of([(4, 4), (6, 5), (7, 8)].into_iter());
        assert_eq!(order.places(4, 7, &left), Some(vec![(0, 3)]));
        assert_eq!(order.places_now(4, 8), (0, 3));
        assert_eq!(order.places_now(4, 7), (0, 2));
        assert_eq!((order.row(2), order.row(3)), (Some(8), None));
        assert!(order.knows(6, 7) && !order.knows(4, 7));
        // Sorted the other way round.
        let order = Order::of([(4, 7), (5, 6), (6, 5), (7, 4)].into_iter());
        assert_eq!(order.places(4, 5, &left), Some(vec![(2, 4)]));
        assert_eq!(order.places(4, 7, &Cell::new(3)), None);
    }

    #[test]
    fn what_is_taken_twice_is_not_taken_once() {
        let mut runs = vec![(3, 5), (0, 2), (2, 4)];
        join(&mut runs);
        assert_eq!(runs, [(0, 4), (3, 5)]);
    }
}
