//! Office Open XML workbooks (ECMA-376): `.xlsx` and `.xlsm`.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use quick_xml::events::BytesStart;

use super::area::{Area, cell};
use super::builder::Builder;
use super::formula::moved;
use super::money::Money;
use super::package::Package;
use super::styles::{Shown, styles};
use super::xml::{Node, Xml, attribute, attributes, end_name, name};
use super::{Kind, Workbook};

/// What is known about the workbook before its sheets are read.
struct Book {
    sheets: Vec<(String, bool, String)>,
    texts: Texts,
    styles: Vec<(Shown, Option<Money>)>,
    /// Whether days are counted from 1904.
    is_1904: bool,
}

/// The texts that cells share, in one.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start..*self.ends.get(at)?)
    }
}

/// Reads a workbook.
pub fn read(file: &str, package: &mut Package<'_>) -> Result<Workbook, String> {
    if package.has("xl/workbook.bin") {
        return Err("it is in the binary form .xlsb; open it in a spreadsheet and save it as .xlsx".to_owned());
    }
    let mut builder = Builder::default();
    let book = book(package, &mut builder)?;
    for (sheet, is_hidden, part) in &book.sheets {
        builder.sheet(sheet, *is_hidden);
        // A chart has a sheet of its own, and no cells.
        if let Some(part) = package.part(part)? {
            Reading { book: &book, builder: &mut builder, shared: HashMap::new(), row: 0, column: 0 }
                .sheet(&mut Xml::new(part))
                .map_err(|why| format!("sheet {}: {why}", sheet.escape_debug()))?;
        }
    }
    drop(book);
    Ok(builder.finish(file))
}

fn book(package: &mut Package<'_>, builder: &mut Builder) -> Result<Book, String> {
    let start = relations(package, "")?;
    let main = start.iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target.clone());
    let relations = relations(package, &main)?;
    let part = package.part(&main)?.ok_or("it is a zip archive, and no workbook is in it")?;
    let mut xml = Xml::new(part);
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    while let Some(node) = xml.next()? {
        let (Node::Start(start) | Node::Empty(start)) = node else { continue };
        match name(&start) {
            "sheet" => {
                let target = attribute(&start, "id").and_then(|id| relations.iter().find(|relation| relation.id == *id));
                let is_hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                let name = attribute(&start, "name").unwrap_or_default().into_owned();
                sheets.push((name, is_hidden, target.map(|relation| relation.target.clone()).unwrap_or_default()));
            }
            "workbookPr" => is_1904 = attribute(&start, "date1904").is_some_and(|value| value == "1" || value == "true"),
            "externalReference" => {
                builder.note("the workbook has links to other files; they are not followed, their last values are used");
            }
            _ => {}
        }
    }
    drop(xml);
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind)).map(|one| one.target.clone());
    if of_kind("/vbaProject").is_some() {
        builder.note("the workbook has macros; they are not run");
    }
    let texts = of_kind("/sharedStrings").map(|part| texts(package, &part)).transpose()?.unwrap_or_default();
    let styles = of_kind("/styles").map(|part| styles(package, &part)).transpose()?.unwrap_or_default();
    Ok(Book { sheets, texts, styles, is_1904 })
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// What a part refers to.
fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Relation>, String> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let separator = if folder.is_empty() { "" } else { "/" };
    let Some(part) = package.part(&format!("{folder}{separator}_rels/{file}.rels"))? else { return Ok(Vec::new()) };
    let (mut xml, mut all) = (Xml::new(part), Vec::new());
    while let Some(node) = xml.next()? {
        let (Node::Start(start) | Node::Empty(start)) = node else { continue };
        if name(&start) == "Relationship" {
            let text = |key: &str| attribute(&start, key).unwrap_or_default().into_owned();
            let target = text("Target");
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}{separator}{target}"),
            };
            all.push(Relation { id: text("Id"), kind: text("Type"), target });
        }
    }
    Ok(all)
}

fn texts(package: &mut Package<'_>, part: &str) -> Result<Texts, String> {
    let Some(part) = package.part(part)? else { return Ok(Texts::default()) };
    let (mut xml, mut texts, mut is_text, mut phonetic) = (Xml::new(part), Texts::default(), false, 0);
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(start) => match name(&start) {
                "t" => is_text = true,
                "rPh" => phonetic += 1,
                _ => {}
            },
            Node::Empty(start) if name(&start) == "si" => texts.ends.push(texts.all.len()),
            Node::Text(text) if is_text && phonetic == 0 => texts.all.push_str(&unescaped(&text)),
            Node::End(end) => match end_name(&end) {
                "t" => is_text = false,
                "rPh" => phonetic -= 1,
                "si" => texts.ends.push(texts.all.len()),
                _ => {}
            },
            _ => {}
        }
        if texts.all.len() > 128 * 1024 * 1024 {
            return Err("it has more text than is read".to_owned());
        }
    }
    Ok(texts)
}

/// A sheet that is being read.
struct Reading<'r> {
    book: &'r Book,
    builder: &'r mut Builder,
    /// Formulas that cells share, by their number, with the cell that each is written for.
    shared: HashMap<u32, ((u32, u32), String)>,
    row: u32,
    column: u32,
}

/// What stands in the cell under way.
#[derive(Default)]
struct Stored {
    kind: String,
    shown: Shown,
    /// The currency that it is shown in.
    money: Option<Money>,
    value: String,
    formula: Option<String>,
    /// The formula that it shares, by its number.
    shares: Option<u32>,
}

impl Reading<'_> {
    fn sheet<R: std::io::BufRead>(mut self, xml: &mut Xml<R>) -> Result<(), String> {
        let mut stored = Stored::default();
        // In which element of the cell the text under way is.
        let (mut is_value, mut is_formula, mut phonetic) = (false, false, false);
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(start) => match name(&start) {
                    "row" => self.row_begins(&start)?,
                    "c" => stored = self.cell_begins(&start, stored),
                    "v" | "t" => is_value = !phonetic,
                    "rPh" => phonetic = true,
                    "f" => {
                        is_formula = true;
                        stored.formula = Some(String::new());
                        stored.shares = shared(&start);
                    }
                    "col" => self.columns(&start),
                    "mergeCell" => self.merged(&start),
                    _ => {}
                },
                Node::Empty(start) => match name(&start) {
                    "row" => {
                        self.row_begins(&start)?;
                        self.row += 1;
                    }
                    "c" => {
                        let _ = self.cell_begins(&start, Stored::default());
                        self.column += 1;
                    }
                    "f" => (stored.formula, stored.shares) = (Some(String::new()), shared(&start)),
                    "col" => self.columns(&start),
                    "mergeCell" => self.merged(&start),
                    _ => {}
                },
                Node::Text(text) if is_value => stored.value.push_str(&text),
                Node::Text(text) if is_formula => stored.formula.get_or_insert_default().push_str(&text),
                Node::End(end) => match end_name(&end) {
                    "v" | "t" => is_value = false,
                    "f" => is_formula = false,
                    "rPh" => phonetic = false,
                    "c" => {
                        self.store(&stored)?;
                        self.column += 1;
                    }
                    "row" => self.row += 1,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn row_begins(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if let Some(number) = attribute(start, "r").and_then(|row| row.parse::<u32>().ok()) {
            self.row = number.checked_sub(1).ok_or("a row has the number 0")?;
        }
        self.column = 0;
        self.builder.row(self.row, is_set(start, "hidden"))
    }

    /// Takes over what the cell before used, to save its memory.
    fn cell_begins(&mut self, start: &BytesStart<'_>, mut stored: Stored) -> Stored {
        stored.value.clear();
        stored.kind.clear();
        let mut style = 0;
        for (name, value) in attributes(start) {
            match name {
                "r" => self.column = cell(&value).map_or(self.column, |(_, column)| column),
                "t" => stored.kind.push_str(&value),
                "s" => style = value.parse().unwrap_or_default(),
                _ => {}
            }
        }
        (stored.shown, stored.money) = self.book.styles.get(style).copied().unwrap_or_default();
        (stored.formula, stored.shares) = (None, None);
        stored
    }

    fn store(&mut self, stored: &Stored) -> Result<(), String> {
        let (column, value) = (self.column, stored.value.as_str());
        if let (true, Some(formula), "") = (value.is_empty(), &stored.formula, stored.kind.as_str()) {
            // A program wrote the formula and nobody calculated it: what it comes to is not known.
            self.builder.cell(column, Kind::Error, &format!("={formula}"))?;
            self.formula(stored);
            return Ok(());
        }
        let is_computed = stored.formula.is_some();
        match (stored.kind.as_str(), stored.shown) {
            ("s", _) => {
                let text = value.trim().parse().ok().and_then(|at| self.book.texts.get(at));
                self.builder.cell(column, Kind::Text, text.ok_or("a cell names a text that is not there")?)?;
            }
            ("str" | "inlineStr", _) => self.builder.cell(column, Kind::Text, &unescaped(value))?,
            ("b", _) => self.builder.cell(column, Kind::Truth, if value.trim() == "1" { "TRUE" } else { "FALSE" })?,
            ("e", _) => self.builder.cell(column, Kind::Error, value)?,
            ("d", _) => self.builder.cell(column, Kind::Date, value.split('T').next().unwrap_or(value))?,
            (_, Shown::Date) => match day(value, self.book.is_1904) {
                Some(day) => self.builder.cell(column, Kind::Date, &day)?,
                None => self.builder.number(column, value, false, is_computed)?,
            },
            (_, Shown::Truth) if !value.is_empty() => self.builder.truth(column, value)?,
            (_, shown) if !value.is_empty() => {
                self.builder.number(column, value, shown == Shown::Percent, is_computed)?;
                self.builder.money(stored.money);
            }
            _ => return Ok(()),
        }
        if value.is_empty() {
            return Ok(());
        }
        self.formula(stored);
        Ok(())
    }

    /// Keeps the formula of the cell. Where it is one that cells share, it is written once, for the first of them.
    fn formula(&mut self, stored: &Stored) {
        let Some(own) = &stored.formula else { return };
        let here = (self.row, self.column);
        match stored.shares {
            Some(number) if own.is_empty() => {
                if let Some((first, text)) = self.shared.get(&number) {
                    self.builder.formula(&moved(text, *first, here));
                }
            }
            shares => {
                if let Some(number) = shares {
                    self.shared.insert(number, (here, own.clone()));
                }
                self.builder.formula(own.as_str());
            }
        }
    }

    fn columns(&mut self, start: &BytesStart<'_>) {
        let number = |key: &str| attribute(start, key)?.parse::<u32>().ok()?.checked_sub(1);
        if let (true, Some(from), Some(to), Some(sheet)) =
            (is_set(start, "hidden"), number("min"), number("max"), self.builder.current())
        {
            sheet.hidden_columns.push((from, to));
        }
    }

    fn merged(&mut self, start: &BytesStart<'_>) {
        let area = attribute(start, "ref").and_then(|area| Area::read(&area));
        if let (Some(area), Some(sheet)) = (area, self.builder.current()) {
            sheet.merged.push(area);
        }
    }
}

/// A text with the characters that XML cannot hold, which are written `_x000D_` (ECMA-376 part 1, 22.9.2.19).
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        let (c, length) = code.and_then(char::from_u32).map_or((None, 2), |c| (Some(c), 7));
        match c {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = from.get(length..).unwrap_or_default();
    }
    Cow::Owned(out + rest)
}

fn shared(start: &BytesStart<'_>) -> Option<u32> {
    attribute(start, "t").filter(|kind| kind == "shared")?;
    attribute(start, "si")?.parse().ok()
}

fn is_set(start: &BytesStart<'_>, key: &str) -> bool {
    attribute(start, key).is_some_and(|value| value == "1" || value == "true")
}

/// The day of a stored number, year-month-day. Days are counted from 1900, with a 29 February that there never was, or from 1904
/// (ECMA-376 part 1, 18.17.4.1).
pub fn day(raw: &str, is_1904: bool) -> Option<String> {
    let days: u64 = raw.trim().split('.').next()?.parse().ok()?;
    let (year, month, day) = match (is_1904, days) {
        (true, 0..3_000_000) => (1904, 1, 1),
        (false, 1..=59) => (1899, 12, 31),
        (false, 61..3_000_000) => (1899, 12, 30),
        _ => return None,
    };
    let day = NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(days))?;
    Some(day.format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_cannot_hold_are_written_by_their_numbers() {
        assert_eq!(unescaped("a_x000D_b_x005F_x0041_ _x12 _x"), "a\rb_x0041_ _x12 _x");
        assert_eq!(unescaped("plain"), "plain");
    }

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        let cases = [
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
            ("43191", "2018-04-01"),
            ("43191.75", "2018-04-01"),
        ];
        for (raw, day_of) in cases {
            assert_eq!(day(raw, false).as_deref(), Some(day_of), "{raw}");
        }
        assert_eq!(day("41729", true).as_deref(), Some("2018-04-01"));
        assert_eq!((day("0", false), day("60", false), day("-1", true)), (None, None, None));
    }
}
