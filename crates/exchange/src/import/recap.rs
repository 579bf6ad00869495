//! A summary below a list: it says again what the sections come to, or who pays for them, and adds nothing.

use std::collections::HashMap;

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Spanned};

use super::Importing;
use super::columns::Columns;
use super::heading::Column;
use super::lines::shown;
use super::sheet::Sheet;
use crate::cell::Seen;
use crate::numbers::{Convention, Reading};
use crate::records::Field;
use crate::words::{names_only_totals, speaks_of_totals};

/// Words of the heading of a summary.
const SUMMARY: [&str; 7] =
    ["summary", "recapitulation", "récapitulatif", "récapitulation", "resumen", "resumo", "zusammenfassung"];

/// Rows at the end of a list in which its heading is looked for.
const FURTHEST: usize = 200;

/// Rows of a sheet by their positions.
#[derive(Debug, Default)]
pub struct Recap {
    /// Those that add nothing.
    pub left: Vec<usize>,
    /// Those of them that say again what a total above says, and that one.
    again: Vec<(usize, usize)>,
}

impl Recap {
    /// The summary below a list, from its headings to its end.
    pub fn of(sheet: &Sheet<'_>, header: usize, end: usize) -> Self {
        let row = |at: usize| sheet.rows.row(at);
        let Some(heading) = (end.saturating_sub(FURTHEST).max(header + 1)..end).rfind(|at| is_heading(&row(*at))) else {
            return Self::default();
        };
        let Some(last) = (header + 1..heading).rfind(|at| has_figures(&row(*at))) else { return Self::default() };
        let is_total = |at: usize| words(&row(at)).iter().any(|text| speaks_of_totals(text));
        let below: Vec<usize> = (heading + 1..end).filter(|at| has_figures(&row(*at))).collect();
        let sections: HashMap<String, usize> =
            (header + 1..heading).filter(|at| !has_figures(&row(*at))).map(|at| (words(&row(at)).join(" "), at)).collect();
        let lines: Vec<usize> = below.iter().copied().filter(|at| !is_total(*at)).collect();
        let section_of = |at: usize| sections.get(&words(&row(at)).join(" ")).copied();
        let named: Vec<usize> = lines.iter().filter_map(|at| section_of(*at)).collect();
        // A section ends where the next one begins that the summary names, with its total behind those of its parts.
        let total_of = |section: usize| {
            let next = named.iter().copied().filter(|other| *other > section).min().unwrap_or(heading);
            let mut all = (section + 1..next).filter(|at| has_figures(&row(*at)) && is_total(*at));
            all.rfind(|at| next < heading || !is_all(&row(*at)))
        };
        let named = |at: usize| Some((at, total_of(section_of(at)?)?));
        let again: Vec<(usize, usize)> = lines.iter().filter_map(|at| named(*at)).collect();
        let is_closed = is_all(&row(last));
        match again.len() == lines.len() {
            true if !lines.is_empty() => Self { left: lines, again },
            // Who pays stands below the total of all. What comes to the same total is told by it.
            false if again.is_empty() && is_closed && below.last().is_some_and(|at| figure(&row(*at)) != figure(&row(last))) => {
                Self { left: below, again }
            }
            _ => Self::default(),
        }
    }
}

/// Whether a row calls itself the total of nothing in particular.
fn is_all(row: &[Field<'_>]) -> bool {
    words(row).iter().any(|text| speaks_of_totals(text) && names_only_totals(text))
}

fn words<'r>(row: &'r [Field<'_>]) -> Vec<&'r str> {
    row.iter().filter(|field| field.seen() == Seen::Words).map(|field| field.text.trim()).collect()
}

fn has_figures(row: &[Field<'_>]) -> bool {
    row.iter().any(|field| matches!(field.seen(), Seen::Number(_)))
}

/// The last figure of a row, as it is written.
fn figure(row: &[Field<'_>]) -> Option<String> {
    row.iter().rfind(|field| matches!(field.seen(), Seen::Number(_))).map(|field| field.text.trim().to_owned())
}

fn is_heading(row: &[Field<'_>]) -> bool {
    let (words, is_plain) = (words(row), !has_figures(row));
    let [text] = words.as_slice() else { return false };
    let lower = text.to_lowercase();
    let mut said = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    is_plain && said.clone().count() <= 4 && said.any(|word| SUMMARY.contains(&word))
}

impl Importing<'_> {
    /// Says what a summary leaves out, and holds it against what it is of.
    pub(super) fn recap(&mut self, sheet: &Sheet<'_>, recap: &Recap, columns: &Columns, numbers: Convention) {
        let number = |at: usize, column: usize| read(sheet.rows.cell(at, column)?.as_ref(), numbers);
        let Some((first, amount)) = recap.left.first().zip(columns.first(Column::Amount)) else { return };
        let span = sheet.rows.row(*first).iter().find(|field| !field.is_blank()).map(|field| field.span);
        let what = if recap.again.is_empty() { "" } else { ", and is held against it" };
        let message = format!("a summary below the total adds nothing to the budget{what}");
        self.work.find(Severity::Note, "table", span, message, "what is a line of the budget stands above the total");
        let parts: Vec<usize> = columns.all(Column::Part).collect();
        for at in &recap.left {
            let Some(printed) = number(*at, amount) else { continue };
            let sum = Decimal::exact_sum(parts.iter().filter_map(|part| number(*at, *part)).map(|part| part.value));
            let sum = sum.filter(|_| parts.len() > 1);
            let above = recap.again.iter().find(|(again, _)| again == at).and_then(|(_, total)| number(*total, amount));
            let name = words(&sheet.rows.row(*at)).join(" ");
            let of = [(sum, "its parts come"), (above.map(|above| above.value), "the total above comes")];
            let wrong = of.into_iter().filter_map(|(of, what)| Some((of?, what))).find(|(of, _)| *of != printed.value);
            wrong.and_then(|wrong| miss(&name, printed, wrong)).into_iter().for_each(|finding| self.work.add(finding));
        }
    }
}

fn read(field: &Field<'_>, numbers: Convention) -> Option<Spanned<Decimal>> {
    let Seen::Number(written) = field.seen() else { return None };
    match numbers.read(written)? {
        Reading::Is(number) => Some(Spanned::at(number, field.span)),
        Reading::TooLong => None,
    }
}

fn miss(name: &str, printed: Spanned<Decimal>, (computed, what): (Decimal, &str)) -> Option<Diagnostic> {
    let difference = printed.exact_sub(computed)?;
    let side = format!("{} {}", shown(difference.abs()), if difference.is_negative() { "less" } else { "more" });
    let message =
        format!("`{}` is {} in the summary, but {what} to {}: {side}", name.escape_debug(), shown(*printed), shown(computed));
    let figures = Figures { declared: printed.value, computed, difference, terms: Vec::new() };
    let finding = Diagnostic::new("subtotal", Severity::Error, message).at(printed.span, "the figure", side);
    Some(finding.figures(figures).help("correct it, or what it is of; a summary adds nothing to the budget"))
}
