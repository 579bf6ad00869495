//! `logframe reconcile`.

use std::path::PathBuf;

use clap::ValueEnum;
use logframe::crossfoot::{How, Verdict};
use logframe::reconciliation::{Reconciliation, Text};
use logframe::table::html_page;
use logframe::{Severity, Source};
use logframe_exchange::{Document, import};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::import::MappingArgs;
use crate::input::Input;
use crate::streams::{Streams, printable};
use crate::tables::{PrintedArgs, TableArgs};
use crate::wrap::wrapped;
use subject::Found;

mod range;
mod repair;
mod subject;

/// Decide whether one unrounded budget can stand behind every printed figure at once
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 possible, 1 the figures contradict each other, 2 it could not be decided")]
pub struct Args {
    /// The plan, in TOML or JSON, or a table in CSV or a workbook; `-` is standard input
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
    #[command(flatten)]
    how: MappingArgs,
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

impl From<Repair> for How {
    fn from(repair: Repair) -> Self {
        match repair {
            Repair::Least => Self::Least,
            Repair::Fewest => Self::Fewest,
        }
    }
}

/// Reconciles the figures of a plan or a table and prints what was found out.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let input = Input::new(&args.file, &mut *streams.input)?;
    let document = input.document().map_err(Failure::Refused)?;
    let is_table = document.is_workbook() || args.table.is_table(&input, document.source());
    let (source, read) = if is_table {
        (document.source().clone(), of_document(&input, &document, args)?)
    } else {
        let source = input.read().map_err(Failure::Refused)?;
        let read = subject::of_plan(&source, args)?;
        (source, read)
    };
    let found = match read {
        Ok(found) => found,
        Err(mut findings) => {
            // What was recognised is of no interest where it led to nothing.
            findings.retain(|finding| finding.severity == Severity::Error);
            let canvas = streams.err_canvas();
            print_findings(&findings, &source, canvas, streams.err().0)?;
            return Ok(ExitStatus::CouldNotRun);
        }
    };
    let text = rendered(args, &found, &source, streams.prose_width())?;
    let canvas = streams.err_canvas();
    for note in &found.notes {
        let note = format!("note: {note}\n");
        let note = if canvas.is_window { wrapped(&note, canvas.width, 6) } else { note };
        streams.err().0.write_all(printable(&note).as_bytes())?;
    }
    streams.out.write_all(text.as_bytes())?;
    Ok(status(&found.reconciliation))
}

/// The figures of a table; or of a plan, where a workbook holds one, a mapping says what is where, or a table is a list of budget lines.
fn of_document(input: &Input, document: &Document, args: &Args) -> Result<subject::Read, Failure> {
    let file = if let Input::File(path) = input { Some(path) } else { None };
    let unit = args.printed.unit();
    let mapping = args.how.mapping(file, unit).map_err(Failure::Refused)?;
    let as_plan = || match args.printed.said_of_tables().or(args.table.said()) {
        Some(option) => {
            let why = "these are budget lines, whose sums are exact but for what `--unit` says";
            Err(Failure::Refused(format!("{option} is for tables of figures: {why}")))
        }
        None => Ok(subject::of_imported(import(document.clone(), &mapping), args)),
    };
    if let (Some(told), Some(option)) = (args.how.said().filter(|told| *told == "--mapping"), args.table.said()) {
        return Err(Failure::Refused(format!("{told} and {option} both say what is where: give one")));
    }
    if document.holds_plan() || (args.how.is_said(file) && args.table.said().is_none()) {
        return as_plan();
    }
    let read = subject::of_table(document, args)?;
    let is_list = read.as_ref().is_err_and(|findings| findings.iter().any(|finding| finding.message.starts_with(LIST)));
    if is_list { as_plan() } else { Ok(read) }
}

/// How the finding begins that a table is a list of budget lines.
const LIST: &str = "this is a list of budget lines";

fn status(reconciliation: &Reconciliation) -> ExitStatus {
    match reconciliation.verdict() {
        verdict if verdict.is_possible() => ExitStatus::Success,
        Verdict::Inconsistent => ExitStatus::Findings,
        _ => ExitStatus::CouldNotRun,
    }
}

fn rendered(args: &Args, found: &Found, source: &Source, width: usize) -> Result<String, Failure> {
    let reconciliation = &found.reconciliation;
    let ranges = range::all(reconciliation, &args.range)?;
    let repairs = args.repair.map(|how| repair::repairs(reconciliation, how.into(), &args.fix)).transpose()?;
    Ok(match args.format {
        Format::Json => {
            let mut value = reconciliation.json_value(Some(source));
            if let Some(object) = value.as_object_mut() {
                object.insert("ranges".to_owned(), range::value(reconciliation, &ranges));
                object.insert("repair".to_owned(), repairs.map(|repairs| reconciliation.repair_value(&repairs)).into());
                object.insert("notes".to_owned(), found.notes.clone().into());
            }
            serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
        }
        Format::Html => {
            let ranges = range::sentences(reconciliation, &ranges).into_iter();
            let repairs = repairs.iter().flat_map(|repairs| repair::sentences(reconciliation, repairs));
            let more: Vec<String> = ranges.chain(repairs).chain(found.advice.clone()).collect();
            html_page(&reconciliation.subject.title, &reconciliation.html_with(&more))
        }
        Format::Text => {
            let text = reconciliation.text(Text { source: Some(source), width, all_sums: args.sums });
            let ranges = range::sentences(reconciliation, &ranges).into_iter().map(|line| wrapped(&line, width, 2));
            let repairs = repairs.map(|repairs| repair::lines(reconciliation, &repairs).join("\n"));
            let advice = found.advice.iter().map(|advice| wrapped(advice, width, 0));
            let more: String = ranges.chain(repairs).chain(advice).map(|lines| format!("\n{lines}\n")).collect();
            printable(&(text + &more))
        }
    })
}
