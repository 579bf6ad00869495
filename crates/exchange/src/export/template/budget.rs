//! Offices by outcomes and budget heads, which fills itself from the lines.

use super::super::context::{BUDGET, Context, LINES, LISTS, RESULTS, column, row};
use super::super::formula::{At, whole};
use super::super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::super::page::{FIRST, Head, Page};
use super::lines::columns;
use super::lists::{Lists, OFFICE, shown, titles};

/// The first column of an outcome or head.
const FIRST_ROOT: u16 = 2;

pub fn budget(context: &Context<'_>, lists: &Lists, results: Option<&Sheet>, lines: u32) -> Sheet {
    let mut page = page(context, results);
    let offices = context.plan.offices.len();
    for at in 0..offices {
        page.push(office(context, lists, at, lines));
    }
    page.push_total(totals(context, offices));
    page.push_beside(unplaced(context, offices, lines));
    Sheet { is_protected: true, ..page.sheet() }
}

fn page(context: &Context<'_>, results: Option<&Sheet>) -> Page {
    let mut heads = vec![Head::text("office", "Id", 14), Head::text("name", "Office", 28)];
    let nodes = context.plan.nodes();
    let rows = titles(results);
    let roots = context.roots.iter().filter_map(|at| Some((nodes.get(*at)?, rows.get(at))));
    heads.extend(roots.map(|(node, place)| Head::new("amount", heading(&node.title, place), 18)));
    heads.push(Head::number("total", context.in_currency("Total"), 18));
    let note = "It fills itself from the sheet Lines.";
    let mut page = Page::new(BUDGET, SheetKind::Budget, "Budget by office and outcome", note, heads).frozen(FIRST_ROOT);
    let ids = context.roots.iter().filter_map(|at| nodes.get(*at)).map(|node| Cell::text(node.id.as_str(), Look::Right));
    page.above(&[Cell::default(), Cell::default()].into_iter().chain(ids).collect::<Vec<_>>());
    page
}

/// The title of a result, as it is called on the sheet of the results.
fn heading(title: &str, place: Option<&(u32, u16)>) -> Cell {
    let text = Cell::text(title, Look::NumberHeading);
    let Some((row, column)) = place else { return text };
    Cell { style: text.style, ..shown(At::new(*row, *column).name_on(RESULTS), title.to_owned()) }
}

fn office(context: &Context<'_>, lists: &Lists, at: usize, lines: u32) -> Vec<Cell> {
    let Some(office) = context.plan.offices.get(at) else { return Vec::new() };
    let name = Cell::text(&office.name, Look::Text).of(Origin::Office { at, key: "name" });
    let roots = context.roots.iter().filter_map(|root| context.plan.nodes().get(*root));
    let amounts = roots.map(|root| amount(sum(lists, at, &root.id, lines).unwrap_or_default(), context));
    let total = total(At::new(row(at), FIRST_ROOT), At::new(row(at), last_root(context)), context).total_beside();
    [Cell::id(&office.id), name].into_iter().chain(amounts).chain([total]).collect()
}

fn last_root(context: &Context<'_>) -> u16 {
    column(FIRST_ROOT, context.roots.len()).saturating_sub(1)
}

/// The lines of an office for an outcome or head.
fn sum(lists: &Lists, at: usize, root: &str, lines: u32) -> Option<String> {
    let range = |column| whole(LINES, At::new(FIRST, column), At::new(FIRST + lines.saturating_sub(1), column));
    lists.range(OFFICE)?;
    let office = At::new(row(at), OFFICE).name_on(LISTS);
    let [offices, outcomes, amounts] = [columns::OFFICE, columns::OUTCOME, columns::AMOUNT].map(range);
    let root = root.replace('"', "\"\"");
    Some(format!("SUMPRODUCT(EXACT({offices},{office})*EXACT({outcomes},\"{root}\"),{amounts})"))
}

/// A formula that comes to nothing as long as there are no lines.
fn amount(text: String, context: &Context<'_>) -> Cell {
    Cell::formula(text, 0.into(), context.decimals()).grey()
}

fn total(from: At, to: At, context: &Context<'_>) -> Cell {
    amount(format!("SUM({}:{})", from.name(), to.name()), context)
}

fn totals(context: &Context<'_>, offices: usize) -> Vec<Cell> {
    let last = row(offices.saturating_sub(1));
    let sums = (FIRST_ROOT..=last_root(context) + 1).map(|column| total(At::new(FIRST, column), At::new(last, column), context));
    [Cell::default(), Cell::text("Total", Look::Text)].into_iter().chain(sums).collect()
}

/// What lines come to that are not in the table, because their office or their result is missing.
fn unplaced(context: &Context<'_>, offices: usize, lines: u32) -> Vec<Cell> {
    let column = last_root(context) + 1;
    let all = whole(LINES, At::new(FIRST, columns::AMOUNT), At::new(FIRST + lines.saturating_sub(1), columns::AMOUNT));
    let text = format!("SUM({all})-{}", At::new(row(offices), column).name());
    let blanks = std::iter::repeat_n(Cell::default(), usize::from(column.saturating_sub(FIRST_ROOT)));
    let label = Cell::text("Lines without office or result", Look::Text);
    [Cell::default(), label].into_iter().chain(blanks).chain([amount(text, context)]).collect()
}
