//! `logframe reconcile`.

use std::path::PathBuf;

use clap::ValueEnum;
use logframe::crossfoot::How;
use logframe::reconciliation::{Reconciliation, Text};
use logframe::table::html_page;
use logframe::{Diagnostic, Plan, Severity, Source};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::input::Input;
use crate::streams::{Streams, printable};
use crate::tables::{PrintedArgs, TableArgs};

mod range;

/// Decide whether one unrounded budget can stand behind every printed figure at once
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 possible, 1 the figures contradict each other, 2 it could not be decided")]
pub struct Args {
    /// The plan, in TOML or JSON, or a table in CSV; `-` is standard input
    file: PathBuf,
    /// What an amount can be as far as all others allow: `total`, `office=ecuador,result=1`, in a table `row=Peru,column=2018`
    #[arg(long, value_name = "IDS")]
    range: Vec<String>,
    /// What would have to be changed: the least in all, so that every sum is exact, or the fewest figures
    #[arg(long, value_enum)]
    repair: Option<Repair>,
    /// What `--repair` leaves as it is: `cells`, `totals`, or ids as with `--range`
    #[arg(long, value_name = "IDS", requires = "repair")]
    fix: Vec<String>,
    /// Tell every sum, with what is printed and what its parts add up to
    #[arg(long)]
    sums: bool,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    printed: PrintedArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// For programs: amounts as strings
    Json,
    /// A whole page for a browser, with the contradicting figures marked in the table
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Repair {
    /// The least change in all, so that every sum is exact
    Least,
    /// The fewest figures, so that one unrounded budget can stand behind all
    Fewest,
}

/// Reconciles the figures of a plan or a table and prints what was found out.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let input = Input::new(&args.file, &mut *streams.input)?;
    let source = input.read_any().map_err(Failure::Refused)?;
    let is_table = args.table.is_table(&input, &source);
    let found = if is_table { of_table(args, &source) } else { of_plan(args, &source)? };
    let (reconciliation, notes) = match found {
        Ok(found) => found,
        Err(findings) => {
            let canvas = streams.err_canvas();
            print_findings(&findings, &source, canvas, streams.err().0)?;
            return Ok(ExitStatus::CouldNotRun);
        }
    };
    for note in &notes {
        let line = printable(&format!("{}: {}\n", note.severity, note.message));
        streams.err().0.write_all(line.as_bytes())?;
    }
    let mut text = rendered(args, &reconciliation, &source, streams.prose_width())?;
    if is_table && args.format == Format::Text && is_unit_missing(args, &reconciliation) {
        text.push_str(NO_UNIT);
    }
    streams.out.write_all(text.as_bytes())?;
    Ok(status(&reconciliation))
}

const NO_UNIT: &str = "\nNo unit is declared, so the figures were taken as exact. If they were rounded, say to what:\n\
                       `--unit 1` for whole dollars, `--unit 1000` for thousands printed in full.\n";

/// Whether figures contradict each other that may have been rounded.
fn is_unit_missing(args: &Args, reconciliation: &Reconciliation) -> bool {
    !args.printed.has_unit() && !reconciliation.outcome.verdict.is_possible()
}

type Found = Result<(Reconciliation, Vec<Diagnostic>), Vec<Diagnostic>>;

fn of_table(args: &Args, source: &Source) -> Found {
    let (subject, notes) = args.table.subject(source, &args.printed)?;
    Ok((subject.reconcile(), notes))
}

/// The reconciliation of a plan; what keeps a text from being a plan that can be reconciled.
fn of_plan(args: &Args, source: &Source) -> Result<Found, Failure> {
    if args.table.is_said() || args.printed.has_unit() {
        let why = "a plan says itself how its figures are printed; `--unit` and the other options of tables are for CSV";
        return Err(Failure::Refused(why.to_owned()));
    }
    let parsed = Plan::parse(source);
    let Some(plan) = parsed.plan else { return Ok(Err(parsed.diagnostics)) };
    let unknown: Vec<_> = plan.check().findings.into_iter().filter(|finding| finding.rule == "unknown-reference").collect();
    let is_known = unknown.iter().all(|finding| finding.severity != Severity::Error);
    Ok(if is_known { Ok((plan.reconcile(), Vec::new())) } else { Err(unknown) })
}

fn status(reconciliation: &Reconciliation) -> ExitStatus {
    match reconciliation.outcome.verdict {
        verdict if verdict.is_possible() => ExitStatus::Success,
        logframe::crossfoot::Verdict::Inconsistent => ExitStatus::Findings,
        _ => ExitStatus::CouldNotRun,
    }
}

fn rendered(args: &Args, reconciliation: &Reconciliation, source: &Source, width: usize) -> Result<String, Failure> {
    let ranges = range::all(reconciliation, &args.range)?;
    Ok(match args.format {
        Format::Text => {
            let text = reconciliation.text(Text { source: Some(source), width, all_sums: args.sums });
            printable(&(text + &range::text(reconciliation, &ranges, width) + &repairs(args, reconciliation)?))
        }
        Format::Json => range::json(reconciliation, &ranges, source),
        Format::Html => html_page(&reconciliation.subject.title, &reconciliation.html()),
    })
}

/// What would have to be changed, where that is asked.
fn repairs(args: &Args, reconciliation: &Reconciliation) -> Result<String, Failure> {
    let Some(how) = args.repair else { return Ok(String::new()) };
    let how = if how == Repair::Least { How::Least } else { How::Fewest };
    let mut fixed = Vec::new();
    for ids in &args.fix {
        let kept = reconciliation.kept(ids);
        if kept.is_empty() {
            return Err(Failure::Refused(range::unknown(reconciliation, ids)));
        }
        fixed.extend(kept);
    }
    Ok(match reconciliation.repair(how, &fixed) {
        Ok(repairs) => format!("\n{}\n", reconciliation.repair_words(&repairs).join("\n")),
        Err(why) => format!("\nNo repair: {why}.\n"),
    })
}
