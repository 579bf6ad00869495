//! Reconciliation of printed numbers. This family knows numbers and sums, never plans.
//!
//! A figure printed as a multiple of a unit stands for an unknown amount in an [`Interval`]; its [`Rounding`] says which.
//! An equation between figures can hold exactly when the intervals of its two sides meet ([`Sum::verdict`]).

mod interval;
mod rounding;
mod sum;

pub use interval::{End, Interval};
pub use rounding::Rounding;
pub use sum::{Sum, Verdict};
