//! The Python steps: a fresh environment, the wheel in it, and what is run there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::run::Run;
use crate::rust;
use crate::step::{Outcome, Tests, program, quietly, target};

/// An environment that is being made, beside what else is done.
pub type Preparing = JoinHandle<(Result<Environment, String>, Duration)>;

/// A virtual environment for the steps.
pub struct Environment(PathBuf);

const TOO_OLD: &str = "python3 is older than 3.10, or missing; install Python 3.10 or newer";
const NO_VENV: &str = "python3 has no `venv`; install it (on Debian and Ubuntu: `apt-get install python3-venv`)";

/// Begins to make a fresh environment with what some dependency groups name.
pub fn prepare(groups: &'static [&str]) -> Preparing {
    thread::spawn(move || {
        let start = Instant::now();
        (Environment::fresh(groups), start.elapsed())
    })
}

impl Environment {
    fn fresh(groups: &[&str]) -> Result<Self, String> {
        let python = if cfg!(windows) { "python" } else { "python3" };
        let system = |args: &[&str]| quietly(&mut program(python, args));
        system(&["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]).map_err(|_| TOO_OLD)?;
        system(&["-c", "import venv, ensurepip"]).map_err(|_| NO_VENV)?;
        let folder = target().join("venv");
        system(&["-m", "venv", "--clear", &folder.to_string_lossy()])?;
        let environment = Self(folder);
        // Dependency groups came with pip 25.1.
        environment.pip(&["install", "pip>=25.1"])?;
        groups.iter().try_for_each(|group| environment.pip(&["install", "--group", group]))?;
        Ok(environment)
    }

    fn pip(&self, args: &[&str]) -> Result<(), String> {
        quietly(self.python(&["-m", "pip", "--disable-pip-version-check"]).args(args))
    }

    fn program(&self, name: &str, args: &[&str]) -> Command {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        program(self.0.join(folder).join(name), args)
    }

    fn python(&self, args: &[&str]) -> Command {
        self.program("python", args)
    }
}

impl Environment {
    /// Waits until it is made, and counts that as a step.
    pub fn made(run: &mut Run, preparing: Preparing) -> Option<Self> {
        let (made, time) = preparing.join().unwrap_or_else(|_| (Err("it broke off".to_owned()), Duration::ZERO));
        run.add(Outcome { name: "environment".to_owned(), passed: made.is_ok(), time, tests: Tests::default() });
        made.map_err(|why| println!("\nno Python environment: {why}")).ok()
    }

    /// Formatting and lints.
    pub fn lint(&self, run: &mut Run) {
        run.step("ruff check", &mut self.program("ruff", &["check"]));
        run.step("ruff format", &mut self.program("ruff", &["format", "--check"]));
    }

    /// Builds the wheel and installs it: unoptimised, which is quick and shares its dependencies with the Rust tests, or as it is
    /// published. An environment is given back only with the wheel in it.
    pub fn with_wheel(self, run: &mut Run, profile: &str) -> Option<Self> {
        let wheels = target().join("wheels");
        // What is not there need not be removed.
        let _ = fs::remove_dir_all(&wheels);
        let build = ["build", "--quiet", "--profile", profile, "--out", &wheels.to_string_lossy()];
        run.step("wheel", &mut self.program("maturin", &build));
        let wheel = fs::read_dir(&wheels).ok()?.next()?.ok()?.path();
        let install = ["-m", "pip", "install", "--quiet", "--no-index", &wheel.to_string_lossy()];
        run.step("install", &mut self.python(&install)).then_some(self)
    }

    /// Types, stubs and tests, against the installed wheel.
    pub fn test(&self, run: &mut Run) {
        run.step("mypy", &mut self.program("mypy", &[]));
        run.step("stubtest", &mut self.python(&["-m", "mypy.stubtest", "logframe"]));
        run.step("pytest", &mut self.program("pytest", &["-rs"]));
    }

    /// The documentation site, with the Rust pages in it; every link is followed.
    pub fn site(&self, run: &mut Run) {
        let site = target().join("site");
        let built = run.step("site", &mut self.program("mkdocs", &["build", "--quiet", "--config-file", "website/mkdocs.yml"]));
        if !built || !rust::documentation(run, &site.join("rust-api")) {
            return;
        }
        run.step("links", &mut self.python(&["website/check.py", &site.to_string_lossy()]));
    }

    /// The comparison with what a user would write otherwise, and with other programs.
    pub fn bench(&self, run: &mut Run) {
        run.step("peers", &mut self.python(&["benches/peers.py"]));
        run.step("frames", &mut self.python(&["benches/frames.py"]));
        run.step("lines", &mut self.python(&["benches/lines.py"]));
        run.step("workbooks", &mut self.python(&["benches/workbooks.py"]));
        run.step("solvers", &mut self.python(&["benches/reconcile_peers.py"]));
    }
}
