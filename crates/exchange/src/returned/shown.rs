//! What computed cells show in the file, held against what they show for the new plan. A formula that gives another figure was changed, was not
//! calculated again, or does not count what was changed elsewhere.
//!
//! Figures tell, not the texts of formulas: every spreadsheet writes these its own way when it saves, and shifts the places in them.

use std::collections::{BTreeSet, HashMap};

use logframe::{BuiltLine, Decimal, NumberStyle, Plan, Severity, Span};

use super::rows::Rows;
use super::{Comparing, named, said};
use crate::export::{Book, Cell, Look, Sheet as Written, SheetKind, Shown, Value};
use crate::records::Field;
use crate::workbook::{Kind, Sheet, is_noise};

/// A sheet as it was written, and where its rows are in the file.
pub struct Placed<'b> {
    pub written: &'b Written,
    pub sheet: &'b Sheet,
    pub rows: Rows,
}

/// A form that was filled in, and its rows that are lines, in order.
pub struct Form<'b> {
    pub written: &'b Written,
    pub sheet: &'b Sheet,
    pub header: u32,
    pub rows: Vec<u32>,
}

/// A computed cell that shows something else than the plan works out.
struct Other {
    name: String,
    span: Span,
    shows: String,
    is: String,
    /// Whether its formula says something else than it was written with.
    is_changed: bool,
}

/// Cells that one finding names.
const NAMED: usize = 3;

/// What can be done about a cell that shows another figure.
const HELP: &str = "it was not calculated again, or it does not follow what was added, moved or typed elsewhere; the plan is made of what is typed";

impl Comparing<'_> {
    /// Says which computed cells show something else than the new plan's, whose book this is.
    pub(super) fn shown(&mut self, placed: &[Placed<'_>], new: &Book) {
        let is_moved = placed.iter().any(|one| one.rows.are_moved());
        let mut others = Vec::new();
        // Where figures are typed comes first, and what follows from all others last.
        let mut sheets: Vec<&Placed<'_>> = placed.iter().collect();
        sheets.sort_by_key(|one| (one.written.kind != SheetKind::Lines, one.written.kind == SheetKind::Summary));
        for one in sheets {
            if let Some(new) = new.sheets.iter().find(|new| new.name == one.written.name && new.kind == one.written.kind) {
                self.others(one, new, is_moved, &mut others);
            }
        }
        self.tell(others);
    }

    /// The same of the rows of a form, each of which is a line. A percentage counts other rows, and is right where these are.
    pub(super) fn shown_in_form(&mut self, form: &Form<'_>, new: &Plan) {
        let column = form.written.columns.iter().zip(0..).find(|(column, _)| column.key == "exact").map(|(_, at)| at);
        let Some(column) = column else { return };
        let lines = new.lines.iter().zip(new.built_lines()).zip(&form.rows).filter(|((line, _), _)| !line.is_percentage());
        let other = |((_, built), row): ((_, &BuiltLine), &u32)| {
            let (field, formula) = (self.workbook.at(form.sheet, *row, column)?, form.sheet.formula(*row, column)?);
            let (shows, is) = (number(&field)?, built.exact.ok()?);
            let was =
                form.written.cell((*row + form.written.first_row()).checked_sub(form.header + 1)?, u16::try_from(column).ok()?);
            let is_changed = was.is_some_and(|was| plain(&said(&was.value), true) != plain(formula, true));
            let is_it = shows.exact_sub(is).is_some_and(|off| is_noise(is, off));
            let name = named(form.sheet, *row, column);
            (!is_it).then(|| Other { name, span: field.span, shows: grouped(shows), is: grouped(is), is_changed })
        };
        let others = lines.filter_map(other).collect();
        self.tell(others);
    }

    fn tell(&mut self, others: Vec<Other>) {
        let (changed, follow): (Vec<Other>, Vec<Other>) = others.into_iter().partition(|other| other.is_changed);
        for Other { name, span, shows, is, .. } in changed {
            let message = format!("{name} shows {shows}, and the plan works out {is}: its formula was changed");
            self.find(
                Severity::Warning,
                Some(span),
                message,
                "put its formula back, and change the figures that it is worked out of",
            );
        }
        if let Some((Other { name, span, shows, is, .. }, more)) = follow.split_first() {
            let names: Vec<&str> = more.iter().take(NAMED).map(|other| other.name.as_str()).collect();
            let and_more = match more.len() {
                0 => String::new(),
                1 => format!("; {} differs too", names.concat()),
                count => {
                    format!("; {count} more cells differ too: {}{}", names.join(", "), if count > NAMED { ", …" } else { "" })
                }
            };
            let message = format!("{name} shows {shows}, and the plan works out {is}{and_more}");
            self.find(Severity::Warning, Some(*span), message, HELP);
        }
    }

    fn others(&self, placed: &Placed<'_>, new: &Written, is_moved: bool, others: &mut Vec<Other>) {
        let Placed { written, sheet, rows } = placed;
        let pairs = Pairs::of(written, new, self.setter.gone());
        // What is worked out here and written as a number, as years are, follows nothing in the file; neither do its sums.
        let is_fixed =
            |cell: &Cell| cell.origin.is_none() && matches!((&cell.value, cell.style.look), (Value::Number(_), Look::Number(_)));
        let is_old = |(row, column, cell): (u32, u16, &Cell)| {
            is_fixed(cell) && pairs.cell(row, column).is_some_and(|new| new.value != cell.value)
        };
        if written.cells().any(is_old) {
            return;
        }
        // Subtracting leaves behind what is noise beside the largest figures.
        let numbers = new.cells().filter_map(|(.., cell)| cell.value.number()).map(Decimal::abs);
        let largest = numbers.max().unwrap_or_default();
        let formulas = written.cells().filter(|(.., cell)| matches!(cell.value, Value::Formula { .. }));
        for (row, column, cell) in formulas {
            let (Some(now), Some(new)) = (rows.now(row), pairs.cell(row, column)) else { continue };
            let (Some(field), Some(formula)) = (self.workbook.at(sheet, now, column.into()), sheet.formula(now, column.into()))
            else {
                continue;
            };
            let Some(is) = other(&field, new, largest) else { continue };
            let Value::Formula { text, .. } = &cell.value else { continue };
            others.push(Other {
                name: named(sheet, now, column.into()),
                span: field.span,
                shows: number(&field).map_or_else(|| format!("`{}`", field.text.escape_debug()), grouped),
                is,
                is_changed: plain(text, !is_moved) != plain(formula, !is_moved),
            });
        }
    }
}

/// What a cell should show, where it shows something else.
fn other(field: &Field<'_>, cell: &Cell, largest: Decimal) -> Option<String> {
    // A formula that was never calculated shows nothing, and a day is a number that somebody has shown in another way.
    if field.kind == Kind::Date || (field.kind == Kind::Error && field.text.starts_with('=')) {
        return None;
    }
    let wanted = match &cell.value {
        Value::Number(number) | Value::Formula { shows: Shown::Number(number), .. } => *number,
        Value::Formula { shows: Shown::Text(text), .. } => return (field.text != text.trim()).then(|| format!("`{text}`")),
        Value::Formula { shows: Shown::Dash, .. } => return (field.text != logframe::Cell::NONE).then(|| "none".to_owned()),
        Value::Blank | Value::Formula { shows: Shown::Nothing, .. } => return (!field.is_blank()).then(|| "nothing".to_owned()),
        Value::Text(_) => return None,
    };
    let is_it = number(field).and_then(|shown| shown.exact_sub(wanted)).is_some_and(|off| is_noise(largest, off));
    (!is_it).then(|| grouped(wanted))
}

/// The number of a field, whether it is shown in per cent or not.
fn number(field: &Field<'_>) -> Option<Decimal> {
    match field.kind {
        Kind::Number => field.text.parse().ok(),
        Kind::Percent => field.text.strip_suffix('%')?.parse::<Decimal>().ok()?.percent(),
        _ => None,
    }
}

fn grouped(number: Decimal) -> String {
    number.normalized().grouped(NumberStyle::of_language("en"))
}

/// Which cells of a sheet are those of the sheet as it would be written now.
struct Pairs<'n> {
    new: &'n Written,
    rows: HashMap<u32, u32>,
    columns: HashMap<u32, u32>,
}

impl<'n> Pairs<'n> {
    fn of(written: &Written, new: &'n Written, gone: &BTreeSet<usize>) -> Self {
        let mut kept = 0..;
        let still = |at: usize| if gone.contains(&at) { None } else { kept.next() };
        let names = |sheet: &Written| (0..).zip(&sheet.rows).map(|(row, cells)| (row, label(cells))).collect::<Vec<_>>();
        let rows = if written.kind == SheetKind::Lines {
            let [body, new_body] = [written, new].map(|sheet| sheet.body_rows as usize);
            let first = written.first_row();
            let of_lines = (first..).zip((0..body).map(still)).filter_map(|(row, at)| Some((row, first + at?)));
            let totals = [body, new_body].map(|rows| first + u32::try_from(rows).unwrap_or(u32::MAX));
            of_lines.chain([totals.into()]).collect()
        } else {
            paired(names(written), names(new))
        };
        let heads = |sheet: &Written| {
            let heading = |at: usize| sheet.cell(sheet.header_row?, u16::try_from(at).ok()?).map(|cell| cell.value.clone());
            (0..).zip(sheet.columns.iter().enumerate().map(|(at, column)| (column.key, heading(at)))).collect::<Vec<_>>()
        };
        let key = |(at, (key, heading)): (u32, (&str, Option<Value>))| (at, format!("{key} {heading:?}"));
        let [old, now] = [written, new].map(|sheet| heads(sheet).into_iter().map(key).collect());
        Self { new, rows, columns: paired(old, now) }
    }

    fn cell(&self, row: u32, column: u16) -> Option<&'n Cell> {
        let column = self.columns.get(&column.into())?;
        self.new.cell(*self.rows.get(&row)?, u16::try_from(*column).ok()?)
    }
}

/// What a row is called: by the texts that it begins with.
fn label(cells: &[Cell]) -> String {
    let text = |cell: &Cell| if let Value::Text(text) = &cell.value { text.clone() } else { String::new() };
    cells.iter().take(2).map(text).collect::<Vec<_>>().join("\n")
}

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

/// A formula without what spreadsheets write in their own way: blanks, dollar signs, quotes, case, `;` for `,`, `[.A1]` for `A1`, prefixes of newer
/// functions. Places that may have moved are left out of it, too.
fn plain(formula: &str, has_places: bool) -> String {
    let text = formula.trim();
    let text = text.strip_prefix("of:").unwrap_or(text).trim_start_matches('=');
    let kept = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '$' | '\'' | '[' | ']' | '.' | '!'));
    let kept: String = kept.map(|c| if c == ';' { ',' } else { c.to_ascii_uppercase() }).collect();
    let kept = kept.replace("_XLFN", "").replace("_XLWS", "");
    if has_places {
        return kept;
    }
    let parts = kept.split_inclusive(|c: char| !c.is_alphanumeric());
    parts.map(without_place).collect::<String>().replace("#:#", "#")
}

/// A word of a formula; `#` for a place.
fn without_place(word: &str) -> String {
    let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_place = letters.len() < name.len() && letters.ends_with(|c: char| c.is_ascii_alphabetic());
    if is_place { format!("#{}", word.get(name.len()..).unwrap_or_default()) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_spreadsheets_write_differently_is_the_same_formula() {
        let same = |a: &str, b: &str| plain(a, true) == plain(b, true);
        assert!(same("SUM(Lines!S5:S9,S12)", "of:=SUM([$Lines.S5:.S9];[.S12])"));
        assert!(same("ROUND(100*C5/C$9,1)", "round( 100*c5/$C$9, 1 )"));
        assert!(same("SUM('SDG'!A1)", "SUM(SDG!A1)"));
        assert!(same("IFERROR(A1,\"\")", "_xlfn.IFERROR(A1,\"\")"));
        assert!(!same("SUM(C5:C9)", "SUM(C5:C8)"));
        assert!(!same("SUM(C5:C9)", "SUM(C5:C9)*0.9"));
    }

    #[test]
    fn places_that_moved_do_not_make_another_formula() {
        let same = |a: &str, b: &str| plain(a, false) == plain(b, false);
        assert!(same("SUM(Lines!S5:S9)*LOG10(B2)", "SUM([Lines.S6:.S10])*LOG10(B3)"));
        assert!(!same("SUM(C5:C9)", "SUM(C6:C10)*0.9"));
    }
}
