//! `logframe schema`.

use clap::ValueEnum;

use crate::ExitStatus;
use crate::failure::Failure;
use crate::streams::Streams;

/// Print the JSON Schema of plan files, for editors and programs
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of what
    #[arg(value_enum, default_value = "plan")]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Plan files, in TOML or JSON
    Plan,
    /// What `logframe check --format json` prints
    Findings,
}

/// Prints the schema.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let schema = match args.of {
        Of::Plan => logframe::schema(),
        Of::Findings => logframe::findings_schema(),
    };
    writeln!(streams.out, "{schema:#}")?;
    Ok(ExitStatus::Success)
}
