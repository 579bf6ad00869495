//! Cells of the workbook that formulas count, and what they come to.

use logframe::Decimal;

use super::exact::is_held;
use super::formula::{self, At};
use super::model::{Cell, Look, Part, Shown, Style, Value};

/// What a cell amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nothing is given.
    Absent,
    /// None is printed.
    None,
    Number(Decimal),
    /// More digits than can be held.
    TooLong,
}

impl Amount {
    pub fn number(self) -> Option<Decimal> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::TooLong, _) | (_, Self::TooLong) => Self::TooLong,
            (Self::Number(a), Self::Number(b)) => a.exact_add(b).map_or(Self::TooLong, Self::Number),
            (number @ Self::Number(_), _) | (_, number @ Self::Number(_)) => number,
            (Self::None, _) | (_, Self::None) => Self::None,
            (Self::Absent, Self::Absent) => Self::Absent,
        }
    }
}

impl From<Option<Decimal>> for Amount {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }
}

/// A cell that formulas can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its sheet; that of the formula where none is named.
    pub sheet: Option<&'static str>,
    pub at: At,
    pub amount: Amount,
    /// Whether formulas may rest on it: it is no number that is written as text, and counts none.
    pub is_live: bool,
}

impl Figure {
    /// A cell in which an amount of the plan is written.
    pub fn given(sheet: Option<&'static str>, at: At, amount: Amount) -> Self {
        Self { sheet, at, amount, is_live: amount.number().is_none_or(is_held) && amount != Amount::TooLong }
    }

    /// Its place as a formula of another sheet, or of its own where none is named, writes it.
    pub fn name(&self) -> String {
        self.sheet.map_or_else(|| self.at.name(), |sheet| self.at.name_on(sheet))
    }

    /// The same as formulas of its own sheet see it.
    pub fn here(self) -> Self {
        Self { sheet: None, ..self }
    }
}

/// A cell that is computed, with what it comes to, before it has a place.
#[derive(Clone, Debug)]
pub struct Computed {
    pub cell: Cell,
    pub amount: Amount,
    pub is_live: bool,
}

impl Computed {
    /// The cell at its place.
    pub fn figure(&self, sheet: Option<&'static str>, at: At) -> Figure {
        Figure { sheet, at, amount: self.amount, is_live: self.is_live }
    }

    /// A formula that gives a number, where all it counts is live and the number can be shown; the number otherwise.
    pub fn new(formula: Option<String>, number: Option<Decimal>, decimals: u8) -> Self {
        let amount = number.map_or(Amount::TooLong, Amount::Number);
        match (formula, number.filter(|number| is_held(*number))) {
            (Some(text), Some(number)) => Self { cell: Cell::formula(text, number, decimals), amount, is_live: true },
            _ => Self { cell: Cell::not_computed(number, decimals), amount, is_live: false },
        }
    }

    /// The text of its formula, where it is one.
    pub fn formula(&self) -> Option<&str> {
        self.cell.value.formula()
    }

    /// Blank.
    pub fn nothing() -> Self {
        Self { cell: Cell::default(), amount: Amount::Absent, is_live: true }
    }
}

/// The sum of cells.
pub fn sum(figures: &[Figure], decimals: u8) -> Computed {
    let amount = figures.iter().fold(Amount::Absent, |sum, figure| sum.plus(figure.amount));
    let arguments = figures.iter().all(|figure| figure.is_live).then(|| arguments(figures)).flatten();
    match amount {
        Amount::Number(number) => Computed::new(arguments.map(|all| format!("SUM({all})")), Some(number), decimals),
        Amount::TooLong => Computed::new(None, None, decimals),
        Amount::Absent | Amount::None => empty(arguments, amount, decimals),
    }
}

/// Ranges that a reader can still follow.
const READABLE: usize = 24;

/// The sum of cells, by another formula where a plain one would be a long list of ranges, or more than it can take.
pub fn sum_or(figures: &[Figure], decimals: u8, other: impl FnOnce() -> Option<String>) -> Computed {
    let plain = sum(figures, decimals);
    let is_long = plain.formula().is_none_or(|text| text.matches(',').count() >= READABLE);
    let number = plain.amount.number().filter(|_| is_long && figures.iter().all(|figure| figure.is_live));
    match number.and_then(|number| Some((number, other()?))) {
        Some((number, text)) => Computed::new(Some(text), Some(number), decimals),
        None => plain,
    }
}

/// A sum of nothing: it becomes a number when one of its cells does.
fn empty(arguments: Option<String>, amount: Amount, decimals: u8) -> Computed {
    let (shows, word) = if amount == Amount::None { (Shown::Dash, "-") } else { (Shown::Nothing, "") };
    let text = |all: String| format!("IF(COUNT({all})=0,\"{word}\",SUM({all}))");
    let value = match arguments {
        Some(all) => Value::Formula { text: text(all), shows },
        None if shows == Shown::Dash => Value::Text(word.to_owned()),
        None => Value::Blank,
    };
    // What is right of it once it is a number is on the right already.
    let style = Style { look: Look::Number(decimals), part: Part::Body };
    Computed { cell: Cell { value, style, ..Cell::default() }, amount, is_live: true }
}

/// Cells as the arguments of a function: those of the formula's own sheet first.
fn arguments(figures: &[Figure]) -> Option<String> {
    let mut sheets: Vec<Option<&str>> = figures.iter().map(|figure| figure.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    let on = |sheet: Option<&str>| figures.iter().filter(|one| one.sheet == sheet).map(|one| one.at).collect::<Vec<At>>();
    formula::arguments(sheets.into_iter().map(|sheet| (sheet, on(sheet))))
}

/// `a - b` of two cells.
pub fn difference(a: &Figure, b: &Figure, decimals: u8) -> Computed {
    let (Some(of), Some(less)) = (a.amount.number(), b.amount.number()) else { return Computed::nothing() };
    let is_live = a.is_live && b.is_live;
    Computed::new(is_live.then(|| format!("{}-{}", a.name(), b.name())), of.exact_sub(less), decimals)
}
