//! IOM's regional action plan of 2018: what it says, what checking it finds, and that no figure can change unnoticed.

mod changes;
mod counts;
mod findings;
mod original;
mod transcription;
