//! A list of budget lines, with headings and subtotals between them.

use std::collections::HashMap;

use logframe::diagnostic::Figures;
use logframe::{Cell, Decimal, Diagnostic, Id, Line, NumberStyle, Period, Severity, Spanned};

use super::heading::{Column, category};
use super::named::code;
use super::work::{Work, declared, figure};
use crate::cell::Seen;
use crate::numbers::{Convention, Reading};
use crate::records::Field;
use crate::words;

/// A list of lines.
pub struct List<'t> {
    pub rows: Vec<Vec<Field<'t>>>,
    /// What each column is.
    pub columns: HashMap<usize, Column>,
    pub place: &'t str,
    /// The office of lines that do not say theirs.
    pub office: &'t str,
    pub numbers: Convention,
    pub scale: Decimal,
    /// The plan's currency, where lines say theirs.
    pub currency: &'t str,
}

/// Where the lines under way belong, and what they come to.
#[derive(Default)]
struct Section {
    /// What the headings above them say, the nearest last.
    headings: Vec<String>,
    category: Option<&'static str>,
    result: Option<Spanned<Id>>,
    /// What the lines of it come to, each exactly; `None` once one of them is not known.
    sum: Option<Decimal>,
    lines: usize,
}

impl List<'_> {
    /// Adds all of it to a plan. Where lines have no descriptions and nothing that is multiplied, they are allocations.
    pub fn read(&self, work: &mut Work) {
        let has = |column: Column| self.columns.values().any(|one| *one == column);
        let are_allocations = !has(Column::Description) && !has(Column::UnitCost) && has(Column::Office) && has(Column::Result);
        let mut section = Section { sum: Some(Decimal::ZERO), ..Section::default() };
        for row in &self.rows {
            self.row(work, row, are_allocations, &mut section);
        }
    }

    fn field<'r, 't>(&self, row: &'r [Field<'t>], column: Column) -> Option<&'r Field<'t>> {
        let at = self.columns.iter().filter(|(_, one)| **one == column).map(|(at, _)| *at).min()?;
        row.get(at).filter(|field| !field.is_blank())
    }

    fn text(&self, row: &[Field<'_>], column: Column) -> Option<String> {
        self.field(row, column).map(|field| field.text.to_string())
    }

    fn row(&self, work: &mut Work, row: &[Field<'_>], are_allocations: bool, section: &mut Section) {
        let first = row.iter().enumerate().find(|(at, field)| !field.is_blank() && !self.is_number(*at)).map(|(_, field)| field);
        let label = self.field(row, Column::Description).or(first);
        let has_numbers =
            [Column::Amount, Column::UnitCost, Column::Quantity].iter().any(|column| self.field(row, *column).is_some());
        let Some(label) = label else {
            if has_numbers {
                let span = row.iter().find(|field| !field.is_blank()).map(|field| field.span);
                work.find(
                    Severity::Error,
                    "table",
                    span,
                    "a row has amounts and no words",
                    "say what it is for, or that it is a total",
                );
            }
            return;
        };
        let kind = row.iter().filter(|field| field.seen() == Seen::Words).map(|field| words::Kind::of(&field.text));
        let kind = kind.fold(words::Kind::Other, |kind, next| if kind == words::Kind::Other { next } else { kind });
        match kind {
            words::Kind::Other if has_numbers && are_allocations => self.allocation(work, row),
            words::Kind::Other if has_numbers => self.line(work, row, label, section),
            words::Kind::Other => heading(work, row, section),
            words::Kind::Grand => self.total(work, row, None),
            words::Kind::Subtotal | words::Kind::TotalOf => self.subtotal(work, row, label, section),
        }
    }

    fn is_number(&self, at: usize) -> bool {
        matches!(
            self.columns.get(&at),
            Some(Column::Amount | Column::UnitCost | Column::Quantity | Column::Duration | Column::Share | Column::Other)
        )
    }

    fn allocation(&self, work: &mut Work, row: &[Field<'_>]) {
        let (Some(office), Some(result), Some(amount)) =
            (self.field(row, Column::Office), self.field(row, Column::Result), self.field(row, Column::Amount))
        else {
            let span = row.iter().find(|field| !field.is_blank()).map(|field| field.span);
            return work.find(
                Severity::Error,
                "table",
                span,
                "a row lacks its office, its result or its amount",
                "every row has all three",
            );
        };
        let span = amount.span;
        let cell = match amount.seen() {
            Seen::None => Cell::None,
            Seen::NotAvailable => return,
            _ => match self.number(work, amount) {
                Some(number) => Cell::Amount(number.value),
                None => return,
            },
        };
        let office = work.office(&office.text, Some(office.span), Some(self.place));
        let result = work.result(&result.text, Some(result.span));
        work.amount(&office, &result, cell, Some(span));
    }

    fn line(&self, work: &mut Work, row: &[Field<'_>], label: &Field<'_>, section: &mut Section) {
        let office = match self.field(row, Column::Office) {
            Some(office) => work.office(&office.text, Some(office.span), Some(self.place)),
            None => work.office(self.office, None, Some(self.place)),
        };
        let result = match (self.field(row, Column::Result), &section.result) {
            (Some(result), _) => work.result(&result.text, Some(result.span)),
            (None, Some(result)) => result.clone(),
            (None, None) => work.result("Budget", None),
        };
        let mut line = Line::new("_", "_", label.text.as_ref());
        (line.office, line.result) = (office, result);
        line.office.span = Some(label.span);
        let own = self.text(row, Column::Category);
        let named = own.as_deref().and_then(category).or(section.category);
        line.category = named.and_then(|id| id.parse::<Id>().ok()).map(Into::into);
        let number = |work: &mut Work, column| self.field(row, column).and_then(|field| self.number(work, field));
        line.quantity = number(work, Column::Quantity);
        line.unit = self.text(row, Column::Unit);
        line.unit_cost = number(work, Column::UnitCost);
        line.duration = number(work, Column::Duration);
        line.share = self.field(row, Column::Share).and_then(|field| self.share(work, field));
        line.amount = number(work, Column::Amount);
        line.currency = self.field(row, Column::Currency).map(|field| Spanned::at(field.text.to_uppercase(), field.span));
        line.currency = line.currency.filter(|code| code.value != self.currency);
        line.period =
            self.field(row, Column::Period).and_then(|field| Some(Spanned::at(field.text.parse::<Period>().ok()?, field.span)));
        line.remarks = self.text(row, Column::Remarks);
        let amount = line.amount.map(|amount| amount.value).or_else(|| worked_out(&line));
        section.sum = section.sum.and_then(|sum| sum.exact_add(amount?));
        section.lines += 1;
        work.draft.lines.push(line);
    }

    /// The total of all, or of one office.
    fn total(&self, work: &mut Work, row: &[Field<'_>], result: Option<&Spanned<Id>>) {
        let Some(amount) = self.field(row, Column::Amount).and_then(|field| self.number(work, field)) else { return };
        let office = work.office(self.office, None, Some(self.place));
        let has_offices = self.columns.values().any(|column| *column == Column::Office);
        let mut block = declared(self.place, (!has_offices).then(|| vec![Spanned::from(office.value)]));
        match result {
            Some(result) => super::work::add(&mut block.results, result, amount),
            None => block.total = Some(figure(amount)),
        }
        work.draft.declared.push(block);
    }

    /// A total of the lines since the last heading. What is of a result is declared; what is of a cost category is compared here, as a plan has
    /// no place for it.
    fn subtotal(&self, work: &mut Work, row: &[Field<'_>], label: &Field<'_>, section: &mut Section) {
        let result = section.result.clone().filter(|_| section.category.is_none());
        if let Some(result) = result {
            self.total(work, row, Some(&result));
        } else if let Some(amount) = self.field(row, Column::Amount).and_then(|field| self.number(work, field)) {
            work.findings.extend(section.against(&label.text, amount));
        }
        (section.sum, section.lines) = (Some(Decimal::ZERO), 0);
    }

    fn number(&self, work: &mut Work, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        let seen = field.seen();
        let number = match seen {
            Seen::None | Seen::Blank | Seen::NotAvailable => return None,
            Seen::Number(written) if written.is_stored => self.numbers.read(written),
            Seen::Number(written) if !written.is_share => self.numbers.read(written),
            _ => None,
        };
        if let Some(Reading::Is(number)) = number {
            let scaled = if self.scale == Decimal::ONE { Some(number) } else { number.exact_mul(self.scale) };
            return scaled.map(|value| Spanned::at(value, field.span));
        }
        let why = field.why_no_number().unwrap_or("it is no number, or not written as the others are");
        let message = format!("`{}` cannot be read as a number: {why}", field.text.escape_debug());
        work.find(Severity::Error, "not-a-number", Some(field.span), message, "write a number, or leave the cell empty");
        None
    }

    /// A share in per cent. A plain number of at most one can mean either.
    fn share(&self, work: &mut Work, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        let share = match field.seen() {
            Seen::Number(written) => match self.numbers.read(written) {
                Some(Reading::Is(number)) => Spanned::at(number, field.span),
                _ => return self.number(work, field),
            },
            Seen::None | Seen::Blank | Seen::NotAvailable => return None,
            Seen::Words => return self.number(work, field),
        };
        let is_plain = !field.text.ends_with('%');
        if is_plain && !share.is_zero() && share.abs() <= Decimal::ONE {
            let message = format!("`{}` can be {} % or a hundred times as much", field.text, field.text);
            work.find(Severity::Error, "doubtful-numbers", Some(field.span), message, "write it with a sign of per cent: `60 %`");
            return None;
        }
        Some(share)
    }
}

/// A row of words alone: what the lines below it are for.
fn heading(work: &mut Work, row: &[Field<'_>], section: &mut Section) {
    let words: Vec<&Field<'_>> = row.iter().filter(|field| !field.is_blank()).collect();
    let text = words.iter().map(|field| field.text.as_ref()).collect::<Vec<_>>().join(" ");
    // A remark is a sentence; a heading names something.
    if text.chars().count() > 120 {
        return work.find(
            Severity::Note,
            "table",
            words.first().map(|field| field.span),
            "a row of words is left out",
            "headings are short",
        );
    }
    match category(&text).filter(|_| code(&text).is_none_or(|(code, _)| !code.contains('.'))) {
        Some(id) => section.category = Some(id),
        None => section.result = Some(work.result(&text, words.first().map(|field| field.span))),
    }
    section.headings = vec![text];
    (section.sum, section.lines) = (Some(Decimal::ZERO), 0);
}

/// What a line comes to by its factors.
fn worked_out(line: &Line) -> Option<Decimal> {
    let product = [line.quantity, line.duration]
        .into_iter()
        .flatten()
        .try_fold(line.unit_cost?.value, |product, factor| product.exact_mul(*factor));
    match line.share {
        Some(share) => product?.exact_mul(*share)?.percent(),
        None => product,
    }
}

fn shown(number: Decimal) -> String {
    number.grouped(NumberStyle::default())
}

impl Section {
    /// A printed subtotal against the lines that it is of.
    fn against(&self, label: &str, printed: Spanned<Decimal>) -> Option<Diagnostic> {
        let sum = self.sum?;
        let difference = printed.exact_sub(sum)?;
        if difference.is_zero() || self.lines == 0 {
            return None;
        }
        let side = if difference.is_negative() { "less" } else { "more" };
        let lines = if self.lines == 1 { "line comes".to_owned() } else { format!("{} lines come", self.lines) };
        let message = format!(
            "`{}` is {}, but its {lines} to {}: {} {side}",
            label.escape_debug(),
            shown(*printed),
            shown(sum),
            shown(difference.abs())
        );
        let figures = Figures { declared: printed.value, computed: sum, difference, terms: Vec::new() };
        let finding = Diagnostic::new("subtotal", Severity::Error, message).at(
            printed.span,
            "the subtotal",
            format!("{} {side}", shown(difference.abs())),
        );
        Some(finding.figures(figures).help("correct it or a line; of a cost category a plan keeps no subtotal, it is worked out"))
    }
}

/// The columns of a row of headings that are those of a list of lines; `None` where they are not.
pub fn headings(row: &[Field<'_>]) -> Option<HashMap<usize, Column>> {
    let mut columns: HashMap<usize, Column> = HashMap::new();
    for (at, field) in row.iter().enumerate() {
        if matches!(field.seen(), Seen::Number(_)) {
            return None;
        }
        let Some(column) = Column::of(&field.text) else { continue };
        // Of two amounts the last is that of all.
        if column == Column::Amount || !columns.values().any(|one| *one == column) {
            columns.retain(|_, one| column != Column::Amount || *one != Column::Amount);
            columns.insert(at, column);
        }
    }
    let has = |column: Column| columns.values().any(|one| *one == column);
    let is_lines = (has(Column::Description) || has(Column::Result))
        && (has(Column::UnitCost) || (has(Column::Quantity) && has(Column::Amount)));
    let is_described = has(Column::Description) && has(Column::Amount);
    let is_tidy = has(Column::Office) && has(Column::Result) && has(Column::Amount);
    (is_lines || is_tidy || is_described).then_some(columns)
}
