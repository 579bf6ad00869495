//! Exchange rates.

use super::context::{Context, RATES};
use super::lines::number;
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{Head, Page};

pub fn rates(context: &Context<'_>) -> Option<Sheet> {
    if context.plan.rates.is_empty() {
        return None;
    }
    let heads = vec![
        Head::text("currency", "Currency", 10),
        Head::text("per", "For one", 10),
        Head::number("rate", "Rate", 16),
        Head::text("date", "From", 12),
        Head::text("source", "Source", 60),
    ];
    let note = "How many units of a currency one unit of the other is worth. Amounts of the sheet Lines are converted by it.";
    let mut page = Page::new(RATES, SheetKind::Rates, "Exchange rates", note, heads);
    let own = context.plan.header.currency.as_str();
    for (at, rate) in context.plan.rates.iter().enumerate() {
        let of = |key: &'static str, cell: Cell| cell.of(Origin::Rate { at, key });
        page.push(vec![
            of("currency", Cell::id(&rate.currency)),
            of("per", Cell::id(rate.per.as_ref().map_or(own, |per| per.as_str()))),
            of("rate", number(Some(rate.rate))),
            of("date", Cell::id(&rate.date.to_string())),
            of("source", Cell::text(rate.source.clone().unwrap_or_default(), Look::Text)),
        ]);
    }
    Some(page.sheet())
}
