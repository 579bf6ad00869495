//! Values just beside a number: what an end that is excluded comes to.

use super::number::Number;
use crate::crossfoot::scaled::Bound;

/// A number, and by how many times an amount smaller than any other it is exceeded. Values compare by the number first, so
/// that an open end is an end like others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value<N> {
    pub number: N,
    pub beyond: N,
}

impl<N: Number> Value<N> {
    pub fn whole(value: i128) -> Self {
        Self::exactly(N::whole(value))
    }

    pub fn exactly(number: N) -> Self {
        Self { number, beyond: N::whole(0) }
    }

    pub fn of(bound: Bound) -> Self {
        Self { number: N::whole(bound.value), beyond: N::whole(bound.shift.into()) }
    }

    pub fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self { number: self.number.plus(&other.number)?, beyond: self.beyond.plus(&other.beyond)? })
    }

    pub fn minus(&self, other: &Self) -> Option<Self> {
        Some(Self { number: self.number.minus(&other.number)?, beyond: self.beyond.minus(&other.beyond)? })
    }

    pub fn times(&self, factor: &N) -> Option<Self> {
        Some(Self { number: self.number.times(factor)?, beyond: self.beyond.times(factor)? })
    }

    pub fn over(&self, divisor: &N) -> Option<Self> {
        Some(Self { number: self.number.over(divisor)?, beyond: self.beyond.over(divisor)? })
    }
}

/// Between which values one must lie; an absent end is no limit.
#[derive(Clone, Debug)]
pub struct Range<N> {
    pub low: Option<Value<N>>,
    pub high: Option<Value<N>>,
}

impl<N: Number> Range<N> {
    pub fn of(low: Option<Bound>, high: Option<Bound>) -> Self {
        Self { low: low.map(Value::of), high: high.map(Value::of) }
    }

    pub fn is_empty(&self) -> bool {
        self.low.as_ref().zip(self.high.as_ref()).is_some_and(|(low, high)| low > high)
    }

    pub fn is_point(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub fn is_below(&self, value: &Value<N>) -> bool {
        self.high.as_ref().is_some_and(|high| high < value)
    }

    pub fn is_above(&self, value: &Value<N>) -> bool {
        self.low.as_ref().is_some_and(|low| value < low)
    }

    pub fn contains(&self, value: &Value<N>) -> bool {
        !self.is_above(value) && !self.is_below(value)
    }

    /// The end in a direction.
    pub fn end(&self, is_up: bool) -> Option<&Value<N>> {
        if is_up { self.high.as_ref() } else { self.low.as_ref() }
    }

    /// Whether a value in the range can move in a direction and stay there.
    pub fn has_room(&self, value: &Value<N>, is_up: bool) -> bool {
        self.end(is_up).is_none_or(|end| if is_up { value < end } else { value > end })
    }

    /// The value of the range that is nearest.
    pub fn nearest(&self, value: Value<N>) -> Value<N> {
        let value = self.low.clone().map_or(value.clone(), |low| low.max(value));
        self.high.clone().map_or(value.clone(), |high| high.min(value))
    }
}
