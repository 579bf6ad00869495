//! `logframe import`, and how workbooks and tables are read wherever a plan is wanted.

use std::path::{Path, PathBuf};

use logframe::{Decimal, Severity};
use logframe_exchange::{Imported, Mapping};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::input::Input;
use crate::streams::{Streams, printable};
use crate::tables::positive;
use crate::wrap::wrapped;

/// How a workbook or a table is read as a plan.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Workbooks and tables")]
pub struct ImportArgs {
    #[command(flatten)]
    how: MappingArgs,
    /// The unit that its figures were rounded to; without one they are exact
    #[arg(long, value_name = "UNIT", value_parser = positive)]
    unit: Option<Decimal>,
}

/// What a workbook or a table says where, and in which currency.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Workbooks and tables")]
pub struct MappingArgs {
    /// A file that says what is where; without it, `FILE.map.toml` beside the workbook where there is one
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The currency of its amounts, where neither a heading nor the mapping says it
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

impl ImportArgs {
    /// The mapping that counts for a file.
    pub fn mapping(&self, file: Option<&PathBuf>) -> Result<Mapping, String> {
        self.how.mapping(file, self.unit)
    }
}

impl MappingArgs {
    /// The first of these options that is given.
    pub fn said(&self) -> Option<&'static str> {
        let options = [(self.mapping.is_some(), "--mapping"), (self.currency.is_some(), "--currency")];
        options.into_iter().find(|(is_said, _)| *is_said).map(|(_, option)| option)
    }

    /// Whether a mapping is named, or kept beside a file.
    pub fn is_said(&self, file: Option<&PathBuf>) -> bool {
        self.mapping.is_some() || file.is_some_and(|file| Mapping::beside(file).is_file())
    }

    /// The mapping that counts for a file, whose figures were rounded to a unit.
    pub fn mapping(&self, file: Option<&PathBuf>, unit: Option<Decimal>) -> Result<Mapping, String> {
        let read = match (&self.mapping, file) {
            (Some(named), _) => Mapping::read(named),
            (None, Some(file)) => Mapping::of(file),
            (None, None) => Ok(Mapping::default()),
        };
        let mut mapping = read.map_err(|error| error.to_string())?;
        mapping.plan.currency = self.currency.clone().or(mapping.plan.currency);
        mapping.plan.unit = unit.or(mapping.plan.unit);
        Ok(mapping)
    }
}

/// Read a workbook or a table as a plan
///
/// What was recognised is told. What was taken for the wrong thing is corrected in a mapping file, which is used from then on.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The workbook (.xlsx, .xlsm, .xls, .ods) or table (.csv, .tsv); `-` is standard input
    file: PathBuf,
    /// Where to write the plan; without it, standard output
    #[arg(long, short, value_name = "PLAN")]
    output: Option<PathBuf>,
    /// Only tell what was recognised
    #[arg(long)]
    dry_run: bool,
    /// Write what was recognised to a mapping file: the one named, or `FILE.map.toml`
    #[arg(long, value_name = "MAPPING", require_equals = true)]
    #[expect(clippy::option_option, reason = "clap's way to say an option with or without a value")]
    save_mapping: Option<Option<PathBuf>>,
    #[command(flatten)]
    how: ImportArgs,
}

/// Writes the plan, or says why there is none.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let input = Input::new(&args.file, &mut *streams.input)?;
    let Some(imported) = input.import(&args.how).map_err(Failure::Refused)? else {
        let name = input.name();
        return Err(Failure::Refused(format!(
            "{name} is neither a workbook nor a table (.xlsx, .ods, .xls, .csv, …) by its name"
        )));
    };
    tell(&imported, args.dry_run, streams)?;
    if let Some(file) = &args.save_mapping {
        let file = file.clone().unwrap_or_else(|| Mapping::beside(&args.file));
        logframe::write_text(&file, &imported.mapping.text(&shown(&args.file)))?;
    }
    let Some(plan) = &imported.plan else { return Ok(ExitStatus::Findings) };
    match (&args.output, args.dry_run) {
        (_, true) => {}
        (Some(path), false) => logframe_exchange::save(plan, path)?,
        (None, false) => streams.out.write_all(plan.to_toml().as_bytes())?,
    }
    let has_errors = imported.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if has_errors { ExitStatus::Findings } else { ExitStatus::Success })
}

fn shown(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What was recognised, and what was found on the way; in a dry run on standard output.
fn tell(imported: &Imported, is_asked_for: bool, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let canvas = streams.err_canvas();
    print_findings(&imported.findings, &imported.source, canvas, streams.err().0)?;
    let summary = summary(imported);
    let summary = if canvas.is_window { wrapped(&summary, canvas.width, 2) } else { summary };
    let text = printable(&format!("{}\n{summary}\n", imported.recognised.join("\n")));
    if is_asked_for {
        streams.out.write_all(text.as_bytes())?;
    } else {
        streams.err().0.write_all(text.as_bytes())?;
    }
    Ok(())
}

fn summary(imported: &Imported) -> String {
    let Some(plan) = &imported.plan else { return "no plan: see the errors above".to_owned() };
    let total = plan.total().map_or_else(|error| error.to_string(), |total| total.to_string());
    let count = |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    let parts = [
        (plan.offices.len(), "office"),
        (plan.outcomes.len() + plan.heads.len(), "result"),
        (plan.lines.len(), "budget line"),
        (plan.allocations.len(), "allocation"),
        (plan.statements().len(), "printed total"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(n, what)).collect();
    format!("{}: {}, {total}", plan.header.id.value, parts.join(", "))
}
