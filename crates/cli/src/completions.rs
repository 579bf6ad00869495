//! `logframe completions`.

use clap_complete::Shell;

use crate::ExitStatus;
use crate::args::grammar;
use crate::failure::Failure;
use crate::streams::Streams;

/// Print a script that completes logframe's arguments in a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let mut script = Vec::new();
    // It panics where writing fails, so it writes into memory.
    clap_complete::generate(args.shell, &mut grammar(streams.prose_width()), "logframe", &mut script);
    streams.out.write_all(&script)?;
    Ok(ExitStatus::Success)
}
