//! What is said of rows that may be something else than they are read as.

use logframe::{Severity, Span};

use super::{List, shown};
use crate::import::heading::{is_beside_the_budget, is_indirect, is_no_cost};
use crate::import::totals::{Item, Of, Role, What, off};
use crate::import::work::Work;
use crate::words;

/// Rows that one finding names, at most.
const NAMED: usize = 6;

impl List<'_> {
    /// A row with an amount below the total of all. What is multiplied there, and support costs, are lines that the total lacks.
    pub(super) fn behind(&self, work: &mut Work, at: usize, grand: Option<usize>) {
        let item = self.item_at(at);
        let message = format!("{} stands below the total of all, and is not read", self.called(at, &item));
        let is_beside = !item.has_factors
            && (is_beside_the_budget(&item.label) || is_no_cost(&item.label) || words::speaks_of_totals(&item.label));
        let severity = if is_beside && !is_indirect(&item.label) { Severity::Warning } else { Severity::Error };
        let end = grand.map_or_else(|| "…".to_owned(), |grand| self.number_of(grand).to_string());
        let help = format!(
            "if it is a line of the budget, put it above the total; if not, say in the mapping where the table ends: `last = {end}`"
        );
        work.find(severity, "table", self.amount_span(at), message, &help);
    }

    /// A row of what says the budget again, by other names, below its total.
    pub(super) fn again(&self, work: &mut Work, at: usize) {
        let message = format!("{} says a part of the total above again, and adds nothing", self.called(at, &self.item_at(at)));
        let help = format!("if it is a line of the budget, say so in the mapping: `lines = [{}]`", self.number_of(at));
        work.find(Severity::Note, "table", self.amount_span(at), message, &help);
    }

    /// Says that nothing in a list is the total of all.
    pub(super) fn without_total(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let is_line = |(item, role): (&Item<'_>, &Role)| item.amount.is_some() && role.is_line();
        let lines = || (0..).zip(items.iter().zip(roles)).filter(|(_, both)| is_line(*both)).map(|(at, _)| at);
        if roles.iter().any(Role::is_grand) {
            return;
        }
        let totals = || roles.iter().enumerate().filter_map(|(at, role)| Some((at, role.total()?)));
        let is_of_all_before =
            |(at, of): &(usize, Of)| of.lines > 0 && of.to <= *at && lines().take_while(|line| line < at).count() == of.lines;
        let last = totals().next_back().filter(is_of_all_before);
        let below = last.and_then(|(total, _)| Some((total, lines().find(|line| *line > total)?)));
        let name = |at: usize| items.get(at).map_or_else(String::new, |item| self.named(at, item));
        let (span, message) = match below {
            Some((total, line)) => (
                self.amount_span(line),
                format!("{} stands below {}, and in no total; it is counted as a line", name(line), name(total)),
            ),
            None if lines().count() < 3 => return,
            None => (None, format!("no total of all was found in {}: what its lines come to is held against nothing", self.area)),
        };
        let help = "if a total of all is printed, name its row in the mapping: `totals = […]`";
        work.find(Severity::Warning, "table", span, message, help);
    }

    pub(super) fn doubt(&self, work: &mut Work, at: usize, count: usize) {
        let name = self.named(at, &self.item_at(at));
        let message = format!("{name} is what {count} lines beside it come to, or nearly; it is read as a line of its own");
        let row = self.number_of(at);
        let help = format!("if it is their total, say so in the mapping: `totals = [{row}]`; if not, `lines = [{row}]`");
        work.find(Severity::Warning, "table", self.amount_span(at), message, &help);
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
        let help = format!("if one is a line, say so in the mapping: `lines = [{}]`", self.number_of(first));
        work.find(Severity::Warning, "table", self.amount_span(first), message, &help);
    }

    /// Says by what rows the total of all misses its lines.
    pub(super) fn off_by_rows(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let Some(off) = off(items, roles) else { return };
        let name = |at: usize| items.get(at).map_or_else(String::new, |item| self.named(at, item));
        let (why, help) = match off.what {
            What::Counts(at) => {
                let line = format!("if that is a line, say so in the mapping: `lines = [{}]`", self.number_of(at));
                let why = format!("it counts {} too, which is read as a total", name(at));
                (why, format!("{line}; if not, the total counts its lines twice"))
            }
            What::CountsSubtotals => {
                let why = "it counts what its subtotals come to once more".to_owned();
                (why, "add up the lines or the subtotals, not both".to_owned())
            }
            What::Lacks(at) => {
                let why = format!("it lacks {}, as it seems", name(at));
                (why, "see whether the formula of the total takes in that row".to_owned())
            }
        };
        let side = if off.by.is_negative() { "less" } else { "more" };
        let message = format!("the total of all is {} {side} than its lines: {why}", shown(off.by.abs()));
        work.find(Severity::Warning, "table", self.amount_span(off.grand), message, &help);
    }

    /// Says of what is taken for the total of all because of a word in it, where others stand with it that are not those of totals.
    pub(super) fn unsure_total(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let mut grand = roles.iter().zip(items).enumerate().filter(|(_, (role, _))| role.is_grand());
        let (Some((at, (role, item))), None) = (grand.next(), grand.next()) else { return };
        let is_sure = item.told.is_some() || !item.adds.is_empty() || words::names_only_totals(&item.label);
        if !is_sure && role.total().map(|of| of.sum) == item.amount {
            let message = format!("{} is read as the total of all, and not as a line", self.named(at, item));
            let help = format!("if it is a line, say so in the mapping: `lines = [{}]`", self.number_of(at));
            work.find(Severity::Note, "table", self.amount_span(at), message, &help);
        }
    }

    /// The number of a row in its sheet.
    fn number_of(&self, at: usize) -> u32 {
        self.numbers_of.get(self.rows.position(at)).copied().unwrap_or_default()
    }

    /// What a row is called; its number where it has no words.
    fn called(&self, at: usize, item: &Item<'_>) -> String {
        match item.label.trim() {
            "" => format!("row {}", self.number_of(at)),
            label => format!("`{}`", label.escape_debug()),
        }
    }

    /// What a row is called, and where it stands.
    fn named(&self, at: usize, item: &Item<'_>) -> String {
        match item.label.trim() {
            "" => self.called(at, item),
            _ => format!("{} (row {})", self.called(at, item), self.number_of(at)),
        }
    }

    fn amount_span(&self, at: usize) -> Option<Span> {
        self.printed(&self.rows.row(at)).map(|field| field.span)
    }
}
