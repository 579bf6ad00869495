//! Every figure that the document prints about its own numbers, beside what its parts make.

use logframe::crossfoot::Agreement;
use logframe::table::{self, Table};
use logframe::{Decimal, Measure, Scope, Statement, report};

use super::budget::{Budget, copy, percent};
use super::context::{CHECKS, COMPUTED, Context, DECLARED, decimals_of, is_of};
use super::figure::{Amount, Computed, Figure, difference, sum};
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{Head, Page};

pub fn checks(context: &Context<'_>, budget: Option<&Budget>) -> Option<Sheet> {
    // The report checks the whole plan, which takes time.
    if context.plan.statements().is_empty() {
        return None;
    }
    let report = report::declared(context.plan);
    let note = format!(
        "What the document prints about its own numbers, in {} and in per cent, beside what its parts make. Change a declared figure here.",
        context.plan.header.currency.value
    );
    let mut page = Page::new(CHECKS, SheetKind::Checks, "Checks", &note, heads()).frozen(1);
    let writer = Writer { context, budget, report };
    for (at, statement) in context.plan.statements().iter().enumerate() {
        let row = writer.row(&page, at, statement);
        page.push(row);
    }
    Some(page.sheet())
}

fn heads() -> Vec<Head> {
    vec![
        Head::number("figure", "No.", 6),
        Head::text("where", "Where it is printed", 28),
        Head::text("what", "What it is about", 34),
        Head::text("measure", "Measure", 9),
        Head::number("declared", "Declared", 15),
        Head::number("computed", "Computed", 15),
        Head::number("difference", "Declared less computed", 13),
        Head::text("verdict", "Verdict", 16),
        Head::number("unit", "Rounded to", 9),
        Head::text("rounding", "How", 14),
        Head::text("rule", "Rule", 15),
    ]
}

struct Writer<'c, 'p> {
    context: &'c Context<'p>,
    budget: Option<&'c Budget>,
    report: Table,
}

impl Writer<'_, '_> {
    fn row(&self, page: &Page, at: usize, statement: &Statement) -> Vec<Cell> {
        let decimals = self.decimals(statement);
        let declared = Figure::given(None, page.at(DECLARED), Amount::Number(*statement.value));
        let computed = self.computed(at, statement, decimals);
        let difference = difference(&declared, &computed.figure(None, page.at(COMPUTED)), decimals);
        vec![
            Cell::count(at + 1),
            Cell::text(statement.place.as_ref(), Look::Text),
            self.word(at, "what", Look::Text),
            Cell::text(if statement.measure == Measure::Amount { "amount" } else { "share" }, Look::Text),
            Cell::number(*statement.value, decimals).of(Origin::Declared { statement: at }),
            computed.cell,
            difference.cell,
            self.word(at, "verdict", self.look(at)),
            super::lines::number(statement.printed.unit),
            Cell::text(rounding(statement), Look::Text),
            Cell::text(if statement.measure == Measure::Amount { "declared-total" } else { "declared-share" }, Look::Text),
        ]
    }

    /// Shares are shown with the decimals of their unit, amounts as all amounts are.
    fn decimals(&self, statement: &Statement) -> u8 {
        match statement.measure {
            Measure::Amount => self.context.decimals(),
            Measure::Share => statement.printed.unit.map_or(0, |unit| decimals_of(*unit)),
        }
    }

    /// A word of the report of declared figures.
    fn word(&self, at: usize, key: &str, look: Look) -> Cell {
        let column = self.report.columns.iter().position(|column| column.key == key);
        let cell = column.and_then(|column| self.report.rows.get(at)?.cells.get(column));
        if let Some(table::Cell::Text(text)) = cell { Cell::text(text, look) } else { Cell::default() }
    }

    fn look(&self, at: usize) -> Look {
        match self.context.report.judgements.get(at).and_then(|judgement| judgement.verdict) {
            Some(Agreement::Exact) => Look::Good,
            Some(Agreement::WithinRounding) | None => Look::Doubtful,
            Some(Agreement::Wrong) => Look::Bad,
        }
    }

    /// What the parts of a figure make: a formula where one of the simple ones gives the number that the check compares with.
    fn computed(&self, at: usize, statement: &Statement, decimals: u8) -> Computed {
        let computed = self.context.report.judgements.get(at).and_then(|judgement| judgement.computed);
        let Some(wanted) = computed else { return Computed::nothing() };
        let candidates = match statement.measure {
            Measure::Amount => self.amounts(at, statement, decimals),
            Measure::Share => self.shares(statement, wanted, decimals),
        };
        let is_it = |one: &Computed| one.amount == Amount::Number(wanted) && one.is_live;
        let found = candidates.into_iter().find(is_it);
        found.unwrap_or_else(|| {
            let amount = Amount::Number(wanted);
            let figure = Figure::given(None, super::formula::At::new(0, 0), amount);
            Computed { cell: Cell::number(wanted, decimals), amount, is_live: figure.is_live }
        })
    }

    /// The cells of the budget, or the figures printed in the same place.
    fn amounts(&self, at: usize, statement: &Statement, decimals: u8) -> Vec<Computed> {
        let cell = self.in_budget(&statement.scope).map(|figure| copy(&figure, decimals));
        let printed = [true, false].map(|by_office| sum(&self.beside(at, statement, by_office), decimals));
        cell.into_iter().chain(printed).collect()
    }

    /// The cell of the budget that shows a part of it.
    fn in_budget(&self, scope: &Scope) -> Option<Figure> {
        let budget = self.budget?;
        let one = |ids: &Option<Vec<logframe::Spanned<logframe::Id>>>| match ids.as_deref() {
            Some([id]) => Some(Some(id.value.clone())),
            None => Some(None),
            Some(_) => None,
        };
        let office = one(&scope.offices)?.map(|id| self.context.office(&id));
        let root = |id: logframe::Id| self.context.roots.iter().position(|root| Some(*root) == self.context.node(&id));
        match (office, one(&scope.results)?.map(root)) {
            (None, None) => Some(budget.whole),
            (Some(office), None) => budget.offices.get(office?).copied(),
            (None, Some(root)) => budget.roots.get(root?).copied(),
            (Some(office), Some(root)) => budget.cells.get(office?)?.get(root?).copied(),
        }
    }

    /// The declared figures of offices, or of results, in the same place as a total of all of them.
    fn beside(&self, at: usize, total: &Statement, by_office: bool) -> Vec<Figure> {
        let statements = self.context.plan.statements().iter().enumerate();
        let same_place =
            statements.filter(|(other, one)| *other != at && one.block == total.block && one.measure == Measure::Amount);
        let is_part = |one: &Statement| {
            let (own, rest) =
                if by_office { (&one.scope.offices, &one.scope.results) } else { (&one.scope.results, &one.scope.offices) };
            let (whole, rest_of_total) = if by_office {
                (&total.scope.offices, &total.scope.results)
            } else {
                (&total.scope.results, &total.scope.offices)
            };
            own.is_some() && whole.is_none() && rest == rest_of_total
        };
        let parts = same_place.filter(|(_, one)| is_part(one)).filter_map(|(other, _)| self.context.declared(other));
        parts.map(Figure::here).collect()
    }

    /// A share of the total printed in the same place, or of the budget's.
    fn shares(&self, statement: &Statement, wanted: Decimal, shown: u8) -> Vec<Computed> {
        let decimals = wanted.normalized().decimals().min(10);
        let whole = self.printed_in(statement.block, None, None).or_else(|| self.context.printed(Measure::Amount, None, None));
        let ids =
            |ids: &Option<Vec<logframe::Spanned<logframe::Id>>>| ids.as_deref().and_then(<[_]>::first).map(|id| id.value.clone());
        let (office, result) = (ids(&statement.scope.offices), ids(&statement.scope.results));
        if !is_of(&statement.scope, office.as_deref(), result.as_deref()) {
            return Vec::new();
        }
        let part = self
            .printed_in(statement.block, office.as_deref(), result.as_deref())
            .or_else(|| self.context.printed(Measure::Amount, office.as_deref(), result.as_deref()));
        let wholes = [whole.map(Figure::here), self.budget.map(|budget| budget.whole)];
        let parts = [part.map(Figure::here), self.in_budget(&statement.scope)];
        let pairs = parts.into_iter().flatten().flat_map(|part| wholes.into_iter().flatten().map(move |whole| (part, whole)));
        pairs.filter_map(|(part, whole)| share(&part, &whole, decimals, shown)).collect()
    }

    /// The figure printed in a place for an office and a result.
    fn printed_in(&self, block: usize, office: Option<&str>, result: Option<&str>) -> Option<Figure> {
        let is_it = |one: &Statement| one.block == block && one.measure == Measure::Amount && is_of(&one.scope, office, result);
        self.context.declared(self.context.plan.statements().iter().position(is_it)?)
    }
}

fn share(part: &Figure, whole: &Figure, decimals: u32, shown: u8) -> Option<Computed> {
    let share = percent(part, whole, decimals)?;
    let text = format!("ROUND(100*{}/{},{decimals})", part.name(), whole.name());
    Some(Computed::new((part.is_live && whole.is_live).then_some(text), Some(share), shown))
}

/// How a figure was rounded, in words.
fn rounding(statement: &Statement) -> &'static str {
    if statement.printed.unit.is_some() { statement.printed.rule().words() } else { "not at all" }
}
