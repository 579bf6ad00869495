//! What a notebook shows: plans as cards, findings with their excerpts, tables. Static HTML without script or network; every
//! text is escaped; colours are chosen to read on light and on dark ground.

mod card;
mod findings;
mod numbers;

pub use numbers::{Display, display, in_display};
