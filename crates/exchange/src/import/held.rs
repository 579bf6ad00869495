//! Sums of a table that a plan has no place for, such as subtotals of results: held against their parts where they are read.

use logframe::diagnostic::Figures;
use logframe::reconciliation::{LineSum, PrintedCell};
use logframe::{Decimal, Diagnostic, Severity, Spanned};

use super::lines::shown;
use super::matrix::{Matrix, Side, leaves};
use super::work::Work;

impl Matrix<'_> {
    /// Holds every sum of a side but the total against its parts, in each line that crosses it.
    pub(super) fn hold(&self, work: &mut Work, side: Side) {
        let (names, sums) = self.side(side);
        for sum in sums.iter().filter(|sum| Some(sum.at) != self.total(side)) {
            let Some(name) = names.get(sum.at) else { continue };
            let across = self.side(side.other()).0.len();
            let found = (0..across).filter_map(|crossing| self.missed(side, (name, sum), sums, crossing));
            found.for_each(|finding| work.add(finding));
            let message = format!("`{}` adds up some results: it is held against them, and not kept", name.value.escape_debug());
            work.find(Severity::Note, "table", name.span, message, "a plan has no place for it");
        }
    }

    /// What a sum prints in one line that crosses it, where that is neither what its parts print nor what these are of in the end.
    fn missed(
        &self,
        side: Side,
        (name, sum): (&Spanned<String>, &LineSum),
        sums: &[LineSum],
        crossing: usize,
    ) -> Option<Diagnostic> {
        let (printed, span) = self.met(side, sum.at, crossing);
        let PrintedCell::Amount(printed) = printed else { return None };
        let of_all = leaves(sum, sums);
        let computed = self.come_to(side, &of_all, crossing)?;
        if [Some(computed), self.come_to(side, &sum.parts, crossing)].contains(&Some(printed)) {
            return None;
        }
        let difference = printed.exact_sub(computed)?;
        let slack = self.table.how.unit.and_then(|unit| unit.exact_mul(i64::try_from(of_all.len() + 1).ok()?.into()));
        let is_rounding = slack.is_some_and(|slack| difference.abs().exact_mul(2.into()).is_some_and(|twice| twice <= slack));
        let side_of_it = format!("{} {}", shown(difference.abs()), if difference.is_negative() { "less" } else { "more" });
        let message = format!(
            "`{}` is {} for `{}`, but the {} that it adds up {} to {}: {side_of_it}{}",
            name.value.escape_debug(),
            shown(printed),
            self.side(side.other()).0.get(crossing).map_or("", |name| name.value.as_str()).escape_debug(),
            if of_all.len() == 1 { "line".to_owned() } else { format!("{} lines", of_all.len()) },
            if of_all.len() == 1 { "comes" } else { "come" },
            shown(computed),
            if is_rounding { ", within rounding" } else { "" },
        );
        let severity = if is_rounding { Severity::Note } else { Severity::Error };
        let figures = Figures { declared: printed, computed, difference, terms: Vec::new() };
        let finding = Diagnostic::new("subtotal", severity, message).at(span, "the subtotal", side_of_it);
        Some(finding.figures(figures).help("correct it, or one of its parts; what is read are the parts"))
    }

    /// What some lines come to where they meet one that crosses them; `None` where nothing is known of them.
    fn come_to(&self, side: Side, lines: &[usize], crossing: usize) -> Option<Decimal> {
        let met = || lines.iter().map(|line| self.met(side, *line, crossing).0);
        let is_known = met().any(|cell| matches!(cell, PrintedCell::Amount(_) | PrintedCell::None));
        let number = |cell| match cell {
            PrintedCell::Amount(number) => Some(number),
            PrintedCell::None | PrintedCell::Blank => Some(Decimal::ZERO),
            PrintedCell::NotAvailable => None,
        };
        let numbers: Option<Vec<Decimal>> = met().map(number).collect();
        Decimal::exact_sum(numbers.filter(|_| is_known)?)
    }
}
