//! The plan's links to the Sustainable Development Goals.

use crate::plan::{self, Plan, SDG_GOALS, sdg_goal_of, sdg_title};
use crate::table::{Cell, Column, Table};

/// Every SDG goal or target that something in the plan is linked to, in the order of the goals, with what is linked to it.
pub fn sdg(plan: &Plan) -> Table {
    let columns = vec![
        Column::text("goal", "Goal"),
        Column::text("code", "Target"),
        Column::text("title", "Text"),
        Column::text("links", "Linked from"),
    ];
    let mut table = Table::new(format!("{}: Sustainable Development Goals", plan.header.title), columns);
    for (code, owners) in sdg_links(plan) {
        let goal = sdg_goal_of(&code);
        let name = goal.and_then(|goal| SDG_GOALS.get(goal - 1)).copied();
        let goal = goal.zip(name).map_or_else(|| "unknown".to_owned(), |(goal, name)| format!("{goal} {name}"));
        let text = sdg_title(&code).map_or(Cell::Absent, Cell::text);
        table.push(vec![Cell::text(goal), Cell::text(code), text, Cell::text(owners.join(", "))]);
    }
    table
}

/// Codes of SDG targets and goals with what is linked to each; codes in the order of the goals, digits before letters, `8.9` before
/// `8.10`.
///
/// ```
/// use logframe::{Draft, Header, Id, Plan, report};
/// let mut header = Header::new("demo", "Demo", "USD");
/// header.sdgs = vec!["10.7".parse::<Id>()?.into(), "5".parse::<Id>()?.into()];
/// let plan = Plan::new(Draft { header, ..Draft::default() });
/// assert_eq!(report::sdg_links(&plan), [("5".into(), vec!["the plan".to_owned()]), ("10.7".into(), vec!["the plan".into()])]);
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn sdg_links(plan: &Plan) -> Vec<(String, Vec<String>)> {
    let mut codes: Vec<(String, Vec<String>)> = Vec::new();
    for (owner, link) in plan::sdg_links(plan) {
        match codes.iter_mut().find(|(code, _)| code == link.as_str()) {
            Some((_, owners)) => owners.push(owner),
            None => codes.push((link.to_string(), vec![owner])),
        }
    }
    codes.sort_by_key(|(code, _)| order(code));
    codes
}

fn order(code: &str) -> (usize, bool, usize, String) {
    let (goal, target) = code.split_once('.').unwrap_or((code, ""));
    let number = target.parse().ok();
    (goal.parse().unwrap_or(usize::MAX), number.is_none() && !target.is_empty(), number.unwrap_or(0), target.to_owned())
}
