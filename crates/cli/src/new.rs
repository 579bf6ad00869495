//! `logframe new`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use logframe::Error;

use crate::ExitStatus;
use crate::failure::Failure;
use crate::streams::Streams;

/// Print a commented plan to start from; it checks clean
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write it to this file instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(short, long, requires = "output")]
    force: bool,
}

/// The plan to start from.
const PLAN: &str = include_str!("new.toml");

/// Prints or writes the plan.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let Some(path) = &args.output else {
        streams.out.write_all(PLAN.as_bytes())?;
        return Ok(ExitStatus::Success);
    };
    let written = if args.force { fs::write(path, PLAN) } else { write_new(path) };
    written.map_err(|error| unwritten(path, error))?;
    writeln!(streams.out, "wrote {0}; check it with `logframe check {0}`", path.display())?;
    Ok(ExitStatus::Success)
}

fn write_new(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(PLAN.as_bytes())
}

fn unwritten(path: &Path, error: io::Error) -> Failure {
    let name = path.display().to_string();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Refused(format!("{name} exists already; give another name, or `--force` to replace it"))
        }
        _ => Error::Unwritable { name, source: error }.into(),
    }
}
