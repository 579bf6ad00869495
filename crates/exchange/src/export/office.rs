//! The money of one office: its budget lines by outcome, or what it is given, with subtotals.

use std::collections::HashMap;

use logframe::table::{self, Table};
use logframe::{Decimal, Line, Measure, Node, Office, Spanned, report};

use super::budget::{Budget, copy};
use super::context::lines as columns;
use super::context::{Context, LINES, row};
use super::figure::{Computed, Figure, difference, sum};
use super::formula::At;
use super::laid::Laid;
use super::lines::number;
use super::model::{Cell, Look, SheetKind, Shown, Value};
use super::page::{Head, Page, blanks};

/// The sheet of an office; `None` where nothing is said about its money.
pub fn office<'c>(context: &'c Context<'_>, budget: &Budget, at: usize, name: &str) -> Option<Laid<'c>> {
    let office = context.plan.offices.get(at)?;
    let has_lines = context.roots.iter().any(|root| !context.parts(at, *root).lines.is_empty());
    let note = format!(
        "Amounts in {}. Change figures on the sheets that this one follows: {}.",
        context.plan.header.currency.value,
        if has_lines { "Lines and Budget" } else { "Budget" }
    );
    let mut writer = Writer {
        context,
        budget,
        at,
        office,
        has_lines,
        has_printed: has_printed(context, office),
        page: Page::new("", SheetKind::Office, "", "", Vec::new()),
        lines: HashMap::new(),
    };
    writer.page = Page::new(name, SheetKind::Office, &office.name, &note, writer.heads());
    let subtotals: Vec<Figure> = context.roots.iter().enumerate().filter_map(|(i, root)| writer.root(i, *root)).collect();
    if subtotals.is_empty() {
        return None;
    }
    let total = sum(&subtotals, context.decimals());
    let figure = total.figure(None, writer.page.at(writer.amount_column()));
    let mut row = writer.labelled("Total", total.cell);
    row.extend(writer.beside(None, &figure));
    writer.page.push_total(row);
    for sheet in report::office(context.plan, &office.id).into_iter().flatten().skip(1) {
        said(&mut writer.page, &sheet);
    }
    let lines = writer.lines;
    Some(Laid::new(writer.page.sheet(), move |row| line(context, *lines.get(&row)?)))
}

/// What a sheet of the document says about the office besides its money, under that: challenges, highlights, activities.
fn said(page: &mut Page, sheet: &Table) {
    page.push_beside(Vec::new());
    page.push_beside(vec![Cell::text(&sheet.title, Look::Section)]);
    for row in &sheet.rows {
        let text = |at: usize| if let Some(table::Cell::Text(text)) = row.cells.get(at) { text.as_str() } else { "" };
        let id = if text(1).is_empty() { text(0).to_owned() } else { format!("{} {}", text(0), text(1)) };
        page.push_beside(vec![Cell::id(&id), Cell::text(text(2), Look::Text)]);
    }
}

struct Writer<'c, 'p> {
    context: &'c Context<'p>,
    budget: &'c Budget,
    at: usize,
    office: &'c Office,
    has_lines: bool,
    /// Whether the document prints anything of its money.
    has_printed: bool,
    page: Page,
    /// Which rows are for which budget lines.
    lines: HashMap<u32, usize>,
}

impl Writer<'_, '_> {
    fn heads(&self) -> Vec<Head> {
        let mut heads = vec![
            Head::text("result", "Result", 15),
            Head::text("title", "Outcome, budget head or what is paid for", if self.has_lines { 40 } else { 56 }),
        ];
        if self.has_lines {
            heads.extend([
                Head::number("line", "Line", 6),
                Head::text("category", "Category", 13),
                Head::number("quantity", "Quantity", 9),
                Head::text("unit", "Unit", 11),
                Head::number("unit-cost", "Unit cost", 13),
                Head::text("currency", "Currency", 9),
                Head::number("duration", "Duration", 9),
                Head::text("duration-unit", "In", 9),
                Head::number("share", "% charged", 9),
                Head::number("percent", "% of base", 9),
            ]);
        }
        heads.push(Head::number("amount", self.context.in_currency("Amount"), 16));
        if self.has_printed {
            heads.push(Head::number("printed", self.context.in_currency("Printed"), 16));
            heads.push(Head::number("difference", "Printed less computed", 13));
        }
        heads
    }

    fn node(&self, at: usize) -> Option<&Node> {
        self.context.plan.nodes().get(at)
    }

    fn amount_column(&self) -> u16 {
        if self.has_lines { 12 } else { 2 }
    }

    /// The rows of an outcome or head, with a subtotal where there are several; the figure that the office's total counts.
    fn root(&mut self, i: usize, root: usize) -> Option<Figure> {
        let parts = self.context.parts(self.at, root).clone();
        let shown = *self.budget.cells.get(self.at)?.get(i)?;
        let mut figures = Vec::new();
        for line in &parts.lines {
            figures.extend(self.line(*line).filter(|_| self.context.is_counted(*line)));
        }
        if parts.lines.is_empty() && parts.given.len() <= 1 && self.context.listed().is_empty() {
            return (!parts.given.is_empty()).then(|| self.row(root, copy(&shown, self.context.decimals())));
        }
        let given: Vec<(usize, Option<Figure>)> =
            parts.given.iter().map(|one| (*one, self.context.listed_allocation(*one))).collect();
        for (one, listed) in given {
            let at = self.context.plan.place(one).map_or(root, |(_, node)| node);
            figures.push(self.row(at, copy(&listed.unwrap_or(shown), self.context.decimals())));
        }
        (!figures.is_empty()).then(|| self.subtotal(root, &figures))
    }

    /// A row for what is given for a result.
    fn row(&mut self, node: usize, amount: Computed) -> Figure {
        let figure = amount.figure(None, self.page.at(self.amount_column()));
        let (id, title) = self
            .node(node)
            .map_or((Cell::default(), Cell::default()), |node| (Cell::id(&node.id), Cell::text(&node.title, Look::Text)));
        let between = usize::from(self.amount_column()) - 2;
        let mut cells: Vec<Cell> = [id, title].into_iter().chain(blanks(between)).chain([amount.cell]).collect();
        let root = self.node(node).filter(|node| node.parent.is_none()).map(|node| node.id.clone());
        if let Some(root) = root {
            cells.extend(self.beside(Some(&root), &figure));
        }
        self.page.push(cells);
        figure
    }

    /// A row for a budget line.
    fn line(&mut self, at: usize) -> Option<Figure> {
        let figure = amount(self.context, at).figure(None, self.page.at(self.amount_column()));
        self.context.plan.lines.get(at)?;
        self.lines.insert(self.page.next(), at);
        self.page.push_later();
        Some(figure)
    }

    fn subtotal(&mut self, root: usize, figures: &[Figure]) -> Figure {
        let subtotal = sum(figures, self.context.decimals());
        let figure = subtotal.figure(None, self.page.at(self.amount_column()));
        let (id, title) =
            self.node(root).map_or((String::new(), String::new()), |node| (node.id.to_string(), node.title.clone()));
        let mut cells = self.labelled(&format!("Subtotal {title}"), subtotal.cell);
        cells.extend(self.beside(Some(&id), &figure));
        self.page.push(cells.into_iter().map(Cell::total).collect());
        figure
    }

    fn labelled(&self, label: &str, cell: Cell) -> Vec<Cell> {
        let between = usize::from(self.amount_column()) - 2;
        [Cell::default(), Cell::text(label, Look::Text)].into_iter().chain(blanks(between)).chain([cell]).collect()
    }

    /// What the document prints for the office, or for one of its results, and by how much that is more.
    fn beside(&self, root: Option<&str>, computed: &Figure) -> Vec<Cell> {
        if !self.has_printed {
            return Vec::new();
        }
        let printed = self.context.printed(Measure::Amount, Some(&self.office.id), root);
        let Some(printed) = printed else { return blanks(2).collect() };
        let decimals = self.context.decimals();
        vec![copy(&printed, decimals).cell, difference(&printed, computed, decimals).cell]
    }
}

fn has_printed(context: &Context<'_>, office: &Office) -> bool {
    let nodes = context.plan.nodes();
    let ids = context.roots.iter().filter_map(|root| nodes.get(*root)).map(|node| Some(node.id.as_str()));
    ids.chain([None]).any(|root| context.printed(Measure::Amount, Some(office.id.as_str()), root).is_some())
}

/// The row of a budget line; its numbers are those of the sheet of lines.
fn line(context: &Context<'_>, at: usize) -> Option<Vec<Cell>> {
    let mut cells = fields(at, context.plan.lines.get(at)?, context.plan.header.currency.as_str());
    cells.push(amount(context, at).cell);
    Some(cells)
}

/// What a budget line comes to.
fn amount(context: &Context<'_>, at: usize) -> Computed {
    copy(&context.line(at), context.decimals())
}

/// What a line says, as a copy: it is changed on the sheet of lines, and numbers follow from there.
fn fields(at: usize, line: &Line, own: &str) -> Vec<Cell> {
    let text = Cell::maybe;
    vec![
        Cell::id(&line.result),
        Cell::text(&*line.description, Look::Text),
        Cell::count(at + 1),
        Cell::id(line.category.as_ref().map(|id| id.as_str()).unwrap_or_default()),
        copied(at, columns::QUANTITY, line.quantity),
        text(line.unit.as_deref()),
        copied(at, columns::UNIT_COST, line.unit_cost),
        Cell::id(line.currency.as_ref().map_or(own, |code| code.as_str())),
        copied(at, columns::DURATION, line.duration),
        text(line.duration_unit.as_deref()),
        copied(at, columns::SHARE, line.share),
        copied(at, columns::PERCENT, line.percent),
    ]
}

/// A number of a line as a formula that shows its cell on the sheet of lines.
fn copied(at: usize, column: u16, written: Option<Spanned<Decimal>>) -> Cell {
    let cell = number(written);
    let text = At::new(row(at), column).name_on(LINES);
    match cell.value {
        Value::Number(number) => Cell { value: Value::Formula { text, shows: Shown::Number(number) }, ..cell },
        _ => cell,
    }
}
