//! Plans that are made in code.

use std::sync::Arc;

use logframe::{Draft, Lines, MAX_BYTES, Source};

use crate::shared::Shared;

/// The name that findings give the text of a plan that was made in code.
const NAME: &str = "<plan>";

/// Bytes that an allocation takes in a text, at least.
const LEAST: u64 = 20;

/// A plan from a draft. It gets the text that it would be written as, so that findings have a place and an excerpt; one that is too
/// large for that has none, and findings name things.
pub fn made(draft: Draft) -> Arc<Shared> {
    let lines = draft.header.lines.clone();
    let plan = logframe::Plan::new(draft);
    if plan.allocations.len() as u64 * LEAST < MAX_BYTES {
        let source = Source::new(NAME, plan.to_toml());
        if let Some(plan) = logframe::Plan::parse(&source).plan.filter(|_| source.text().len() as u64 <= MAX_BYTES) {
            return Shared::new(kept_beside(plan, lines), Some(source));
        }
    }
    Shared::new(plan, None)
}

/// Lines that were read from a table beside the plan are saved there again, whatever was done to the plan.
fn kept_beside(plan: logframe::Plan, lines: Lines) -> logframe::Plan {
    if !lines.is_read {
        return plan;
    }
    let mut draft = plan.draft();
    draft.header.lines = lines;
    logframe::Plan::new(draft)
}
