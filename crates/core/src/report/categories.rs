//! The budget by cost category.

use std::collections::HashMap;

use super::sums::Sums;
use crate::decimal::Decimal;
use crate::plan::Plan;
use crate::table::{Column, Table};

/// Cost categories by offices. Allocations that no lines stand for are a row of their own, and so are lines without a category.
pub fn categories(plan: &Plan) -> Table {
    let categories = plan.cost_categories();
    let mut rows: Vec<String> = categories.iter().map(|category| category.title.clone()).collect();
    rows.extend(["no category".to_owned(), "not in lines".to_owned()]);
    let columns = plan.offices.iter().map(|office| (office.id.to_string(), office.name.clone())).collect();
    let mut sums = Sums::new(rows, columns);
    let built = &plan.index().built;
    for (place, line) in built.places.iter().zip(&built.lines) {
        let (Some(place), Ok(amount)) = (place, line.amount) else { continue };
        sums.add(place.category().unwrap_or(categories.len()), place.office(), amount);
    }
    for (office, _, amount) in bare_allocations(plan) {
        sums.add(categories.len() + 1, office, amount);
    }
    let title = format!("{}: by cost category, {}", plan.header.title, plan.header.currency.value);
    let mut table = sums.table(title, Column::text("category", "Cost category"));
    table.style = plan.number_style();
    table
}

/// What is given and not in lines: office, result and amount. Where lines stand for a given amount it is what they miss it by, as the
/// budget counts what is given.
pub(super) fn bare_allocations(plan: &Plan) -> impl Iterator<Item = (usize, usize, Decimal)> {
    let mut in_lines: HashMap<usize, Option<Decimal>> = HashMap::new();
    for cell in &plan.index().built.cells {
        let Some(given) = cell.given else { continue };
        let sum = in_lines.entry(given).or_insert(Some(Decimal::ZERO));
        *sum = sum.and_then(|sum| sum.exact_add(cell.sum.ok()?));
    }
    plan.allocations.iter().enumerate().filter(|(_, one)| !one.is_built).filter_map(move |(at, one)| {
        let (office, node) = plan.place(at)?;
        let amount = one.cell.amount()?;
        let missed = match in_lines.get(&at) {
            None => amount,
            Some(sum) => amount.exact_sub((*sum)?).filter(|missed| !missed.is_zero())?,
        };
        Some((office, node, missed))
    })
}
