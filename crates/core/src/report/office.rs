//! What the plan says about one office: its money, and its sheets.

use crate::error::Error;
use crate::plan::{Plan, Sheet};
use crate::table::{Cell, Column, Table};

/// An office's money by outcome and budget head, printed beside allocated, then one table for each sheet that speaks for it.
///
/// # Errors
/// [`Error::Unknown`] with the nearest id.
pub fn office(plan: &Plan, id: &str) -> Result<Vec<Table>, Error> {
    let index = plan.index();
    let Some(position) = index.office(id) else {
        let mut ids: Vec<&str> = index.office_ids().collect();
        ids.sort_unstable();
        return Err(Error::unknown("office", id, ids));
    };
    let mut tables = vec![money(plan, position)];
    let sheets = plan.sheets.iter().filter(|sheet| sheet.offices.iter().any(|office| office.as_str() == id));
    tables.extend(sheets.map(|sheet| self::sheet(plan, sheet)));
    Ok(tables)
}

fn money(plan: &Plan, position: usize) -> Table {
    let columns = vec![
        Column::text("id", "Id"),
        Column::text("result", "Outcome or budget head"),
        Column::number("allocated", "Allocated"),
        Column::number("printed", "Printed"),
    ];
    let office = plan.offices.get(position);
    let (id, name) = office.map_or(("", ""), |office| (office.id.as_str(), office.name.as_str()));
    let mut table = Table::new(format!("{name}, {}", plan.header.currency.value), columns);
    table.style = plan.number_style();
    for (root, node) in plan.nodes().iter().enumerate().filter(|(_, node)| node.parent.is_none()) {
        let allocated = super::cell(plan, super::row_under(plan, position, root));
        table.push(vec![Cell::text(node.id.as_str()), Cell::text(&node.title), allocated, printed(plan, id, Some(&node.id))]);
    }
    let total = super::cell(plan, super::row(plan, position));
    table.push_total(vec![Cell::text("Total"), Cell::Absent, total, printed(plan, id, None)]);
    table
}

fn printed(plan: &Plan, office: &str, result: Option<&str>) -> Cell {
    super::printed_amount(plan, Some(office), result).map_or(Cell::Absent, Cell::number)
}

fn sheet(plan: &Plan, sheet: &Sheet) -> Table {
    let title = sheet.title.as_deref().unwrap_or(&sheet.id);
    let columns = vec![Column::text("part", "Part"), Column::text("id", "Id"), Column::text("text", "Text")];
    let mut table = Table::new(format!("Sheet {title}"), columns);
    let mut add = |part: &str, id: Cell, text: &str| table.push(vec![Cell::text(part), id, Cell::text(text)]);
    for (outcome, challenges) in &sheet.challenges {
        challenges.iter().for_each(|text| add("challenge", Cell::text(outcome.as_str()), text));
    }
    sheet.other_challenges.iter().for_each(|text| add("challenge", Cell::Absent, text));
    sheet.highlights.iter().for_each(|text| add("highlight", Cell::Absent, text));
    for activity in sheet.activities.iter().flatten() {
        let of_plan = || plan.node(activity).map_or("", |node| node.title.as_str());
        let words = sheet.wording.get(activity).map_or_else(of_plan, String::as_str);
        add("activity", Cell::text(activity.as_str()), words);
    }
    table
}
