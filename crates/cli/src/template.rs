//! `logframe template`.

use std::path::{Path, PathBuf};

use logframe::{Currency, Loaded, Plan};
use logframe_exchange::export::{TemplateOptions, blank_plan, save_template, template_plan};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::streams::Streams;

/// Write an empty workbook in which offices fill in their budget lines
///
/// It offers the offices, results, categories and currencies of a plan as lists, works out what each line comes to, and protects the rest. `combine`
/// takes the filled ones; `check` tells what is wrong in one, at its cell. Without a plan it is an invented one, whose names are filled in first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan whose results and offices it has, in TOML or JSON, or a workbook of one; `-` is standard input
    plan: Option<PathBuf>,
    /// How many offices the invented plan has
    #[arg(long, value_name = "N", conflicts_with = "plan", value_parser = clap::value_parser!(u32).range(1..=500), default_value = "1")]
    offices: u32,
    /// Only for this office of the plan; may be given more than once
    #[arg(long, value_name = "ID", requires = "plan")]
    office: Vec<String>,
    /// The currency of the invented plan
    #[arg(long, value_name = "CODE", conflicts_with = "plan", default_value = "USD")]
    currency: String,
    /// Rows for budget lines
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000), default_value = "200")]
    lines: u32,
    /// The workbook (`.xlsx`)
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Replace the file if there is one
    #[arg(short, long)]
    force: bool,
}

/// Writes the workbook and says what comes next, or why there is none.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    may_write(&args.output, args.force)?;
    let options = TemplateOptions::default().with_lines(args.lines);
    let (plan, options) = match &args.plan {
        None => (blank(args)?, options.with_marked_names()),
        Some(file) => match of_plan(file, &args.office, streams)? {
            Some(plan) => (plan, options),
            None => return Ok(ExitStatus::Findings),
        },
    };
    save_template(&plan, options, &args.output)?;
    writeln!(streams.out, "wrote {} for {}; {}", args.output.display(), counted(plan.offices.len()), next(args))?;
    Ok(ExitStatus::Success)
}

/// What is to be done with it.
fn next(args: &Args) -> String {
    let combine = |plan: &Path| format!("`logframe combine {} FILLED…` takes the filled ones", plan.display());
    match &args.plan {
        Some(plan) => combine(plan),
        None => format!("name offices in its sheet Budget and results in Results, and send it; {}", combine(&args.output)),
    }
}

fn counted(offices: usize) -> String {
    if offices == 1 { "1 office".to_owned() } else { format!("{offices} offices") }
}

/// A file that is there can be one that somebody filled in.
fn may_write(output: &Path, is_forced: bool) -> Result<(), Failure> {
    let name = output.display();
    if !output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::Refused(format!("a template is a workbook, whose name ends with `.xlsx`, and not `{name}`")));
    }
    if output.exists() && !is_forced {
        return Err(Failure::Refused(format!("{name} exists already; give another name, or `--force` to replace it")));
    }
    Ok(())
}

fn blank(args: &Args) -> Result<Plan, Failure> {
    let code = args.currency.to_uppercase();
    match Currency::of_code(&code) {
        Some(currency) => Ok(blank_plan(args.offices, currency.code())),
        None => Err(Failure::Refused(format!("`{}` is no currency of ISO 4217, as USD is", args.currency))),
    }
}

/// The plan without its money; `None` where it cannot be read, which is said.
fn of_plan(file: &Path, offices: &[String], streams: &mut Streams<'_>) -> Result<Option<Plan>, Failure> {
    let input = Input::new(file, &mut *streams.input)?;
    let Loaded { source, plan, diagnostics, .. } = input.plan(&ImportArgs::default()).map_err(Failure::Refused)?;
    let Some(plan) = plan else {
        let canvas = streams.err_canvas();
        print_findings(&diagnostics, &source, canvas, streams.err().0)?;
        return Ok(None);
    };
    if plan.offices.is_empty() || plan.nodes().is_empty() {
        let name = input.name();
        return Err(Failure::Refused(format!("{name} has no offices, or no results; there is nothing that lines could be for")));
    }
    let kept = template_plan(&plan, offices).map_err(|error| Failure::Refused(error.to_string()))?;
    Ok(Some(kept))
}
