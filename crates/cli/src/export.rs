//! `logframe export`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use logframe::{Loaded, Plan};
use logframe_exchange::{export, save_data_package};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::streams::Streams;

/// Write a plan as a workbook whose totals are live formulas, or as a data package
///
/// The workbook can be edited in a spreadsheet and comes back by `import`, or wherever a plan is read: what was changed is told with its cells.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan, in TOML or JSON, or a workbook or table of one; `-` is standard input
    file: PathBuf,
    /// The workbook (`.xlsx`), or the folder of the data package
    #[arg(long, short, value_name = "PATH")]
    output: PathBuf,
    /// What to write, where the name of the output does not say it
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    tables: ImportArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A workbook, for Excel and LibreOffice
    Xlsx,
    /// A folder of CSV tables with a description of them (Tabular Data Package)
    DataPackage,
}

/// Writes the file, or says on standard error why the plan cannot be read.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let format = args.format.map_or_else(|| by_name(&args.output), Ok)?;
    let input = Input::new(&args.file, &mut *streams.input)?;
    let Loaded { source, plan, diagnostics, .. } = input.whole_plan(&args.tables).map_err(Failure::Refused)?;
    let Some(plan) = plan else {
        let canvas = streams.err_canvas();
        print_findings(&diagnostics, &source, canvas, streams.err().0)?;
        return Ok(ExitStatus::Findings);
    };
    write(&plan, &args.output, format)?;
    Ok(ExitStatus::Success)
}

fn by_name(output: &Path) -> Result<Format, Failure> {
    match output.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("xlsx") => Ok(Format::Xlsx),
        None => Ok(Format::DataPackage),
        Some(_) => Err(Failure::Refused(format!(
            "what to write is not clear from `{}`: a workbook ends with `.xlsx`, a data package is a folder\n  `--format` says it",
            output.display()
        ))),
    }
}

fn write(plan: &Plan, output: &Path, format: Format) -> Result<(), Failure> {
    match format {
        Format::Xlsx => export::save_xlsx(plan, output)?,
        Format::DataPackage => save_data_package(plan, output)?,
    }
    Ok(())
}
