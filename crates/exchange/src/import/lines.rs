//! A list of budget lines, with headings and subtotals between them.

use std::borrow::Cow;
use std::ops::Range;

use logframe::diagnostic::Figures;
use logframe::{Cell, Decimal, Diagnostic, Line, NumberStyle, Origin, Period, Severity, Span, Spanned};

use super::columns::Columns;
use super::currency::names_another;
use super::heading::{Column, INDIRECT, category, is_indirect};
use super::mapping::TableMapping;
use super::named::{code, number};
use super::over_time::OverTime;
use super::rows::{Listed, Row};
use super::sheet::Sums;
use super::subtotals::{Entries, Subtotal};
use super::totals::{self, Item, Of, Role, Told};
use super::work::{Work, declared, figure};
use crate::cell::Seen;
use crate::numbers::{Convention, Reading};
use crate::records::Field;
use crate::words;
use crate::workbook::Kind;

/// A list of lines.
pub struct List<'t> {
    pub rows: Listed<'t, 't>,
    /// What each column is.
    pub columns: Columns,
    /// Its columns of periods.
    pub over: OverTime,
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
        self.totals_of_periods(work, &roles);
        self.cross_sums(work);
        if !are_allocations {
            // All at once: what grows by doubling leaves holes behind.
            let lines = roles.iter().zip(&are_words).filter(|(role, is_words)| role.is_line() && !**is_words).count();
            work.draft.lines.reserve_exact(lines);
        }
        let last_grand = roles.iter().rposition(|role| matches!(role, Role::Total { is_grand: true, .. }));
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
                Role::Total { of, is_grand } => {
                    section.close();
                    if of.from > at && !is_grand {
                        self.titled_total(row, &mut section);
                    }
                }
                Role::Behind => self.behind(work, row, &self.item_at(at)),
                Role::Again => self.again(work, row, &self.item_at(at)),
                Role::Line | Role::Doubtful(_) if are_allocations && self.field(row, Column::Amount).is_some() => {
                    self.allocation(work, row);
                }
                Role::Line | Role::Doubtful(_) if is_words => {
                    self.heading(work, row, &mut section);
                }
                Role::Line | Role::Doubtful(_) => {
                    if let Role::Doubtful(count) = role {
                        self.doubt(work, row, *count);
                    }
                    self.line(work, row, &section);
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
        let items: Vec<Item<'_>> = (0..self.rows.len()).map(|at| self.item_at(at)).collect();
        let roles = totals::roles(&items);
        if !are_allocations {
            self.without_total(work, &items, &roles);
        }
        (roles, items.iter().map(|item| item.amount.is_none() && !item.has_factors).collect())
    }

    /// A row as far as totals are concerned.
    pub fn item_at(&self, at: usize) -> Item<'_> {
        self.item(at, self.rows.row(at))
    }

    fn item<'r>(&self, at: usize, owned: Row<'r, 'r>) -> Item<'r> {
        let row = &*owned;
        // A rate among amounts, as that of the support costs above what they come to, is none.
        let own = self.field(row, Column::Amount).filter(|field| field.kind != Kind::Percent);
        let parts = self.come_to(row);
        let amount = own.and_then(|field| self.read_number(field)).map(|number| number.value).or(parts);
        let is_figure =
            |column: Column| self.field(row, column).is_some_and(|field| field.seen().is_figure() || field.seen().is_year());
        let has_amount = is_figure(Column::Amount) || parts.is_some();
        let adds = self.adds(at);
        // What adds up several rows has no quantity of its own, whatever stands there.
        let adds_several = adds.iter().map(Range::len).sum::<usize>() > 1;
        let has_factors = !adds_several && (is_figure(Column::UnitCost) || (is_figure(Column::Quantity) && has_amount));
        let label = self.label_text(row);
        // The number can stand in a column of its own.
        let first = || row.iter().find(|field| !field.is_blank()).filter(|first| first.text.len() < label.len().max(8));
        let number = number(label).or_else(|| first().and_then(|first| number(&first.text)).filter(|_| !label.is_empty()));
        let number = number.map(|number| number.to_owned().into());
        let told = self.told(at, label);
        let place = self.label(row).and_then(|label| row.iter().position(|field| std::ptr::eq(field, label)));
        let label = match (place, owned) {
            (Some(at), Cow::Owned(mut row)) => row.swap_remove(at).text,
            (Some(at), Cow::Borrowed(row)) => row.get(at).map_or("", |field| &*field.text).into(),
            (None, _) => "".into(),
        };
        Item { label, number, amount, has_factors, adds, told }
    }

    /// The rows that the amount of one adds up.
    fn adds(&self, at: usize) -> Vec<Range<usize>> {
        let cell = self.columns.first(Column::Amount).map(|column| (self.rows.position(at), column));
        let sheet = cell.and_then(|cell| self.sums.get(&cell)).map(Vec::as_slice).unwrap_or_default();
        let listed = |row: usize| self.rows.before(row);
        sheet.iter().map(|rows| listed(rows.start)..listed(rows.end)).filter(|rows| !rows.is_empty()).collect()
    }

    /// What is known of a row from elsewhere: from the mapping, or from another currency that it is in.
    fn told(&self, at: usize, label: &str) -> Option<Told> {
        let is_in = |rows: &[u32]| self.numbers_of.get(self.rows.position(at)).is_some_and(|number| rows.contains(number));
        match () {
            () if is_in(&self.told.totals) => Some(Told::Total),
            () if is_in(&self.told.lines) => Some(Told::Line),
            () if words::speaks_of_totals(label) && names_another(label, self.currency) => Some(Told::Aside),
            () => None,
        }
    }

    /// The words that say what a row is: its description, or else whatever words stand in it, remarks apart.
    fn label<'r, 't>(&self, row: &'r [Field<'t>]) -> Option<&'r Field<'t>> {
        let is_aside = |at: usize| {
            matches!(
                self.columns.of.get(&at),
                Some(Column::Remarks | Column::Unit | Column::Currency | Column::Period | Column::Part)
            )
        };
        let words =
            || row.iter().enumerate().filter(|(at, field)| field.seen() == Seen::Words && !is_aside(*at)).map(|(_, field)| field);
        let own = || self.field(row, Column::Description).filter(|field| field.seen() == Seen::Words);
        let has_cost = self.field(row, Column::UnitCost).is_some_and(|field| field.seen().is_figure());
        // A word for a total counts wherever it stands.
        let total = words().filter(|_| !has_cost).find(|field| words::speaks_of_totals(&field.text));
        total.or_else(own).or_else(|| words().next())
    }

    fn label_text<'r>(&self, row: &'r [Field<'_>]) -> &'r str {
        self.label(row).map_or("", |field| &field.text)
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
                Kind::Text => Severity::Warning,
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

    fn line(&self, work: &mut Work, row: &[Field<'_>], section: &Section) {
        let Some(label) = self.label(row).or_else(|| row.iter().find(|field| !field.is_blank())) else { return };
        let office = match self.field(row, Column::Office) {
            Some(office) => work.office(&office.text, Some(office.span), Some(self.area)),
            None => work.office(self.office, None, Some(self.area)),
        };
        let result = match (self.deepest_result(row), &section.title) {
            (Some(result), _) => work.result(&result.text, Some(result.span)),
            (None, Some((title, span))) => work.result(title, Some(*span)),
            (None, None) => work.result("Budget", None),
        };
        let mut line = Line::default();
        (line.office, line.result, line.description) = (office, result, label.text.as_ref().into());
        line.office.span = Some(label.span);
        let own = self.text(row, Column::Category);
        if let Some(sections) = &mut work.sections {
            sections.extend(own.iter().chain(&section.name).map(|name| (name.clone(), work.draft.lines.len())));
        }
        let named =
            own.as_deref().and_then(category).or(section.category).or_else(|| is_indirect(&label.text).then_some(INDIRECT));
        line.category = named.map(|id| work.category(id));
        let number = |work: &mut Work, column, scale| self.field(row, column).and_then(|field| self.number(work, field, scale));
        line.quantity = number(work, Column::Quantity, Decimal::ONE);
        line.unit = self.field(row, Column::Unit).map(|field| work.shared(&field.text));
        line.unit_cost = number(work, Column::UnitCost, self.scale).filter(|_| !self.is_rate(row));
        line.duration = self.duration(work, row);
        line.share = self.field(row, Column::Share).and_then(|field| self.share(work, field));
        if let (true, None, Some(share)) = (self.are_parts_of_one, line.quantity, line.share) {
            // Half a post, or two of them.
            line.quantity = share.percent().map(|posts| Spanned { value: posts.normalized(), span: share.span });
            line.share = None;
        }
        line.amount = number(work, Column::Amount, self.scale);
        // What few lines have takes room as soon as it is set, even to nothing.
        let currency = self.field(row, Column::Currency).map(|field| Spanned::at(field.text.to_uppercase(), field.span));
        if let Some(currency) = currency.filter(|code| code.value != self.currency) {
            line.currency = Some(currency);
        }
        if let Some(period) = self.field(row, Column::Period).and_then(|field| period(work, field)) {
            line.period = Some(period);
        }
        self.spread(work, row, &mut line);
        line.remarks = self.field(row, Column::Remarks).map(|field| work.shared(&field.text));
        line.source = (self.cell)(label.span);
        // With a share that is in doubt, the product is, too.
        if line.share.is_some() || self.field(row, Column::Share).is_none() {
            self.keep_typed(work, &mut line);
        }
        work.draft.lines.push(line);
    }

    /// Whether the unit cost is a rate, as that of support costs, and no price.
    fn is_rate(&self, row: &[Field<'_>]) -> bool {
        let is_percent = self.field(row, Column::UnitCost).is_some_and(|field| field.kind == Kind::Percent);
        is_percent && self.field(row, Column::Quantity).is_none()
    }

    /// Outcome, output and activity can stand side by side: the money is for the last that is named.
    fn deepest_result<'r, 't>(&self, row: &'r [Field<'t>]) -> Option<&'r Field<'t>> {
        self.columns.all(Column::Result).rev().filter_map(|at| row.get(at)).find(|field| !field.is_blank())
    }

    /// Days and months, where both stand there, are multiplied.
    fn duration(&self, work: &mut Work, row: &[Field<'_>]) -> Option<Spanned<Decimal>> {
        let fields = self.columns.all(Column::Duration).filter_map(|at| row.get(at)).filter(|field| !field.is_blank());
        let numbers: Vec<Spanned<Decimal>> = fields.filter_map(|field| self.number(work, field, Decimal::ONE)).collect();
        let first = numbers.first()?;
        let product = numbers.iter().skip(1).try_fold(first.value, |product, next| product.exact_mul(next.value))?;
        Some(Spanned { value: product, span: first.span })
    }

    /// What is typed is what the sheet says. Where it is not what the factors make, that is told, and the typed amount counts.
    fn keep_typed(&self, work: &mut Work, line: &mut Line) {
        let (Some(typed), Some(product)) = (line.amount, worked_out(line)) else { return };
        let Some(difference) = typed.exact_sub(product) else { return };
        let is_rounding = self.unit.is_some_and(|unit| difference.abs() <= unit) || is_below_a_cent(difference);
        if difference.is_zero() {
            return;
        }
        let percent = |name| if name == "share" { " %" } else { "" };
        let factors = line.factors().map(|(name, factor)| shown(*factor) + percent(name)).collect::<Vec<_>>().join(" x ");
        if !is_rounding {
            let message = format!(
                "{} is typed as {}, but {factors} is {}",
                line.description.escape_debug(),
                shown(*typed),
                shown(product.normalized())
            );
            let figures = Figures {
                declared: *typed,
                computed: product,
                difference,
                terms: line.factors().map(|(_, factor)| *factor).collect(),
            };
            let finding = Diagnostic::new("line-amount", Severity::Error, message).at(typed.span, "the amount", "");
            let help = format!("write {}, or correct a factor; the typed amount is counted", shown(product.normalized()));
            work.add(finding.figures(figures).help(help));
        }
        let said = format!("typed; {factors} is {}", shown(product.normalized()));
        line.remarks = Some(line.remarks.take().map_or(said.clone(), |own| format!("{own} ({said})")).into());
        (line.unit_cost, line.share) = (None, None);
    }

    /// The total of all is declared, for the rules to check.
    fn grand_total(&self, work: &mut Work, row: &[Field<'_>]) {
        let Some(field) = self.field(row, Column::Amount) else { return };
        let Some(amount) = self.number(work, field, self.scale) else { return };
        let own = (!self.columns.has(Column::Office)).then(|| work.office(self.office, None, Some(self.area)));
        let mut block = declared(self.place, own.map(|office| vec![Spanned::from(office.value)]));
        block.total = Some(figure(amount));
        work.draft.declared.push(block);
    }

    /// A total of some lines: of which, is seen when all are read. What rounding explains is said, and not declared: lines count exactly.
    fn subtotal(&self, work: &mut Work, (row, item): (&[Field<'_>], &Item<'_>), total: Of, entries: &Entries, starts: &[usize]) {
        let Some(field) = self.field(row, Column::Amount) else { return };
        let Some(amount) = self.number(work, field, Decimal::ONE) else { return };
        let finding = self.against(&format!("`{}`", item.label.escape_debug()), amount, total.sum, total.lines);
        let is_close = finding.as_ref().is_some_and(|finding| finding.severity == Severity::Note);
        let scaled = amount.exact_mul(self.scale).filter(|_| !is_close && !self.columns.has(Column::Currency));
        let ends = starts.get(total.from).zip(starts.get(total.to));
        match scaled.zip(ends) {
            Some((value, (from, to))) => work.subtotals.push(Subtotal {
                place: self.place.to_owned(),
                printed: Spanned { value: if self.scale == Decimal::ONE { amount.value } else { value }, span: amount.span },
                gathered: entries.gathered(*from, *to),
                finding,
            }),
            None => finding.into_iter().for_each(|finding| work.add(finding)),
        }
    }

    /// A total above its lines: its label says what they are for, where it says more than that it is a total.
    fn titled_total(&self, row: &[Field<'_>], section: &mut Section) {
        if let Some(label) = self.label(row).filter(|label| !words::speaks_of_totals(&label.text)) {
            section.open(&label.text, label.span);
        }
    }

    /// A printed subtotal against the lines that it is of.
    pub fn against(&self, what: &str, printed: Spanned<Decimal>, sum: Decimal, lines: usize) -> Option<Diagnostic> {
        let difference = printed.exact_sub(sum)?;
        if difference.is_zero() {
            return None;
        }
        let slack = self.unit.and_then(|unit| unit.exact_mul(i64::try_from(lines + 1).ok()?.into()));
        let is_rounding = slack.is_some_and(|slack| difference.abs().exact_mul(2.into()).is_some_and(|twice| twice <= slack));
        let side = if difference.is_negative() { "less" } else { "more" };
        let of = if lines == 1 { "line comes".to_owned() } else { format!("{lines} lines come") };
        let within = if is_rounding { ", within rounding" } else { "" };
        let message =
            format!("{what} is {}, but its {of} to {}: {} {side}{within}", shown(*printed), shown(sum), shown(difference.abs()));
        let figures = Figures { declared: printed.value, computed: sum, difference, terms: Vec::new() };
        let severity = if is_rounding { Severity::Note } else { Severity::Error };
        let label = format!("{} {side}", shown(difference.abs()));
        let finding = Diagnostic::new("subtotal", severity, message).at(printed.span, "the subtotal", label);
        Some(
            finding
                .figures(figures)
                .help("correct it or a line; of subtotals a plan keeps those of offices and results, others are worked out"),
        )
    }

    /// A row with an amount below the total of all. What is multiplied there, and support costs, are lines that the total lacks.
    fn behind(&self, work: &mut Work, row: &[Field<'_>], item: &Item<'_>) {
        let span = self.field(row, Column::Amount).map(|field| field.span);
        let message = format!("`{}` stands below the total of all, and is not read", item.label.escape_debug());
        let severity = if item.has_factors || is_indirect(&item.label) { Severity::Error } else { Severity::Warning };
        let help =
            "if it is a line of the budget, put it above the total; if not, say in the mapping where the table ends: `last = …`";
        work.find(severity, "table", span, message, help);
    }

    /// A row of what says the budget again, by other names, below its total.
    fn again(&self, work: &mut Work, row: &[Field<'_>], item: &Item<'_>) {
        let span = self.field(row, Column::Amount).map(|field| field.span);
        let message = format!("`{}` says a part of the total above again, and adds nothing", item.label.escape_debug());
        work.find(
            Severity::Note,
            "table",
            span,
            message,
            "if it is a line of the budget, name its row in the mapping: `lines = […]`",
        );
    }

    /// Says that nothing in a list is the total of all.
    fn without_total(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let is_grand = |role: &Role| matches!(role, Role::Total { is_grand: true, .. });
        let with_amounts = items.iter().zip(roles).filter(|(item, role)| item.amount.is_some() && **role == Role::Line).count();
        if with_amounts < 3 || roles.iter().any(is_grand) {
            return;
        }
        let message = format!("no total of all was found in {}: what its lines come to is held against nothing", self.area);
        work.find(Severity::Note, "table", None, message, "if one is printed, name its row in the mapping: `totals = […]`");
    }

    fn doubt(&self, work: &mut Work, row: &[Field<'_>], count: usize) {
        let span = self.field(row, Column::Amount).map(|field| field.span);
        let message = format!("the amount is what {count} lines beside it come to, or nearly; it is read as a line of its own");
        work.find(Severity::Warning, "table", span, message, "if it is their total, name its row in the mapping: `totals = […]`");
    }

    pub fn read_number(&self, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        match field.seen() {
            Seen::Number(written) if written.is_stored || !written.is_share => match self.numbers.read(written)? {
                Reading::Is(number) if written.is_share => number.percent().map(|value| Spanned::at(value, field.span)),
                Reading::Is(number) => Some(Spanned::at(number, field.span)),
                Reading::TooLong => None,
            },
            _ => None,
        }
    }

    pub fn number(&self, work: &mut Work, field: &Field<'_>, scale: Decimal) -> Option<Spanned<Decimal>> {
        if matches!(field.seen(), Seen::None | Seen::Blank | Seen::NotAvailable) {
            return None;
        }
        if let Some(number) = self.read_number(field) {
            let scaled = if scale == Decimal::ONE { Some(number.value) } else { number.exact_mul(scale) };
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
                _ => return self.number(work, field, Decimal::ONE),
            },
            Seen::None | Seen::Blank | Seen::NotAvailable => return None,
            Seen::Words => return self.number(work, field, Decimal::ONE),
        };
        let is_plain = !field.text.ends_with('%');
        if is_plain && self.are_parts_of_one {
            return share.exact_mul(Decimal::HUNDRED).map(|value| Spanned::at(value.normalized(), field.span));
        }
        if is_plain && !share.is_zero() && share.abs() <= Decimal::ONE {
            let message = format!("`{}` can be {} % or a hundred times as much", field.text, field.text);
            work.find(Severity::Error, "doubtful-numbers", Some(field.span), message, "write it with a sign of per cent: `60 %`");
            return None;
        }
        Some(share)
    }
}

fn period(work: &mut Work, field: &Field<'_>) -> Option<Spanned<Period>> {
    if let Ok(period) = field.text.parse::<Period>() {
        return Some(Spanned::at(period, field.span));
    }
    let message = format!("`{}` is no period, and is left out", field.text.escape_debug());
    work.find(
        Severity::Warning,
        "table",
        Some(field.span),
        message,
        "write 2027, 2027-Q3 or 2027-03, or say in the mapping what the column is",
    );
    None
}

/// What a line comes to: its amount, or what its factors make.
pub fn worth(line: &Line) -> Option<Decimal> {
    line.amount.map(|amount| amount.value).or_else(|| worked_out(line))
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

/// What rounding to cents leaves.
fn is_below_a_cent(difference: Decimal) -> bool {
    Decimal::of_steps(1, 2).is_some_and(|cent| difference.abs() < cent)
}
