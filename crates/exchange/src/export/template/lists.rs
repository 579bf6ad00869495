//! What the lists to choose from offer, on a sheet of its own. Names that can be changed elsewhere are formulas here, so that the lists
//! follow them.

use std::collections::HashMap;

use logframe::Id;

use super::super::context::{BUDGET, Context, LISTS, RATE, RATES, RESULTS, row};
use super::super::formula::{At, whole};
use super::super::lines::the_rate;
use super::super::model::{Cell, Look, Origin, Part, Sheet, SheetKind, Shown, Style, Value};
use super::super::page::{FIRST, Head, Page};

/// What stands between an id and a name.
pub const BETWEEN: &str = " · ";

/// How much of a title is offered: a list is as wide as its column.
const TITLE: usize = 60;

/// Columns of the sheet.
pub const OFFICE: u16 = 0;
pub const RESULT: u16 = 1;
pub const RESULT_ID: u16 = 2;
pub const OUTCOME: u16 = 3;
pub const CATEGORY: u16 = 4;
pub const CURRENCY: u16 = 5;
pub const RATE_OF: u16 = 6;
pub const DONOR: u16 = 7;
pub const BASE: u16 = 8;

/// The lists, a column each.
pub struct Lists {
    columns: [Vec<Cell>; 9],
    /// That of the plan.
    currency: String,
}

impl Lists {
    /// The lists of a plan whose results are on this sheet.
    pub fn of(context: &Context<'_>, results: Option<&Sheet>) -> Self {
        let nodes = context.plan.nodes();
        let roots = (0..nodes.len()).filter_map(|at| Some(Cell::id(&nodes.get(context.root(at))?.id)));
        let donors: Vec<_> = context.plan.donors.iter().map(|donor| (&donor.id.value, donor.name.as_str())).collect();
        let categories = context.plan.cost_categories();
        let categories: Vec<_> = categories.iter().map(|one| (&one.id.value, one.title.as_str())).collect();
        let [currencies, rates] = currencies(context);
        let results = choices_of_results(context, results);
        let categories: Vec<Cell> = labels(&categories).into_iter().map(|label| Cell::text(label, Look::Id)).collect();
        let bases = context.roots.iter().filter_map(|root| results.get(*root)).chain(&categories).cloned().collect();
        Self {
            columns: [
                offices(context),
                results,
                nodes.iter().map(|node| Cell::id(&node.id)).collect(),
                roots.collect(),
                categories,
                currencies,
                rates,
                labels(&donors).into_iter().map(|label| Cell::text(label, Look::Id)).collect(),
                bases,
            ],
            currency: context.plan.header.currency.value.clone(),
        }
    }

    /// The places of a list, wherever the formula stands; `None` where it is empty.
    pub fn range(&self, column: u16) -> Option<String> {
        let last = self.columns.get(usize::from(column))?.len().checked_sub(1)?;
        Some(whole(LISTS, At::new(FIRST, column), At::new(row(last), column)))
    }

    pub fn sheet(self) -> Sheet {
        let note = "What the lists of the other sheets offer. There is nothing to fill in here.";
        let mut page = Page::new(LISTS, SheetKind::Lists, "Lists to choose from", note, heads(&self.currency));
        let longest = self.columns.iter().map(Vec::len).max().unwrap_or_default();
        for at in 0..longest {
            page.push(self.columns.iter().map(|column| column.get(at).cloned().unwrap_or_default()).collect());
        }
        Sheet { is_protected: true, ..page.sheet() }
    }
}

fn heads(currency: &str) -> Vec<Head> {
    vec![
        Head::text("office", "Office", 26),
        Head::text("result", "Result or budget head", 48),
        Head::text("id", "Its id", 13),
        Head::text("outcome", "In", 13),
        Head::text("category", "Cost category", 40),
        Head::text("currency", "Currency", 10),
        Head::number("rate", format!("For one {currency}"), 14),
        Head::text("donor", "Donor", 26),
        Head::text("base", "What a percentage is of", 28),
    ]
}

/// Names of offices, as they stand on the sheet of the budget.
fn offices(context: &Context<'_>) -> Vec<Cell> {
    let things: Vec<(&Id, &str)> = context.plan.offices.iter().map(|one| (&one.id.value, one.name.as_str())).collect();
    let labels = labels(&things).into_iter().enumerate();
    let one = |(at, label): (usize, String)| {
        let [id, name] = [0, 1].map(|column| At::new(row(at), column).name_on(BUDGET));
        let is_name = things.get(at).is_some_and(|(_, name)| *name == label);
        let text = if is_name { name } else { format!("{id}&\"{BETWEEN}\"&{name}") };
        shown(text, label)
    };
    labels.map(one).collect()
}

/// Ids and titles of results, as they stand on the sheet of the results.
fn choices_of_results(context: &Context<'_>, results: Option<&Sheet>) -> Vec<Cell> {
    let rows = titles(results);
    let one = |(at, node): (usize, &logframe::Node)| {
        let label = format!("{}{BETWEEN}{}", node.id, node.title.chars().take(TITLE).collect::<String>());
        let Some((row, column)) = rows.get(&at) else { return Cell::id(&label) };
        let [id, title] = [column - 1, *column].map(|column| At::new(*row, column).name_on(RESULTS));
        shown(format!("{id}&\"{BETWEEN}\"&LEFT({title},{TITLE})"), label)
    };
    context.plan.nodes().iter().enumerate().map(one).collect()
}

/// Where the titles of results stand.
pub fn titles(results: Option<&Sheet>) -> HashMap<usize, (u32, u16)> {
    results.into_iter().flat_map(Sheet::cells).filter_map(title_of).collect()
}

fn title_of((row, column, cell): (u32, u16, &Cell)) -> Option<(usize, (u32, u16))> {
    match cell.origin {
        Some(Origin::Result { node, key: "title" }) => Some((node, (row, column))),
        _ => None,
    }
}

/// The plan's currency and those that it has rates for, each with its only rate.
fn currencies(context: &Context<'_>) -> [Vec<Cell>; 2] {
    let own = context.plan.header.currency.as_str();
    let mut codes: Vec<&str> = std::iter::once(own).chain(context.plan.rates.iter().map(|rate| rate.currency.as_str())).collect();
    let mut seen = Vec::new();
    codes.retain(|code| {
        !seen.contains(code) && {
            seen.push(*code);
            true
        }
    });
    let rate = |code: &&str| match the_rate(context, code) {
        _ if *code == own => Cell::count(1),
        Some((at, rate)) => Cell::formula(At::new(row(at), RATE).name_on(RATES), rate, 0),
        None => Cell::default(),
    };
    [codes.iter().map(|code| Cell::id(code)).collect(), codes.iter().map(rate).collect()]
}

/// A formula that shows a text.
pub fn shown(text: String, label: String) -> Cell {
    let value = Value::Formula { text, shows: Shown::Text(label) };
    Cell { value, style: Style { look: Look::Text, part: Part::Body }, ..Cell::default() }
}

/// What things are called in a list: by their names, and by their ids too where two have one name.
fn labels(things: &[(&Id, &str)]) -> Vec<String> {
    let mut count: HashMap<String, usize> = HashMap::new();
    things.iter().for_each(|(_, name)| *count.entry(name.trim().to_lowercase()).or_default() += 1);
    let is_clear = |name: &str| !name.trim().is_empty() && count.get(&name.trim().to_lowercase()) == Some(&1);
    let label = |(id, name): &(&Id, &str)| if is_clear(name) { (*name).to_owned() } else { format!("{id}{BETWEEN}{name}") };
    things.iter().map(label).collect()
}
