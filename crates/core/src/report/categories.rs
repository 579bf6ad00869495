//! The budget by cost category.

use std::collections::HashSet;

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
        sums.add(place.category.unwrap_or(categories.len()), place.office, amount);
    }
    for (office, _, amount) in bare_allocations(plan) {
        sums.add(categories.len() + 1, office, amount);
    }
    let title = format!("{}: by cost category, {}", plan.header.title, plan.header.currency.value);
    let mut table = sums.table(title, Column::text("category", "Cost category"));
    table.style = plan.number_style();
    table
}

/// Given allocations that no lines stand for: office, result and amount.
pub(super) fn bare_allocations(plan: &Plan) -> impl Iterator<Item = (usize, usize, Decimal)> {
    let with_lines: HashSet<usize> = plan.index().built.cells.iter().filter_map(|cell| cell.given).collect();
    let given = plan.allocations.iter().enumerate().filter(move |(at, one)| !one.is_built && !with_lines.contains(at));
    given.filter_map(|(at, one)| {
        let (office, node) = plan.place(at)?;
        Some((office, node, one.cell.amount()?))
    })
}
