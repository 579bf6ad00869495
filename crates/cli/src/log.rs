//! `logframe log`.

use std::fs;
use std::path::{Path, PathBuf};

use logframe::table::Table;
use logframe_exchange::{history, history_table};

use crate::ExitStatus;
use crate::failure::Failure;
use crate::format::Format;
use crate::streams::Streams;

/// Show a plan's money through its git history, one line a commit
///
/// A commit at which the plan cannot be read is listed with the reason; what is in the file and not committed comes last.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan, or a folder with plans
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints a table a plan; a plan without history is said on standard error.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let files = if args.path.is_dir() { plans_in(&args.path)? } else { vec![args.path.clone()] };
    if files.is_empty() {
        return Err(Failure::Refused(format!("{} has no plan (*.toml) in it", args.path.display())));
    }
    let mut tables: Vec<Table> = Vec::new();
    for file in &files {
        match history(file) {
            Ok(versions) => tables.push(history_table(&file.display().to_string(), &versions)),
            Err(why) => streams.complain(&why),
        }
    }
    let text = args.format.write_all(&args.path.display().to_string(), &tables, streams.width());
    streams.out.write_all(text.as_bytes())?;
    Ok(if tables.len() < files.len() { ExitStatus::CouldNotRun } else { ExitStatus::Success })
}

/// The plan files of a folder by name, without those of its folders.
fn plans_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let refused = |error: std::io::Error| Failure::Refused(format!("cannot read {}: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(refused)?.collect::<Result<Vec<_>, _>>().map_err(refused)?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}
