//! The plans of the project, and the folders that a checkout can have beside it.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use logframe::{Plan, Source};

/// A path from the root of the project.
pub fn path(from_root: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(from_root)
}

/// The text of a file that may stand beside the checkout; where it does not, the caller's test says so and skips.
pub fn beside(from_root: &str) -> Option<String> {
    let text = fs::read_to_string(path(from_root)).ok();
    if text.is_none() {
        // Straight to the terminal: what is printed by macros is held back while a test passes.
        io::stderr().write_all(format!("skipped: `{from_root}` is not beside this checkout\n").as_bytes()).unwrap();
    }
    text
}

/// The text of a plan of the project.
pub fn source(name: &str) -> Source {
    let text = fs::read_to_string(path("plans").join(name)).unwrap();
    Source::new(format!("plans/{name}"), text)
}

/// IOM's plan of 2018.
pub fn iom() -> Source {
    source("iom-venezuela-2018.toml")
}

/// The invented plan that shows the format.
pub fn teaching() -> Source {
    source("teaching.toml")
}

/// The invented proposal that shows a budget of lines.
pub fn proposal() -> Source {
    source("proposal-example.toml")
}

/// Reads a text that is a plan without a fault.
pub fn read(source: &Source) -> Plan {
    let parsed = Plan::parse(source);
    assert_eq!(parsed.diagnostics, [], "{}", source.text());
    parsed.plan.unwrap()
}
