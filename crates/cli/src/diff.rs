//! `logframe diff`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use logframe::diagnostic::text::place;
use logframe::diff::{Diff, diff};
use logframe::table::html_page;
use logframe::{Diagnostic, Loaded, Plan, Profile, Source};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::profile;
use crate::streams::{Streams, printable};

/// Compare two versions of a plan by what they mean: money, structure, declared figures, results, wording
///
/// Exit status: 0 they say the same, 1 they differ, 2 one of them cannot be read
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The plan as it was: the approved one, where a donor's rules are asked about
    old: PathBuf,
    /// The plan as it is
    new: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// A file with a donor's rules, whose limits for changes are held against the difference; those that the new plan names are anyway
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    #[command(flatten)]
    tables: ImportArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// For documents
    Markdown,
    /// A whole page for a browser
    Html,
    /// For programs: amounts as strings
    Json,
}

/// Prints the difference, or says on standard error why a plan cannot be read.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let inputs = Input::of(&[args.old.clone(), args.new.clone()], &mut *streams.input)?;
    let (mut plans, mut changed) = (Vec::new(), Vec::new());
    for input in &inputs {
        let Loaded { source, plan, diagnostics, .. } = input.whole_plan(&args.tables).map_err(Failure::Refused)?;
        let Some(plan) = plan else {
            let canvas = streams.err_canvas();
            print_findings(&diagnostics, &source, canvas, streams.err().0)?;
            return Ok(ExitStatus::CouldNotRun);
        };
        plans.push(plan);
        changed.extend(cells(&diagnostics, &source));
    }
    let [old, new] = plans.as_slice() else { return Ok(ExitStatus::CouldNotRun) };
    let profiles = profiles(args.profile.as_deref(), new)?;
    let difference = diff(old, new);
    let text = rendered(args.format, &difference, &profiles, new, streams.width());
    streams.out.write_all(text.as_bytes())?;
    // Which cells of a workbook it was: beside the difference, whatever that is written for.
    changed.iter().try_for_each(|line| streams.err().0.write_all(printable(line).as_bytes()))?;
    Ok(if difference.is_empty() { ExitStatus::Success } else { ExitStatus::Findings })
}

/// The cells that were changed in a workbook of a plan, a line each.
fn cells(findings: &[Diagnostic], source: &Source) -> Vec<String> {
    let changed = findings.iter().filter(|finding| finding.rule == "changed-cell");
    changed.map(|finding| format!("{}: {}\n", place(finding, Some(source)), finding.message)).collect()
}

fn rendered(format: Format, difference: &Diff, profiles: &[Profile], new: &Plan, width: usize) -> String {
    match format {
        Format::Text => printable(&difference.text(profiles, width)),
        Format::Markdown => printable(&difference.markdown(profiles)),
        Format::Html => html_page(&new.header.title, &difference.html(profiles)),
        Format::Json => difference.json(profiles),
    }
}

/// The rules of donors that the new plan must meet, and those in a file.
fn profiles(file: Option<&Path>, plan: &Plan) -> Result<Vec<Profile>, Failure> {
    let mut profiles = logframe::rules::profiles(plan);
    if let Some(file) = file {
        profiles.push(profile::read(file)?);
    }
    Ok(profiles)
}
