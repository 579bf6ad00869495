//! The Rust steps.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use crate::run::Run;
use crate::step::{Outcome, program, quietly, target};

/// Formatting and lints.
pub fn lint(run: &mut Run) {
    if has(run, "fmt", "rustfmt") {
        run.step("cargo fmt", &mut cargo(&["fmt", "--all", "--check"]));
    }
    if has(run, "clippy", "clippy") {
        let args = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        run.step("cargo clippy", &mut cargo(&args));
    }
}

/// All tests and documentation examples. The extension has none of its own: Python tests it.
pub fn test(run: &mut Run) {
    run.step("cargo test", &mut cargo(&["test", "--quiet", "--workspace", "--exclude", "logframe-py", "--no-fail-fast"]));
}

/// The pages of the library, as docs.rs would make them, put into a folder.
pub fn documentation(run: &mut Run, folder: &Path) -> bool {
    let made = target().join("doc-pages");
    let mut doc = cargo(&["doc", "--quiet", "--no-deps", "--package", "logframe", "--target-dir", &made.to_string_lossy()]);
    run.step("cargo doc", doc.env("RUSTDOCFLAGS", "--deny warnings"))
        && fs::remove_dir_all(folder).map_or_else(|error| error.kind() == ErrorKind::NotFound, |()| true)
        && fs::rename(made.join("doc"), folder).is_ok()
}

/// The benchmarks.
pub fn bench(run: &mut Run) {
    run.step("cargo bench", &mut cargo(&["bench", "--bench", "*"]));
}

fn has(run: &mut Run, subcommand: &str, component: &str) -> bool {
    let missing = quietly(&mut cargo(&[subcommand, "--version"])).is_err();
    if missing {
        let why = format!("\n{component} is missing; run `rustup component add {component}`");
        run.add(Outcome::failure(&format!("cargo {subcommand}"), &why));
    }
    !missing
}

fn cargo(args: &[&str]) -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args)
}
