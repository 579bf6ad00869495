//! The results chain with its indicators.

use logframe::{Activity, Id, Indicator, NodeKind, Outcome, Output, Reading, SdgRef, Value as Said};

use super::context::{Context, RESULTS};
use super::lines::number;
use super::model::{Cell, Look, Origin, Sheet, SheetKind};
use super::page::{Head, Page, blanks};
use super::sdg::{has_links, links};

/// Columns that a plan without them has no use for.
const OPTIONAL: [&str; 9] = [
    "statement",
    "unit",
    "baseline",
    "baseline-year",
    "target",
    "target-year",
    "means-of-verification",
    "assumptions",
    "indicator",
];

/// How many columns are about indicators.
const OF_INDICATORS: usize = 6;

pub fn results(context: &Context<'_>) -> Option<Sheet> {
    if context.plan.nodes().is_empty() {
        return None;
    }
    let note = context.plan.header.title.clone();
    let has_links = has_links(context);
    let page = Page::new(RESULTS, SheetKind::Results, "Results", &note, heads(has_links)).frozen(3);
    let mut writer = Writer { context, has_links, page };
    context.plan.outcomes.iter().for_each(|outcome| writer.outcome(outcome));
    for head in &context.plan.heads {
        writer.result(NodeKind::Head, &head.id, &head.title, None, &[], None);
    }
    Some(writer.page.without_empty(&OPTIONAL).sheet())
}

fn heads(has_links: bool) -> Vec<Head> {
    let mut heads = vec![
        Head::text("level", "Level", 13),
        Head::text("id", "Id", 12),
        Head::text("title", "Title", 40),
        Head::text("statement", "Statement", 36),
        Head::text("unit", "Unit", 11),
        Head::number("baseline", "Baseline", 10),
        Head::number("baseline-year", "Year", 7),
        Head::number("target", "Target", 10),
        Head::number("target-year", "Year", 7),
        Head::text("means-of-verification", "Means of verification", 28),
        Head::text("assumptions", "Assumptions", 30),
    ];
    heads.extend(has_links.then(|| Head::text("sdgs", "SDG", 8)));
    heads
}

struct Writer<'c, 'p> {
    context: &'c Context<'p>,
    /// Whether anything is linked to the Sustainable Development Goals.
    has_links: bool,
    page: Page,
}

impl Writer<'_, '_> {
    fn outcome(&mut self, outcome: &Outcome) {
        self.result(
            NodeKind::Outcome,
            &outcome.id,
            &outcome.title,
            outcome.statement.as_deref(),
            &outcome.assumptions,
            Some(&outcome.sdgs),
        );
        self.indicators(&outcome.id, &outcome.indicators);
        outcome.outputs.iter().for_each(|output| self.output(output));
        self.activities(&outcome.activities);
    }

    fn output(&mut self, output: &Output) {
        self.result(
            NodeKind::Output,
            &output.id,
            &output.title,
            output.statement.as_deref(),
            &output.assumptions,
            Some(&output.sdgs),
        );
        self.indicators(&output.id, &output.indicators);
        self.activities(&output.activities);
    }

    fn activities(&mut self, activities: &[Activity]) {
        for activity in activities {
            self.result(NodeKind::Activity, &activity.id, &activity.title, None, &[], Some(&activity.sdgs));
        }
    }

    fn result(
        &mut self,
        kind: NodeKind,
        id: &Id,
        title: &str,
        statement: Option<&str>,
        assumptions: &[String],
        sdgs: Option<&[SdgRef]>,
    ) {
        let node = self.context.node(id);
        let of = |key: &'static str, cell: Cell| match node {
            Some(node) => cell.of(Origin::Result { node, key }),
            None => cell,
        };
        let has = |kinds: &[NodeKind]| kinds.contains(&kind);
        let mut row = vec![level(&kind.to_string(), kind), Cell::id(id), of("title", Cell::text(title, look(kind)))];
        let statement = Cell::maybe(statement);
        row.push(if has(&[NodeKind::Outcome, NodeKind::Output]) { of("statement", statement) } else { statement });
        row.extend(blanks(OF_INDICATORS));
        let listed = Cell::text(assumptions.join("\n"), Look::Text);
        // A line of the cell is an assumption; one that has lines of its own can be read here, and not changed.
        let is_list = assumptions.iter().all(|text| !text.contains('\n')) && has(&[NodeKind::Outcome, NodeKind::Output]);
        row.push(if is_list { of("assumptions", listed) } else { listed });
        if self.has_links {
            row.push(sdgs.map_or_else(Cell::default, |sdgs| of("sdgs", links(sdgs, "\n"))));
        }
        self.page.push(row);
    }

    fn indicators(&mut self, id: &Id, indicators: &[Indicator]) {
        for (at, indicator) in indicators.iter().enumerate() {
            let node = self.context.node(id);
            let mut row = indicator_row(node, at, indicator);
            if let (true, Some(node)) = (self.has_links, node) {
                row.push(links(&indicator.sdgs, "\n").of(Origin::Indicator { node, at, key: "sdgs" }));
            }
            self.page.push(row);
        }
    }
}

fn indicator_row(node: Option<usize>, at: usize, indicator: &Indicator) -> Vec<Cell> {
    let of = |key: &'static str, cell: Cell| match node {
        Some(node) => cell.of(Origin::Indicator { node, at, key }),
        None => cell,
    };
    let (baseline, target) = (indicator.baseline.as_ref(), indicator.target.as_ref());
    vec![
        Cell::text("indicator", Look::Text),
        Cell::id(&indicator.id),
        of("title", Cell::text(&indicator.title, Look::Text)),
        Cell::default(),
        of("unit", Cell::maybe(indicator.unit.as_deref())),
        of("baseline", reading(baseline)),
        of("baseline.year", year(baseline)),
        of("target", reading(target)),
        of("target.year", year(target)),
        of("means-of-verification", Cell::maybe(indicator.means_of_verification.as_deref())),
        of("assumption", Cell::maybe(indicator.assumption.as_deref())),
    ]
}

fn level(name: &str, kind: NodeKind) -> Cell {
    Cell::text(name, look(kind))
}

/// Outcomes and heads stand out.
fn look(kind: NodeKind) -> Look {
    if matches!(kind, NodeKind::Outcome | NodeKind::Head) { Look::Label } else { Look::Text }
}

fn reading(reading: Option<&Reading>) -> Cell {
    match reading.map(|reading| reading.value) {
        None => number(None),
        Some(said) => match said.value {
            Said::Number(value) => number(Some(logframe::Spanned::from(value))),
            Said::NotAvailable => Cell::text(Said::NOT_AVAILABLE, Look::Right),
        },
    }
}

fn year(reading: Option<&Reading>) -> Cell {
    reading.and_then(|reading| reading.year).map_or_else(Cell::default, |year| Cell::count(usize::from(year)))
}
