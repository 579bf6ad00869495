//! Integration tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test cannot go on from is its failure"
)]

mod bad_input;
mod budgets;
mod built_in_code;
mod diff;
mod iom_plan;
mod laws;
mod layers;
mod lines;
mod planning;
mod plans;
mod profiles;
mod reconciliation;
mod round_trip;
mod rule_pages;
mod schemas;
mod standards;
mod teaching_plan;
mod verdicts;
