//! Texts of formulas taken apart: what they do, and the cells that they take. Every spreadsheet writes these its own way when it saves.

use std::borrow::Cow;
use std::collections::HashMap;

use logframe::column_letters;

use crate::export::quoted;
use crate::workbook::Area;

/// What a formula says, without what spreadsheets write in their own way: blanks, case, quotes, `;` for `,`, `[.A1]` for `A1`, and prefixes of
/// newer functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Said(String),
    /// Cells with commas between them.
    Cells(Vec<Cells>),
}

/// Cells of a sheet, which is known by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    pub sheet: usize,
    pub area: Area,
    /// Whether column and row stay where the formula is copied to.
    pub is_fixed: [bool; 2],
}

/// The names of sheets in capitals, with their positions.
pub type Names = HashMap<String, usize>;

/// What stands for a cell that is gone.
const GONE: &str = "#REF!";

impl Formula {
    /// Takes a formula apart that stands on the sheet `own`.
    pub fn read(text: &str, own: usize, names: &Names) -> Self {
        let text = text.trim();
        let text = text.strip_prefix("of:").unwrap_or(text).trim_start_matches(['=', '+', ' ']);
        let text = without_blanks(text);
        let mut reader = Reader { rest: &text, own, names, parts: Vec::new() };
        while reader.step() {}
        Self { parts: reader.parts }
    }

    /// The same where what adds up is one sum, whatever way it is written.
    #[must_use]
    pub fn simple(&self) -> Self {
        sum(&self.parts).unwrap_or_else(|| self.clone())
    }

    /// The cells that it takes.
    pub fn cells(&self) -> impl Iterator<Item = &Cells> {
        self.parts.iter().filter_map(|part| if let Part::Cells(cells) = part { Some(cells) } else { None }).flatten()
    }

    /// Whether a cell that it took is gone.
    pub fn is_broken(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Said(text) if text.contains(GONE)))
    }

    /// Whether another does the same, whatever cells it takes.
    pub fn does_as(&self, other: &Self) -> bool {
        let is_alike = |(a, b): (&Part, &Part)| matches!((a, b), (Part::Cells(_), Part::Cells(_))) || a == b;
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(is_alike)
    }

    /// It as if it were copied so many rows down; `None` where it would stand above its sheet.
    pub fn copied(&self, rows: i64) -> Option<Self> {
        let moved = |row: u32| u32::try_from(i64::from(row).checked_add(rows)?).ok();
        let one = |cells: &Cells| {
            let Area { top, bottom, .. } = cells.area;
            let area =
                if cells.is_fixed[1] { cells.area } else { Area { top: moved(top)?, bottom: moved(bottom)?, ..cells.area } };
            Some(Cells { area, ..*cells })
        };
        let part = |part: &Part| match part {
            Part::Said(text) => Some(Part::Said(text.clone())),
            Part::Cells(cells) => cells.iter().map(one).collect::<Option<_>>().map(Part::Cells),
        };
        self.parts.iter().map(part).collect::<Option<_>>().map(|parts| Self { parts })
    }

    /// It as a spreadsheet shows it that stands on the sheet `own`.
    pub fn text(&self, own: usize, names: &[&str]) -> String {
        let one = |cells: &Cells| {
            let sheet = names.get(cells.sheet).filter(|_| cells.sheet != own);
            let sheet = sheet.map(|name| format!("{}!", quoted(name))).unwrap_or_default();
            format!("{sheet}{}", written(cells))
        };
        let part = |part: &Part| match part {
            Part::Said(text) => text.clone(),
            Part::Cells(cells) => cells.iter().map(one).collect::<Vec<_>>().join(","),
        };
        self.parts.iter().map(part).collect()
    }
}

/// `$S5:$S9`.
fn written(cells: &Cells) -> String {
    let Area { top, left, bottom, right } = cells.area;
    let [column, row] = cells.is_fixed.map(|is_fixed| if is_fixed { "$" } else { "" });
    let cell = |at: u32, letters: u32| format!("{column}{}{row}{}", column_letters(letters as usize), u64::from(at) + 1);
    let is_one = top == bottom && left == right;
    if is_one { cell(top, left) } else { format!("{}:{}", cell(top, left), cell(bottom, right)) }
}

struct Reader<'t> {
    rest: &'t str,
    own: usize,
    names: &'t Names,
    parts: Vec<Part>,
}

/// Whether a text begins with what is left of cells that are gone.
fn is_gone(text: &str) -> bool {
    text.get(..GONE.len()).is_some_and(|start| start.eq_ignore_ascii_case(GONE))
}

impl<'t> Reader<'t> {
    /// Goes on by a word or a sign; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(c) = self.rest.chars().next() else { return false };
        match c {
            '"' => {
                let text = self.take(quotation(self.rest, '"'));
                self.say(text);
            }
            '\'' => self.quoted(),
            '[' => self.bracketed(),
            '#' if is_gone(self.rest) => {
                self.take(GONE.len());
                self.say(GONE);
            }
            c if c.is_ascii_digit() => {
                let text = self.take(number(self.rest));
                self.say(text);
            }
            c if is_word(c) => self.word(),
            ';' => {
                self.take(1);
                self.say(",");
            }
            c => {
                let text = self.take(c.len_utf8());
                self.say(text);
            }
        }
        true
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn say(&mut self, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Said(said)) => said.push_str(text),
            _ => self.parts.push(Part::Said(text.to_owned())),
        }
    }

    fn add(&mut self, cells: Cells) {
        if let [.., Part::Cells(list), Part::Said(comma)] = self.parts.as_mut_slice()
            && comma == ","
        {
            list.push(cells);
            self.parts.pop();
        } else {
            self.parts.push(Part::Cells(vec![cells]));
        }
    }

    /// A function, a sheet with its cells, cells, or a name.
    fn word(&mut self) {
        let word = self.take(word(self.rest));
        if self.rest.starts_with('!') {
            self.take(1);
            return self.on_sheet(word, &word.replace('$', ""));
        }
        match self.area(word, self.own) {
            Some(cells) if !self.rest.starts_with('(') => self.add(cells),
            _ => {
                let name = word.to_ascii_uppercase();
                self.say(name.trim_start_matches("_XLFN.").trim_start_matches("_XLWS."));
            }
        }
    }

    /// `'North and South'!A1`.
    fn quoted(&mut self) {
        let length = quotation(self.rest, '\'');
        let name = self.take(length);
        if self.rest.starts_with('!') {
            self.take(1);
            self.on_sheet(name, &unquoted(name));
        } else {
            self.say(name);
        }
    }

    /// The cells behind the name of a sheet.
    fn on_sheet(&mut self, written: &str, name: &str) {
        if is_gone(self.rest) {
            return;
        }
        let sheet = self.names.get(&name.to_uppercase()).copied();
        let first = self.rest.get(..word(self.rest)).unwrap_or_default();
        let Some(sheet) = sheet.filter(|_| Area::read(first).is_some()) else { return self.say(&format!("{written}!")) };
        self.take(first.len());
        let cells = self.area(first, sheet);
        cells.into_iter().for_each(|cells| self.add(cells));
    }

    /// Cells from the one that was taken on, up to the one behind a colon.
    fn area(&mut self, first: &str, sheet: usize) -> Option<Cells> {
        let area = Area::read(first)?;
        let is_fixed = [first.starts_with('$'), first.get(1..).is_some_and(|rest| rest.contains('$'))];
        let behind = self.rest.strip_prefix(':').unwrap_or_default();
        let last = behind.get(..word(behind)).unwrap_or_default();
        let Some(whole) = Area::read(&format!("{first}:{last}")) else { return Some(Cells { sheet, area, is_fixed }) };
        self.take(last.len() + 1);
        Some(Cells { sheet, area: whole, is_fixed })
    }

    /// `[$Lines.S5:.S9]`, as `OpenDocument` writes it.
    fn bracketed(&mut self) {
        let inside = self.rest.get(1..).and_then(|rest| rest.split_once(']')).map_or("", |(inside, _)| inside);
        if inside.to_ascii_uppercase().contains(GONE) {
            self.take(inside.len() + 2);
            self.say(GONE);
        } else if let Some(cells) = self.open(inside) {
            self.take(inside.len() + 2);
            self.add(cells);
        } else {
            let text = self.take(1);
            self.say(text);
        }
    }

    /// The cells that stand in brackets.
    fn open(&self, inside: &str) -> Option<Cells> {
        let ends: Vec<(Option<String>, &str)> = inside.split(':').map(end).collect::<Option<_>>()?;
        let ((name, first), rest) = ends.split_first()?;
        let sheet = name.as_ref().map_or(Some(self.own), |name| self.names.get(&name.to_uppercase()).copied());
        let last = rest.first().map_or(*first, |(_, last)| *last);
        let is_fixed = [first.starts_with('$'), first.get(1..)?.contains('$')];
        Some(Cells { sheet: sheet?, area: Area::read(&format!("{first}:{last}"))?, is_fixed })
    }
}

/// The sheet of an end of a range, where it names one, and its cell: `.S5`, `$Lines.S5`, `$'North and South'.$S$5`.
fn end(text: &str) -> Option<(Option<String>, &str)> {
    let text = text.strip_prefix('$').filter(|rest| rest.contains('.')).unwrap_or(text);
    let (name, cell) = text.rsplit_once('.')?;
    Some(((!name.is_empty()).then(|| unquoted(name)), cell))
}

fn unquoted(name: &str) -> String {
    let inside = name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(name);
    inside.replace("''", "'")
}

/// A formula without blanks, but for those in quotes.
fn without_blanks(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_whitespace) {
        return text.into();
    }
    let mut quote = None;
    let is_kept = |c: &char| {
        quote = match quote {
            None => Some(*c).filter(|c| matches!(c, '"' | '\'')),
            Some(open) => Some(open).filter(|open| open != c),
        };
        quote.is_some() || !c.is_whitespace()
    };
    text.chars().filter(is_kept).collect::<String>().into()
}

/// How long what stands in quotes is, with these; a doubled quote does not end it.
fn quotation(text: &str, quote: char) -> usize {
    let mut is_open = false;
    let mut ends = text.char_indices().filter(|(_, c)| *c == quote).map(|(at, _)| at).peekable();
    while let Some(at) = ends.next() {
        is_open = !is_open;
        if !is_open && ends.peek() != Some(&(at + 1)) {
            return at + 1;
        }
    }
    text.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$')
}

fn word(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// How long a number is, its exponent included.
fn number(text: &str) -> usize {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let length = digits(text);
    let exponent = text.get(length..).and_then(|rest| rest.strip_prefix(['e', 'E'])).unwrap_or_default();
    let unsigned = exponent.trim_start_matches(['+', '-']);
    let more = digits(unsigned);
    if more == 0 { length } else { text.len() - unsigned.len() + more }
}

/// What adds up, as one sum: `S5+S6` and `SUMPRODUCT(S5:S6)` as well, and a sum that shows a word as long as nothing is there.
fn sum(parts: &[Part]) -> Option<Formula> {
    let cells = match parts {
        [Part::Said(before), Part::Cells(cells), Part::Said(behind)] if behind == ")" => {
            let is_sum = matches!(before.as_str(), "SUBTOTAL(9," | "SUBTOTAL(109,");
            (is_sum || before == "SUMPRODUCT(" && cells.len() == 1).then(|| cells.clone())
        }
        [Part::Said(before), Part::Cells(counted), Part::Said(between), Part::Cells(cells), Part::Said(behind)]
            if before == "IF(COUNT(" && behind == "))" && counted == cells =>
        {
            let is_word = between.starts_with(")=0,\"") && between.ends_with("\",SUM(");
            is_word.then(|| cells.clone())
        }
        terms => terms_of(terms),
    };
    let said = |text: &str| Part::Said(text.to_owned());
    cells.map(|cells| Formula { parts: vec![said("SUM("), Part::Cells(cells), said(")")] })
}

/// The cells of `S5+S6`, or of one cell alone.
fn terms_of(parts: &[Part]) -> Option<Vec<Cells>> {
    let is_plus = |part: &Part| matches!(part, Part::Said(sign) if sign == "+");
    let term = |part: &Part| if let Part::Cells(cells) = part { Some(cells.clone()) } else { None };
    let are_terms = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(is_plus);
    let terms = are_terms.then(|| parts.iter().step_by(2).map(term).collect::<Option<Vec<_>>>());
    terms.flatten().map(|terms| terms.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A formula of the first of the sheets `Budget`, `Lines` and `North and South`.
    fn read(text: &str) -> Formula {
        let names = ["BUDGET", "LINES", "NORTH AND SOUTH"].iter().zip(0..).map(|(name, at)| ((*name).to_owned(), at)).collect();
        Formula::read(text, 0, &names)
    }

    fn shown(text: &str) -> String {
        read(text).text(0, &["Budget", "Lines", "North and South"])
    }

    #[test]
    fn what_spreadsheets_write_differently_is_the_same_formula() {
        let same = |a: &str, b: &str| read(a).parts.iter().eq(&read(b).parts) || shown(a) == shown(b);
        assert!(same("SUM(Lines!S5:S9,S12)", "of:=SUM([$Lines.S5:.S9];[.S12])"));
        assert!(same("ROUND(100*C5/C9,1)", "round( 100*c5/C9, 1 )"));
        assert!(same("SUM(C5:C9)", " sum ( C5 : C9 ) "));
        assert!(same("SUM('North and South'!A1)", "of:=SUM([$'North and South'.A1])"));
        assert!(same("SUM(Budget!A1)", "SUM(A1)"));
        assert!(same("IFERROR(A1,\"\")", "_xlfn.IFERROR(A1,\"\")"));
        assert!(same("IF(M5=\"\",100,M5)", "of:=IF([.M5]=\"\";100;[.M5])"));
        assert!(!same("SUM(C5:C9)", "SUM(C5:C8)"));
        assert!(!same("SUM(C5:C9)", "SUM(C5:C9)*0.9"));
        assert!(!same("\"a\"", "\"A\"") && !same("\"a b\"", "\"ab\""));
    }

    #[test]
    fn the_cells_of_a_formula_are_known_by_their_sheets() {
        let cells = |text: &str| read(text).cells().map(|cells| (cells.sheet, cells.area.to_string())).collect::<Vec<_>>();
        assert_eq!(cells("LOG10(A1)&\"B2 (C3)\"&1E5"), [(0, "A1".to_owned())]);
        assert_eq!(cells("SUM(lines!$S$5:$S$9)-Other!B2"), [(1, "S5:S9".to_owned()), (0, "B2".to_owned())]);
        assert_eq!(cells("'It''s'!A1+'North and South'!A2"), [(0, "A1".to_owned()), (2, "A2".to_owned())]);
    }

    #[test]
    fn dollars_and_quotes_are_written_again() {
        assert_eq!(shown("sum( Lines!$S$5:$S$9 ;B$2)"), "SUM(Lines!$S$5:$S$9,B$2)");
        assert_eq!(shown("of:=[$'North and South'.$C$5]*2"), "'North and South'!$C$5*2");
    }

    #[test]
    fn what_adds_up_is_one_sum() {
        for text in ["C5+C6+C7", "SUM(C5,C6,C7)", "SUBTOTAL(109,C5,C6,C7)", "IF(COUNT(C5,C6,C7)=0,\"-\",SUM(C5,C6,C7))"] {
            assert_eq!(read(text).simple(), read("SUM(C5,C6,C7)"), "{text}");
        }
        assert_eq!(read("SUMPRODUCT(C5:C7)").simple(), read("SUM(C5:C7)"));
        for text in ["SUMPRODUCT(C5:C7,D5:D7)", "C5-C6", "SUM(C5:C7)*2", "IF(COUNT(C5:C7)=0,1,SUM(C5:C7))", "2+C5"] {
            assert_eq!(read(text).simple(), read(text), "{text}");
        }
    }

    #[test]
    fn cells_that_are_gone_are_told_in_every_format() {
        for text in ["SUM(#REF!)", "Lines!#REF!", "SUM('North and South'!#REF!,C5)", "of:=SUM([.#REF!])", "of:=[#REF!]*2"] {
            assert!(read(text).is_broken(), "{text}");
        }
        assert!(!read("SUM(C5)&\"#N/A\"").is_broken());
    }

    #[test]
    fn a_copied_formula_takes_its_cells_along() {
        let copied = |rows| read("SUM(C5:C9)*Lines!$D$2").copied(rows).map(|formula| formula.text(0, &["Budget", "Lines"]));
        assert_eq!(copied(2).as_deref(), Some("SUM(C7:C11)*Lines!$D$2"));
        assert_eq!(copied(-5), None);
    }

    #[test]
    fn no_text_is_too_odd_to_be_taken_apart() {
        for text in [
            "",
            "=",
            "'",
            "\"",
            "[",
            "[]",
            "[.]",
            "[$.A1]",
            "'a",
            "''!A1",
            "A1:",
            ":",
            "$",
            "$$A$1",
            "#REF!#REF!",
            "é!A1",
            "1e",
            "ß",
        ] {
            let _ = read(text);
        }
    }
}
