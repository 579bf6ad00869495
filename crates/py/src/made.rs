//! Plans that are made in code.

use std::sync::Arc;

use logframe::{Draft, MAX_BYTES, Source};

use crate::shared::Shared;

/// The name that findings give the text of a plan that was made in code.
const NAME: &str = "<plan>";

/// Bytes that an allocation takes in a text, at least.
const LEAST: u64 = 20;

/// A plan from a draft. It gets the text that it would be written as, so that findings have a place and an excerpt; one that is too
/// large for that has none, and findings name things.
pub fn made(draft: Draft) -> Arc<Shared> {
    let plan = logframe::Plan::new(draft);
    if plan.allocations.len() as u64 * LEAST < MAX_BYTES {
        let source = Source::new(NAME, plan.to_toml());
        if let Some(plan) = logframe::Plan::parse(&source).plan.filter(|_| source.text().len() as u64 <= MAX_BYTES) {
            return Shared::new(plan, Some(source));
        }
    }
    Shared::new(plan, None)
}
