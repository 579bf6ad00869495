#![doc = include_str!("declared_total.md")]

use std::collections::HashMap;

use super::names::{Names, count, ids, short};
use super::{Context, Rule};
use crate::crossfoot::{Agreement, Interval};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Label, Severity};
use crate::plan::equations::{Equation, Parts, Standing};
use crate::plan::{Allocation, Id, Plan, Statement};
use crate::source::Span;

pub static RULE: Rule =
    Rule { name: "declared-total", severity: Severity::Error, page: include_str!("declared_total.md"), check: Some(check) };

/// Places of parts that a finding points at, and values that it carries, at most: a total of 100,000 cells is explained by its
/// sum, not by its parts.
const MAX_PLACES: usize = 100;
const MAX_TERMS: usize = 1000;

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let mut lines = Lines::default();
    let differ = |equation: &&Equation| matches!(equation.standing, Standing::Judged(verdict) if verdict > Agreement::Exact);
    let differing: Vec<&Equation> = context.equations.iter().filter(differ).collect();
    for of_one in differing.chunk_by(|a, b| a.statement == b.statement) {
        let worst = |equation: &&&Equation| equation.standing == Standing::Judged(Agreement::Wrong);
        let main = of_one.iter().find(worst).or(of_one.first());
        let statement = main.and_then(|main| context.plan.statements().get(main.statement));
        if let (Some(main), Some(statement)) = (main, statement) {
            let finding = finding(context.plan, statement, of_one, main, &mut lines);
            findings.extend(explained(context, main, finding));
        }
    }
}

/// How many budget lines make each cell, by its office and its result; counted once something is wrong.
#[derive(Default)]
struct Lines<'p>(Option<HashMap<(&'p Id, &'p Id), usize>>);

impl<'p> Lines<'p> {
    /// How many lines make the parts of a total, where these are cells that lines make, all of them.
    fn behind(&mut self, plan: &'p Plan, equation: &Equation) -> Option<usize> {
        let Parts::Cells(cells) = &equation.parts else { return None };
        let cells: Vec<_> =
            cells.iter().filter_map(|i| plan.allocations.get(*i)).filter(|cell| cell.cell.amount().is_some()).collect();
        let counts = self.0.get_or_insert_with(|| {
            let mut counts = HashMap::new();
            for line in &plan.lines {
                *counts.entry((&line.office.value, &line.result.value)).or_default() += 1;
            }
            counts
        });
        let count = |cell: &&Allocation| counts.get(&(&cell.office.value, &cell.result.value)).copied().filter(|_| cell.is_built);
        cells.iter().map(count).sum::<Option<usize>>().filter(|count| *count > 0)
    }
}

/// A wrong total with what explains it; none within rounding where another rule says more of it.
fn explained(context: &Context<'_>, main: &Equation, finding: Diagnostic) -> Option<Diagnostic> {
    let Some(joint) = &context.joint else { return Some(finding) };
    if finding.severity == RULE.severity {
        return Some(joint.explanation(main.statement).into_iter().fold(finding, Diagnostic::help));
    }
    (!joint.is_suspect(main.statement)).then_some(finding)
}

fn finding<'p>(plan: &'p Plan, statement: &Statement, all: &[&Equation], main: &Equation, lines: &mut Lines<'p>) -> Diagnostic {
    let names = Names(plan);
    let behind = lines.behind(plan, main);
    let wrong = main.standing == Standing::Judged(Agreement::Wrong);
    let difference = statement.value.exact_sub(main.sum.value).unwrap_or_default();
    let miss = miss(names, difference, main, behind);
    let close = if wrong { "" } else { ", within rounding" };
    let message = format!(
        "{} is printed as {} ({}), but {}: {miss}{close}",
        names.scope(&statement.scope),
        names.number(*statement.value),
        short(&statement.place),
        made(names, plan, main, behind),
    );
    let severity = if wrong { RULE.severity } else { Severity::Note };
    let mut finding = Diagnostic::new(RULE.name, severity, message)
        .at(statement.value.span, names.statement(statement), miss)
        .help(if wrong { should_be(names, statement, main, behind) } else { reach(names, statement, main) });
    for other in all.iter().filter(|other| !std::ptr::eq(**other, main)) {
        finding = finding.help(format!("besides, {}", made(names, plan, other, lines.behind(plan, other))));
    }
    let (labels, terms) = parts(plan, main);
    finding.labels.extend(labels);
    finding.about.extend(ids(&statement.scope));
    finding.figures(Figures { declared: *statement.value, computed: main.sum.value, difference, terms })
}

fn miss(names: Names<'_>, difference: Decimal, main: &Equation, behind: Option<usize>) -> String {
    let by = names.number(difference.abs());
    let than = match main.parts {
        Parts::Cells(_) if behind == Some(1) => "its line",
        Parts::Cells(_) if behind.is_some() => "its lines",
        Parts::Cells(_) if main.sum.terms == 1 => "its cell",
        Parts::Cells(_) => "its cells",
        Parts::Offices(_) | Parts::Results(_) => "its parts",
        Parts::Repeat(_) => "there",
    };
    format!("{by} {} than {than}", if difference.is_negative() { "less" } else { "more" })
}

/// What the parts make, in words.
fn made(names: Names<'_>, plan: &Plan, equation: &Equation, behind: Option<usize>) -> String {
    let sum = names.number(equation.sum.value);
    match &equation.parts {
        Parts::Cells(_) if behind == Some(1) => format!("its line comes to {sum}"),
        Parts::Cells(_) if behind.is_some() => format!("its {} come to {sum}", count(behind.unwrap_or_default(), "line")),
        Parts::Cells(_) if equation.sum.terms == 0 => "no amount is allocated to it".to_owned(),
        Parts::Cells(_) if equation.sum.terms == 1 => format!("its cell in the budget is {sum}"),
        Parts::Cells(_) => format!("its {} add up to {sum}", count(equation.sum.terms, "cell")),
        Parts::Offices(_) => format!("the printed totals of its {} add up to {sum}", count(equation.sum.terms, "office")),
        Parts::Results(_) if equation.sum.terms == 1 => format!("the only figure printed beside it is {sum}"),
        Parts::Results(_) => format!("the {} printed beside it add up to {sum}", count(equation.sum.terms, "figure")),
        Parts::Repeat(first) => {
            let place = plan.statements().get(*first).map_or("", |first| first.place.as_ref());
            format!("{place} prints {sum} for the same")
        }
    }
}

fn should_be(names: Names<'_>, statement: &Statement, main: &Equation, behind: Option<usize>) -> String {
    let sum = names.number(main.sum.value);
    let parts = match &main.parts {
        Parts::Cells(_) if behind == Some(1) => "its line is",
        Parts::Cells(_) if behind.is_some() => "its lines are",
        Parts::Cells(_) if main.sum.terms == 1 => "the budget's cell is",
        Parts::Cells(_) => "the cells are",
        Parts::Offices(_) | Parts::Results(_) => "its parts are",
        Parts::Repeat(_) => "the other place is",
    };
    let exact = statement.printed.unit.is_none();
    let why = if exact { "no unit is declared, so the figures are exact" } else { "rounding cannot explain the difference" };
    let least = if main.unknown > 0 { "at least " } else { "" };
    format!("it should be {least}{sum} if {parts} right; {why}")
}

fn reach(names: Names<'_>, statement: &Statement, main: &Equation) -> String {
    let own = statement.printed.amounts(*statement.value).unwrap_or(Interval::ALL);
    let (parts, figure) = (range(names, main.sum.amounts), range(names, own));
    format!("as they are rounded, the parts can stand for {parts}, the figure for {figure}")
}

/// An interval in words; an end that is excluded is said to be.
fn range(names: Names<'_>, interval: Interval) -> String {
    interval.told(|number| names.number(number.normalized()))
}

/// The places of the parts and their values. The first place says what they make; the others are there for programs.
fn parts(plan: &Plan, equation: &Equation) -> (Vec<Label>, Vec<Decimal>) {
    let names = Names(plan);
    let statement = |i: &usize| plan.statements().get(*i).map(|part| (part.value.span, names.statement(part), *part.value));
    let cell = |i: &usize| {
        let allocation = plan.allocations.get(*i)?;
        let thing = format!("{} / {}", names.office(&allocation.office), names.result(&allocation.result));
        Some((allocation.cell.span, thing, allocation.cell.amount()?))
    };
    let places: Vec<(Option<Span>, String, Decimal)> = match &equation.parts {
        Parts::Cells(cells) => cells.iter().filter_map(cell).take(MAX_TERMS).collect(),
        Parts::Offices(positions) | Parts::Results(positions) => positions.iter().filter_map(statement).take(MAX_TERMS).collect(),
        Parts::Repeat(first) => statement(first).into_iter().collect(),
    };
    let terms = places.iter().map(|(_, _, value)| *value).collect();
    let sum = names.number(equation.sum.value);
    let line = line(plan, equation).map(|span| {
        let text = format!("its {} add up to {sum}", count(equation.sum.terms, "cell"));
        Label::new(Some(span), "the line of its cells", text)
    });
    let text = match (&line, equation.sum.terms) {
        (Some(_), _) => String::new(),
        (None, 1) => "compared with this".to_owned(),
        (None, n) => format!("the first of {n} that add up to {sum}"),
    };
    let cells = places
        .into_iter()
        .take(MAX_PLACES)
        .enumerate()
        .map(|(i, (span, thing, _))| Label::new(span, thing, if i == 0 { text.as_str() } else { "" }));
    (line.into_iter().chain(cells).collect(), terms)
}

/// The key of the budget line that holds all the cells, where several stand on one.
fn line(plan: &Plan, equation: &Equation) -> Option<Span> {
    let Parts::Cells(cells) = &equation.parts else { return None };
    let mut lines = cells.iter().filter_map(|i| plan.allocations.get(*i)).map(|allocation| allocation.office.span);
    let first = lines.next().filter(|_| equation.sum.terms > 1)?;
    lines.all(|line| line == first).then_some(first).flatten()
}
