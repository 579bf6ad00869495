//! What the sheets have in common: where the plan's things are, and which cell shows which.

use std::collections::{HashMap, HashSet};

use logframe::rules::{self, Report};
use logframe::{Decimal, Id, Measure, Plan, Scope, Spanned, Statement};

use super::figure::{Amount, Figure};
use super::formula::{self, At};
use super::page::FIRST;

/// Names of sheets that formulas refer to.
pub const SUMMARY: &str = "Summary";
pub const RESULTS: &str = "Results";
pub const BUDGET: &str = "Budget";
pub const ALLOCATIONS: &str = "Allocations";
pub const LINES: &str = "Lines";
pub const RATES: &str = "Rates";
pub const CATEGORIES: &str = "Categories";
pub const YEARS: &str = "Years";
pub const FUNDING: &str = "Funding";
pub const SDG: &str = "SDG";
pub const CHECKS: &str = "Checks";
pub const LISTS: &str = "Lists";
pub const PLAN: &str = "_plan";

/// All of them.
pub const NAMES: [&str; 12] =
    [SUMMARY, RESULTS, BUDGET, ALLOCATIONS, LINES, RATES, CATEGORIES, YEARS, FUNDING, SDG, CHECKS, PLAN];

/// Columns of the sheet `Lines` that formulas refer to.
pub mod lines {
    pub const OFFICE: u16 = 2;
    pub const OUTCOME: u16 = 4;
    pub const CATEGORY: u16 = 5;
    pub const QUANTITY: u16 = 7;
    pub const UNIT_COST: u16 = 9;
    pub const DURATION: u16 = 10;
    pub const SHARE: u16 = 12;
    pub const PERCENT: u16 = 13;
    pub const TYPED: u16 = 15;
    /// What a line comes to in its own currency.
    pub const EXACT: u16 = 17;
    /// And in the plan's.
    pub const AMOUNT: u16 = 18;
}

/// The column of the sheet `Allocations` in which its amount stands.
pub const ALLOCATION_AMOUNT: u16 = 5;

/// The column of the sheet `Rates` in which the rate stands.
pub const RATE: u16 = 2;

/// The column of the sheet `Checks` in which a declared figure stands.
pub const DECLARED: u16 = 4;

/// The column of the sheet `Checks` in which stands what its parts make.
pub const COMPUTED: u16 = 5;

/// A plan with what is looked up in it often.
pub struct Context<'p> {
    pub plan: &'p Plan,
    pub report: Report,
    /// Outcomes and budget heads, as positions among the nodes: the columns of the budget.
    pub roots: Vec<usize>,
    /// Office and node of each line; `None` where one of them is unknown.
    pub line_places: Vec<Option<(usize, usize)>>,
    /// Whether a given allocation stands for a line.
    pub is_covered: Vec<bool>,
    /// Offices and nodes with a line that has no amount: what lines build up there is not known.
    unbuilt: HashSet<(usize, usize)>,
    /// How many lines say a text in a column, by their offices.
    said: HashMap<(&'p str, u16, &'p str), usize>,
    /// Where the given allocations have a sheet of their own: their rows in it.
    allocation_rows: HashMap<usize, u32>,
    decimals: u8,
    offices: HashMap<&'p str, usize>,
    nodes: HashMap<&'p str, usize>,
    /// Allocations and lines by office and outcome or head.
    in_cells: HashMap<(usize, usize), CellParts>,
}

/// What a cell of the budget is made of, by positions.
#[derive(Clone, Debug, Default)]
pub struct CellParts {
    /// Allocations that are given.
    pub given: Vec<usize>,
    /// Lines.
    pub lines: Vec<usize>,
}

impl<'p> Context<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        let nodes = plan.nodes();
        let mut context = Self {
            plan,
            report: rules::check(plan),
            roots: (0..nodes.len()).filter(|at| nodes.get(*at).is_some_and(|node| node.parent.is_none())).collect(),
            line_places: Vec::new(),
            is_covered: Vec::new(),
            unbuilt: HashSet::new(),
            said: HashMap::new(),
            allocation_rows: HashMap::new(),
            decimals: decimals(plan),
            offices: first_positions(plan.offices.iter().map(|office| office.id.as_str())),
            nodes: first_positions(nodes.iter().map(|node| node.id.as_str())),
            in_cells: HashMap::new(),
        };
        context.place_lines();
        context.count_texts();
        context.place_allocations();
        context
    }

    fn place_lines(&mut self) {
        let place = |line: &logframe::Line| Some((self.office(&line.office)?, self.node(&line.result)?));
        self.line_places = self.plan.lines.iter().map(place).collect();
        let given = self.plan.allocations.iter().filter(|one| !one.is_built);
        let given: HashSet<(usize, usize)> =
            given.filter_map(|one| Some((self.office(&one.office)?, self.node(&one.result)?))).collect();
        let is_covered = |(office, node): (usize, usize)| self.above(node).any(|node| given.contains(&(office, node)));
        self.is_covered = self.line_places.iter().map(|place| place.is_some_and(is_covered)).collect();
        let built = self.line_places.iter().zip(self.plan.built_lines());
        self.unbuilt = built.filter(|(_, built)| built.amount.is_err()).filter_map(|(place, _)| *place).collect();
        for (at, place) in self.line_places.clone().into_iter().enumerate() {
            let Some((office, node)) = place else { continue };
            self.in_cells.entry((office, self.root(node))).or_default().lines.push(at);
        }
    }

    fn place_allocations(&mut self) {
        let given: Vec<usize> = (0..self.plan.allocations.len()).filter(|at| self.is_given(*at)).collect();
        for at in &given {
            let Some((office, node)) = self.plan.place(*at) else { continue };
            self.in_cells.entry((office, self.root(node))).or_default().given.push(*at);
        }
        // As long as the budget table shows each by itself there is no need for a list.
        if given.iter().any(|at| !self.is_in_table(*at)) {
            self.allocation_rows = given.into_iter().zip(FIRST..).collect();
        }
    }

    fn is_given(&self, allocation: usize) -> bool {
        self.plan.allocations.get(allocation).is_some_and(|one| !one.is_built)
    }

    /// Whether an allocation is one cell of the budget table: that of an outcome or head, and all that is in it.
    pub fn is_in_table(&self, allocation: usize) -> bool {
        let Some((office, node)) = self.plan.place(allocation) else { return false };
        self.root(node) == node && self.is_alone(self.parts(office, node))
    }

    /// Whether a cell is one given allocation, whatever lines are under it.
    fn is_alone(&self, parts: &CellParts) -> bool {
        parts.given.len() == 1 && parts.lines.iter().all(|line| self.is_covered.get(*line) == Some(&true))
    }

    /// What the cell of an office and an outcome or head is made of.
    pub fn parts(&self, office: usize, root: usize) -> &CellParts {
        static NOTHING: CellParts = CellParts { given: Vec::new(), lines: Vec::new() };
        self.in_cells.get(&(office, root)).unwrap_or(&NOTHING)
    }

    /// Rows of the list of allocations, where there is one, by the allocations' positions.
    pub fn listed(&self) -> Vec<usize> {
        let mut listed: Vec<usize> = self.allocation_rows.keys().copied().collect();
        listed.sort_unstable();
        listed
    }

    pub fn office(&self, id: &str) -> Option<usize> {
        self.offices.get(id).copied()
    }

    pub fn node(&self, id: &str) -> Option<usize> {
        self.nodes.get(id).copied()
    }

    /// The outcome or head that a node belongs to.
    pub fn root(&self, node: usize) -> usize {
        self.plan.nodes().get(node).map_or(node, |node| node.root)
    }

    /// A node and those that it is under.
    pub fn above(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |node| self.plan.nodes().get(*node)?.parent)
    }

    /// The cell of a line's amount.
    pub fn line(&self, line: usize) -> Figure {
        let amount = self.plan.built_lines().get(line).and_then(|built| built.amount.ok());
        Figure::given(Some(LINES), At::new(row(line), lines::AMOUNT), amount.into())
    }

    /// Whether a line is part of an allocation that lines build up.
    pub fn is_counted(&self, line: usize) -> bool {
        let place = self.line_places.get(line).copied().flatten();
        self.is_covered.get(line) == Some(&false) && place.is_some_and(|place| !self.unbuilt.contains(&place))
    }

    /// The id of the outcome or head that a line belongs to; empty where its office or its result is unknown.
    pub fn outcome_of(&self, line: usize) -> &str {
        let place = self.line_places.get(line).copied().flatten();
        let root = place.and_then(|(_, node)| self.plan.nodes().get(self.root(node)));
        root.map(|root| root.id.as_str()).unwrap_or_default()
    }

    /// The sum of some lines that all say these texts in these columns, of their office and of another column, as a formula that takes any
    /// number of lines; `None` where more lines say so than are wanted.
    pub fn sum_where(&self, wanted: usize, office: &str, (column, text): (u16, &str)) -> Option<String> {
        if self.said.get(&(office, column, text)) != Some(&wanted) {
            return None;
        }
        let last = row(self.plan.lines.len().saturating_sub(1));
        let range = |column: u16| formula::whole(LINES, At::new(FIRST, column), At::new(last, column));
        let exact = |column: u16, text: &str| format!("EXACT({},\"{}\")", range(column), text.replace('"', "\"\""));
        Some(format!("SUMPRODUCT({}*{},{})", exact(lines::OFFICE, office), exact(column, text), range(lines::AMOUNT)))
    }

    /// Counts what lines say of their offices, outcomes and categories.
    fn count_texts(&mut self) {
        let plan = self.plan;
        for (at, line) in plan.lines.iter().enumerate() {
            let place = self.line_places.get(at).copied().flatten();
            let root = place.and_then(|(_, node)| plan.nodes().get(self.root(node)));
            let outcome = root.map(|root| (lines::OUTCOME, root.id.as_str()));
            let category = line.category.as_ref().map(|id| (lines::CATEGORY, id.as_str()));
            for (column, text) in outcome.into_iter().chain(category) {
                *self.said.entry((line.office.as_str(), column, text)).or_default() += 1;
            }
        }
    }

    /// The cell in which a given allocation stands by itself in the list of them.
    pub fn listed_allocation(&self, allocation: usize) -> Option<Figure> {
        let row = *self.allocation_rows.get(&allocation)?;
        Some(Figure::given(Some(ALLOCATIONS), At::new(row, ALLOCATION_AMOUNT), self.amount(allocation)))
    }

    /// What an allocation amounts to.
    pub fn amount(&self, allocation: usize) -> Amount {
        match self.plan.allocations.get(allocation).map(|one| one.cell.amount()) {
            Some(Some(amount)) => Amount::Number(amount),
            Some(None) => Amount::None,
            None => Amount::Absent,
        }
    }

    /// The cell of a declared figure.
    pub fn declared(&self, statement: usize) -> Option<Figure> {
        let amount = self.plan.statements().get(statement)?.value.value;
        Some(Figure::given(Some(CHECKS), At::new(row(statement), DECLARED), Amount::Number(amount)))
    }

    /// The first figure that the document prints for an office and a result; `None` means all of them.
    pub fn printed(&self, measure: Measure, office: Option<&str>, result: Option<&str>) -> Option<Figure> {
        let same = |statement: &Statement| statement.measure == measure && is_of(&statement.scope, office, result);
        self.declared(self.plan.statements().iter().position(same)?)
    }

    /// The decimals in which amounts are shown, where they have no more.
    pub fn decimals(&self) -> u8 {
        self.decimals
    }

    /// A heading that names the currency: `Amount, USD`.
    pub fn in_currency(&self, heading: &str) -> String {
        format!("{heading}, {}", self.plan.header.currency.value)
    }
}

/// The row of a position in a table.
pub fn row(at: usize) -> u32 {
    u32::try_from(at).map_or(u32::MAX, |at| FIRST.saturating_add(at))
}

/// A column as many places right of another.
pub fn column(first: u16, at: usize) -> u16 {
    u16::try_from(at).map_or(u16::MAX, |at| first.saturating_add(at))
}

fn decimals(plan: &Plan) -> u8 {
    let header = &plan.header;
    let unit = header.lines.unit.or(header.printed.unit).map(|unit| decimals_of(unit.value));
    let own = plan.currency().and_then(logframe::Currency::decimals).and_then(|own| u8::try_from(own).ok());
    unit.or(own).unwrap_or(2)
}

/// Decimals of a unit.
pub fn decimals_of(unit: Decimal) -> u8 {
    u8::try_from(unit.normalized().decimals()).unwrap_or(2)
}

/// Whether a figure is of exactly one office and one result; `None` means all of them.
pub fn is_of(scope: &Scope, office: Option<&str>, result: Option<&str>) -> bool {
    let is = |ids: &Option<Vec<Spanned<Id>>>, wanted: Option<&str>| match (ids, wanted) {
        (Some(ids), Some(wanted)) => ids.iter().map(|id| id.as_str()).eq([wanted]),
        (ids, wanted) => ids.is_none() && wanted.is_none(),
    };
    is(&scope.offices, office) && is(&scope.results, result)
}

fn first_positions<'p>(ids: impl Iterator<Item = &'p str>) -> HashMap<&'p str, usize> {
    let mut positions = HashMap::new();
    ids.enumerate().for_each(|(at, id)| {
        positions.entry(id).or_insert(at);
    });
    positions
}
