//! A list of budget lines, with headings and subtotals between them.

mod apart;
mod converted;
mod doubts;
mod figures;
mod item;
mod line;
mod printed;
mod rates;
mod running;

use logframe::{Cell, Decimal, NumberStyle, Origin, Severity, Span};

use super::columns::Columns;
use super::heading::{Column, category};
use super::list::Headed;
use super::mapping::TableMapping;
use super::named::code;
use super::over_time::OverTime;
use super::rows::Listed;
use super::sheet::Sums;
use super::subtotals::Entries;
use super::totals::{self, Item, Role};
use super::work::Work;
use crate::cell::Seen;
use crate::numbers::Convention;
use crate::records::Field;
use crate::workbook::Kind;
use apart::Apart;
pub use line::{is_below_a_cent, worth};

/// A list of lines.
pub struct List<'t> {
    pub rows: Listed<'t, 't>,
    /// What each column is.
    pub columns: Columns,
    /// Its columns of periods.
    pub over: OverTime,
    /// Columns of amounts that are left out, and those of subtotals beside the amounts; each with its heading.
    pub beside: Vec<Headed>,
    pub running: Vec<Headed>,
    /// The numbers of the rows of the sheet.
    pub numbers_of: &'t [u32],
    /// The cells of the sheet that add up others.
    pub sums: &'t Sums,
    /// What a mapping says of the table.
    pub told: &'t TableMapping,
    pub place: &'t str,
    /// Where it stands, as the source of its offices.
    pub area: &'t str,
    /// The cell at a place, with its sheet and its file.
    pub cell: &'t dyn Fn(Span) -> Option<Origin>,
    /// The office of lines that do not say theirs.
    pub office: &'t str,
    pub numbers: Convention,
    /// By how much amounts and unit costs are multiplied.
    pub scale: Decimal,
    /// The plan's currency, where lines say theirs.
    pub currency: &'t str,
    /// The unit that figures were rounded to, where that is declared.
    pub unit: Option<Decimal>,
    /// Whether shares are parts of one, and no per cents.
    pub are_parts_of_one: bool,
}

/// Where the lines under way belong.
#[derive(Default)]
struct Section {
    category: Option<&'static str>,
    /// What it is called.
    name: Option<String>,
    /// What names the result, and where: it is one of the plan's once a line is for it.
    title: Option<(String, Span)>,
}

impl List<'_> {
    /// Adds all of it to a plan. Where lines have no descriptions and nothing that is multiplied, they are allocations.
    pub fn read(&self, work: &mut Work) {
        let has = |column: Column| self.columns.has(column);
        let are_allocations = !has(Column::Description)
            && !has(Column::UnitCost)
            && has(Column::Office)
            && has(Column::Result)
            && self.columns.periods.is_empty();
        let (roles, are_words) = self.roles(work, are_allocations);
        self.totals_of_columns(work, &roles);
        self.running_subtotals(work, &roles);
        self.converted(work, &roles);
        self.cross_sums(work);
        if !are_allocations {
            // All at once: what grows by doubling leaves holes behind.
            let lines = roles.iter().zip(&are_words).filter(|(role, is_words)| role.is_line() && !**is_words).count();
            work.draft.lines.reserve_exact(lines);
        }
        let last_grand = roles.iter().rposition(Role::is_grand);
        let (mut section, mut entries, mut starts) = (Section::default(), Entries::default(), Vec::new());
        for (at, (role, is_words)) in roles.iter().zip(are_words).enumerate() {
            starts.push(entries.len());
            let counted = (work.draft.lines.len(), work.draft.allocations.len());
            let row = &*self.rows.row(at);
            match role {
                Role::Total { is_grand, .. } if *is_grand && last_grand == Some(at) => {
                    self.grand_total(work, row);
                    section.close();
                }
                Role::Total { of, is_grand, .. } => {
                    section.close();
                    if of.from > at && !is_grand {
                        self.titled_total(row, &mut section);
                    }
                }
                Role::Behind => self.behind(work, at, last_grand),
                Role::Again => self.again(work, at),
                Role::Apart => {}
                Role::Line | Role::Doubtful(_) if are_allocations && self.field(row, Column::Amount).is_some() => {
                    self.allocation(work, row);
                }
                Role::Line | Role::Doubtful(_) if is_words => {
                    self.heading(work, row, &mut section);
                }
                Role::Line | Role::Doubtful(_) => {
                    if let Role::Doubtful(count) = role {
                        self.doubt(work, at, *count);
                    }
                    self.line(work, row, at, &section);
                }
            }
            if work.draft.lines.len() > counted.0 {
                work.draft.lines.last().into_iter().for_each(|line| entries.add(&line.office.value, &line.result.value));
            } else if work.draft.allocations.len() > counted.1 {
                work.draft.allocations.last().into_iter().for_each(|cell| entries.add(&cell.office.value, &cell.result.value));
            }
        }
        starts.push(entries.len());
        for (at, role) in roles.iter().enumerate() {
            if let (Some(total), false) = (role.total(), last_grand == Some(at)) {
                self.subtotal(work, (&self.rows.row(at), &self.item_at(at)), total, &entries, &starts);
            }
        }
    }

    fn field<'r, 't>(&self, row: &'r [Field<'t>], column: Column) -> Option<&'r Field<'t>> {
        let at = self.columns.first(column)?;
        row.get(at).filter(|field| !field.is_blank())
    }

    fn text(&self, row: &[Field<'_>], column: Column) -> Option<String> {
        self.field(row, column).map(|field| field.text.to_string())
    }

    /// What each row is, and whether it has no figures. What it takes to tell is forgotten.
    fn roles(&self, work: &mut Work, are_allocations: bool) -> (Vec<Role>, Vec<bool>) {
        let mut items: Vec<Item<'_>> = (0..self.rows.len()).map(|at| self.item_at(at)).collect();
        let apart = if are_allocations { Apart::default() } else { Apart::take(&mut items) };
        let mut roles = totals::roles(&items);
        apart.mark(&mut roles);
        if !are_allocations {
            self.without_total(work, &items, &roles);
            self.by_figures(work, &items, &roles);
            self.off_by_rows(work, &items, &roles);
            self.unsure_total(work, &items, &roles);
            self.rates(work, &items, &roles);
            self.tell_apart(work, &items, &roles, &apart);
        }
        (roles, items.iter().map(|item| item.amount.is_none() && !item.has_factors).collect())
    }

    /// A row of words alone: what the lines below it are for.
    fn heading(&self, work: &mut Work, row: &[Field<'_>], section: &mut Section) {
        let words: Vec<&Field<'_>> = row.iter().filter(|field| !field.is_blank()).collect();
        let Some(first) = words.first() else { return };
        if let Some(odd) =
            self.field(row, Column::Amount).filter(|field| !matches!(field.seen(), Seen::None | Seen::NotAvailable))
        {
            let message = format!("`{}` is no amount, and the row is left out", odd.text.escape_debug());
            let why = odd.why_no_number().unwrap_or("write a number, or take the row out");
            let severity = match odd.kind {
                Kind::Percent => Severity::Note,
                // A number that cannot be held is an amount all the same.
                Kind::Text if !odd.seen().is_figure() => Severity::Warning,
                _ => Severity::Error,
            };
            return work.find(severity, "not-a-number", Some(odd.span), message, why);
        }
        if row.iter().any(|field| matches!(field.seen(), Seen::None | Seen::NotAvailable)) {
            return;
        }
        let text = words.iter().map(|field| field.text.as_ref()).collect::<Vec<_>>().join(" ");
        // A remark is a sentence; a heading names something.
        if text.chars().count() > 120 || words.len() > 3 {
            return work.find(Severity::Note, "table", Some(first.span), "a row of words is left out", "headings are short");
        }
        section.open(&text, first.span);
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
            _ => match self.number(work, amount, self.scale) {
                Some(number) => Cell::Amount(number.value),
                None => return,
            },
        };
        let office = work.office(&office.text, Some(office.span), Some(self.area));
        let result = work.result(&result.text, Some(result.span));
        work.amount(&office, &result, cell, Some(span));
    }
}

pub fn shown(number: Decimal) -> String {
    number.grouped(NumberStyle::default())
}

impl Section {
    /// Lines that follow are for what a heading names.
    fn open(&mut self, text: &str, span: Span) {
        self.category = category(text).filter(|_| code(text).is_none_or(|(code, _)| !code.contains('.')));
        self.name = Some(text.to_owned());
        if self.category.is_none() {
            self.title = Some((text.to_owned(), span));
        }
    }

    /// A total ends what it is of: the cost category, or else the result.
    fn close(&mut self) {
        self.name = None;
        if self.category.take().is_none() {
            self.title = None;
        }
    }
}
