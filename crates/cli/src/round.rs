//! `logframe round`.

use std::path::PathBuf;

use logframe::crossfoot::Unrounded;
use logframe::reconciliation::Subject;
use logframe::{Decimal, Diagnostic, Severity};
use logframe_exchange::Document;

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::format::Format;
use crate::input::Input;
use crate::streams::Streams;
use crate::tables::{PrintedArgs, TableArgs, positive};

/// Round a whole table so that its sums still hold: each figure to the unit just below or just above
#[derive(Debug, clap::Args)]
#[command(name = "round")]
pub struct Args {
    /// The table, as CSV; `-` is standard input
    file: PathBuf,
    /// The unit to round to: 1, 1000, 0.1
    #[arg(long, value_parser = positive)]
    unit: Decimal,
    /// How to write the rounded table
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints the rounded table, or says why there is none.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let document = Input::new(&args.file, &mut *streams.input)?.document().map_err(Failure::Refused)?;
    match rounded(args, &document, streams.width()) {
        Ok(text) => {
            streams.out.write_all(text.as_bytes())?;
            Ok(ExitStatus::Success)
        }
        Err(findings) => {
            let canvas = streams.err_canvas();
            print_findings(&findings, document.source(), canvas, streams.err().0)?;
            Ok(ExitStatus::Findings)
        }
    }
}

fn rounded(args: &Args, document: &Document, width: usize) -> Result<String, Vec<Diagnostic>> {
    let (table, _) = args.table.table(document, &PrintedArgs::default())?;
    let subject = table.subject()?;
    let amounts = subject.system.round(args.unit).map_err(|why| vec![finding(&why, &subject, args.unit)])?;
    Ok(args.format.write(&table.with_amounts(&amounts).table(), width))
}

/// Why a table has no rounding, in the words of the table.
fn finding(why: &Unrounded, subject: &Subject, unit: Decimal) -> Diagnostic {
    let error = |message: String| Diagnostic::new("rounding", Severity::Error, message);
    let sum = |sum: usize| subject.sums.get(sum).map_or("a sum", |named| named.words.as_str());
    match why {
        Unrounded::NoAmount { figure } => {
            let named = subject.figures.get(*figure).cloned().unwrap_or_default();
            error(format!("{} has no amount that could be rounded", named.words))
                .at(named.span, named.words, "")
                .help("`--blank zero` says that an empty cell is nothing, `--none zero` that a dash is")
        }
        Unrounded::NotExact { sum: at, off } => {
            let place = subject.sums.get(*at).and_then(|named| named.span);
            let (side, off) = if off.is_negative() { ("less", -*off) } else { ("more", *off) };
            error(format!("{} does not add up before rounding", sum(*at)))
                .at(place, sum(*at), format!("the parts come to {} {side}", off.grouped(subject.style)))
                .help("give the unrounded table; `logframe reconcile` tells what can stand behind a rounded one")
        }
        Unrounded::None { sums } => {
            let named: Vec<&str> = sums.iter().map(|at| sum(*at)).collect();
            let unit = unit.grouped(subject.style);
            error(format!("no rounding to {unit} keeps every sum: one of {} fails in each", named.join(", ")))
                .at(sums.first().and_then(|at| subject.sums.get(*at)).and_then(|named| named.span), "a sum", "")
                .help("round the cells and add up their totals anew, or leave some subtotals out")
        }
        other => error(other.to_string()).at(None, subject.title.clone(), ""),
    }
}
