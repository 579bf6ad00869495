//! What donors promised and gave.

use logframe::{Donor, FlowKind, Funding, Id, Spanned};

use super::context::{Context, FUNDING};
use super::figure::{Figure, sum};
use super::formula::At;
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{FIRST, Head, Page};

/// The column of the amount.
const AMOUNT: u16 = 3;

pub fn funding(context: &Context<'_>) -> Option<Sheet> {
    if context.plan.funding.is_empty() {
        return None;
    }
    let note = "Pledge, commitment, disbursement and expenditure are stages of one amount: they are never added to each other.";
    let mut page = Page::new(FUNDING, SheetKind::Funding, "Funding", note, heads());
    for (at, flow) in context.plan.funding.iter().enumerate() {
        page.push(row(context, at, flow));
    }
    by_donor(context, &mut page);
    Some(page.sheet())
}

fn heads() -> Vec<Head> {
    vec![
        Head::text("donor", "Donor", 18),
        Head::text("name", "Name of donor", 36),
        Head::text("kind", "Kind", 16),
        Head::number("amount", "Amount", 17),
        Head::text("currency", "Currency", 16),
        Head::text("date", "Date", 16),
        Head::text("offices", "For offices", 18),
        Head::text("results", "For results", 18),
        Head::text("remarks", "Remarks", 34),
    ]
}

fn row(context: &Context<'_>, at: usize, flow: &Funding) -> Vec<Cell> {
    let of = |key: &'static str, cell: Cell| cell.of(Origin::Funding { at, key });
    let currency = flow.currency.as_ref().map_or(context.plan.header.currency.as_str(), |code| code.as_str());
    let scope = flow.of.as_ref();
    vec![
        of("donor", Cell::id(&flow.donor)),
        Cell::maybe(context.plan.donors.iter().find(|donor| donor.id == flow.donor).map(|donor| donor.name.as_str())),
        of("kind", Cell::text(flow.kind.name(), Look::Text)),
        of("amount", Cell::number(*flow.amount, context.decimals())),
        of("currency", Cell::id(currency)),
        of("date", Cell::id(&flow.date.map(|date| date.to_string()).unwrap_or_default())),
        of("of.offices", Cell::id(&ids(scope.and_then(|scope| scope.offices.as_ref())))),
        of("of.results", Cell::id(&ids(scope.and_then(|scope| scope.results.as_ref())))),
        of("remarks", Cell::maybe(flow.remarks.as_deref())),
    ]
}

/// Ids in one cell, one a line: an id may hold any character but those that end a line.
fn ids(ids: Option<&Vec<Spanned<Id>>>) -> String {
    ids.into_iter().flatten().map(|id| id.as_str()).collect::<Vec<_>>().join("\n")
}

/// Donors by kind of flow, under the list of what each promised and gave.
fn by_donor(context: &Context<'_>, page: &mut Page) {
    page.push_beside(Vec::new());
    page.push_beside(vec![Cell::text(context.in_currency("By donor"), Look::Section)]);
    let kinds = FlowKind::ALL.map(|kind| Cell::text(heading(kind), Look::NumberHeading));
    page.push_beside(
        ["Donor", "Name of donor", ""].map(|text| Cell::text(text, Look::Heading)).into_iter().chain(kinds).collect(),
    );
    let first = page.next();
    for (at, donor) in context.plan.donors.iter().enumerate() {
        let sums = FlowKind::ALL.map(|kind| total(context, Some(donor), kind));
        let name = Cell::text(&donor.name, Look::Text).of(Origin::Donor { at, key: "name" });
        page.push_beside([Cell::id(&donor.id), name, Cell::default()].into_iter().chain(sums).collect());
    }
    if first < page.next() {
        let sums = FlowKind::ALL.map(|kind| total(context, None, kind));
        page.push_total(["Total", "", ""].map(|text| Cell::text(text, Look::Text)).into_iter().chain(sums).collect());
    }
}

/// What one donor gives of a kind, or all do. Money of another currency is converted, which no simple formula does.
fn total(context: &Context<'_>, donor: Option<&Donor>, kind: FlowKind) -> Cell {
    let is_of = |flow: &Funding| flow.kind == kind && donor.is_none_or(|donor| donor.id == flow.donor);
    let flows: Vec<(usize, &Funding)> = context.plan.funding.iter().enumerate().filter(|(_, flow)| is_of(flow)).collect();
    let own = context.plan.header.currency.as_str();
    if flows.iter().any(|(_, flow)| flow.currency.as_ref().is_some_and(|code| code.as_str() != own)) {
        return converted(context, donor, kind);
    }
    let figure = |(at, flow): &(usize, &Funding)| {
        let row = u32::try_from(*at).map_or(u32::MAX, |at| FIRST + at);
        Figure::given(None, At::new(row, AMOUNT), Some(*flow.amount).into())
    };
    let figures: Vec<Figure> = flows.iter().map(figure).collect();
    if figures.is_empty() { Cell::default() } else { sum(&figures, context.decimals()).cell }
}

/// The same as the report of funding works it out.
fn converted(context: &Context<'_>, donor: Option<&Donor>, kind: FlowKind) -> Cell {
    let report = logframe::report::funding(context.plan);
    let at = donor.map_or(context.plan.donors.len(), |donor| {
        context.plan.donors.iter().position(|one| one.id == donor.id).unwrap_or(usize::MAX)
    });
    let cell = report.rows.get(at).and_then(|row| row.cells.get(kind as usize + 1));
    let Some(logframe::table::Cell::Number { value, .. }) = cell else { return Cell::default() };
    Cell { remark: Some(CONVERTED), ..Cell::number(*value, context.decimals()) }
}

/// The remark at a sum of several currencies.
const CONVERTED: &str = "This is no formula: it counts money of another currency, converted at the plan's rates.";

fn heading(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Pledge => "Pledged",
        FlowKind::Commitment => "Committed",
        FlowKind::Disbursement => "Disbursed",
        FlowKind::Expenditure => "Spent",
    }
}
