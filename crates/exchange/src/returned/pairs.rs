//! Which cells of a sheet are those of the sheet as it would be written now.

use std::collections::{BTreeSet, HashMap};

use logframe::{Id, Plan};

use crate::export::{Cell, Sheet as Written, SheetKind, Value};

/// A sheet as it would be written now, and where the cells of the sheet as it was written are in it.
pub struct Pairs<'n> {
    pub new: &'n Written,
    pub rows: HashMap<u32, u32>,
    pub columns: HashMap<u32, u32>,
}

/// What came of the things of a plan: what they are called now, and where its lines are.
pub struct Since {
    names: HashMap<String, Option<String>>,
    lines: Vec<Option<usize>>,
}

impl Since {
    /// Between two plans of the same things, apart from lines: those at the positions of `gone` are there no more.
    pub fn of(old: &Plan, new: &Plan, gone: &BTreeSet<usize>) -> Self {
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        let same = named(old).into_iter().zip(named(new)).filter(|((id, _), (own, _))| id == own);
        for ((_, was), (_, is)) in same {
            let known = names.entry(was).or_insert_with(|| Some(is.clone()));
            // What two things are called says nothing about either, where one of them is called otherwise now.
            *known = known.take().filter(|known| *known == is);
        }
        let mut kept = 0..;
        let lines = (0..old.lines.len()).map(|at| if gone.contains(&at) { None } else { kept.next() });
        Self { names, lines: lines.collect() }
    }

    /// What something is called now.
    pub fn name<'t>(&'t self, was: &'t str) -> &'t str {
        self.names.get(was).and_then(Option::as_deref).unwrap_or(was)
    }

    /// The place of a line now, by what it was.
    fn line(&self, at: usize) -> Option<usize> {
        self.lines.get(at).copied().flatten()
    }
}

/// The things of a plan that sheets name.
fn named(plan: &Plan) -> Vec<(Id, String)> {
    let offices = plan.offices.iter().map(|one| (one.id.value.clone(), one.name.clone()));
    let nodes = plan.nodes().iter().map(|one| (one.id.clone(), one.title.clone()));
    let categories = plan.cost_categories().into_iter().map(|one| (one.id.value, one.title));
    let donors = plan.donors.iter().map(|one| (one.id.value.clone(), one.name.clone()));
    offices.chain(nodes).chain(categories).chain(donors).collect()
}

impl<'n> Pairs<'n> {
    pub fn of(written: &Written, new: &'n Written, since: &Since) -> Self {
        let rows = if written.kind == SheetKind::Lines { lines(written, new, since) } else { labelled(written, new, since) };
        let old = heads(written, |name| since.name(name).to_owned());
        Self { new, rows, columns: paired(old, heads(new, ToOwned::to_owned)) }
    }

    /// The cell as it would be written now.
    pub fn cell(&self, row: u32, column: u16) -> Option<&'n Cell> {
        let column = self.columns.get(&column.into())?;
        self.new.cell(*self.rows.get(&row)?, u16::try_from(*column).ok()?)
    }
}

/// The rows of the sheet of lines.
fn lines(written: &Written, new: &Written, since: &Since) -> HashMap<u32, u32> {
    let [body, new_body] = [written, new].map(|sheet| sheet.body_rows);
    let first = written.first_row();
    let now = |at: u32| Some((first + at, first + u32::try_from(since.line(at as usize)?).ok()?));
    (0..body).filter_map(now).chain([(first + body, first + new_body)]).collect()
}

/// The rows of another sheet: by the line that a row is for, or by the texts that it begins with.
fn labelled(written: &Written, new: &Written, since: &Since) -> HashMap<u32, u32> {
    let of_line = |sheet: &Written, cells: &[Cell]| {
        let column = sheet.columns.iter().position(|column| column.key == "line")?;
        cells.get(column)?.value.number()?.to_string().parse::<usize>().ok()?.checked_sub(1)
    };
    let old = (0..).zip(&written.rows).map(|(row, cells)| match of_line(written, cells) {
        Some(at) => (row, since.line(at).map_or_else(|| format!("gone {at}"), |at| format!("line {at}"))),
        None => (row, label(cells, |name| since.name(name).to_owned())),
    });
    let now = (0..).zip(&new.rows).map(|(row, cells)| match of_line(new, cells) {
        Some(at) => (row, format!("line {at}")),
        None => (row, label(cells, ToOwned::to_owned)),
    });
    paired(old.collect(), now.collect())
}

/// Columns by their keys and their headings.
fn heads(sheet: &Written, name: impl Fn(&str) -> String) -> Vec<(u32, String)> {
    let heading = |at: usize| match &sheet.cell(sheet.header_row?, u16::try_from(at).ok()?)?.value {
        Value::Text(text) => Some(name(text)),
        _ => None,
    };
    let one = |(at, (position, key)): (u32, (usize, &str))| (at, format!("{key} {}", heading(position).unwrap_or_default()));
    (0..).zip(sheet.columns.iter().map(|column| column.key).enumerate()).map(one).collect()
}

/// What a row is called: by the texts that it begins with.
fn label(cells: &[Cell], name: impl Fn(&str) -> String) -> String {
    let text = |cell: &Cell| match &cell.value {
        Value::Text(text) => text.strip_prefix(SUBTOTAL).map_or_else(|| name(text), |of| format!("{SUBTOTAL}{}", name(of))),
        _ => String::new(),
    };
    cells.iter().take(2).map(text).collect::<Vec<_>>().join("\n")
}

/// What stands before the name of what a subtotal is of.
const SUBTOTAL: &str = "Subtotal ";

/// Pairs what has the same name, in order; a name that is there more often on one side pairs nothing.
fn paired(old: Vec<(u32, String)>, new: Vec<(u32, String)>) -> HashMap<u32, u32> {
    let grouped = |all: Vec<(u32, String)>| {
        let mut groups: HashMap<String, Vec<u32>> = HashMap::new();
        all.into_iter().for_each(|(at, name)| groups.entry(name).or_default().push(at));
        groups
    };
    let mut new = grouped(new);
    let pairs = grouped(old).into_iter().filter_map(|(name, old)| Some((old, new.remove(&name)?)));
    pairs.filter(|(old, new)| old.len() == new.len()).flat_map(|(old, new)| old.into_iter().zip(new)).collect()
}
