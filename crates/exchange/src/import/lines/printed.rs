//! Totals that a list prints, against its lines.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Spanned};

use super::{List, Section, shown};
use crate::import::heading::Column;
use crate::import::subtotals::{Entries, Subtotal};
use crate::import::totals::{Item, Of};
use crate::import::work::{Work, declared, figure};
use crate::records::Field;
use crate::words;

impl List<'_> {
    /// The amount of a row, where totals have a column of their own that of a total.
    pub(super) fn printed<'r, 't>(&self, row: &'r [Field<'t>]) -> Option<&'r Field<'t>> {
        self.field(row, Column::Amount).or_else(|| self.field(row, Column::Subtotal))
    }

    /// The total of all is declared, for the rules to check.
    pub(super) fn grand_total(&self, work: &mut Work, row: &[Field<'_>]) {
        let Some(field) = self.printed(row) else { return };
        let Some(amount) = self.number(work, field, self.scale) else { return };
        let own = (!self.columns.has(Column::Office)).then(|| work.office(self.office, None, Some(self.area)));
        let mut block = declared(self.place, own.map(|office| vec![Spanned::from(office.value)]));
        block.total = Some(figure(amount));
        work.draft.declared.push(block);
    }

    /// A total of some lines: of which, is seen when all are read. What rounding explains is said, and not declared: lines count exactly.
    pub(super) fn subtotal(
        &self,
        work: &mut Work,
        (row, item): (&[Field<'_>], &Item<'_>),
        total: Of,
        entries: &Entries,
        starts: &[usize],
    ) {
        let Some(field) = self.printed(row) else { return };
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
    pub(super) fn titled_total(&self, row: &[Field<'_>], section: &mut Section) {
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
        Some(finding.figures(figures).help("correct it, or one of its lines"))
    }
}
