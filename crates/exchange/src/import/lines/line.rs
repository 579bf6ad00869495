//! A row read as a budget line.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Line, Period, Severity, Spanned};

use super::rates::without_rate;
use super::{List, Section, shown};
use crate::cell::Seen;
use crate::import::heading::{Column, INDIRECT, category, is_indirect, is_lump_sum};
use crate::import::work::Work;
use crate::records::Field;
use crate::workbook::Kind;

impl List<'_> {
    pub(super) fn line(&self, work: &mut Work, row: &[Field<'_>], at: usize, section: &Section) {
        let words = self.label(row).or_else(|| self.field(row, Column::Description));
        let Some(label) = words.or_else(|| row.iter().find(|field| !field.is_blank())) else { return };
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
        let description = words.map_or_else(|| self.row_name(at).into(), |words| words.text.as_ref().into());
        (line.office, line.result, line.description) = (office, result, description);
        line.office.span = Some(label.span);
        let own = self.text(row, Column::Category);
        if let Some(sections) = &mut work.sections {
            sections.extend(own.iter().chain(&section.name).map(|name| (name.clone(), work.draft.lines.len())));
        }
        let named =
            own.as_deref().and_then(category).or(section.category).or_else(|| is_indirect(&label.text).then_some(INDIRECT));
        line.category = named.map(|id| work.category(id));
        let number = |work: &mut Work, column, scale| self.field(row, column).and_then(|field| self.number(work, field, scale));
        line.unit = self.field(row, Column::Unit).map(|field| work.shared(&field.text));
        line.unit_cost = number(work, Column::UnitCost, self.scale).filter(|_| !self.is_rate(row));
        line.duration = self.duration(work, row);
        // Without prices a share is one of something else: of posts, or of the budget.
        let has_prices = self.columns.has(Column::UnitCost);
        line.share = self.field(row, Column::Share).filter(|_| has_prices).and_then(|field| self.share(work, field));
        line.amount = number(work, Column::Amount, self.scale);
        line.quantity = self.quantity(work, row, &line);
        if let (true, None, Some(share)) = (self.are_parts_of_one, line.quantity, line.share) {
            // Half a post, or two of them.
            line.quantity = share.percent().map(|posts| Spanned { value: posts.normalized(), span: share.span });
            line.share = None;
        }
        percent_of_a_base(&mut line);
        without_rate(&mut line);
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
        // With a factor that is in doubt, the product is, too.
        let is_doubtful = |column: Column| self.field(row, column).is_some_and(|field| field.seen() == Seen::Words);
        let are_sure = ![Column::Quantity, Column::Duration, Column::UnitCost].into_iter().any(is_doubtful);
        if are_sure && (line.share.is_some() || self.field(row, Column::Share).is_none()) {
            self.keep_typed(work, &mut line);
        }
        work.draft.lines.push(line);
    }

    /// How many there are. A lump sum is one of its price, where the amount does not say otherwise.
    fn quantity(&self, work: &mut Work, row: &[Field<'_>], line: &Line) -> Option<Spanned<Decimal>> {
        let field = self.field(row, Column::Quantity)?;
        let is_price = || line.amount.is_none_or(|amount| worked_out(line) == Some(amount.value));
        if field.seen() == Seen::Words && is_lump_sum(&field.text) && is_price() {
            return None;
        }
        self.number(work, field, Decimal::ONE)
    }

    /// Whether the unit cost is a rate, as that of support costs, and no price.
    pub(super) fn is_rate(&self, row: &[Field<'_>]) -> bool {
        let is_percent = self.field(row, Column::UnitCost).is_some_and(|field| field.kind == Kind::Percent);
        is_percent && self.field(row, Column::Quantity).is_none()
    }

    /// Outcome, output and activity can stand side by side: the money is for the last that is named.
    pub(super) fn deepest_result<'r, 't>(&self, row: &'r [Field<'t>]) -> Option<&'r Field<'t>> {
        self.columns.all(Column::Result).rev().filter_map(|at| row.get(at)).find(|field| !field.is_blank())
    }

    /// Days and months, where both stand there, are multiplied.
    pub(super) fn duration(&self, work: &mut Work, row: &[Field<'_>]) -> Option<Spanned<Decimal>> {
        let fields = self.columns.all(Column::Duration).filter_map(|at| row.get(at)).filter(|field| !field.is_blank());
        let numbers: Vec<Spanned<Decimal>> = fields.filter_map(|field| self.number(work, field, Decimal::ONE)).collect();
        let first = numbers.first()?;
        let product = numbers.iter().skip(1).try_fold(first.value, |product, next| product.exact_mul(next.value))?;
        Some(Spanned { value: product, span: first.span })
    }

    /// What a row without words is called: a number of it would be taken for something else.
    fn row_name(&self, at: usize) -> String {
        format!("row {}", self.numbers_of.get(self.rows.position(at)).copied().unwrap_or_default())
    }

    /// What is typed is what the sheet says. Where it is not what the factors make, that is told, and the typed amount counts.
    pub(super) fn keep_typed(&self, work: &mut Work, line: &mut Line) {
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
            let rounded = "if amounts are rounded to whole units, say so: `--unit 1`";
            let finding = finding.figures(figures).help(help);
            work.add(if difference.abs() < Decimal::ONE { finding.help(rounded) } else { finding });
        }
        let said = format!("typed; {factors} is {}", shown(product.normalized()));
        line.remarks = Some(line.remarks.take().map_or(said.clone(), |own| format!("{own} ({said})")).into());
        (line.unit_cost, line.share) = (None, None);
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

/// What rounding to cents leaves.
pub fn is_below_a_cent(difference: Decimal) -> bool {
    Decimal::of_steps(1, 2).is_some_and(|cent| difference.abs() < cent)
}

/// Seven "%" of a base are a share of it, where the amount says so.
fn percent_of_a_base(line: &mut Line) {
    let is_percent = line.unit.as_deref().is_some_and(|unit| unit.trim() == "%");
    let (Some(rate), Some(base), Some(amount), None, true) = (line.quantity, line.unit_cost, line.amount, line.share, is_percent)
    else {
        return;
    };
    let share = rate.exact_mul(*base).and_then(Decimal::percent);
    let is_it = share.and_then(|share| amount.exact_sub(share)).is_some_and(is_below_a_cent);
    if is_it {
        (line.quantity, line.unit, line.share) = (None, None, Some(rate));
    }
}
