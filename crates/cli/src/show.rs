//! `logframe show`.

use std::path::PathBuf;

use clap::ValueEnum;
use logframe::report::{GapRows, TimeRows};
use logframe::table::Table;
use logframe::{Loaded, Plan, Source, Step, report};

use crate::ExitStatus;
use crate::check::print_findings;
use crate::failure::Failure;
use crate::format::Format;
use crate::import::ImportArgs;
use crate::input::Input;
use crate::streams::Streams;

/// Show a plan as tables, what is printed beside what it adds up to
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan, in TOML or JSON, or a workbook or table of one; `-` is standard input
    file: PathBuf,
    /// Which table
    #[arg(value_enum)]
    table: Option<Name>,
    /// The office's id, with `office`
    #[arg(required_if_eq("table", "office"))]
    id: Option<String>,
    /// What the rows are of `years`, `half-years`, `quarters` and `months` (offices unless it is said) and of `gap` (outcomes)
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,
    /// How to write it; JSON without a table is the whole plan
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    tables: ImportArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Offices by outcomes, with printed totals and shares (the default)
    Budget,
    /// Outcomes with their outputs, activities and indicators
    Results,
    /// All about one office
    Office,
    /// What contributes to which SDG target
    Sdg,
    /// Every printed figure beside what it adds up to
    Declared,
    /// The budget in tidy form, one allocation a row
    Allocations,
    /// Figures about the world
    Series,
    /// Budget lines, with what each comes to
    Lines,
    /// Cost categories by offices
    Categories,
    /// The budget by calendar years
    Years,
    /// The budget by half-years
    HalfYears,
    /// The budget by quarters
    Quarters,
    /// The budget by months
    Months,
    /// Budget lines in the currencies they are in
    Currencies,
    /// Donors with what they pledged, committed and paid
    Funding,
    /// What is funded and what is not
    Gap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Offices
    Office,
    /// Outcomes and budget heads
    Outcome,
    /// Cost categories (over time only)
    Category,
}

/// Prints the table, or says on standard error why the plan cannot be read.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    if let (Some(id), true) = (&args.id, args.table != Some(Name::Office)) {
        return Err(Failure::Refused(format!("only `office` takes an id, and `{id}` is given; write `show FILE office {id}`")));
    }
    if let Some(why) = out_of_place(args) {
        return Err(Failure::Refused(why));
    }
    let Loaded { source, plan, diagnostics, .. } =
        Input::new(&args.file, &mut *streams.input)?.whole_plan(&args.tables).map_err(Failure::Refused)?;
    let Some(plan) = plan else {
        let canvas = streams.err_canvas();
        print_findings(&diagnostics, &source, canvas, streams.err().0)?;
        return Ok(ExitStatus::Findings);
    };
    let text = rendered(args, &plan, &source, streams.width())?;
    streams.out.write_all(text.as_bytes())?;
    Ok(ExitStatus::Success)
}

fn rendered(args: &Args, plan: &Plan, source: &Source, width: usize) -> Result<String, Failure> {
    if args.table.is_none() && args.format == Format::Json {
        return Ok(plan.to_json());
    }
    Ok(args.format.write_all(&title(plan, source), &tables(args, plan)?, width))
}

fn tables(args: &Args, plan: &Plan) -> Result<Vec<Table>, Failure> {
    Ok(match args.table.unwrap_or(Name::Budget) {
        Name::Budget => vec![report::budget(plan)],
        Name::Results => vec![report::results(plan)],
        Name::Office => report::office(plan, args.id.as_deref().unwrap_or_default())?,
        Name::Sdg => vec![report::sdg(plan)],
        Name::Declared => vec![report::declared(plan)],
        Name::Allocations => vec![report::allocations(plan, 0..plan.allocations.len())],
        Name::Series => vec![report::series(plan)],
        Name::Lines => vec![report::lines(plan)],
        Name::Categories => vec![report::categories(plan)],
        Name::Years => over_time(args, plan, Step::Year),
        Name::HalfYears => over_time(args, plan, Step::HalfYear),
        Name::Quarters => over_time(args, plan, Step::Quarter),
        Name::Months => over_time(args, plan, Step::Month),
        Name::Currencies => vec![report::currencies(plan)],
        Name::Funding => vec![report::funding(plan)],
        Name::Gap => {
            vec![report::gap(plan, if args.by == Some(By::Office) { GapRows::Office } else { GapRows::Outcome })]
        }
    })
}

fn over_time(args: &Args, plan: &Plan, step: Step) -> Vec<Table> {
    let rows = match args.by {
        None | Some(By::Office) => TimeRows::Office,
        Some(By::Outcome) => TimeRows::Outcome,
        Some(By::Category) => TimeRows::Category,
    };
    vec![report::calendar(plan, step, rows)]
}

/// Why `--by` says nothing about the table that is asked for.
fn out_of_place(args: &Args) -> Option<String> {
    let by = args.by?;
    match args.table {
        Some(Name::Years | Name::HalfYears | Name::Quarters | Name::Months) => None,
        Some(Name::Gap) if by != By::Category => None,
        Some(Name::Gap) => Some("`gap` is by outcome or by office: donors do not earmark to cost categories here".to_owned()),
        _ => Some("`--by` is for `years`, `half-years`, `quarters`, `months` and `gap`".to_owned()),
    }
}

fn title(plan: &Plan, source: &Source) -> String {
    if plan.header.title.is_empty() { source.name().to_owned() } else { plan.header.title.clone() }
}
