//! Reconciliation of printed numbers. This family knows numbers and sums, never plans.
//!
//! A figure printed as a multiple of a unit stands for an unknown amount in an [`Interval`]; its [`Rounding`] says which. A
//! [`System`] is figures and the sums and shares between them. Whether one unrounded amount can stand behind every figure at
//! once is what [`System::reconcile`] decides, with a proof.

mod contradiction;
mod controlled;
mod culprit;
mod decide;
mod digits;
mod figure;
mod footing;
mod interval;
mod likelihood;
mod min_cost;
mod moves;
mod natural;
mod network;
mod outcome;
mod part;
mod reconcile;
mod repair;
mod rounding;
mod scaled;
mod search;
mod simplex;
mod slip;
mod solver;
mod split;
mod system;
mod verify;
mod words;

pub use controlled::Unrounded;
pub use culprit::{Correction, Explanation, Explanations};
pub use figure::{Figure, NoneMeans};
pub use footing::{Agreement, Footing};
pub use interval::{End, Interval};
pub use likelihood::Unlikely;
pub(crate) use network::most_matched;
pub use outcome::{Contradiction, Outcome, Verdict, Witness};
pub use repair::{Change, How, Repair, Repairs, Unrepaired};
pub use rounding::Rounding;
pub use slip::Slip;
pub use solver::{Reason, Side};
pub use split::{Method, Unsplit, shares, split};
pub use system::{Share, Sum, System};
pub use words::Names;

#[cfg(test)]
mod tests;
