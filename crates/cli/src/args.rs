//! The command line's grammar. Its help texts are the doc comments here and on each command's arguments.

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::failure::Failure;
use crate::streams::{Colour, Streams};
use crate::{
    ExitStatus, check, combine, completions, diff, explain, export, import, log, new, reconcile, round, schema, show, split,
    template,
};

/// Check aid plans and show them: results, budgets and every printed total, in exact arithmetic
#[derive(Debug, Parser)]
#[command(name = "logframe", bin_name = "logframe", version, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 no error, 1 a plan has an error, 2 something could not be done")]
pub struct Cli {
    /// When to write in colour
    #[arg(long, value_name = "auto|always|never", value_enum, default_value = "auto")]
    #[arg(hide_possible_values = true, global = true, display_order = 100)]
    pub color: Colour,
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    Check(check::Args),
    Show(show::Args),
    Diff(diff::Args),
    Template(template::Args),
    Combine(combine::Args),
    Import(import::Args),
    Export(export::Args),
    Log(log::Args),
    Reconcile(reconcile::Args),
    Explain(explain::Args),
    /// List the rules with what they weigh
    Rules,
    Schema(schema::Args),
    New(new::Args),
    Split(split::Args),
    Round(round::Args),
    Completions(completions::Args),
}

/// The grammar, with help wrapped to a width.
pub fn grammar(width: usize) -> clap::Command {
    Cli::command().term_width(width)
}

/// Reads the arguments. Help, the version and usage errors come back as clap's own answer.
pub fn parse<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>, width: usize) -> Result<Cli, clap::Error> {
    let mut grammar = grammar(width);
    let matches = grammar.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut grammar))
}

/// Prints clap's answer where it belongs.
pub fn answer(answer: &clap::Error, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let text = |colour: bool| if colour { answer.render().ansi().to_string() } else { answer.render().to_string() };
    if answer.use_stderr() {
        let (err, colour) = streams.err();
        err.write_all(text(colour).as_bytes())?;
        return Ok(ExitStatus::CouldNotRun);
    }
    let text = text(streams.out_colour());
    streams.out.write_all(text.as_bytes())?;
    Ok(ExitStatus::Success)
}
