//! A text becomes an answer: what is found in the plan, and what it adds up to. Nothing here knows that there is a network.

use std::collections::HashMap;

use logframe::diagnostic::json::FindingJson;
use logframe::{Counts, Decimal, Diagnostic, Error, Plan, Report, Source};
use serde::Serialize;

/// Findings that are sent at most; all are counted. A plan of 8 MiB can have some hundred thousand.
const MOST: usize = 1_000;

/// The answer about a plan that was read, whatever was found in it.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// Whether no finding is an error.
    pub ok: bool,
    /// The plan's id.
    pub id: String,
    /// The plan's title.
    pub title: String,
    /// The currency of every amount.
    pub currency: String,
    /// What it adds up to.
    pub totals: Totals,
    /// How the figures that the document prints hold.
    pub declared: Declared,
    /// The findings.
    #[serde(flatten)]
    pub found: Found,
}

/// Sums of the plan, each a string of its digits; `null` where it is not printed, or has too many digits.
#[derive(Debug, Serialize)]
pub struct Totals {
    /// The total that the document prints.
    pub declared: Option<Decimal>,
    /// All allocations added up.
    pub computed: Option<Decimal>,
    /// The allocations of each office added up, in the order of the plan.
    pub offices: Vec<OfficeTotal>,
}

/// What one office has.
#[derive(Debug, Serialize)]
pub struct OfficeTotal {
    /// The office's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its allocations added up; `null` where it has no amount.
    pub total: Option<Decimal>,
}

/// How many printed figures hold.
#[derive(Debug, Serialize)]
pub struct Declared {
    /// All of them.
    pub figures: usize,
    /// Those that equal what they are made of.
    pub exact: usize,
    /// Those that differ by no more than rounding allows.
    pub within_rounding: usize,
    /// Those that are wrong.
    pub wrong: usize,
    /// Those that cannot be judged.
    pub open: usize,
}

/// Findings, in the form of `logframe check --format json`.
#[derive(Debug, Serialize)]
pub struct Found {
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// The first thousand.
    pub findings: Vec<FindingJson>,
}

/// Why there is no plan to check.
#[derive(Debug)]
pub enum Unread {
    /// The text is no plan: its findings say where and why.
    NoPlan(Found),
    /// The bytes are no text.
    NoText(Error),
}

/// Reads and checks a plan. `name` is what the places of findings are in; it ends in `.json` for a plan in JSON.
///
/// # Errors
/// [`Unread`] where there is no plan to check.
///
/// ```
/// let text = r#"
///     format = 1
///     plan = { id = "relief", title = "Relief", currency = "USD" }
///     head = [{ id = "food", title = "Food" }]
///     office = [{ id = "north", name = "North" }]
///     budget = { north = { food = 1_250.50 } }
/// "#;
/// let checked = logframe_service::answer::check("relief.toml", text.as_bytes()).unwrap();
/// assert_eq!(checked.totals.computed.unwrap().to_string(), "1250.50");
/// ```
pub fn check(name: &str, body: &[u8]) -> Result<Checked, Unread> {
    let source = Source::from_bytes(name, body).map_err(Unread::NoText)?;
    let parsed = Plan::parse(&source);
    let Some(plan) = parsed.plan else { return Err(Unread::NoPlan(Found::of(&parsed.diagnostics, &source))) };
    Ok(Checked::of(&plan, &plan.check(), &source))
}

impl Checked {
    fn of(plan: &Plan, report: &Report, source: &Source) -> Self {
        let found = Found::of(&report.findings, source);
        Self {
            ok: found.errors == 0,
            id: plan.header.id.to_string(),
            title: plan.header.title.clone(),
            currency: plan.header.currency.to_string(),
            totals: Totals::of(plan, report),
            declared: Declared::of(report),
            found,
        }
    }
}

impl Totals {
    fn of(plan: &Plan, report: &Report) -> Self {
        let mut amounts: HashMap<&str, Vec<Decimal>> = HashMap::new();
        for allocation in &plan.allocations {
            amounts.entry(allocation.office.as_str()).or_default().extend(allocation.cell.amount());
        }
        let total =
            |id: &str| amounts.get(id).filter(|some| !some.is_empty()).and_then(|some| Decimal::exact_sum(some.iter().copied()));
        let offices = plan.offices.iter();
        let offices =
            offices.map(|office| OfficeTotal { id: office.id.to_string(), name: office.name.clone(), total: total(&office.id) });
        Self { declared: report.summary.declared, computed: report.summary.cells, offices: offices.collect() }
    }
}

impl Declared {
    fn of(report: &Report) -> Self {
        let tally = report.tally;
        Self {
            figures: tally.declared,
            exact: tally.exact,
            within_rounding: tally.within_rounding,
            wrong: tally.wrong,
            open: tally.open,
        }
    }
}

impl Found {
    fn of(findings: &[Diagnostic], source: &Source) -> Self {
        let Counts { errors, warnings, notes, .. } = Counts::of(findings);
        let sent = findings.iter().take(MOST).map(|finding| FindingJson::new(finding, Some(source)));
        Self { errors, warnings, notes, findings: sent.collect() }
    }
}
