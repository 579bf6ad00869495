//! The plan in a few figures: what stands on the first page.

use logframe::Duration;

use super::budget::{Budget, copy, percent};
use super::context::{Context, SUMMARY};
use super::figure::{Figure, sum};
use super::formula::At;
use super::model::{Cell, Column, Look, Origin, Part, Sheet, SheetKind, Style};
use super::sdg::{has_links, links};

/// The column of the amounts.
const AMOUNT: u16 = 2;

pub fn summary(context: &Context<'_>, budget: Option<&Budget>) -> Sheet {
    let mut rows = head(context);
    rows.push(Vec::new());
    rows.extend(facts(context));
    rows.extend(budget.into_iter().flat_map(|budget| totals(context, budget, rows.len())).collect::<Vec<_>>());
    let column = |key, width| Column { key, width, is_folded: false };
    let columns = vec![column("key", 22), column("value", 68), column("amount", 20), column("share", 12)];
    Sheet { columns, rows, ..Sheet::new(SUMMARY, SheetKind::Summary) }
}

fn head(context: &Context<'_>) -> Vec<Vec<Cell>> {
    let note = format!("{}. Every total in this workbook is a formula.", context.plan.header.id.value);
    vec![vec![Cell::text("Summary", Look::Title)], vec![Cell::text(note, Look::Note)]]
}

/// What the plan says of itself, and how much there is of what.
fn facts(context: &Context<'_>) -> Vec<Vec<Cell>> {
    let plan = context.plan;
    let header = &plan.header;
    let said = |text: Option<&str>, key: &'static str| Cell::maybe(text).of(Origin::Header(key));
    let mut rows = vec![
        fact("Plan", Cell::text(&header.title, Look::Label).of(Origin::Header("title"))),
        fact("Organisation", said(header.organisation.as_deref(), "organisation")),
        fact("Objective", said(header.statement.as_deref(), "statement")),
        fact("Currency", Cell::text(currency(context), Look::Text)),
    ];
    if has_links(context) {
        rows.push(fact("SDG targets", links(&header.sdgs, ", ").of(Origin::Header("sdgs"))));
    }
    rows.extend(header.duration.as_ref().into_iter().flat_map(duration));
    let counts =
        [("Offices", plan.offices.len()), ("Budget lines", plan.lines.len()), ("Declared figures", plan.statements().len())];
    let counted = counts.into_iter().filter(|(_, count)| *count > 0);
    rows.extend(counted.map(|(label, count)| fact(label, left(Cell::count(count)))));
    rows.push(fact("Findings", Cell::text(context.report.counts().to_string(), Look::Text)));
    rows
}

fn fact(label: &str, cell: Cell) -> Vec<Cell> {
    vec![Cell::text(label, Look::Label), cell]
}

/// A count among texts.
fn left(cell: Cell) -> Cell {
    Cell { style: Style { look: Look::Text, part: Part::Body }, ..cell }
}

fn currency(context: &Context<'_>) -> String {
    let code = &context.plan.header.currency.value;
    let name = context.plan.currency().map(|currency| currency.name().to_owned());
    name.map_or_else(|| code.clone(), |name| format!("{code}, {name}"))
}

fn duration(duration: &Duration) -> Vec<Vec<Cell>> {
    let said = |text: String, key: &'static str| Cell::id(&text).of(Origin::Header(key));
    let months = duration.months.and_then(|months| usize::try_from(months).ok());
    let rows = [
        ("From", duration.from.map(|day| said(day.to_string(), "duration.from"))),
        ("To", duration.to.map(|day| said(day.to_string(), "duration.to"))),
        ("Months", months.map(|months| left(Cell::count(months)).of(Origin::Header("duration.months")))),
    ];
    rows.into_iter().filter_map(|(label, cell)| Some(fact(label, cell?))).collect()
}

/// The budget by outcome and head, under `above` rows.
fn totals(context: &Context<'_>, budget: &Budget, above: usize) -> Vec<Vec<Cell>> {
    let mut rows = vec![Vec::new(), headings(context)];
    let row = |at: usize| u32::try_from(above + 2 + at).unwrap_or(u32::MAX);
    let last = row(budget.roots.len());
    let copies: Vec<_> = budget.roots.iter().map(|root| copy(root, context.decimals())).collect();
    let figures: Vec<Figure> = copies.iter().enumerate().map(|(at, one)| one.figure(None, At::new(row(at), AMOUNT))).collect();
    let whole = sum(&figures, context.decimals());
    let whole_figure = whole.figure(None, At::new(last, AMOUNT));
    for ((root, copied), figure) in context.roots.iter().zip(copies).zip(&figures) {
        let Some(node) = context.plan.nodes().get(*root) else { continue };
        rows.push(vec![Cell::id(&node.id), Cell::text(&node.title, Look::Text), copied.cell, share(figure, &whole_figure)]);
    }
    let total = vec![Cell::text("Total", Look::Text), Cell::default(), whole.cell, share(&whole_figure, &whole_figure)];
    rows.push(total.into_iter().map(Cell::total).collect());
    rows.extend(printed(context, &whole_figure));
    rows
}

fn headings(context: &Context<'_>) -> Vec<Cell> {
    let texts = ["Id", "Outcome or budget head"].map(|text| Cell::text(text, Look::Heading));
    let numbers = [context.in_currency("Budget"), "% of total".to_owned()].map(|text| Cell::text(text, Look::NumberHeading));
    texts.into_iter().chain(numbers).collect()
}

fn share(part: &Figure, whole: &Figure) -> Cell {
    let share = percent(part, whole, 1).filter(|_| part.is_live && whole.is_live);
    let text = format!("ROUND(100*{}/{},1)", part.at.name(), whole.at.name_of_row());
    share.map_or_else(Cell::default, |share| Cell::formula(text, share, 1))
}

/// The total as the document prints it, and by how much that is more.
fn printed(context: &Context<'_>, whole: &Figure) -> Vec<Vec<Cell>> {
    let Some(printed) = context.printed(logframe::Measure::Amount, None, None) else { return Vec::new() };
    let decimals = context.decimals();
    let labelled = |label: &str, cell: Cell| vec![Cell::text(label, Look::Label), Cell::default(), cell];
    vec![
        labelled("Printed total", copy(&printed, decimals).cell),
        labelled("Printed less computed", super::figure::difference(&printed, whole, decimals).cell),
    ]
}
