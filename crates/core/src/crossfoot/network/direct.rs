//! Sums as places: each figure is in two sums at most, as a part of one and the total of the other, if sums may be turned round.

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
    let signs = colours(question, &uses)?;
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
    Some(Network::new(question, arcs, constant, Shape::Direct(Direct { sums: question.sums.to_vec(), signs })))
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
fn colours(question: &Question<'_>, uses: &[[Use; 2]]) -> Option<Vec<i8>> {
    let sums = question.scaled.system.sums();
    let mut signs = vec![0_i8; question.sums.len()];
    let mut queue = Vec::new();
    for first in 0..signs.len() {
        if signs.get(first) != Some(&0) {
            continue;
        }
        *signs.get_mut(first)? = 1;
        queue.push(first);
        while let Some(place) = queue.pop() {
            let own = *signs.get(place)?;
            for (figure, _) in sums.get(*question.sums.get(place)?)?.terms() {
                let [(a, of_a), (b, of_b)] = *uses.get(figure)?;
                if (b, of_b) == NOWHERE {
                    continue;
                }
                let other = if a as usize == place { b } else { a } as usize;
                let wanted = if of_a == of_b { -own } else { own };
                let sign = signs.get_mut(other)?;
                if *sign == 0 {
                    *sign = wanted;
                    queue.push(other);
                } else if *sign != wanted {
                    return None;
                }
            }
        }
    }
    Some(signs)
}
