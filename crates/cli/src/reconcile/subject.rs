//! What is reconciled: the figures of a plan, or of a table that is no plan.

use logframe::crossfoot::{Figure, Verdict};
use logframe::reconciliation::{Layout, Reconciliation, Subject};
use logframe::{Decimal, Diagnostic, NumberStyle, Plan, Severity, Source, rules};
use logframe_exchange::{Document, Imported};

use super::Args;
use crate::failure::Failure;
use crate::tables::{PrintedArgs, TableArgs};

/// Figures reconciled, with what else there is to say.
pub struct Found {
    pub reconciliation: Reconciliation,
    /// What was recognised without being declared.
    pub notes: Vec<String>,
    /// What to declare or to call, where that leads further.
    pub advice: Vec<String>,
}

/// What reading a text led to, or what keeps its figures from being reconciled.
pub type Read = Result<Found, Vec<Diagnostic>>;

/// The figures of a plan.
pub fn of_plan(source: &Source, args: &Args) -> Result<Read, Failure> {
    if let Some(option) = args.printed.said().or(args.table.said()) {
        let why = "a plan declares itself how its figures are printed and what their totals are";
        return Err(Failure::Refused(format!("{option} is for tables: {why}")));
    }
    if let Some(option) = args.how.said() {
        return Err(Failure::Refused(format!("{option} is for workbooks and CSV: a plan says itself what its figures are")));
    }
    let parsed = Plan::parse(source);
    let Some(plan) = parsed.plan else { return Ok(Err(parsed.diagnostics)) };
    Ok(of_read_plan(&plan))
}

/// The figures of a plan that was read.
pub fn of_read_plan(plan: &Plan) -> Read {
    let unplaced = rules::unplaced_figures(plan);
    if !unplaced.is_empty() {
        return Err(unplaced);
    }
    let reconciliation = plan.reconcile();
    let advice = is_unrounded(&reconciliation).then(|| {
        "No unit is declared, so every figure was taken as exact. If they were rounded, say to what under `[plan]`: \
         `printed = { unit = 1, rounding = \"nearest\" }`."
            .to_owned()
    });
    Ok(Found { reconciliation, notes: Vec::new(), advice: advice.into_iter().collect() })
}

/// The figures of the plan that a table was read as, with what is wrong in those that no plan keeps.
pub fn of_imported(imported: Imported, args: &Args) -> Read {
    let Some(plan) = &imported.plan else { return Err(imported.findings) };
    let mut found = of_read_plan(plan)?;
    found.reconciliation = found.reconciliation.with_errors(&imported.findings);
    if !found.reconciliation.errors.is_empty() {
        found.advice.push(format!("`logframe check {}` says what to do about each.", args.file.display()));
    }
    Ok(found)
}

/// The figures of a table.
pub fn of_table(document: &Document, args: &Args) -> Result<Read, Failure> {
    if args.printed.lacks_unit() {
        let why = "--rounding says how figures were rounded to a unit: say to which, as `--unit 1`";
        return Err(Failure::Refused(why.to_owned()));
    }
    Ok(figures(document, &args.table, &args.printed))
}

fn figures(document: &Document, table: &TableArgs, printed: &PrintedArgs) -> Read {
    let (subject, findings) = table.subject(document, printed)?;
    let style = (!document.is_workbook() && writes_marks(&subject, document.source())).then_some(subject.style);
    let recognised = subject.layout.as_ref().map(|layout| recognised(layout, style));
    let finest = finest(&subject);
    let reconciliation = subject.reconcile();
    let advice = is_unrounded(&reconciliation).then(|| {
        let rounded = table.subject(document, &printed.or_unit(finest)).ok().map(|(subject, _)| subject.reconcile());
        unit_advice(finest, reconciliation.subject.style, rounded.as_ref())
    });
    let notes = findings.iter().filter(|finding| finding.severity != Severity::Error);
    let notes = recognised.into_iter().chain(notes.map(note)).collect();
    Ok(Found { reconciliation, notes, advice: advice.into_iter().collect() })
}

fn note(finding: &Diagnostic) -> String {
    let help = finding.help.first().map(|help| format!("; {help}"));
    format!("{}{}", finding.message, help.unwrap_or_default())
}

/// Whether figures contradict each other of which nothing says that they were rounded.
fn is_unrounded(reconciliation: &Reconciliation) -> bool {
    !reconciliation.is_rounded() && reconciliation.outcome.verdict == Verdict::Inconsistent
}

/// The unit of the last digit that any figure has.
fn finest(subject: &Subject) -> Decimal {
    let numbers = subject.system.figures().iter().filter_map(Figure::number);
    let decimals = numbers.map(|number| number.normalized().decimals()).max().unwrap_or(0);
    Decimal::of_steps(1, decimals).unwrap_or_else(|| 1.into())
}

fn unit_advice(unit: Decimal, style: NumberStyle, rounded: Option<&Reconciliation>) -> String {
    let shown = unit.grouped(style);
    let then = match rounded.map(|rounded| rounded.outcome.verdict) {
        Some(verdict) if verdict.is_possible() => format!("Rounded to the nearest {shown}, they would be possible:"),
        _ => format!("Rounded to the nearest {shown}, they would be impossible as well:"),
    };
    format!(
        "No unit is declared, so every figure was taken as exact. {then} `--unit {unit}` says that they were rounded so, and \
         `--rounding` by which rule."
    )
}

/// What a text was taken for: `read as 16 rows of 5 columns, with the totals `TOTAL` below and `TOTAL` at the right; …`.
fn recognised(layout: &Layout, style: Option<NumberStyle>) -> String {
    let rows = layout.rows.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    let columns = layout.columns.iter().map(String::as_str).collect::<Vec<_>>();
    let sample: Option<Decimal> = "1234.5".parse().ok();
    let mark = sample.zip(style).map(|(sample, style)| format!("; numbers are written {}", sample.grouped(style)));
    let mark = mark.unwrap_or_default();
    let shape = format!(
        "read as {} and {} of figures",
        counted(rows.len().saturating_sub(layout.total_rows.len()), "row"),
        counted(columns.len().saturating_sub(layout.total_columns.len()), "column")
    );
    let found = [totals("row", &rows, &layout.total_rows), totals("column", &columns, &layout.total_columns)];
    let found = found.into_iter().flatten().collect::<Vec<_>>();
    let sums = if found.is_empty() { "without totals".to_owned() } else { format!("with {}", found.join(" and ")) };
    format!("{shape}, {sums}{mark}")
}

/// Whether any number of a table is written with more than digits and a sign.
fn writes_marks(subject: &Subject, source: &Source) -> bool {
    let figures = subject.figures.iter().zip(subject.system.figures()).filter(|(_, figure)| figure.number().is_some());
    let mut spans = figures.filter_map(|(named, _)| named.span);
    spans.any(|span| source.slice(span).trim_matches('"').contains([',', '.', ' ', '\'', '\u{a0}', '\u{202f}']))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}

/// Names of totals that are shown, at most.
const MOST_NAMED: usize = 3;

fn totals(line: &str, names: &[&str], at: &[usize]) -> Option<String> {
    let shown = at.iter().filter_map(|at| names.get(*at)).take(MOST_NAMED).map(|name| format!("`{name}`"));
    let more = if at.len() > MOST_NAMED { ", …" } else { "" };
    let shown = shown.collect::<Vec<_>>().join(", ");
    let plural = if at.len() == 1 { "" } else { "s" };
    (!at.is_empty()).then(|| format!("the total {line}{plural} {shown}{more}"))
}
