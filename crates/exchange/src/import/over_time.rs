//! What lines get in columns of periods: their amounts over the calendar.

use std::collections::{BTreeSet, HashMap};

use logframe::diagnostic::{Figures, Label};
use logframe::{Decimal, Diagnostic, Line, Period, Severity, Span, Spanned, Spread, Step};

use super::calendar::{NoSteps, Told, steps};
use super::columns::Columns;
use super::heading::Column;
use super::lines::{List, is_below_a_cent, shown};
use super::said::columns_named;
use super::totals::Role;
use super::work::Work;
use crate::cell::Seen;
use crate::records::Field;

/// The columns of periods of a list.
#[derive(Clone, Debug, Default)]
pub struct OverTime {
    /// Where they are, from left to right; none where one alone is the amount.
    columns: Vec<usize>,
    /// What each is called: its period, or its heading.
    names: Vec<String>,
    /// Their step, and all of their time; `None` where the calendar does not tell.
    steps: Option<(Step, Spanned<Period>)>,
}

impl OverTime {
    /// The columns of periods, where they are steps of the calendar, one after the other; where they are not, that is said. Which step each
    /// is, is kept with the columns.
    pub fn of(work: &mut Work, columns: &mut Columns, head: &[Field<'_>], plan: Option<Period>) -> Self {
        let (all, told): (Vec<usize>, Vec<Told>) = columns.periods.iter().map(|(at, told)| (*at, *told)).unzip();
        let Some(first) = all.first() else { return Self::default() };
        let span = head.get(*first).map(|field| field.span);
        let found = steps(&told, plan);
        let (is_one, has_total) = (!columns.has(Column::Part), columns.has(Column::Amount));
        if let (Err(why), false) = (&found, is_one) {
            not_kept(work, *why, has_total, span, &columns_named(head, &all));
            if *why == NoSteps::Overlap && has_total {
                columns.of.extend(all.iter().map(|at| (*at, Column::Other)));
                columns.periods.clear();
                return Self::default();
            }
        }
        if !is_one && !has_total && found != Err(NoSteps::Overlap) {
            let message = format!("no column holds the whole amount of a line: it is the sum of {}", columns_named(head, &all));
            work.find(Severity::Note, "table", span, message, "a blank cell among them is nothing");
        }
        if let Ok((step, whole)) = found {
            columns.periods = all.iter().copied().zip(whole.steps(step).map(Told::At)).collect();
        }
        let steps = found.ok().map(|(step, whole)| (step, Spanned { value: whole, span }));
        if is_one {
            return Self { steps, ..Self::default() };
        }
        let heading = |at: usize| head.get(at).map_or_else(|| columns.name(at), |field| format!("`{}`", field.text.trim()));
        let name = |at: &usize| if steps.is_some() { columns.name(*at) } else { heading(*at) };
        Self { names: all.iter().map(name).collect(), columns: all, steps }
    }
}

/// Says that columns of periods are not kept, and what can be done.
fn not_kept(work: &mut Work, why: NoSteps, has_total: bool, span: Option<Span>, named: &str) {
    let message = format!("amounts by period are left out of the plan: {named}: {why}");
    let is_overlap = why == NoSteps::Overlap;
    let severity = if is_overlap && !has_total { Severity::Error } else { Severity::Warning };
    let still = if has_total { "they are only held against the amount; " } else { "" };
    let help = match why {
        NoSteps::Overlap => {
            "say in the mapping which of them are parts of the amount, and that the others are `other`".to_owned()
        }
        NoSteps::NoYear => format!(
            "{still}say when they are in the mapping that `--save-mapping` writes: `duration = \"2026\"` under `[plan]`, or \
             `\"2026-Q1\"` for `\"part\"` among the columns"
        ),
        _ => {
            format!("{still}correct the headings, or say in the mapping when they are: `\"2026-Q1\"`, `\"2026-01\"`, `\"2026\"`")
        }
    };
    work.find(severity, "table", span, message, &help);
}

impl List<'_> {
    fn cells<'r, 't>(&self, row: &'r [Field<'t>]) -> impl Iterator<Item = Option<&'r Field<'t>>> {
        self.over.columns.iter().map(|at| row.get(*at).filter(|field| !field.is_blank()))
    }

    /// What the cells of periods come to, as they are written; `None` where nothing stands there.
    pub fn come_to(&self, row: &[Field<'_>]) -> Option<Decimal> {
        let numbers: Vec<Decimal> = self.cells(row).flatten().filter_map(|field| self.part(field)).collect();
        if numbers.is_empty() { None } else { Decimal::exact_sum(numbers) }
    }

    /// A number that is no share: 25 % of an amount is no part of it in money.
    fn part(&self, field: &Field<'_>) -> Option<Decimal> {
        let is_share = matches!(field.seen(), Seen::Number(written) if written.is_share);
        self.read_number(field).filter(|_| !is_share).map(|number| number.value)
    }

    /// One amount a step. A spread has one for each, so a blank cell is nothing, as a dash is: the amount that it is held against tells
    /// whether it is. `None` where all are blank, or where one is not known.
    fn parts(&self, work: &mut Work, row: &[Field<'_>]) -> Option<Vec<Spanned<Decimal>>> {
        self.cells(row).any(|cell| cell.is_some()).then_some(())?;
        let mut parts = Vec::new();
        for cell in self.cells(row) {
            parts.push(match cell.map(|field| (field, field.seen())) {
                None => Spanned { value: Decimal::ZERO, span: None },
                Some((field, Seen::None | Seen::Blank)) => Spanned::at(Decimal::ZERO, field.span),
                Some((field, Seen::NotAvailable)) => {
                    let message = "what is spent in a period is not known, and the line is not spread";
                    work.find(Severity::Warning, "table", Some(field.span), message, "write an amount, or `-` for nothing");
                    return None;
                }
                Some((field, Seen::Number(written))) if written.is_share => {
                    let message = format!("`{}` is a share among amounts", field.text.escape_debug());
                    work.find(Severity::Error, "not-a-number", Some(field.span), message, "write the amount of the period");
                    return None;
                }
                Some((field, _)) => self.number(work, field, self.scale)?,
            });
        }
        Some(parts)
    }

    /// Spreads a line over its periods. Without an amount of its own it comes to what they come to.
    pub fn spread(&self, work: &mut Work, row: &[Field<'_>], line: &mut Line) {
        let steps = self.over.steps.as_ref();
        if let (true, Some((_, period))) = (self.over.columns.is_empty(), steps) {
            line.period = line.period.or(Some(*period));
        }
        let Some(parts) = self.parts(work, row) else { return };
        let span = parts.iter().find_map(|part| part.span);
        let Some(sum) = Decimal::exact_sum(parts.iter().map(|part| part.value)) else {
            let message = "the amounts of the periods have more digits than can be held";
            return work.find(Severity::Error, "too-precise", span, message, "correct a cell");
        };
        match line.amount {
            None => {
                if self.columns.has(Column::Amount) {
                    let message = format!("{} has no amount; it is what its periods come to", line.description.escape_debug());
                    work.find(Severity::Note, "table", span, message, "write the amount beside them");
                }
                line.amount = Some(Spanned { value: sum, span });
            }
            Some(amount) if steps.is_none() && amount.value != sum => work.add(mismatch(line, amount, sum, &parts)),
            Some(_) => {}
        }
        if let Some((step, period)) = steps {
            line.period = Some(*period);
            let mut spread = Spread::even(*step);
            spread.amounts = Some(parts);
            line.spread = Some(spread);
        }
    }

    /// The printed totals of periods, and of amounts that are left out, against the lines that they are of.
    pub fn totals_of_columns(&self, work: &mut Work, roles: &[Role]) {
        self.totals_of(work, roles, &self.over.columns, &self.over.names);
        let (columns, names): (Vec<usize>, Vec<String>) = self.beside.iter().cloned().unzip();
        self.totals_of(work, roles, &columns, &names);
    }

    fn totals_of(&self, work: &mut Work, roles: &[Role], columns: &[usize], names: &[String]) {
        // What is said again is no line of the budget, and one of the total behind it.
        let is_line = |role: &Role| role.is_line() || *role == Role::Again;
        if columns.is_empty() {
            return;
        }
        let part = |row: &[Field<'_>], at: usize| {
            let field = row.get(at).filter(|field| !field.is_blank())?;
            Some(Spanned::at(self.part(field)?, field.span))
        };
        let ends: BTreeSet<usize> = roles.iter().filter_map(Role::total).flat_map(|of| [of.from, of.to]).collect();
        // What all lines before a row come to, column by column, at the rows at which some total begins or ends.
        let mut before: HashMap<usize, Vec<Option<Decimal>>> = HashMap::new();
        let mut sums = vec![Some(Decimal::ZERO); columns.len()];
        for (at, (row, role)) in self.rows.iter().zip(roles).enumerate() {
            if ends.contains(&at) {
                before.insert(at, sums.clone());
            }
            for (sum, column) in sums.iter_mut().zip(columns).filter(|_| is_line(role)) {
                *sum = sum.and_then(|sum| sum.exact_add(part(&row, *column).map(|part| part.value).unwrap_or_default()));
            }
        }
        before.insert(roles.len(), sums);
        for (at, role) in roles.iter().enumerate() {
            let Some(of) = role.total() else { continue };
            let (row, item) = (self.rows.row(at), self.item_at(at));
            let Some((from, to)) = before.get(&of.from).zip(before.get(&of.to)) else { continue };
            for ((column, name), (from, to)) in columns.iter().zip(names).zip(from.iter().zip(to)) {
                let sum = to.zip(*from).and_then(|(to, from)| to.exact_sub(from));
                let what = format!("`{}` of {name}", item.label.escape_debug());
                // What formulas make finer than money adds up to a cent.
                let is_off = |(printed, sum): &(Spanned<Decimal>, Decimal)| {
                    printed.value.exact_sub(*sum).is_none_or(|off| !is_below_a_cent(off))
                };
                let printed = part(&row, *column).zip(sum).filter(is_off);
                work.findings.extend(printed.and_then(|(printed, sum)| self.against(&what, printed, sum, of.lines)));
            }
        }
    }
}

/// Parts that do not add up to the amount that stands beside them, where the plan keeps none for its rules to check.
fn mismatch(line: &Line, amount: Spanned<Decimal>, sum: Decimal, parts: &[Spanned<Decimal>]) -> Diagnostic {
    let message =
        format!("{} comes to {}, but its parts add up to {}", line.description.escape_debug(), shown(amount.value), shown(sum));
    let mut finding = Diagnostic::new("spread-mismatch", Severity::Error, message).at(amount.span, "the amount", "");
    finding.labels.extend(parts.iter().filter(|part| part.span.is_some()).map(|part| Label::new(part.span, "a part", "")));
    let difference = amount.exact_sub(sum).unwrap_or_default();
    let terms = parts.iter().map(|part| part.value).collect();
    finding.figures(Figures { declared: amount.value, computed: sum, difference, terms }).help("correct a part, or the amount")
}
