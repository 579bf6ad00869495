//! The logframe command as a library: [`run`] is the program, and `main` its shell. The Python package calls the same function.
//!
//! ```
//! use logframe_cli::{ExitStatus, Streams, run};
//! let (mut stdin, mut stdout, mut stderr) = (std::io::empty(), Vec::new(), Vec::new());
//! let status = run(["logframe", "explain", "declared-total"], &mut Streams::new(&mut stdin, &mut stdout, &mut stderr));
//! assert_eq!(status, ExitStatus::Success);
//! assert!(stdout.starts_with(b"# declared-total"));
//! ```

mod args;
mod check;
mod combine;
mod completions;
mod diff;
mod explain;
mod export;
mod failure;
mod format;
mod import;
mod input;
mod log;
mod new;
mod profile;
mod reconcile;
mod round;
mod rules;
mod schema;
mod show;
mod split;
mod streams;
mod tables;
mod template;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;
pub use check::Closing;
use failure::Failure;
pub use streams::Streams;

/// What the program's exit status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitStatus {
    /// Done, and no plan has an error.
    Success = 0,
    /// A plan has an error.
    Findings = 1,
    /// Something could not be done: a wrong argument, a file that cannot be read.
    CouldNotRun = 2,
}

impl From<ExitStatus> for u8 {
    fn from(status: ExitStatus) -> Self {
        status as Self
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(u8::from(status))
    }
}

/// Runs the program. The first argument is its own name, as in `argv`.
///
/// A reader that goes away early, as `head` does, is no failure.
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>, streams: &mut Streams<'_>) -> ExitStatus {
    let done = serve(args, streams).and_then(|status| {
        streams.out.flush()?;
        Ok(status)
    });
    done.unwrap_or_else(|failure| match failure {
        Failure::ReaderGone => ExitStatus::Success,
        Failure::Refused(message) => {
            streams.complain(&message);
            ExitStatus::CouldNotRun
        }
    })
}

fn serve<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let cli = match args::parse(args, streams.prose_width()) {
        Ok(cli) => cli,
        Err(answer) => return args::answer(&answer, streams),
    };
    streams.set_colour(cli.color);
    match cli.command {
        Command::Check(args) => check::run(&args, streams),
        Command::Show(args) => show::run(&args, streams),
        Command::Combine(args) => combine::run(&args, streams),
        Command::Diff(args) => diff::run(&args, streams),
        Command::Export(args) => export::run(&args, streams),
        Command::Template(args) => template::run(&args, streams),
        Command::Import(args) => import::run(&args, streams),
        Command::Log(args) => log::run(&args, streams),
        Command::Reconcile(args) => reconcile::run(&args, streams),
        Command::Explain(args) => explain::run(&args, streams),
        Command::Rules => rules::run(streams),
        Command::Schema(args) => schema::run(&args, streams),
        Command::New(args) => new::run(&args, streams),
        Command::Split(args) => split::run(&args, streams),
        Command::Round(args) => round::run(&args, streams),
        Command::Completions(args) => completions::run(&args, streams),
    }
}
