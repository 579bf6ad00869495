//! Which office carries out which activity, as the sheets say it.

use crate::plan::{Plan, Sheet};
use crate::table::{Cell, Column, Table};

/// The mark of an activity that an office carries out.
const MARK: &str = "x";

/// Activities by offices: a mark where one of the office's sheets lists the activity, and how many offices list it. An office whose
/// sheets list none at all has an empty column, which says nothing about its work; the notes name it.
pub fn activities(plan: &Plan) -> Table {
    let mut columns =
        vec![Column::text("outcome", "Outcome"), Column::text("activity", "Activity"), Column::text("title", "Title")];
    columns.extend(plan.offices.iter().map(|office| Column::text(office.id.as_str(), &office.name)));
    columns.push(Column::number("offices", "Offices"));
    let mut table = Table::new(format!("{}: activities by office", plan.header.title), columns);
    table.style = plan.number_style();
    for outcome in &plan.outcomes {
        for activity in outcome.all_activities() {
            let marks: Vec<bool> = plan.offices.iter().map(|office| carries_out(plan, &office.id, &activity.id)).collect();
            let count = i64::try_from(marks.iter().filter(|mark| **mark).count()).unwrap_or(i64::MAX);
            let mut cells = vec![Cell::text(outcome.id.as_str()), Cell::text(activity.id.as_str()), Cell::text(&activity.title)];
            cells.extend(marks.into_iter().map(|mark| if mark { Cell::text(MARK) } else { Cell::Absent }));
            cells.push(Cell::number(count.into()));
            table.push(cells);
        }
    }
    table.notes = notes(plan);
    table
}

/// Whether a sheet that speaks for an office lists an activity.
fn carries_out(plan: &Plan, office: &str, activity: &str) -> bool {
    sheets(plan, office).filter_map(|sheet| sheet.activities.as_ref()).flatten().any(|listed| listed.as_str() == activity)
}

fn sheets<'p>(plan: &'p Plan, office: &str) -> impl Iterator<Item = &'p Sheet> {
    plan.sheets.iter().filter(move |sheet| sheet.offices.iter().any(|id| id.as_str() == office))
}

fn notes(plan: &Plan) -> Vec<String> {
    let silent = plan.offices.iter().filter(|office| sheets(plan, &office.id).all(|sheet| sheet.activities.is_none()));
    let names: Vec<&str> = silent.map(|office| office.name.as_str()).collect();
    if names.is_empty() || plan.outcomes.is_empty() {
        return Vec::new();
    }
    vec![format!("no sheet lists activities of {}", names.join(", "))]
}
