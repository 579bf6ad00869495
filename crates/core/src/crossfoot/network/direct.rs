//! Sums as places: each figure is in two sums at most, as a part of one and the total of the other, if sums may be turned round.

use std::collections::VecDeque;

use super::{Arc, Network, Shape};
use crate::crossfoot::scaled::Question;

/// Which sum each place stands for, and whether it is turned round. The last place is the ground: all that is in one sum only.
#[derive(Debug)]
pub struct Direct {
    sums: Vec<usize>,
    signs: Vec<i8>,
}

impl Direct {
    pub fn weights(&self, stuck: &[bool]) -> Vec<(usize, i128)> {
        // Taken with the ground or without it, the places say the same; without it they are sums.
        let has_ground = stuck.get(self.sums.len()).copied().unwrap_or(false);
        let signed = self.sums.iter().zip(&self.signs).zip(stuck);
        signed
            .filter(|(_, stuck)| **stuck != has_ground)
            .map(|((sum, sign), _)| (*sum, if has_ground { i128::from(*sign) } else { -i128::from(*sign) }))
            .collect()
    }
}

/// Where a figure stands: in which place, and with which sign in its sum.
type Use = (u32, i8);

const NOWHERE: Use = (u32::MAX, 0);

/// The network, where there is one.
///
/// Source: a matrix with two entries of 1 or -1 a column at most is that of a network if its rows can be turned round so that each
/// column has a 1 and a -1, which is a colouring in two colours (docs/reconciliation.md).
pub fn network(question: &Question<'_>) -> Option<Network> {
    let system = question.scaled.system;
    let places = u32::try_from(question.sums.len()).ok()?;
    let mut uses = vec![[NOWHERE; 2]; system.figures().len()];
    let mut constant = vec![0_i128; question.sums.len() + 1];
    let mut constants = Vec::new();
    for (place, sum) in (0..places).zip(question.sums) {
        for (figure, sign) in system.sums().get(*sum)?.terms() {
            let both = uses.get_mut(figure)?;
            match both {
                _ if question.is_point(figure) => constants.push((place, figure, sign)),
                [first, _] if *first == NOWHERE => *first = (place, sign),
                [(other, _), second] if *second == NOWHERE && *other != place => *second = (place, sign),
                _ => return None,
            }
        }
    }
    let signs = colours(places, &uses)?;
    for (place, figure, sign) in constants {
        let place = place as usize;
        let amount = question.limits(figure).at.checked_mul(i128::from(sign * signs.get(place)?))?;
        for (at, amount) in [(place, amount), (question.sums.len(), -amount)] {
            let entry = constant.get_mut(at)?;
            *entry = entry.checked_add(amount)?;
        }
    }
    let arcs = uses.iter().enumerate().filter_map(|(figure, uses)| arc(figure, *uses, &signs));
    let arcs = arcs.collect();
    Some(Network {
        arcs,
        places: question.sums.len() + 1,
        constant,
        shape: Shape::Direct(Direct { sums: question.sums.to_vec(), signs }),
    })
}

fn arc(figure: usize, [first, second]: [Use; 2], signs: &[i8]) -> Option<Arc> {
    let ground = signs.len();
    let (place, sign) = (first != NOWHERE).then_some(first)?;
    let other = if second == NOWHERE { ground } else { second.0 as usize };
    let enters = sign * signs.get(place as usize)? > 0;
    let (from, to) = if enters { (other, place as usize) } else { (place as usize, other) };
    Some(Arc { figure, from, to })
}

/// A sign for each place, so that every figure that stands in two enters one and leaves the other.
fn colours(places: u32, uses: &[[Use; 2]]) -> Option<Vec<i8>> {
    let count = places as usize;
    let pairs = || uses.iter().filter(|[_, second]| *second != NOWHERE);
    let mut starts = vec![0_usize; count + 1];
    for place in pairs().flatten().map(|(place, _)| *place as usize) {
        *starts.get_mut(place + 1)? += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut fill = starts.clone();
    // Beside each place, those it shares a figure with, and whether they must have the other sign.
    let mut beside = vec![(0_u32, false); sum];
    for [(a, of_a), (b, of_b)] in pairs() {
        for (here, there) in [(*a, *b), (*b, *a)] {
            let at = fill.get_mut(here as usize)?;
            *beside.get_mut(*at)? = (there, of_a == of_b);
            *at += 1;
        }
    }
    let mut signs = vec![0_i8; count];
    let mut queue = VecDeque::new();
    for first in 0..count {
        if signs.get(first) != Some(&0) {
            continue;
        }
        *signs.get_mut(first)? = 1;
        queue.push_back(first);
        while let Some(place) = queue.pop_front() {
            let own = *signs.get(place)?;
            for (other, is_turned) in beside.get(*starts.get(place)?..*starts.get(place + 1)?)? {
                let wanted = if *is_turned { -own } else { own };
                let sign = signs.get_mut(*other as usize)?;
                if *sign == 0 {
                    *sign = wanted;
                    queue.push_back(*other as usize);
                } else if *sign != wanted {
                    return None;
                }
            }
        }
    }
    Some(signs)
}
