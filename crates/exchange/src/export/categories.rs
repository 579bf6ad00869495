//! Cost categories by offices, added up from the budget lines.

use std::collections::HashMap;

use logframe::report;
use logframe::table;
use logframe::{Category, Decimal};

use super::context::{CATEGORIES, Context, column, lines};
use super::figure::{Computed, Figure, sum, sum_or};
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{Head, Page};

/// The first column of an office.
const FIRST_OFFICE: u16 = 2;

/// What the report calls what no lines stand for.
const NOT_IN_LINES: &str = "not in lines";

pub fn categories(context: &Context<'_>) -> Option<Sheet> {
    if context.plan.lines.is_empty() {
        return None;
    }
    let mut heads = vec![Head::text("category", "Id", 14), Head::text("title", "Cost category", 40)];
    heads.extend(context.plan.offices.iter().map(|office| Head::number("office", &office.name, 17)));
    heads.push(Head::number("total", context.in_currency("Total"), 18));
    let note = format!("Amounts in {}. Figures are sums of budget lines.", context.plan.header.currency.value);
    let page = Page::new(CATEGORIES, SheetKind::Categories, "Budget by cost category", &note, heads).frozen(2);
    let mut writer = Writer { context, page, columns: vec![Vec::new(); context.plan.offices.len() + 1] };
    writer.of_lines();
    writer.not_in_lines();
    if writer.page.is_empty() { None } else { Some(writer.finish()) }
}

struct Writer<'c, 'p> {
    context: &'c Context<'p>,
    page: Page,
    /// The figures of each office, and those of the rows' totals.
    columns: Vec<Vec<Figure>>,
}

impl Writer<'_, '_> {
    fn of_lines(&mut self) {
        let categories = self.context.plan.cost_categories();
        let is_own = !self.context.plan.categories.is_empty();
        let mut lines = self.lines(&categories);
        for (at, category) in categories.iter().enumerate() {
            let title = Cell::text(&category.title, Look::Text);
            let title = if is_own { title.of(Origin::Category { at, key: "title" }) } else { title };
            self.row([Cell::id(&category.id), title], lines.remove(&Some(at)), Some(&category.id));
        }
        self.row([Cell::default(), Cell::text("no category", Look::Text)], lines.remove(&None), None);
    }

    /// Lines by category and by office.
    fn lines(&self, categories: &[Category]) -> HashMap<Option<usize>, Vec<Vec<usize>>> {
        let offices = self.context.plan.offices.len();
        let mut positions: HashMap<&str, usize> = HashMap::new();
        categories.iter().enumerate().rev().for_each(|(at, one)| {
            positions.insert(one.id.as_str(), at);
        });
        let mut lines: HashMap<Option<usize>, Vec<Vec<usize>>> = HashMap::new();
        for (at, (line, place)) in self.context.plan.lines.iter().zip(&self.context.line_places).enumerate() {
            let Some((office, _)) = place else { continue };
            let category = line.category.as_ref().and_then(|id| positions.get(id.as_str()).copied());
            let row = lines.entry(category).or_insert_with(|| vec![Vec::new(); offices]);
            row.get_mut(*office).into_iter().for_each(|cell| cell.push(at));
        }
        lines
    }

    fn row(&mut self, names: [Cell; 2], lines: Option<Vec<Vec<usize>>>, category: Option<&str>) {
        let Some(lines) = lines else { return };
        let offices = self.context.plan.offices.iter();
        let computed: Vec<_> = lines.iter().zip(offices).map(|(lines, office)| self.cell(lines, &office.id, category)).collect();
        let figures =
            computed.iter().enumerate().map(|(at, one)| one.figure(None, self.page.at(column(FIRST_OFFICE, at)))).collect();
        self.finish_row(names, computed.into_iter().map(|one| one.cell).collect(), figures);
    }

    fn cell(&self, at: &[usize], office: &str, category: Option<&str>) -> Computed {
        if at.is_empty() {
            return Computed::nothing();
        }
        let figures: Vec<Figure> = at.iter().map(|line| self.context.line(*line)).collect();
        let other = || self.context.sum_where(at.len(), office, (lines::CATEGORY, category?));
        sum_or(&figures, self.context.decimals(), other)
    }

    /// What the budget counts and no lines stand for, as the report of categories works it out.
    fn not_in_lines(&mut self) {
        let report = report::categories(self.context.plan);
        let Some(row) = report.rows.iter().rfind(|row| row.cells.first() == Some(&table::Cell::text(NOT_IN_LINES))) else {
            return;
        };
        let amount = |id: &str| {
            let at = report.columns.iter().position(|column| column.key == id)?;
            if let Some(table::Cell::Number { value, .. }) = row.cells.get(at) { Some(*value) } else { None }
        };
        let amounts: Vec<Option<Decimal>> = self.context.plan.offices.iter().map(|office| amount(&office.id)).collect();
        let decimals = self.context.decimals();
        let cells = amounts.iter().map(|amount| amount.map_or_else(Cell::default, |amount| Cell::number(amount, decimals)));
        let places = amounts.iter().enumerate().map(|(at, amount)| (self.page.at(column(FIRST_OFFICE, at)), *amount));
        let figures = places.map(|(at, amount)| Figure::given(None, at, amount.into())).collect();
        self.finish_row([Cell::default(), Cell::text(NOT_IN_LINES, Look::Text)], cells.collect(), figures);
    }

    fn finish_row(&mut self, names: [Cell; 2], cells: Vec<Cell>, mut figures: Vec<Figure>) {
        let total = sum(&figures, self.context.decimals());
        figures.push(total.figure(None, self.page.at(column(FIRST_OFFICE, figures.len()))));
        self.columns.iter_mut().zip(figures).for_each(|(column, figure)| column.push(figure));
        self.page.push(names.into_iter().chain(cells).chain([total.cell.total_beside()]).collect());
    }

    fn finish(mut self) -> Sheet {
        let decimals = self.context.decimals();
        let totals = self.columns.iter().map(|column| sum(column, decimals).cell);
        let totals = [Cell::default(), Cell::text("Total", Look::Text)].into_iter().chain(totals).collect();
        self.page.push_total(totals);
        self.page.sheet()
    }
}
