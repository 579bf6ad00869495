//! A run: steps one after another, none left out because an earlier one failed, and what they came to.

use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::step::{self, Outcome, Tests};

/// The steps so far.
pub struct Run {
    start: Instant,
    outcomes: Vec<Outcome>,
}

impl Run {
    /// A run without steps.
    pub fn new() -> Self {
        Self { start: Instant::now(), outcomes: Vec::new() }
    }

    /// Runs a program as a step; whether it succeeded.
    pub fn step(&mut self, name: &str, command: &mut Command) -> bool {
        self.add(step::run(name, command))
    }

    /// Adds a step that is done; whether it succeeded.
    pub fn add(&mut self, outcome: Outcome) -> bool {
        let passed = outcome.passed;
        self.outcomes.push(outcome);
        passed
    }

    /// Prints what all steps came to.
    pub fn close(self) -> ExitCode {
        println!();
        self.outcomes.iter().for_each(|outcome| println!("{}", line(outcome)));
        let failed: Vec<&str> =
            self.outcomes.iter().filter(|outcome| !outcome.passed).map(|outcome| outcome.name.as_str()).collect();
        let (steps, time) = (self.outcomes.len(), self.start.elapsed());
        if failed.is_empty() {
            println!("all {steps} steps passed in {time:.1?}");
            return ExitCode::SUCCESS;
        }
        println!("{} of {steps} steps failed in {time:.1?}: {}", failed.len(), failed.join(", "));
        ExitCode::FAILURE
    }
}

fn line(outcome: &Outcome) -> String {
    let Outcome { name, passed, time, tests } = outcome;
    let Tests { passed: good, failed, skipped } = tests;
    let verdict = if *passed { "ok" } else { "FAILED" };
    let tests =
        if *tests == Tests::default() { String::new() } else { format!("  {good} passed, {failed} failed, {skipped} skipped") };
    let time = format!("{time:.1?}");
    format!("{name:<14} {time:>8}  {verdict}{tests}")
}
