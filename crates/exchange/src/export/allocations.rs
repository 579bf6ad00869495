//! What is given for results deeper than outcomes, one allocation a row; a plan without such has no such sheet.

use super::budget::written;
use super::context::{ALLOCATION_AMOUNT, ALLOCATIONS, Context};
use super::figure::{Figure, sum};
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{Head, Page, blanks};

pub fn allocations(context: &Context<'_>) -> Option<Sheet> {
    let listed = context.listed();
    if listed.is_empty() {
        return None;
    }
    let heads = vec![
        Head::text("office", "Office", 16),
        Head::text("office-name", "Name of office", 28),
        Head::text("outcome", "Outcome or head", 14),
        Head::text("result", "Result", 14),
        Head::text("title", "Title of result", 50),
        Head::number("amount", context.in_currency("Amount"), 18),
    ];
    let note = "What offices are given for results, as the plan gives it. The sheet Budget adds it up.";
    let mut page = Page::new(ALLOCATIONS, SheetKind::Allocations, "Allocations", note, heads).frozen(2);
    let mut figures = Vec::new();
    for at in listed {
        figures.push(Figure::given(None, page.at(ALLOCATION_AMOUNT), context.amount(at)));
        page.push(row(context, at));
    }
    let total = sum(&figures, context.decimals());
    page.push_total([Cell::text("Total", Look::Text)].into_iter().chain(blanks(4)).chain([total.cell]).collect());
    Some(page.sheet())
}

fn row(context: &Context<'_>, at: usize) -> Vec<Cell> {
    let Some(allocation) = context.plan.allocations.get(at) else { return Vec::new() };
    let node = context.plan.node(&allocation.result);
    let root = node.and_then(|node| context.plan.nodes().get(node.root));
    let (office, result) = (allocation.office.value.clone(), allocation.result.value.clone());
    vec![
        Cell::id(&office),
        Cell::maybe(context.plan.office(&office).map(|office| office.name.as_str())),
        Cell::id(root.map(|root| root.id.as_str()).unwrap_or_default()),
        Cell::id(&result),
        Cell::maybe(node.map(|node| node.title.as_str())),
        written(context.amount(at), context.decimals()).of(Origin::Allocation { office, result }),
    ]
}
