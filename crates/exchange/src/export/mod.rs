//! A plan as a workbook that a donor can audit: totals are formulas, with the values that they give kept beside them.
//!
//! What stands where is decided here once, as data ([`Book`]); what writes the file only lays it down. The book of a plan never depends on
//! anything but the plan, so that one that comes back can be compared with it cell by cell.

mod allocations;
mod budget;
mod categories;
mod cells;
mod checks;
mod context;
mod embedded;
mod exact;
mod figure;
mod format;
mod formula;
mod funding;
mod height;
mod lines;
mod model;
mod names;
mod office;
mod page;
mod rates;
mod results;
mod sdg;
mod summary;
mod template;
mod write;
mod years;

use std::path::Path;

use logframe::{Error, Plan, write_bytes};

pub use embedded::FORMAT;
pub use model::{Allowed, Book, Cell, Column, Look, Origin, Part, Sheet, SheetKind, Shown, Style, Validation, Value};
pub(crate) use template::BETWEEN;
pub use template::{TemplateOptions, blank_plan, save_template, template, template_plan, template_xlsx};

use budget::Budget;
use context::{Context, NAMES};
use names::Names;

/// Offices beyond these have no sheets of their own: nobody finds anything among so many.
const MOST_OFFICES: usize = 40;

/// The workbook of a plan, as data. Sheets that would be empty are left out.
///
/// ```
/// use logframe::{Plan, Source};
/// use logframe_exchange::export::{Shown, Value, workbook};
/// let text = "format = 1\nplan = { id = 'relief', title = 'Relief', currency = 'USD' }\n\
///             head = [{ id = 'food', title = 'Food' }]\noffice = [{ id = 'north', name = 'North' }]\n\
///             budget = { north = { food = 1_250.50 } }";
/// let plan = Plan::parse(&Source::new("relief.toml", text)).plan.unwrap();
/// let book = workbook(&plan);
/// let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
/// assert_eq!(names, ["Summary", "Results", "Budget", "North", "_plan"]);
/// let total = book.sheet("Budget").unwrap().cell(5, 3).unwrap();
/// let shows = Shown::Number("1250.50".parse()?);
/// assert_eq!(total.value, Value::Formula { text: "SUM(D5)".to_owned(), shows });
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn workbook(plan: &Plan) -> Book {
    let making = Making::of(plan);
    let sheets = making.sheets().collect();
    Book { title: plan.header.title.clone(), sheets }
}

/// What the sheets are made from.
struct Making<'p> {
    context: Context<'p>,
    budget: Option<Budget>,
    /// The plan's own text.
    text: String,
}

/// Sheets that are tables by themselves.
const TABLES: [fn(&Context<'_>) -> Option<Sheet>; 6] =
    [allocations::allocations, lines::lines, rates::rates, categories::categories, years::years, funding::funding];

impl<'p> Making<'p> {
    fn of(plan: &'p Plan) -> Self {
        let context = Context::of(plan);
        let budget = budget::budget(&context);
        Self { context, budget, text: plan.to_toml() }
    }

    /// The sheets one after the other, each made when it is asked for: that of a hundred thousand lines has millions of cells.
    fn sheets(&self) -> impl Iterator<Item = Sheet> {
        let (context, budget) = (&self.context, self.budget.as_ref());
        let results = std::iter::once_with(move || results::results(context)).flatten();
        let tables = TABLES.into_iter().filter_map(move |table| table(context));
        let last = move || [sdg::sdg(context), checks::checks(context, budget)];
        std::iter::once_with(move || summary::summary(context, budget))
            .chain(results)
            .chain(budget.map(|budget| budget.sheet.clone()))
            .chain(tables)
            .chain(self.offices())
            .chain(std::iter::once_with(last).flatten().flatten())
            .chain(std::iter::once_with(|| embedded::embedded(&self.text, FORMAT)))
    }

    fn offices(&self) -> impl Iterator<Item = Sheet> {
        let (context, mut names) = (&self.context, Names::taken(&NAMES));
        let budget = self.budget.as_ref().filter(|_| context.plan.offices.len() <= MOST_OFFICES);
        let offices = context.plan.offices.iter().enumerate();
        let of_budget =
            move |budget| offices.filter_map(move |(at, office)| office::office(context, budget, at, &names.free(&office.name)));
        budget.map(of_budget).into_iter().flatten()
    }

    fn file(&self) -> Result<Vec<u8>, String> {
        write::write(&self.context.plan.header.title, self.sheets())
    }
}

/// The workbook of a plan as the bytes of an xlsx file, the same for the same plan.
///
/// # Errors
/// [`Error::Unwritable`] where a sheet cannot hold what the plan says: a text of more than 32,767 characters, or more rows or columns than
/// a spreadsheet has. Nothing is ever cut.
pub fn xlsx(plan: &Plan) -> Result<Vec<u8>, Error> {
    Making::of(plan).file().map_err(|why| unwritable(&plan.header.id, why))
}

/// Writes a plan as an xlsx file, whole or not at all.
///
/// # Errors
/// As [`xlsx`], or with the operating system's reason.
pub fn save_xlsx(plan: &Plan, path: impl AsRef<Path>) -> Result<(), Error> {
    let path = path.as_ref();
    let bytes = Making::of(plan).file().map_err(|why| unwritable(&path.display().to_string(), why))?;
    write_bytes(path, &bytes)
}

fn unwritable(name: &str, why: String) -> Error {
    Error::Unwritable { name: name.to_owned(), source: std::io::Error::other(why) }
}
