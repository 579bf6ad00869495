//! Rows of a template that offices filled in: names that were chosen from its lists become ids again, and what cannot be a budget line is told at
//! its cell.

use std::collections::BTreeSet;
use std::path::Path;

use logframe::{Base, Draft, Id, Plan, Severity, Span, column_letters};

use super::rows::Rows;
use super::shown::Placed;
use super::{Comparing, at, record};
use crate::export::{BETWEEN, Sheet as Written, Value};
use crate::records::Field;
use crate::workbook::Sheet;

/// What a row needs to be a budget line, by key, and what each is called.
const NEEDED: [(&str, &str); 4] =
    [("office", "office"), ("result", "result"), ("description", "description"), ("unit-cost", "unit cost")];

/// How many names a hint lists.
const LISTED: usize = 8;

impl Comparing<'_> {
    /// The sheet of lines of a template, and its rows that are lines.
    pub(super) fn form<'s>(&mut self, plan: &Plan, written: &'s Written, sheet: &'s Sheet) -> Option<(Placed<'s>, Vec<u32>)> {
        let keys = written.columns.iter().map(|column| column.key).enumerate();
        let keys: Vec<(usize, &'static str)> = keys.filter(|(_, key)| crate::lines::COLUMNS.contains(key)).collect();
        let names = Names::of(plan, self.setter.draft());
        let header = self.header(written, sheet).ok()?.unwrap_or_default();
        let mut rows = Vec::new();
        for number in sheet.rows.iter().map(|row| row.number).filter(|number| *number > header) {
            let record = record(self.workbook, sheet, number);
            let cells = keys.iter().filter_map(|(at, key)| Some((*key, record.get(*at)?.clone())));
            let place = |key: &str| {
                let column = keys.iter().find(|(_, own)| *own == key).map(|(at, _)| column_letters(*at));
                format!("{}{}", column.unwrap_or_default(), number + 1)
            };
            rows.extend(self.row(&names, place, cells.collect()).map(|()| number));
        }
        self.typed_over(written, sheet, header);
        self.beside_form(written, sheet, header);
        Some((Placed { written, sheet, rows: Rows::of_form(written, header, &rows), added: Vec::new() }, rows))
    }

    /// Reads a row; `None` where it becomes no line.
    fn row(&mut self, names: &Names, place: impl Fn(&str) -> String, cells: Vec<(&'static str, Field<'_>)>) -> Option<()> {
        let (own, office): (Vec<_>, Vec<_>) = cells.into_iter().partition(|(key, _)| *key != "office" || !names.is_alone());
        let mut said = own.iter().filter(|(_, field)| !field.is_blank());
        let span = said.next().map(|(_, field)| field.span)?;
        if said.next().is_none() && own.iter().any(|(key, field)| *key == "remarks" && !field.is_blank()) {
            self.remark(span);
            return None;
        }
        let (of, mut cells): (Vec<_>, Vec<_>) = own.into_iter().partition(|(key, _)| *key == "of");
        cells.extend(office.first().map(|(key, field)| (*key, names.own_office(field, span))));
        let is_missing = self.missing(place, span, &cells);
        let filled = cells.into_iter().filter(|(_, field)| !field.is_blank());
        let (right, mut wrong) = split(filled.map(|(key, field)| names.with_id(key, field)));
        let of = of.iter().find(|(_, field)| !field.is_blank()).map(|(_, field)| names.base(field)).transpose();
        let of = of.unwrap_or_else(|why| {
            wrong.push(why);
            None
        });
        for (span, why, help) in &wrong {
            self.find(Severity::Error, Some(*span), why, help);
        }
        self.add(&right, of, is_missing || !wrong.is_empty())
    }

    /// Says what a row lacks; whether it lacks anything.
    fn missing(&mut self, place: impl Fn(&str) -> String, span: Span, cells: &[(&'static str, Field<'_>)]) -> bool {
        let mut is_missing = false;
        let is_percentage = cells.iter().any(|(key, field)| *key == "percent" && !field.is_blank());
        for (key, name) in NEEDED.into_iter().filter(|(key, _)| !is_percentage || *key != "unit-cost") {
            let field = cells.iter().find(|(own, _)| *own == key).map(|(_, field)| field);
            if field.is_none_or(Field::is_blank) {
                // Where nothing follows in the row, the file has no such cell.
                let message = format!("{} is empty: a budget line needs its {name}", place(key));
                let span = field.map_or(span, |field| field.span);
                self.find(Severity::Error, Some(span), message, "fill it in, or empty the whole row");
                is_missing = true;
            }
        }
        is_missing
    }

    /// Adds a line, unless something is wrong with it.
    fn add(&mut self, fields: &[(&'static str, Field<'_>)], of: Option<Base>, is_wrong: bool) -> Option<()> {
        let span = fields.first().map(|(_, field)| field.span);
        match self.setter.read_line(fields) {
            Ok(_) if is_wrong => None,
            Ok(mut line) => {
                // A percentage of nothing that is named is one of all other lines of the office.
                let of = of.or_else(|| line.is_percentage().then(Base::default));
                if line.of != of {
                    line.of = of;
                }
                line.source = span.and_then(|span| self.source(span)).map(Into::into);
                let what = self.setter.push_line(line);
                self.find(Severity::Note, span, format!("the budget line {what} was added"), "");
                Some(())
            }
            Err(whys) => {
                for (span, why) in whys {
                    self.find(Severity::Error, Some(span), why, "correct the cell");
                }
                None
            }
        }
    }

    /// A cell with its sheet and its file.
    fn source(&self, span: Span) -> Option<String> {
        let source = &self.workbook.source;
        let file = Path::new(source.name()).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        source.cell(span.start()).map(|cell| format!("{file}, {cell}"))
    }

    /// Numbers that were typed where the sheet works something out.
    fn typed_over(&mut self, written: &Written, sheet: &Sheet, header: u32) {
        let workbook = self.workbook;
        let formulas = written.cells().filter(|(.., cell)| matches!(cell.value, Value::Formula { .. }));
        for (row, column, cell) in formulas {
            let Some(row) = (row + header + 1).checked_sub(written.first_row()) else { continue };
            let place = (row, u32::from(column));
            if workbook.at(sheet, place.0, place.1).is_none_or(|field| field.is_blank()) {
                continue;
            }
            let field = workbook.at(sheet, place.0, place.1).filter(|field| !field.is_blank());
            self.computed(sheet, place, cell, field.as_ref());
        }
    }
}

type Wrong = (Span, String, String);

fn split<'f>(
    fields: impl Iterator<Item = Result<(&'static str, Field<'f>), Wrong>>,
) -> (Vec<(&'static str, Field<'f>)>, Vec<Wrong>) {
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    fields.for_each(|field| match field {
        Ok(field) => right.push(field),
        Err(why) => wrong.push(why),
    });
    (right, wrong)
}

/// What things are called that a row names: as they were when the template was made, and as they are called now.
struct Names {
    offices: Vec<(Id, Vec<String>)>,
    results: Vec<(Id, Vec<String>)>,
    categories: Vec<(Id, Vec<String>)>,
    donors: Vec<(Id, Vec<String>)>,
}

impl Names {
    fn of(plan: &Plan, now: &Draft) -> Self {
        let renamed = Plan::new(now.clone());
        let both = |named: fn(&Plan) -> Vec<(Id, String)>| -> Vec<(Id, Vec<String>)> {
            let pairs = named(plan).into_iter().zip(named(&renamed));
            pairs.map(|((id, name), (_, new))| (id, vec![new, name])).collect()
        };
        Self {
            offices: both(|plan| plan.offices.iter().map(|one| (one.id.value.clone(), one.name.clone())).collect()),
            results: both(|plan| plan.nodes().iter().map(|one| (one.id.clone(), one.title.clone())).collect()),
            categories: both(|plan| plan.cost_categories().into_iter().map(|one| (one.id.value, one.title)).collect()),
            donors: both(|plan| plan.donors.iter().map(|one| (one.id.value.clone(), one.name.clone())).collect()),
        }
    }

    fn is_alone(&self) -> bool {
        self.offices.len() == 1
    }

    /// The only office, where nobody has to choose one.
    fn own_office<'f>(&self, field: &Field<'f>, span: Span) -> Field<'f> {
        let id = self.offices.first().map(|(id, _)| id.to_string()).unwrap_or_default();
        let span = if field.is_blank() { span } else { field.span };
        Field { text: id.into(), span, kind: crate::workbook::Kind::Text }
    }

    /// What a percentage is of: the lines of a cost category, or those for a result.
    fn base(&self, field: &Field<'_>) -> Result<Base, Wrong> {
        let [category, result] = [&self.categories, &self.results].map(|things| resolved(things, &field.text));
        let mut base = Base::default();
        match (category, result) {
            (Ok(id), _) => base.categories = Some(vec![at(id.clone(), field.span)]),
            (Err(_), Ok(id)) => base.results = Some(vec![at(id.clone(), field.span)]),
            (Err(_), Err(ids)) => return Err(unknown(&self.results, "result, budget head or cost category", field, &ids)),
        }
        Ok(base)
    }

    /// A field with the id of what it names.
    fn with_id<'f>(&self, key: &'static str, field: Field<'f>) -> Result<(&'static str, Field<'f>), Wrong> {
        let (things, what) = match key {
            "office" => (&self.offices, "office"),
            "result" => (&self.results, "result or budget head"),
            "category" => (&self.categories, "cost category"),
            "donor" => (&self.donors, "donor"),
            _ => return Ok((key, field)),
        };
        match resolved(things, &field.text) {
            Ok(id) => Ok((key, Field { text: id.to_string().into(), ..field })),
            Err(ids) => Err(unknown(things, what, &field, &ids)),
        }
    }
}

/// The thing that a text names, by its id, by its name or by both; those that it could be, where it is not one.
fn resolved<'n>(things: &'n [(Id, Vec<String>)], text: &str) -> Result<&'n Id, BTreeSet<&'n Id>> {
    if let Some((id, _)) = things.iter().find(|(id, _)| id.as_str() == text) {
        return Ok(id);
    }
    let begins = |id: &Id| text.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with(BETWEEN));
    let wanted = text.trim().to_lowercase();
    let is_it = |(id, names): &&(Id, Vec<String>)| begins(id) || names.iter().any(|name| name.trim().to_lowercase() == wanted);
    let found: BTreeSet<&Id> = things.iter().filter(is_it).map(|(id, _)| id).collect();
    if found.len() == 1 { found.first().copied().ok_or_else(BTreeSet::new) } else { Err(found) }
}

fn unknown(things: &[(Id, Vec<String>)], what: &str, field: &Field<'_>, ids: &BTreeSet<&Id>) -> Wrong {
    let text = field.text.escape_debug();
    if ids.is_empty() {
        let names: Vec<&str> = things.iter().take(LISTED).filter_map(|(_, names)| names.first()).map(String::as_str).collect();
        let more = if things.len() > LISTED { ", …" } else { "" };
        let help = format!("choose one from the list: {}{more}", names.join(", "));
        return (field.span, format!("there is no {what} `{text}`"), help);
    }
    let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    (field.span, format!("`{text}` can be more than one {what}"), format!("write its id: {}", ids.join(", ")))
}
