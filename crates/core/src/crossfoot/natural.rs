//! Whole numbers of any length, as far as an exact chance needs them.

use std::cmp::Ordering;

/// A whole number, least digits first, in base 2^32, without zeros at its head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Natural(Vec<u32>);

impl Natural {
    pub fn of(n: u32) -> Self {
        Self(vec![n]).trimmed()
    }

    #[must_use]
    pub fn times(&self, factor: u32) -> Self {
        let mut carry = 0_u64;
        let mut limbs: Vec<u32> = Vec::with_capacity(self.0.len() + 1);
        for limb in &self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            limbs.push(low(carry));
            carry >>= 32;
        }
        limbs.push(low(carry));
        Self(limbs).trimmed()
    }

    #[must_use]
    pub fn to_the(n: u32, power: u32) -> Self {
        (0..power).fold(Self::of(1), |product, _| product.times(n))
    }

    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let length = self.0.len().max(other.0.len());
        let mut carry = 0_u64;
        let mut limbs = Vec::with_capacity(length + 1);
        for at in 0..length {
            carry += self.limb(at) + other.limb(at);
            limbs.push(low(carry));
            carry >>= 32;
        }
        limbs.push(low(carry));
        Self(limbs).trimmed()
    }

    /// What is left when `other` is taken off; `None` where that is more.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let mut borrow = 0_u64;
        let mut limbs = Vec::with_capacity(self.0.len());
        for at in 0..self.0.len().max(other.0.len()) {
            let off = other.limb(at) + borrow;
            borrow = u64::from(self.limb(at) < off);
            limbs.push(low(self.limb(at) + (borrow << 32) - off));
        }
        (borrow == 0).then(|| Self(limbs).trimmed())
    }

    /// The whole part of the quotient by a small number that is not 0.
    #[must_use]
    pub fn over(&self, divisor: u32) -> Self {
        let mut rest = 0_u64;
        let mut limbs = self.0.clone();
        for limb in limbs.iter_mut().rev() {
            let part = (rest << 32) | u64::from(*limb);
            *limb = low(part.checked_div(u64::from(divisor)).unwrap_or(0));
            rest = part.checked_rem(u64::from(divisor)).unwrap_or(0);
        }
        Self(limbs).trimmed()
    }

    fn limb(&self, at: usize) -> u64 {
        self.0.get(at).copied().map_or(0, u64::from)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

fn low(n: u64) -> u32 {
    u32::try_from(n & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn natural(n: u128) -> Natural {
        Natural((0..4).map(|limb| low(u64::try_from((n >> (32 * limb)) & u128::from(u64::MAX)).unwrap())).collect()).trimmed()
    }

    proptest! {
        #[test]
        fn they_reckon_as_whole_numbers_do(a in any::<u64>(), b in any::<u64>(), small in 1..=u32::MAX) {
            let (long, other) = (u128::from(a) * u128::from(b), u128::from(b) << 40);
            prop_assert_eq!(natural(long >> 32).times(small), natural((long >> 32) * u128::from(small)));
            prop_assert_eq!(natural(long >> 1).plus(&natural(other)), natural((long >> 1) + other));
            prop_assert_eq!(natural(long).minus(&natural(other)), long.checked_sub(other).map(natural));
            prop_assert_eq!(natural(long).over(small), natural(long / u128::from(small)));
            prop_assert_eq!(natural(long).cmp(&natural(other)), long.cmp(&other));
        }
    }

    #[test]
    fn powers_are_longer_than_any_machine_word() {
        assert_eq!(Natural::to_the(2, 96), Natural(vec![0, 0, 0, 1]));
        assert_eq!(Natural::to_the(10, 20).over(10).over(1_000_000_000).over(1_000_000_000), Natural::of(10));
    }
}
