//! Divisor methods: units go to lines in the order of the claims that these have to their next one.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::{Method, quota};

/// Beyond so many units, the divisors could not be held.
const MOST_UNITS: u128 = 1 << 120;

/// The parts in units; `None` where there are too many units.
///
/// All claims above a threshold are granted at once: rounding every exact part, up where its claim to the next unit is as strong as
/// that of an exact whole part to its last, takes all claims from there up and no others. That is at most one unit a line away
/// from the units there are, and these few are granted or taken back in the order of claims.
pub fn award(units: u128, weights: &[u128], method: Method) -> Option<Vec<u128>> {
    if units > MOST_UNITS {
        return None;
    }
    let total = weights.iter().sum();
    let threshold = Rank::threshold(method, total, units);
    let first = |weight: u128| {
        let below = quota(units, weight, total).0;
        below + u128::from(Rank::of(method, weight, below).cmp(threshold).is_ge())
    };
    let parts: Vec<u128> = weights.iter().map(|weight| if *weight == 0 { 0 } else { first(*weight) }).collect();
    let given: u128 = parts.iter().sum();
    let mut lines = Lines { method, weights, parts };
    lines.grant(units.saturating_sub(given))?;
    lines.take_back(given.saturating_sub(units))?;
    Some(lines.parts)
}

struct Lines<'w> {
    method: Method,
    weights: &'w [u128],
    parts: Vec<u128>,
}

impl Lines<'_> {
    fn grant(&mut self, units: u128) -> Option<()> {
        let lines = (0..self.parts.len()).filter(|line| self.weights.get(*line) > Some(&0));
        let mut claims: BinaryHeap<Claim> = lines.filter_map(|line| self.next(line)).collect();
        for _ in 0..units {
            let line = claims.pop()?.line;
            *self.parts.get_mut(line)? += 1;
            claims.extend(self.next(line));
        }
        Some(())
    }

    fn take_back(&mut self, units: u128) -> Option<()> {
        let mut claims: BinaryHeap<Reverse<Claim>> =
            (0..self.parts.len()).filter_map(|line| self.last(line)).map(Reverse).collect();
        for _ in 0..units {
            let line = claims.pop()?.0.line;
            *self.parts.get_mut(line)? -= 1;
            claims.extend(self.last(line).map(Reverse));
        }
        Some(())
    }

    /// The claim of a line to a unit when it has `k`.
    fn claim(&self, line: usize, k: u128) -> Option<Claim> {
        Some(Claim { rank: Rank::of(self.method, *self.weights.get(line)?, k), line })
    }

    fn next(&self, line: usize) -> Option<Claim> {
        self.claim(line, *self.parts.get(line)?)
    }

    fn last(&self, line: usize) -> Option<Claim> {
        self.claim(line, self.parts.get(line)?.checked_sub(1)?)
    }
}

/// How strong a claim is: a fraction of products that need not be held. One over nothing is above all others.
#[derive(Clone, Copy, Debug)]
struct Rank {
    over: [u128; 2],
    under: [u128; 2],
}

impl Rank {
    /// A line's weight by the divisor for `k` units; squared where that is a root.
    fn of(method: Method, weight: u128, k: u128) -> Self {
        let (over, under) = match method {
            Method::LargestRemainder | Method::Jefferson => ([weight, 1], [k + 1, 1]),
            Method::Webster => ([weight, 2], [2 * k + 1, 1]),
            Method::Adams => ([weight, 1], [k, 1]),
            Method::HuntingtonHill => ([weight, weight], [k, k + 1]),
            Method::Dean => ([weight, 2 * k + 1], [2 * k, k + 1]),
        };
        Self { over, under }
    }

    /// The weight that each unit stands for, squared where claims are.
    fn threshold(method: Method, total: u128, units: u128) -> Self {
        let is_squared = method == Method::HuntingtonHill;
        let both = |n| [n, if is_squared { n } else { 1 }];
        Self { over: both(total), under: both(units) }
    }

    /// Claims that are above all others stand in the order of weights among themselves.
    fn cmp(self, other: Self) -> Ordering {
        let joined = |[a, b]: [u128; 2], [c, d]: [u128; 2]| [a, b, c, d];
        if self.under.contains(&0) && other.under.contains(&0) {
            return compare_products(joined(self.over, [1; 2]), joined(other.over, [1; 2]));
        }
        compare_products(joined(self.over, other.under), joined(other.over, self.under))
    }
}

/// A line's claim to a unit; of two that are equally strong, the earlier line's goes first.
struct Claim {
    rank: Rank,
    line: usize,
}

impl Ord for Claim {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(other.rank).then(other.line.cmp(&self.line))
    }
}

impl PartialOrd for Claim {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Claim {}

pub fn compare_products(a: [u128; 4], b: [u128; 4]) -> Ordering {
    let product = |factors: [u128; 4]| factors.into_iter().try_fold(1_u128, u128::checked_mul);
    match (product(a), product(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => digits_of_product(a).cmp(&digits_of_product(b)),
    }
}

/// A number of 512 bits in digits of 64, the highest first.
type Digits = [u64; 8];

fn digits_of_product(factors: [u128; 4]) -> Digits {
    let one = [0, 0, 0, 0, 0, 0, 0, 1];
    factors.into_iter().fold(one, |product, factor| {
        let mut high = times(product, factor >> 64);
        high.rotate_left(1);
        plus(high, times(product, factor & u128::from(u64::MAX)))
    })
}

/// `by` has 64 bits.
fn times(digits: Digits, by: u128) -> Digits {
    carried(digits.map(|digit| u128::from(digit) * by))
}

fn plus(a: Digits, b: Digits) -> Digits {
    let mut sums = a.map(u128::from);
    for (sum, digit) in sums.iter_mut().zip(b) {
        *sum += u128::from(digit);
    }
    carried(sums)
}

#[expect(clippy::cast_possible_truncation, reason = "the upper half is carried")]
fn carried(sums: [u128; 8]) -> Digits {
    let (mut digits, mut carry) = ([0; 8], 0_u128);
    for (digit, sum) in digits.iter_mut().zip(sums).rev() {
        let sum = sum + carry;
        *digit = sum as u64;
        carry = sum >> 64;
    }
    digits
}
