//! `logframe combine`.

use std::path::PathBuf;

use logframe::diagnostic::text::concise;
use logframe::planning::{Contribution, combine};
use logframe::{Counts, Diagnostic, Loaded, Plan, Severity};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::streams::{Streams, printable};

/// Make one plan of a regional plan and the plans that its offices sent
///
/// What is missing, sent twice, or differs is said on standard error. Exit status: 0 nothing is wrong, 1 something is, and the plan is
/// written all the same, 2 a file cannot be read.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The regional plan: its results, offices and figures
    regional: PathBuf,
    /// The plans of offices, workbooks among them
    #[arg(required = true, value_name = "FILE")]
    offices: Vec<PathBuf>,
    /// Where to write the plan; standard output where it is left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    tables: ImportArgs,
}

/// Writes the combined plan and says what is doubtful about it.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let files: Vec<PathBuf> = std::iter::once(&args.regional).chain(&args.offices).cloned().collect();
    let mut plans: Vec<(String, Plan)> = Vec::new();
    let mut is_broken = false;
    for input in Input::of(&files, &mut *streams.input)? {
        let Loaded { source, plan, diagnostics, .. } = input.whole_plan(&args.tables).map_err(Failure::Refused)?;
        let Some(plan) = plan else {
            let canvas = streams.err_canvas();
            print_findings(&diagnostics, &source, canvas, streams.err().0)?;
            is_broken = true;
            continue;
        };
        // What is added and changed is what a file was sent for; what was not read of it has to be known.
        let doubts: Vec<Diagnostic> = diagnostics.into_iter().filter(|finding| finding.severity > Severity::Note).collect();
        if !doubts.is_empty() {
            let canvas = streams.err_canvas();
            print_findings(&doubts, &source, canvas, streams.err().0)?;
        }
        plans.push((input.name(), plan));
    }
    let mut plans = plans.into_iter();
    let (Some((_, regional)), false) = (plans.next(), is_broken) else { return Ok(ExitStatus::CouldNotRun) };
    let sent: Vec<Contribution> = plans.map(|(name, plan)| Contribution { name, plan }).collect();
    let combined = combine(&regional, &sent);
    for finding in &combined.findings {
        let line = concise(finding, None);
        let hint = finding.help.first().map(|help| format!("; {help}")).unwrap_or_default();
        // A combined plan is no text: the message says which file it is about.
        let line = line.split_once(": ").map_or(line.as_str(), |(_, rest)| rest);
        streams.err().0.write_all(printable(&format!("{line}{hint}\n")).as_bytes())?;
    }
    match &args.output {
        Some(path) => logframe_exchange::save(&combined.plan, path)?,
        None => streams.out.write_all(combined.plan.to_toml().as_bytes())?,
    }
    Ok(if Counts::of(&combined.findings).errors > 0 { ExitStatus::Findings } else { ExitStatus::Success })
}
