//! The system behind a plan: every amount of the budget and every declared figure, with the sums and shares between them.

use std::collections::HashMap;

use super::{InPrint, Layout, Named, Subject};
use crate::crossfoot::{Figure, NoneMeans, Reason, Share, Sum, System};
use crate::decimal::Decimal;
use crate::plan::equations::{self, Equation, Parts};
use crate::plan::grid::Grid;
use crate::plan::names::{Names, short};
use crate::plan::share_base::{self, Origin};
use crate::plan::{Allocation, Cell, Id, Measure, Plan, Printed, Scope, Statement};
use crate::source::Spanned;

/// Cells of a budget that is more empty than this are not made figures of: each total then has one unknown amount for all of its own
/// that are not given. That forgets that rows and columns miss the same cells, and so finds less, but never what is not there.
const MOST_MISSING: usize = 100_000;

/// A table larger than this is not laid out.
const MOST_PLACES: usize = 100_000;

/// The system behind a plan, and why it is not whole where a figure has too many digits.
///
/// The figures are the allocations, then the declared figures, both in document order, then the cells that are not given. A
/// missing cell is unknown, not zero.
///
/// The sums are those of [`equations`], less what says nothing new: a total that is the sum of the totals printed beside it is
/// not compared with its cells besides, since each of these is; and what is printed again elsewhere is compared with its first
/// print alone, since that is compared with the rest.
pub(super) fn of(plan: &Plan) -> (Subject, Option<Reason>) {
    let mut builder = Builder::of(plan);
    builder.add_figures();
    builder.add_sums();
    builder.add_shares();
    let layout = builder.layout();
    let Builder { system, figures, sums, refusal, .. } = builder;
    let (title, style) = (short(&plan.header.title), plan.number_style());
    let is_rule_declared = plan.header.printed.rounding.is_some();
    (Subject { title, system, figures, sums, style, is_rule_declared, layout }, refusal)
}

struct Builder<'p> {
    plan: &'p Plan,
    grid: Grid<'p>,
    names: Names<'p>,
    system: System,
    figures: Vec<Named>,
    sums: Vec<Named>,
    /// The figures of cells that are not given, by office and result.
    missing: HashMap<(usize, usize), usize>,
    refusal: Option<Reason>,
}

impl<'p> Builder<'p> {
    fn of(plan: &'p Plan) -> Self {
        Self {
            plan,
            grid: Grid::of(plan),
            names: Names(plan),
            system: System::default(),
            figures: Vec::new(),
            sums: Vec::new(),
            missing: HashMap::new(),
            refusal: None,
        }
    }

    /// Adds a figure; one that has more digits than can be held keeps the whole from being decided.
    fn add(&mut self, figure: Option<Figure>, named: Named) -> usize {
        if figure.is_none() {
            self.refusal.get_or_insert(Reason::TooManyDigits { figure: self.figures.len() });
        }
        self.figures.push(named);
        self.system.add(figure.unwrap_or_else(Figure::unknown))
    }

    fn add_figures(&mut self) {
        let plan = self.plan;
        for allocation in &plan.allocations {
            let figure = match allocation.cell.amount().filter(|_| allocation.is_built) {
                Some(amount) => Some(Figure::exact(amount)),
                None => cell_figure(*allocation.cell, &plan.header.printed),
            };
            self.add(figure, self.cell_named(allocation));
        }
        for statement in plan.statements() {
            self.add(figure(*statement.value, &statement.printed), self.statement_named(statement));
        }
    }

    /// The figure of a statement: statements stand after the allocations.
    fn statement(&self, position: usize) -> usize {
        self.plan.allocations.len() + position
    }

    fn cell_named(&self, allocation: &Allocation) -> Named {
        let words = format!("{} / {}", self.names.office(&allocation.office), self.names.result(&allocation.result));
        let in_print = if *allocation.cell == Cell::None { InPrint::None } else { InPrint::Number };
        let ids = vec![format!("office={}", allocation.office.value), format!("result={}", allocation.result.value)];
        let place = if allocation.is_built { "its budget lines" } else { "the budget" };
        Named { words, place: place.to_owned(), span: allocation.cell.span, ids, in_print }
    }

    fn statement_named(&self, statement: &Statement) -> Named {
        let scope = self.names.scope(&statement.scope);
        let is_share = statement.measure == Measure::Share;
        let words = match (is_share, scope.as_str()) {
            (false, "the plan") => "the grand total".to_owned(),
            (false, _) => scope,
            (true, _) => format!("the share of {scope}"),
        };
        let mut ids = ids(&statement.scope);
        ids.extend(is_share.then(|| "share".to_owned()));
        Named { words, place: short(&statement.place), span: statement.value.span, ids, ..Named::default() }
    }

    fn add_sums(&mut self) {
        let equations = equations::of(self.plan);
        for of_one in equations.chunk_by(|a, b| a.statement == b.statement) {
            for equation in saying_something_new(of_one) {
                self.add_sum(equation);
            }
        }
    }

    fn add_sum(&mut self, equation: &Equation) {
        let Some(statement) = self.plan.statements().get(equation.statement) else { return };
        let parts = match &equation.parts {
            Parts::Cells(cells) => {
                let missing = if equation.unknown > 0 { self.missing(&statement.scope, cells) } else { Vec::new() };
                cells.iter().copied().chain(missing).collect()
            }
            Parts::Offices(positions) | Parts::Results(positions) => positions.iter().map(|i| self.statement(*i)).collect(),
            Parts::Repeat(first) => vec![self.statement(*first)],
        };
        let total = self.statement(equation.statement);
        let is_of_printed = equation.same_number && equation.unknown == 0;
        self.system.sum(Sum { is_of_printed, ..Sum::new(total, parts) });
        let named = self.statement_named(statement);
        let by = match &equation.parts {
            Parts::Offices(_) => " by office",
            Parts::Results(_) => " by result",
            Parts::Cells(_) | Parts::Repeat(_) => "",
        };
        self.sums.push(Named { words: named.words + by, ..named });
    }

    /// The figures of the cells of a scope that are not given.
    fn missing(&mut self, scope: &Scope, cells: &[usize]) -> Vec<usize> {
        let Some(crossing) = self.grid.crossing(scope) else { return Vec::new() };
        let size = self.plan.offices.len().saturating_mul(self.plan.nodes().len());
        if size > MOST_MISSING.saturating_add(self.plan.allocations.len()) {
            let named = Named { words: format!("what is not given of {}", self.names.scope(scope)), ..Named::default() };
            return vec![self.add(Figure::unknown().nonnegative(), named)];
        }
        let pairs = self.grid.missing_cells(&crossing, cells);
        pairs.into_iter().filter_map(|pair| self.missing_cell(pair)).collect()
    }

    fn missing_cell(&mut self, (office, node): (usize, usize)) -> Option<usize> {
        if let Some(known) = self.missing.get(&(office, node)) {
            return Some(*known);
        }
        let (office_id, node_id) = (&self.plan.offices.get(office)?.id, &self.plan.nodes().get(node)?.id);
        let words = format!("{} / {}", self.names.office(office_id), self.names.result(node_id));
        let ids = vec![format!("office={}", office_id.value), format!("result={node_id}")];
        let named = Named { words, place: "not given".to_owned(), ids, in_print: InPrint::Nothing, ..Named::default() };
        let figure = self.add(Figure::unknown().nonnegative(), named);
        self.missing.insert((office, node), figure);
        Some(figure)
    }

    fn add_shares(&mut self) {
        if self.plan.index().has_unplaced() {
            return;
        }
        let mut sums_of_cells = HashMap::new();
        for base in share_base::of(self.plan) {
            let share = self.statement(base.statement);
            let part = self.origin(&base.part, &mut sums_of_cells);
            let whole = self.origin(&base.whole, &mut sums_of_cells);
            // What has no share in anything has a rule of its own.
            if self.is_more_than_nothing(whole) {
                self.system.share(Share { share, part, whole });
            }
        }
    }

    fn is_more_than_nothing(&self, figure: usize) -> bool {
        let low = self.system.figures().get(figure).and_then(|figure| figure.amounts().low);
        low.is_some_and(|low| low.value > Decimal::ZERO || (low.value.is_zero() && low.shift > 0))
    }

    /// The figure of an amount; where it is printed nowhere, one for the sum of its cells.
    fn origin(&mut self, origin: &Origin, known: &mut HashMap<Vec<usize>, usize>) -> usize {
        let cells = match origin {
            Origin::Printed(position) => return self.statement(*position),
            Origin::Cells(cells) => cells.to_vec(),
        };
        if let [one] = cells.as_slice() {
            return *one;
        }
        if let Some(figure) = known.get(&cells) {
            return *figure;
        }
        let named = Named {
            words: "the sum of some cells".to_owned(),
            place: "printed nowhere".to_owned(),
            in_print: InPrint::Nothing,
            ..Named::default()
        };
        let figure = self.add(Some(Figure::unknown()), named.clone());
        self.system.sum(Sum::new(figure, cells.iter().copied()));
        self.sums.push(named);
        known.insert(cells, figure);
        figure
    }

    /// The budget as a table with the totals that are printed first.
    fn layout(&self) -> Option<Layout> {
        let index = self.plan.index();
        let mut nodes: Vec<usize> = index.places.iter().flatten().map(|place| place.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        if nodes.is_empty() || self.plan.offices.len().saturating_mul(nodes.len()) > MOST_PLACES {
            return None;
        }
        let mut at: HashMap<(Option<usize>, Option<usize>), usize> = HashMap::new();
        for (i, statement) in self.plan.statements().iter().enumerate().filter(|(_, s)| s.measure == Measure::Amount) {
            if let Some(place) = self.place_of(&statement.scope) {
                at.entry(place).or_insert(self.statement(i));
            }
        }
        for (i, place) in index.places.iter().enumerate() {
            at.extend(place.map(|place| ((Some(place.office), Some(place.node)), i)));
        }
        Some(self.table(&nodes, &at))
    }

    /// The office and the result of a scope that is about no more than one of each.
    fn place_of(&self, scope: &Scope) -> Option<(Option<usize>, Option<usize>)> {
        let index = self.plan.index();
        let one = |ids: &Option<Vec<Spanned<Id>>>, find: &dyn Fn(&str) -> Option<usize>| match ids.as_deref() {
            None => Some(None),
            Some([one]) => find(one).map(Some),
            Some(_) => None,
        };
        Some((one(&scope.offices, &|id| index.office(id))?, one(&scope.results, &|id| index.node(id))?))
    }

    fn table(&self, nodes: &[usize], at: &HashMap<(Option<usize>, Option<usize>), usize>) -> Layout {
        let columns: Vec<Option<usize>> = nodes.iter().map(|node| Some(*node)).collect();
        let is_total = |(office, node): &(Option<usize>, Option<usize>)| (office.is_some() && node.is_none(), office.is_none());
        let (has_column, has_row) = at.keys().map(is_total).fold((false, false), |(column, row), (c, r)| (column || c, row || r));
        let columns: Vec<Option<usize>> = columns.into_iter().chain(has_column.then_some(None)).collect();
        let rows = (0..self.plan.offices.len()).map(Some).chain(has_row.then_some(None));
        let title = |node: &Option<usize>| match node.and_then(|node| self.plan.nodes().get(node)) {
            Some(node) => short(&node.title),
            None => "Total".to_owned(),
        };
        let row = |office: Option<usize>| {
            let name =
                office.and_then(|office| self.plan.offices.get(office)).map_or("Total".to_owned(), |office| short(&office.name));
            (name, columns.iter().map(|node| at.get(&(office, *node)).copied()).collect())
        };
        Layout {
            rows: rows.map(row).collect(),
            total_columns: if has_column { vec![nodes.len()] } else { Vec::new() },
            total_rows: if has_row { vec![self.plan.offices.len()] } else { Vec::new() },
            columns: columns.iter().map(title).collect(),
        }
    }
}

/// The equations of one statement that no others imply.
fn saying_something_new(of_one: &[Equation]) -> impl Iterator<Item = &Equation> {
    let is_repeat = |equation: &Equation| matches!(equation.parts, Parts::Repeat(_));
    let is_of_cells = |equation: &Equation| matches!(equation.parts, Parts::Cells(_));
    let repeats = of_one.iter().any(is_repeat);
    let has_parts = of_one.iter().any(|equation| !is_of_cells(equation));
    of_one.iter().filter(move |equation| if repeats { is_repeat(equation) } else { !has_parts || !is_of_cells(equation) })
}

/// The ids that name a scope: `office=ecuador`, `result=1`; `total` for the whole plan.
fn ids(scope: &Scope) -> Vec<String> {
    let offices = scope.offices.iter().flatten().map(|id| format!("office={}", id.value));
    let results = scope.results.iter().flatten().map(|id| format!("result={}", id.value));
    let ids: Vec<String> = offices.chain(results).collect();
    if ids.is_empty() { vec!["total".to_owned()] } else { ids }
}

/// A printed number; exact where it has no unit that it could have been rounded to.
fn figure(number: Decimal, printed: &Printed) -> Option<Figure> {
    match printed.unit.map(|unit| unit.abs()).filter(|unit| !unit.is_zero()) {
        Some(unit) => Figure::printed(number, unit, printed.rule()),
        None => Some(Figure::exact(number)),
    }
}

fn cell_figure(cell: Cell, printed: &Printed) -> Option<Figure> {
    let unit = printed.unit.map(|unit| unit.abs()).filter(|unit| !unit.is_zero());
    match (cell, printed.none.unwrap_or_default()) {
        (Cell::Amount(amount), _) => figure(amount, printed),
        // As in the checks of single totals, no "-" stands for less than nothing.
        (Cell::None, NoneMeans::Unknown) => Figure::unknown().nonnegative(),
        (Cell::None, means) => Figure::none(means, unit, printed.rule()),
    }
}
