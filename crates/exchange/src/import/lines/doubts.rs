//! What is said of rows that may be something else than they are read as.

use logframe::{Severity, Span};

use super::{List, shown};
use crate::import::heading::{is_beside_the_budget, is_indirect, is_no_cost};
use crate::import::totals::{Item, Role, What, off};
use crate::import::work::Work;
use crate::records::Field;
use crate::words;

/// Rows that one finding names, at most.
const NAMED: usize = 6;

impl List<'_> {
    /// A row with an amount below the total of all. What is multiplied there, and support costs, are lines that the total lacks.
    pub(super) fn behind(&self, work: &mut Work, row: &[Field<'_>], item: &Item<'_>) {
        let span = self.printed(row).map(|field| field.span);
        let message = format!("`{}` stands below the total of all, and is not read", item.label.escape_debug());
        let is_beside = !item.has_factors
            && (is_beside_the_budget(&item.label) || is_no_cost(&item.label) || words::speaks_of_totals(&item.label));
        let severity = if is_beside && !is_indirect(&item.label) { Severity::Warning } else { Severity::Error };
        let help =
            "if it is a line of the budget, put it above the total; if not, say in the mapping where the table ends: `last = …`";
        work.find(severity, "table", span, message, help);
    }

    /// A row of what says the budget again, by other names, below its total.
    pub(super) fn again(&self, work: &mut Work, row: &[Field<'_>], item: &Item<'_>) {
        let span = self.printed(row).map(|field| field.span);
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
    /// Says that nothing in a list is the total of all.
    pub(super) fn without_total(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let with_amounts = items.iter().zip(roles).filter(|(item, role)| item.amount.is_some() && role.is_line()).count();
        if with_amounts < 3 || roles.iter().any(Role::is_grand) {
            return;
        }
        let message = format!("no total of all was found in {}: what its lines come to is held against nothing", self.area);
        work.find(Severity::Note, "table", None, message, "if one is printed, name its row in the mapping: `totals = […]`");
    }

    pub(super) fn doubt(&self, work: &mut Work, at: usize, count: usize) {
        let name = self.named(at, &self.item_at(at));
        let message = format!("{name} is what {count} lines beside it come to, or nearly; it is read as a line of its own");
        let help = "if it is their total, name its row in the mapping: `totals = […]`; if not, `lines = […]`";
        work.find(Severity::Warning, "table", self.amount_span(at), message, help);
    }

    /// Says which rows are totals by their figures alone.
    pub(super) fn by_figures(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let rows = || roles.iter().zip(items).enumerate().filter(|(_, (role, _))| role.is_by_figures());
        let Some((first, _)) = rows().next() else { return };
        let names: Vec<String> = rows().take(NAMED).map(|(at, (_, item))| self.named(at, item)).collect();
        let more = match rows().count() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "only figures tell what is a total of the lines beside it, and is not counted with them: {}{more}",
            names.join(", ")
        );
        let help = "where one is a line, name its row in the mapping: `lines = […]`";
        work.find(Severity::Warning, "table", self.amount_span(first), message, help);
    }

    /// Says by what rows the total of all misses its lines.
    pub(super) fn off_by_rows(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let Some(off) = off(items, roles) else { return };
        let name = |at: usize| items.get(at).map_or_else(String::new, |item| self.named(at, item));
        let (why, help) = match off.what {
            What::Counts(at) => (
                format!("it counts {} too, which is read as a total", name(at)),
                "if that is a line, name its row in the mapping: `lines = […]`; if not, the total counts its lines twice",
            ),
            What::CountsSubtotals => {
                ("it counts what its subtotals come to once more".to_owned(), "add up the lines or the subtotals, not both")
            }
            What::Lacks(at) => {
                (format!("it lacks {}, as it seems", name(at)), "see whether the formula of the total takes in that row")
            }
        };
        let side = if off.by.is_negative() { "less" } else { "more" };
        let message = format!("the total of all is {} {side} than its lines: {why}", shown(off.by.abs()));
        work.find(Severity::Warning, "table", self.amount_span(off.grand), message, help);
    }

    /// Says of what is taken for the total of all because of a word in it, where others stand with it that are not those of totals.
    pub(super) fn unsure_total(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let mut grand = roles.iter().zip(items).enumerate().filter(|(_, (role, _))| role.is_grand());
        let (Some((at, (role, item))), None) = (grand.next(), grand.next()) else { return };
        let is_sure = item.told.is_some() || !item.adds.is_empty() || words::names_only_totals(&item.label);
        if !is_sure && role.total().map(|of| of.sum) == item.amount {
            let message = format!("{} is read as the total of all, and not as a line", self.named(at, item));
            work.find(
                Severity::Note,
                "table",
                self.amount_span(at),
                message,
                "if it is a line, name its row in the mapping: `lines = […]`",
            );
        }
    }

    /// What a row is called, and where it stands.
    fn named(&self, at: usize, item: &Item<'_>) -> String {
        let row = self.numbers_of.get(self.rows.position(at)).copied().unwrap_or_default();
        match item.label.trim() {
            "" => format!("row {row}"),
            label => format!("`{}` (row {row})", label.escape_debug()),
        }
    }

    fn amount_span(&self, at: usize) -> Option<Span> {
        self.printed(&self.rows.row(at)).map(|field| field.span)
    }
}
