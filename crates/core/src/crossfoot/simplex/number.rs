//! Exact numbers to reckon with: fractions of machine integers, which may not hold a result, and of integers of any length.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_rational::Ratio;

/// An exact ordered number. `None` is always a result that cannot be held, or a division by zero.
pub trait Number: Clone + Ord {
    fn whole(value: i128) -> Self;
    fn plus(&self, other: &Self) -> Option<Self>;
    fn minus(&self, other: &Self) -> Option<Self>;
    fn times(&self, other: &Self) -> Option<Self>;
    fn over(&self, other: &Self) -> Option<Self>;
    fn negative(&self) -> Option<Self>;
    /// -1, 0 or 1.
    fn sign(&self) -> i8;
    /// The greatest whole number that is not above it.
    fn floor(&self) -> Option<Self>;
    /// What it is so many whole parts of: the least whole number that makes it a whole one.
    fn denominator(&self) -> Self;
    /// The greatest number of which both are whole multiples.
    fn measure(&self, other: &Self) -> Option<Self>;
    /// A whole number as a machine integer.
    fn as_i128(&self) -> Option<i128>;

    fn is_whole(&self) -> bool {
        self.denominator() == Self::whole(1)
    }
}

/// A fraction of machine integers in lowest terms, the lower one above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    upper: i128,
    lower: i128,
}

impl Fraction {
    fn reduced(upper: i128, lower: i128) -> Option<Self> {
        if lower == 1 {
            return Some(Self { upper, lower });
        }
        let divisor = divisor(upper, lower)?;
        let divisor = if lower < 0 { divisor.checked_neg()? } else { divisor };
        Some(Self { upper: upper.checked_div(divisor)?, lower: lower.checked_div(divisor)? })
    }

    /// `self + sign * other`.
    fn add(&self, sign: i128, other: &Self) -> Option<Self> {
        let added = other.upper.checked_mul(sign)?;
        if self.lower == other.lower {
            return Self::reduced(self.upper.checked_add(added)?, self.lower);
        }
        let common = divisor(self.lower, other.lower)?;
        let (ours, theirs) = (self.lower / common, other.lower / common);
        let upper = self.upper.checked_mul(theirs)?.checked_add(added.checked_mul(ours)?)?;
        Self::reduced(upper, self.lower.checked_mul(theirs)?)
    }
}

/// The greatest common divisor, above zero unless both are zero.
fn divisor(a: i128, b: i128) -> Option<i128> {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        // Division of short integers is several times as fast.
        (a, b) = match (u64::try_from(a), u64::try_from(b)) {
            (Ok(a), Ok(b)) => (b.into(), (a % b).into()),
            _ => (b, a % b),
        };
    }
    i128::try_from(a).ok()
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.lower == other.lower {
            return self.upper.cmp(&other.upper);
        }
        match (self.upper.checked_mul(other.lower), other.upper.checked_mul(self.lower)) {
            (Some(ours), Some(theirs)) => ours.cmp(&theirs),
            _ => compare((self.upper, self.lower), (other.upper, other.lower)),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two fractions by their whole parts, and by what is left turned upside down: no product is needed.
fn compare(one: (i128, i128), other: (i128, i128)) -> Ordering {
    let split = |(upper, lower): (i128, i128)| (upper.div_euclid(lower), upper.rem_euclid(lower));
    let ((whole, rest), (other_whole, other_rest)) = (split(one), split(other));
    whole.cmp(&other_whole).then_with(|| match (rest, other_rest) {
        (0, _) | (_, 0) => rest.cmp(&other_rest),
        _ => compare((other.1, other_rest), (one.1, rest)),
    })
}

impl Number for Fraction {
    fn whole(value: i128) -> Self {
        Self { upper: value, lower: 1 }
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        self.add(1, other)
    }

    fn minus(&self, other: &Self) -> Option<Self> {
        self.add(-1, other)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        if self.lower == 1 && other.lower == 1 {
            return Some(Self::whole(self.upper.checked_mul(other.upper)?));
        }
        // Across first, so that the products are in lowest terms and as small as can be.
        let (one, two) = (Self::reduced(self.upper, other.lower)?, Self::reduced(other.upper, self.lower)?);
        Some(Self { upper: one.upper.checked_mul(two.upper)?, lower: one.lower.checked_mul(two.lower)? })
    }

    fn over(&self, other: &Self) -> Option<Self> {
        if other.upper == 0 {
            return None;
        }
        let sign = other.upper.signum();
        self.times(&Self { upper: other.lower.checked_mul(sign)?, lower: other.upper.checked_mul(sign)? })
    }

    fn negative(&self) -> Option<Self> {
        Some(Self { upper: self.upper.checked_neg()?, ..*self })
    }

    fn sign(&self) -> i8 {
        match self.upper.cmp(&0) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    fn floor(&self) -> Option<Self> {
        Some(Self::whole(self.upper.checked_div_euclid(self.lower)?))
    }

    fn denominator(&self) -> Self {
        Self::whole(self.lower)
    }

    fn measure(&self, other: &Self) -> Option<Self> {
        let lower = (self.lower / divisor(self.lower, other.lower)?).checked_mul(other.lower)?;
        Self::reduced(divisor(self.upper, other.upper)?, lower)
    }

    fn as_i128(&self) -> Option<i128> {
        (self.lower == 1).then_some(self.upper)
    }
}

/// A fraction of integers of any length.
pub type Long = Ratio<BigInt>;

impl Number for Long {
    fn whole(value: i128) -> Self {
        Self::from_integer(value.into())
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        Some(self + other)
    }

    fn minus(&self, other: &Self) -> Option<Self> {
        Some(self - other)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        Some(self * other)
    }

    fn over(&self, other: &Self) -> Option<Self> {
        (other.sign() != 0).then(|| self / other)
    }

    fn negative(&self) -> Option<Self> {
        Some(-self)
    }

    fn sign(&self) -> i8 {
        match self.numer().sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    fn floor(&self) -> Option<Self> {
        Some(Self::floor(self))
    }

    fn denominator(&self) -> Self {
        Self::from_integer(self.denom().clone())
    }

    fn measure(&self, other: &Self) -> Option<Self> {
        // Euclid's own way, by turns: what one leaves over when it is taken from the other.
        let (mut a, mut b) = (self.clone(), other.clone());
        while b.sign() != 0 {
            let rest = &a - &b * (&a / &b).floor();
            (a, b) = (b, rest);
        }
        Some(if a.sign() < 0 { -a } else { a })
    }

    fn as_i128(&self) -> Option<i128> {
        if self.is_integer() { i128::try_from(self.numer()).ok() } else { None }
    }
}
