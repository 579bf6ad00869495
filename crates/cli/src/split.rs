//! `logframe split`.

use std::path::PathBuf;

use clap::ValueEnum;
use logframe::crossfoot::{Method, Unsplit, split};
use logframe::reconciliation::{PrintedCell, PrintedTable};
use logframe::table::{Cell, Column, Table};
use logframe::{Decimal, Source};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::format::Format;
use crate::input::Input;
use crate::streams::Streams;
use crate::tables::{PrintedArgs, TableArgs, positive};

/// Split an amount over lines by their weights, into parts that add up to it exactly
#[derive(Debug, clap::Args)]
#[command(name = "split")]
pub struct Args {
    /// The amount, in plain digits
    #[arg(allow_negative_numbers = true)]
    amount: Decimal,
    /// A table of labels and weights, as CSV; `-` is standard input
    #[arg(long, value_name = "FILE")]
    by: PathBuf,
    /// By what rule what is left over is given away
    #[arg(long, value_enum, default_value = "largest-remainder")]
    method: MethodArg,
    /// The unit that parts are whole numbers of
    #[arg(long, default_value = "0.01", value_parser = positive)]
    unit: Decimal,
    /// How to write the parts
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    table: TableArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MethodArg {
    /// Parts rounded down, the rest to the largest remainders: the nearest to the exact parts
    #[value(alias = "hamilton")]
    LargestRemainder,
    /// Favours neither large nor small lines
    Webster,
    /// Favours large lines
    Jefferson,
    /// Favours small lines
    Adams,
    /// The method of equal proportions
    HuntingtonHill,
    /// By the harmonic mean
    Dean,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::LargestRemainder => Self::LargestRemainder,
            MethodArg::Webster => Self::Webster,
            MethodArg::Jefferson => Self::Jefferson,
            MethodArg::Adams => Self::Adams,
            MethodArg::HuntingtonHill => Self::HuntingtonHill,
            MethodArg::Dean => Self::Dean,
        }
    }
}

/// Prints the parts, or says why there are none.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let document = Input::new(&args.by, &mut *streams.input)?.document().map_err(Failure::Refused)?;
    let table = match args.table.without_totals().table(&document, &PrintedArgs::default()) {
        Ok((table, _)) => table,
        Err(findings) => {
            let canvas = streams.err_canvas();
            print_findings(&findings, document.source(), canvas, streams.err().0)?;
            return Ok(ExitStatus::Findings);
        }
    };
    let weights = weights(&table, document.source())?;
    let parts = split(args.amount, &weights, args.unit, args.method.into()).map_err(|why| refused(why, &table))?;
    let shown = shown(args, &table, &parts);
    streams.out.write_all(args.format.write(&shown, streams.width()).as_bytes())?;
    Ok(ExitStatus::Success)
}

/// The weights of the one column that a table of weights has.
fn weights(table: &PrintedTable, source: &Source) -> Result<Vec<Decimal>, Failure> {
    if table.columns.len() != 1 {
        let names: Vec<String> = table.columns.iter().take(20).map(|name| format!("`{}`", name.value)).collect();
        let message = format!("{} has {} columns of figures: {}", source.name(), names.len(), names.join(", "));
        return Err(Failure::Refused(format!("{message}\n  weights are one column beside the labels")));
    }
    let weight = |(row, name): (usize, &logframe::Spanned<String>)| match table.cell(row, 0) {
        PrintedCell::Amount(weight) => Ok(weight),
        PrintedCell::None => Ok(Decimal::ZERO),
        PrintedCell::Blank | PrintedCell::NotAvailable => {
            Err(Failure::Refused(format!("{}: `{}` has no weight; write 0 where it gets nothing", source.name(), name.value)))
        }
    };
    table.rows.iter().enumerate().map(weight).collect()
}

fn refused(why: Unsplit, table: &PrintedTable) -> Failure {
    let name = |line: usize| table.rows.get(line).map_or("", |name| name.value.as_str());
    Failure::Refused(match why {
        Unsplit::Negative { line, weight } => format!("`{}` has the weight {weight}: a weight cannot be below zero", name(line)),
        other => other.to_string(),
    })
}

fn shown(args: &Args, table: &PrintedTable, parts: &[Decimal]) -> Table {
    let label = if table.label.is_empty() { "Label" } else { &table.label };
    let title = format!("{} split into units of {}", args.amount.grouped(table.style), args.unit.grouped(table.style));
    let mut shown = Table::new(title, vec![Column::text("label", label), Column::number("part", "Part")]);
    shown.style = table.style;
    for (name, part) in table.rows.iter().zip(parts) {
        shown.push(vec![Cell::text(name.value.clone()), Cell::number(*part)]);
    }
    if let (true, Some(total)) = (args.format.is_for_people(), Decimal::exact_sum(parts.iter().copied())) {
        shown.push_total(vec![Cell::text("Total"), Cell::number(total)]);
    }
    shown
}
