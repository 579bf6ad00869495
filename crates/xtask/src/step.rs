//! One step: a program that runs, prints, takes its time and succeeds or not.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a step came to.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Whether it succeeded.
    pub passed: bool,
    /// How long it took.
    pub time: Duration,
    /// Tests that passed, failed and were skipped, by what it printed.
    pub tests: Tests,
}

/// Tests by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// Those that passed.
    pub passed: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that were skipped or ignored.
    pub skipped: usize,
}

impl Outcome {
    /// Something that failed before any program could run.
    pub fn failure(name: &str, why: &str) -> Self {
        println!("{why}");
        Self { name: name.to_owned(), passed: false, time: Duration::ZERO, tests: Tests::default() }
    }
}

impl Tests {
    /// Adds what a line of output counts: cargo's `test result: ok. 3 passed; 0 failed; 1 ignored; …`, or the last line of
    /// pytest, `== 1 failed, 2 passed, 1 skipped in 0.10s ==`.
    pub fn add(&mut self, line: &str) {
        let counts = match line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) {
            Some((_, counts)) => counts,
            None if line.starts_with("==") && line.contains(" in ") => line,
            None => return,
        };
        let words: Vec<&str> = counts.split([' ', ';', ',', '=']).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            let [number, word] = pair else { continue };
            let Ok(number) = number.parse::<usize>() else { continue };
            match *word {
                "passed" => self.passed += number,
                "failed" | "error" | "errors" => self.failed += number,
                "skipped" | "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }
}

/// Runs a program, showing what it prints.
pub fn run(name: &str, command: &mut Command) -> Outcome {
    println!("\n── {name}: {}", shown(command));
    let start = Instant::now();
    let mut tests = Tests::default();
    let passed = match command.stdout(Stdio::piped()).spawn() {
        Ok(mut child) => {
            for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')).map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                tests.add(&line);
            }
            child.wait().is_ok_and(|status| status.success())
        }
        Err(error) => {
            println!("cannot run {}: {error}", command.get_program().display());
            false
        }
    };
    Outcome { name: name.to_owned(), passed, time: start.elapsed(), tests }
}

/// Runs a program in silence; what it printed is the error where it fails.
pub fn quietly(command: &mut Command) -> Result<(), String> {
    let failed = |what: String| format!("{} failed\n{what}", shown(command));
    let output = Command::new(command.get_program()).args(command.get_args()).current_dir(root()).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            Err(failed([output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat()))
        }
        Err(error) => Err(failed(error.to_string())),
    }
}

/// A program to be run in the project's folder.
pub fn program(name: impl Into<PathBuf>, args: &[&str]) -> Command {
    let mut command = Command::new(name.into());
    command.args(args).current_dir(root());
    command
}

/// The project's folder.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or_default()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn shown(command: &Command) -> String {
    let name = PathBuf::from(command.get_program());
    let name = name.file_name().unwrap_or(command.get_program()).display().to_string();
    let args = command.get_args().map(|arg| arg.display().to_string());
    std::iter::once(name).chain(args).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> Tests {
        let mut tests = Tests::default();
        lines.iter().for_each(|line| tests.add(line));
        tests
    }

    #[test]
    fn results_of_several_test_programs_add_up() {
        let cargo = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s",
        ];
        assert_eq!(counted(&cargo), Tests { passed: 4, failed: 2, skipped: 1 });
    }

    #[test]
    fn the_last_line_of_pytest_is_counted_and_its_headings_are_not() {
        let pytest = ["===== test session starts =====", "== FAILURES ==", "= 1 failed, 140 passed, 1 skipped in 5.60s ="];
        assert_eq!(counted(&pytest), Tests::default());
        assert_eq!(counted(&["=== 1 failed, 140 passed, 2 skipped in 5.60s ==="]), Tests { passed: 140, failed: 1, skipped: 2 });
    }
}
