//! Sheets that say again what others say: what a summary prints is held against them, and adds nothing.

use logframe::diagnostic::Figures;
use logframe::{Cell, Decimal, Declared, Diagnostic, NumberStyle, Plan, Severity, Span, Spanned, column_letters};

use super::facts::{Entry, Facts, Group};
use super::mapping::{Layout, Mapping, TableMapping};
use super::names::Called;
use super::repeats::{Candidate, Doubt, Role, Why, held};
use super::rows::Row;
use super::said::said_place;
use super::sheet::{Sheet, label};
use super::work::{Work, add, declared, figure};
use super::{Among, Importing, LookedAt};
use crate::workbook::Kind;

/// Names that a note lists, at most.
const MOST_NAMED: usize = 8;

impl Importing<'_> {
    /// What each sheet says on its own. Where there is one only, it is compared with nothing.
    pub(super) fn candidates<'s, 't>(&self, looked_at: &[LookedAt<'s, 't>], among: Among) -> Vec<Candidate<'s, 't>> {
        let is_alone = looked_at.len() < 2;
        let candidate = |(sheet, told, found): &LookedAt<'s, 't>| {
            let mut one = Candidate {
                sheet,
                called: Called::of(&sheet.name),
                told: told.layout,
                list: found.clone(),
                facts: Facts::default(),
            };
            if !is_alone {
                one.facts = Facts::of(&self.read_alone(&one, told, among));
            }
            if one.facts.entries.is_empty() && one.told == Some(Layout::Summary) {
                one.facts.entries = entries(sheet);
            }
            one
        };
        looked_at.iter().map(candidate).collect()
    }

    /// Reads a sheet as if it were the only one.
    fn read_alone(&self, one: &Candidate<'_, '_>, told: &TableMapping, among: Among) -> Work {
        let mut alone = self.alone();
        let layout = told.layout.filter(|layout| *layout != Layout::Summary);
        alone.table(one.sheet, TableMapping { layout, ..told.clone() }, one.list.clone(), among);
        alone.work
    }

    fn alone(&self) -> Importing<'_> {
        Importing {
            document: self.document,
            how: self.how,
            work: Work::compared(),
            mapping: Mapping::default(),
            recognised: Vec::new(),
            currencies: super::Said::default(),
            shown_in: super::ShownIn::default(),
            title: None,
        }
    }

    /// A price list or the like: what another sheet draws from. What is wrong in it is wrong there, too.
    pub(super) fn source(&mut self, one: &Candidate<'_, '_>, told: &TableMapping, by: Option<&Candidate<'_, '_>>, among: Among) {
        let by = by.map_or("", |by| by.sheet.name.as_str());
        let message =
            format!("the sheet `{by}` draws from the sheet `{}`, which adds nothing of its own to the budget", one.sheet.name);
        self.note(message, "a `layout` in the mapping has it read as a table of its own");
        slips(self.read_alone(one, told, among)).into_iter().for_each(|slip| self.work.add(slip));
    }

    /// A sheet that says again one column of another, such as what one donor pays: held against it, figure by figure.
    pub(super) fn again(
        &mut self,
        one: &Candidate<'_, '_>,
        told: &TableMapping,
        (of, column): (&Candidate<'_, '_>, usize),
        among: Among,
    ) {
        let message = format!(
            "the sheet `{}` says again column {} of the sheet `{}`, and adds nothing to the budget",
            one.sheet.name,
            column_letters(column),
            of.sheet.name
        );
        self.note(message, "a `layout` in the mapping has it read as a table of its own");
        for (Entry { label, number }, there) in of.column(column, one) {
            self.against(one, label, *number, Group { sum: there, count: 1 });
        }
        slips(self.read_alone(one, told, among)).into_iter().for_each(|slip| self.work.add(slip));
        self.mapping.tables.push(TableMapping {
            sheet: one.sheet.name.clone(),
            layout: Some(Layout::Skip),
            ..TableMapping::default()
        });
    }

    pub(super) fn summaries(&mut self, all: &[Candidate<'_, '_>], roles: &[Role], among: Among) {
        let read: Vec<usize> = (0..all.len()).filter(|at| roles.get(*at) == Some(&Role::Read)).collect();
        for (one, role) in all.iter().zip(roles) {
            let Role::Summary(parts) = role else { continue };
            let is_whole = read.iter().all(|at| parts.contains(at) || all.get(*at).is_some_and(|one| one.facts.total.is_zero()));
            let parts: Vec<&Candidate<'_, '_>> = parts.iter().filter_map(|at| all.get(*at)).collect();
            self.summary(one, &parts, is_whole);
            let told = self.how.table(&one.sheet.name).cloned().unwrap_or_default();
            slips(self.read_alone(one, &told, among)).into_iter().for_each(|slip| self.work.add(slip));
        }
    }

    /// What a summary says is declared where a plan has a place for it, and else compared here.
    fn summary(&mut self, one: &Candidate<'_, '_>, parts: &[&Candidate<'_, '_>], is_whole: bool) {
        let mut block = declared(&said_place(&one.sheet.name), None);
        let with_lines = parts.len() > 1 || lines_agree(one, parts);
        let (mut compared, mut left) = (0, Vec::new());
        let added = if is_whole { of_its_own(one, parts, with_lines) } else { Vec::new() };
        for Entry { label, number } in &one.facts.entries {
            match held(parts, label, with_lines) {
                Some(group) => {
                    compared += 1;
                    self.entry(&mut block, one, (label, *number), group, is_whole);
                }
                None if added.contains(&number.span) => self.own_line(one, label, *number),
                None => left.push(label.as_str()),
            }
        }
        if let Some(total) = one.facts.printed {
            compared += 1;
            self.total(&mut block, one, total, parts, is_whole);
        }
        if block.total.is_some() || !block.offices.is_empty() || !block.results.is_empty() {
            self.work.draft.declared.push(block);
        }
        self.say(one, parts, compared, &left);
    }

    /// A line that a summary adds to what other sheets hold, such as indirect costs.
    fn own_line(&mut self, one: &Candidate<'_, '_>, label: &str, number: Spanned<Decimal>) {
        let (office, result) = (self.work.office(label, number.span, None), self.work.result(label, number.span));
        self.work.amount(&office, &result, Cell::Amount(number.value), number.span);
        let message = format!(
            "`{}` of the sheet `{}` is in no other sheet, and is read as a line of the budget",
            label.escape_debug(),
            one.sheet.name
        );
        self.work.find(Severity::Note, "table", number.span, message, "the total of the sheet holds it");
    }

    fn entry(
        &mut self,
        block: &mut Declared,
        one: &Candidate<'_, '_>,
        (label, number): (&str, Spanned<Decimal>),
        group: Group,
        is_whole: bool,
    ) {
        let (office, result) = (self.work.known_office(label), self.work.known_result(label));
        match (office, result) {
            (Some(office), _) if is_whole => add(&mut block.offices, &office, number),
            (None, Some(result)) if is_whole => add(&mut block.results, &result, number),
            _ => self.against(one, label, number, group),
        }
    }

    fn total(
        &mut self,
        block: &mut Declared,
        one: &Candidate<'_, '_>,
        total: Spanned<Decimal>,
        parts: &[&Candidate<'_, '_>],
        is_whole: bool,
    ) {
        if is_whole {
            block.total = Some(figure(total));
            return;
        }
        let sum = Decimal::exact_sum(parts.iter().map(|part| part.facts.total)).unwrap_or_default();
        let count = parts.iter().map(|part| part.facts.entries.len()).sum();
        self.against(one, "the total", total, Group { sum, count });
    }

    /// A figure of a summary against what it is of.
    fn against(&mut self, one: &Candidate<'_, '_>, label: &str, printed: Spanned<Decimal>, of: Group) {
        let Some(difference) = printed.exact_sub(of.sum).filter(|difference| !difference.is_zero()) else { return };
        let unit = self.how.plan.unit.unwrap_or_default();
        let slack = i64::try_from(of.count + 1).ok().and_then(|count| unit.exact_mul(count.into())).unwrap_or_default();
        let is_rounding = difference.abs().exact_mul(2.into()).is_some_and(|twice| twice <= slack);
        let (side, within) =
            (if difference.is_negative() { "less" } else { "more" }, if is_rounding { ", within rounding" } else { "" });
        let message = format!(
            "`{}` is {} in the sheet `{}`, but what it is of comes to {}: {} {side}{within}",
            label.escape_debug(),
            shown(*printed),
            one.sheet.name,
            shown(of.sum),
            shown(difference.abs()),
        );
        let severity = if is_rounding { Severity::Note } else { Severity::Error };
        let figures = Figures { declared: printed.value, computed: of.sum, difference, terms: Vec::new() };
        let finding = Diagnostic::new("subtotal", severity, message).at(
            printed.span,
            "the figure",
            format!("{} {side}", shown(difference.abs())),
        );
        self.work
            .add(finding.figures(figures).help("correct it, or the lines that it is of; a summary adds nothing to the budget"));
    }

    fn say(&mut self, one: &Candidate<'_, '_>, parts: &[&Candidate<'_, '_>], compared: usize, left: &[&str]) {
        let named = listed(parts.iter().map(|part| part.sheet.name.as_str()));
        let figures = if compared == 1 { "1 figure is".to_owned() } else { format!("{compared} figures are") };
        let message =
            format!("the sheet `{}` totals {named}, and adds nothing to the budget: {figures} held against it", one.sheet.name);
        self.note(message, "a `layout` in the mapping has it read as a table of its own");
        if !left.is_empty() {
            let message = format!(
                "figures of the sheet `{}` that no other sheet names are held against nothing: {}",
                one.sheet.name,
                listed(left.iter().copied())
            );
            self.note(message, "call sections, cost categories or offices in both sheets alike");
        }
        self.recognised.push(format!("{}: summary of {named}", one.sheet.name));
        self.mapping.tables.push(TableMapping {
            sheet: one.sheet.name.clone(),
            layout: Some(Layout::Summary),
            ..TableMapping::default()
        });
    }

    /// Sheets that may hold the same money: which counts is asked.
    pub(super) fn doubts(&mut self, all: &[Candidate<'_, '_>], doubts: &[Doubt]) {
        for doubt in doubts {
            let (Some(one), Some(other)) = (all.get(doubt.one), all.get(doubt.other)) else { continue };
            let name = |one: &Candidate<'_, '_>| format!("`{}` ({})", one.sheet.name, shown(one.facts.total));
            let (first, second) = (name(one), name(other));
            let message = match doubt.why {
                Why::SameTotal => format!("the sheets {first} and {second} come to the same: they may be one budget, said twice"),
                Why::SameLines => {
                    format!("the sheets {first} and {second} hold the same lines: they may be one budget in two versions")
                }
                Why::SameNames => {
                    format!("the sheets {first} and {second} name the same sections: one may be a summary of the other")
                }
                Why::Draws => {
                    format!("the sheet {second} draws figures from the sheet {first}: the money of one may stand in the other")
                }
            };
            let layout =
                |at: usize| self.mapping.tables.iter().find(|table| all.get(at).is_some_and(|one| one.sheet.name == table.sheet));
            let own = |at: usize| layout(at).and_then(|table| table.layout).unwrap_or(Layout::Lines).name();
            let help = format!(
                "say in the mapping what `{}` is: `[[table]]`, `sheet = \"{}\"`, and `layout = \"skip\"`, or `layout = \"summary\"` if it totals others; to add both up, name both with a layout: `layout = \"{}\"` and `layout = \"{}\"`",
                one.sheet.name,
                one.sheet.name,
                own(doubt.one),
                own(doubt.other)
            );
            let span = one.sheet.rows.fields(one.sheet.rows.len()).find(|field| !field.is_blank()).map(|field| field.span);
            self.work.find(Severity::Error, "table", span, message, &help);
        }
        // A mapping that is saved does not settle what is in doubt.
        let doubted = |sheet: &str| {
            doubts
                .iter()
                .any(|doubt| [doubt.one, doubt.other].iter().any(|at| all.get(*at).is_some_and(|one| one.sheet.name == sheet)))
        };
        self.mapping.tables.iter_mut().filter(|table| doubted(&table.sheet)).for_each(|table| table.layout = None);
    }
}

/// Whether the lines of one sheet carry the names of a summary's figures, and mostly come to them.
fn lines_agree(one: &Candidate<'_, '_>, parts: &[&Candidate<'_, '_>]) -> bool {
    let [part] = parts else { return true };
    let found: Vec<bool> = one
        .facts
        .entries
        .iter()
        .filter_map(|entry| Some(part.facts.lines.get(&entry.label)?.sum == entry.number.value))
        .collect();
    found.iter().filter(|agrees| **agrees).count() * 2 > found.len()
}

/// Figures of a summary that no other sheet holds and its total does: those by which it is more than what it is of, and percentages.
fn of_its_own(one: &Candidate<'_, '_>, parts: &[&Candidate<'_, '_>], with_lines: bool) -> Vec<Option<Span>> {
    let is_left = |entry: &&Entry| held(parts, &entry.label, with_lines).is_none() && !entry.number.is_zero();
    let left: Vec<&Entry> = one.facts.entries.iter().filter(is_left).collect();
    let parts = Decimal::exact_sum(parts.iter().map(|part| part.facts.total));
    let more = one.facts.printed.zip(parts).and_then(|(printed, parts)| printed.exact_sub(parts));
    let (Some(more), false) = (more, left.len() * 2 >= one.facts.entries.len()) else { return Vec::new() };
    let own = Decimal::exact_sum(left.iter().map(|entry| entry.number.value));
    let is_all = own == Some(more);
    // A total that is wrong is nearer to what holds them all the same.
    let is_nearer = own.and_then(|own| more.exact_sub(own)).is_some_and(|off| off.abs() < more.abs());
    let is_percentage = |entry: &Entry| is_nearer && entry.label.contains('%');
    left.into_iter().filter(|entry| is_all || is_percentage(entry)).map(|entry| entry.number.span).collect()
}

/// Rows of a sheet that is no table, by their first words and their last number.
fn entries(sheet: &Sheet<'_>) -> Vec<Entry> {
    let entry = |row: Row<'_, '_>| {
        let number = row.iter().rev().find(|field| field.kind == Kind::Number)?;
        Some(Entry { label: label(&row)?, number: Spanned::at(number.text.parse().ok()?, number.span) })
    };
    sheet.rows.iter().filter_map(entry).collect()
}

/// What does not add up within a sheet: its subtotals, and the totals that it prints.
fn slips(mut work: Work) -> Vec<Diagnostic> {
    let mut slips: Vec<Diagnostic> = std::mem::take(&mut work.findings);
    slips.retain(|finding| super::IS_READ.contains(&finding.rule));
    let checked = Plan::new(work.draft).check().findings;
    slips.extend(checked.into_iter().filter(|finding| finding.rule == "declared-total" && finding.severity == Severity::Error));
    slips
}

/// `` `a`, `b`, … ``
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    shown.join(", ") + if names.len() > MOST_NAMED { ", …" } else { "" }
}

fn shown(number: Decimal) -> String {
    number.grouped(NumberStyle::default())
}
