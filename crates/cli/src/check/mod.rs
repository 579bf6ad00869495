//! `logframe check`.

mod closing;
mod many;
mod print;

use std::path::PathBuf;

use clap::ValueEnum;
use logframe::{Counts, Diagnostic, Loaded, Plan, Profile, Severity, Source};

use crate::ExitStatus;
use crate::failure::Failure;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::profile;
use crate::streams::Streams;

pub use closing::Closing;
pub use print::findings as print_findings;

/// Check plans: every printed total and share against its parts, every reference, every rule
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Plans, in TOML or JSON, or workbooks and tables of them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A file with a donor's rules that the plans must meet, besides those that they name
    #[arg(long, value_name = "FILE")]
    profile: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Take notes and warnings for errors, save those that the plan itself weighs otherwise and gives a reason for
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    tables: ImportArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines of the plan that they are about
    Text,
    /// One line each
    Concise,
    /// For programs; `logframe schema findings` describes it
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

/// How plans are checked.
struct How {
    /// Whether notes and warnings are errors.
    strict: bool,
    /// Rules of donors besides those that a plan names.
    profiles: Vec<Profile>,
    /// How workbooks and tables are read.
    tables: ImportArgs,
}

/// What checking one input gave.
#[derive(Debug)]
struct Checked {
    name: String,
    /// What was found, or why it could not be read.
    result: Result<Judged, String>,
}

/// A text that was read and judged.
#[derive(Debug)]
struct Judged {
    source: Source,
    findings: Vec<Diagnostic>,
    /// What is said at the end; `None` where the text is no plan, so that no rule was run.
    closing: Option<Closing>,
}

/// Checks all files and prints what was found.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let inputs = Input::of(&args.files, &mut *streams.input)?;
    let profiles = args.profile.iter().map(|file| profile::read(file)).collect::<Result<Vec<_>, _>>()?;
    let checked =
        many::check(&inputs, &How { strict: args.strict, profiles, tables: args.tables.clone() }, streams.shows_progress());
    match args.format {
        Format::Text | Format::Concise => print::people(&checked, args.format == Format::Concise, streams)?,
        Format::Json => print::json(&checked, streams)?,
        Format::Sarif => print::sarif(&checked, streams)?,
    }
    Ok(checked.iter().map(Checked::status).max().unwrap_or(ExitStatus::Success))
}

impl Checked {
    fn of(input: &Input, how: &How) -> Self {
        let result = input.plan(&how.tables).map(|loaded| Judged::of(loaded, how));
        Self { name: input.name(), result }
    }

    fn status(&self) -> ExitStatus {
        match &self.result {
            Err(_) => ExitStatus::CouldNotRun,
            Ok(judged) if judged.counts().errors > 0 => ExitStatus::Findings,
            Ok(_) => ExitStatus::Success,
        }
    }
}

impl Judged {
    fn of(loaded: Loaded, how: &How) -> Self {
        let Loaded { source, plan, diagnostics, .. } = loaded;
        let Some(plan) = plan else {
            return Self { source, findings: diagnostics, closing: None };
        };
        let plan = held_to(plan, &how.profiles);
        let mut report = plan.check();
        report.findings.extend(diagnostics);
        logframe::diagnostic::sort(&mut report.findings);
        if how.strict {
            lift(&mut report.findings);
        }
        let closing = Some(Closing::of(&plan, &report));
        Self { source, findings: report.findings, closing }
    }

    fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }
}

/// The plan with further rules of donors; one of the same id that it has is replaced.
fn held_to(plan: Plan, profiles: &[Profile]) -> Plan {
    if profiles.is_empty() {
        return plan;
    }
    let mut draft = plan.draft();
    draft.profiles.retain(|own| !profiles.iter().any(|profile| profile.id == own.id));
    draft.profiles.extend_from_slice(profiles);
    Plan::new(draft)
}

fn lift(findings: &mut [Diagnostic]) {
    for finding in findings.iter_mut().filter(|finding| finding.exception.is_none()) {
        finding.severity = Severity::Error;
    }
}
