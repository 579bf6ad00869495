//! How much of what is offered can be used by what is wanted, each by whom it may.

use super::flow::{ENDLESS, Flow};

/// The most that can go from `supply` to `demand` by way of the pairs, each unit once; `None` where that is more than can be counted.
pub fn most_matched(supply: &[i128], demand: &[i128], pairs: &[(usize, usize)]) -> Option<i128> {
    let (first, last) = (supply.len() + demand.len(), supply.len() + demand.len() + 1);
    let is_small =
        |amounts: &[i128]| amounts.iter().try_fold(0_i128, |sum, one| sum.checked_add(*one)).is_some_and(|sum| sum < ENDLESS);
    if !is_small(supply) || !is_small(demand) {
        return None;
    }
    let offers = (0..supply.len()).map(|at| (first, at));
    let uses = pairs.iter().map(|(from, to)| (*from, supply.len() + to));
    let wants = (0..demand.len()).map(|at| (supply.len() + at, last));
    let room: Vec<i128> = supply
        .iter()
        .copied()
        .chain(pairs.iter().map(|_| ENDLESS))
        .chain(demand.iter().copied())
        .flat_map(|room| [room, 0])
        .collect();
    let mut flow = Flow::new(vec![0; last + 1], offers.chain(uses).chain(wants), &room)?;
    Some(flow.most(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_goes_where_it_may_and_no_further() {
        // 200 may pay for the first only, which wants 100; the second wants 100 and gets nothing.
        assert_eq!(most_matched(&[200], &[100, 100], &[(0, 0)]), Some(100));
        // Money for both goes to the second, as the first has its own.
        assert_eq!(most_matched(&[100, 70], &[100, 100], &[(0, 0), (1, 0), (1, 1)]), Some(170));
        assert_eq!(most_matched(&[], &[100], &[]), Some(0));
    }
}
