//! The budget: offices by outcomes and budget heads, with what the document prints beside what is computed.

use logframe::crossfoot::Rounding;
use logframe::{Decimal, Measure, Office};

use super::context::{BUDGET, Context, column, lines, row};
use super::figure::{Amount, Computed, Figure, difference, sum, sum_or};
use super::formula::At;
use super::model::{Cell, Look, Origin, Part, Sheet, SheetKind, Style};
use super::page::{Head, Page, blanks};

/// The first column of an outcome or head.
const FIRST_ROOT: u16 = 2;

/// Shares are computed to so many decimals.
const SHARE_DECIMALS: u8 = 1;

/// The sheet, and where its figures are.
pub struct Budget {
    pub sheet: Sheet,
    /// By office and by outcome or head.
    pub cells: Vec<Vec<Figure>>,
    pub offices: Vec<Figure>,
    pub roots: Vec<Figure>,
    pub whole: Figure,
}

/// The budget; `None` where the plan has no offices, or nothing to give money to.
pub fn budget(context: &Context<'_>) -> Option<Budget> {
    if context.plan.offices.is_empty() || context.roots.is_empty() {
        return None;
    }
    let writer = Writer::of(context);
    let (rows, cells) = writer.cells();
    let sums = Sums::of(&writer, &cells);
    let mut page = writer.page();
    for (at, cells) in rows.into_iter().enumerate() {
        page.push(writer.office_row(at, cells, &sums));
    }
    page.push_total(writer.total_row(&sums));
    let [offices, roots] = [&sums.offices, &sums.roots].map(|sums| sums.iter().map(|(_, figure)| *figure).collect::<Vec<_>>());
    writer.below(&mut page, &roots, &sums.whole.1);
    Some(Budget { sheet: page.sheet(), cells, offices, roots, whole: sums.whole.1 })
}

fn here(figures: &[Figure]) -> Vec<Figure> {
    figures.iter().map(|figure| figure.here()).collect()
}

/// A total with the figure that its cell is.
type Total = (Computed, Figure);

/// The totals of the table.
struct Sums {
    offices: Vec<Total>,
    roots: Vec<Total>,
    whole: Total,
}

impl Sums {
    fn of(writer: &Writer<'_, '_>, cells: &[Vec<Figure>]) -> Self {
        let total = |figures: &[Figure], at: At| {
            let sum = sum(&here(figures), writer.decimals);
            let figure = sum.figure(Some(BUDGET), at);
            (sum, figure)
        };
        let offices: Vec<Total> =
            cells.iter().enumerate().map(|(at, cells)| total(cells, At::new(row(at), writer.total))).collect();
        let columns = writer.columns(cells);
        let roots = columns.iter().enumerate().map(|(at, cells)| total(cells, At::new(writer.last, column(FIRST_ROOT, at))));
        let of_offices: Vec<Figure> = offices.iter().map(|(_, figure)| *figure).collect();
        Self { roots: roots.collect(), whole: total(&of_offices, At::new(writer.last, writer.total)), offices }
    }
}

struct Writer<'c, 'p> {
    context: &'c Context<'p>,
    decimals: u8,
    /// The column of the offices' totals.
    total: u16,
    /// The row of the totals.
    last: u32,
    /// Whether the document prints amounts, and shares, of offices or of all.
    has_printed: bool,
    has_shares: bool,
}

impl<'c, 'p> Writer<'c, 'p> {
    fn of(context: &'c Context<'p>) -> Self {
        let plan = context.plan;
        let ids = || plan.offices.iter().map(|office| Some(office.id.as_str())).chain([None]);
        let prints = |measure| ids().any(|id| context.printed(measure, id, None).is_some());
        Self {
            context,
            decimals: context.decimals(),
            total: column(FIRST_ROOT, context.roots.len()),
            last: row(plan.offices.len()),
            has_printed: prints(Measure::Amount),
            has_shares: prints(Measure::Share),
        }
    }

    fn page(&self) -> Page {
        let plan = self.context.plan;
        let mut heads = vec![Head::text("office", "Id", 18), Head::text("name", "Implementing office", 28)];
        let mut above: Vec<Cell> = blanks(heads.len()).collect();
        for node in self.context.roots.iter().filter_map(|at| plan.nodes().get(*at)) {
            heads.push(Head::number("amount", &node.title, 16));
            above.push(Cell::text(node.id.as_str(), Look::Right));
        }
        heads.push(Head::number("total", self.context.in_currency("Total"), 17));
        heads.push(Head::number("share", "% of total", 9));
        if self.has_printed {
            heads.push(Head::number("printed", self.context.in_currency("Printed total"), 17));
            heads.push(Head::number("difference", "Printed less computed", 14));
        }
        if self.has_shares {
            heads.push(Head::number("printed-share", "Printed %", 9));
        }
        let note = format!("Amounts in {}. Totals are formulas.", plan.header.currency.value);
        let mut page = Page::new(BUDGET, SheetKind::Budget, "Budget by office and outcome", &note, heads).frozen(2);
        page.above(&above);
        page
    }

    /// The rows of the offices with their cells, and the figures that these are.
    fn cells(&self) -> (Vec<Vec<Cell>>, Vec<Vec<Figure>>) {
        let row_of = |(at, office): (usize, &Office)| {
            let (mut cells, mut figures) = (name(at, office), Vec::new());
            for (i, root) in self.context.roots.iter().enumerate() {
                let computed = self.cell(at, office, *root);
                figures.push(computed.figure(Some(BUDGET), At::new(row(at), column(FIRST_ROOT, i))));
                cells.push(computed.cell);
            }
            (cells, figures)
        };
        self.context.plan.offices.iter().enumerate().map(row_of).unzip()
    }

    fn columns(&self, cells: &[Vec<Figure>]) -> Vec<Vec<Figure>> {
        let column = |at: usize| cells.iter().filter_map(|row| row.get(at).copied()).collect();
        (0..self.context.roots.len()).map(column).collect()
    }

    /// What an office is given for an outcome or head: as it is written in the plan, or a sum of what it is made of.
    fn cell(&self, at: usize, office: &Office, root: usize) -> Computed {
        let parts = self.context.parts(at, root);
        let listed: Option<Vec<Figure>> = parts.given.iter().map(|one| self.context.listed_allocation(*one)).collect();
        let counted = parts.lines.iter().filter(|line| self.context.is_counted(**line)).map(|line| self.context.line(*line));
        match (parts.given.as_slice(), listed) {
            ([given], None) => self.written(office, root, self.context.amount(*given)),
            ([], _) if parts.lines.is_empty() => self.written(office, root, Amount::Absent),
            (given, listed) => {
                let all: Vec<Figure> = listed.into_iter().flatten().chain(counted).collect();
                let is_lines = given.is_empty() && all.len() == parts.lines.len();
                sum_or(&all, self.decimals, || is_lines.then(|| self.sum_of_lines(office, root, &parts.lines)).flatten())
            }
        }
    }

    fn sum_of_lines(&self, office: &Office, root: usize, of: &[usize]) -> Option<String> {
        let root = self.context.plan.nodes().get(root)?;
        self.context.sum_where(of.len(), &office.id, (lines::OUTCOME, &root.id))
    }

    fn written(&self, office: &Office, root: usize, amount: Amount) -> Computed {
        let cell = written(amount, self.decimals);
        let result = self.context.plan.nodes().get(root).map(|node| node.id.clone()).unwrap_or_default();
        let cell = cell.of(Origin::Allocation { office: office.id.value.clone(), result });
        let figure = Figure::given(Some(BUDGET), At::new(0, 0), amount);
        Computed { cell, amount, is_live: figure.is_live }
    }

    /// The cells of an office with its total, its share, and what is printed of it.
    fn office_row(&self, at: usize, mut cells: Vec<Cell>, sums: &Sums) -> Vec<Cell> {
        let (Some((total, figure)), Some(office)) = (sums.offices.get(at), self.context.plan.offices.get(at)) else {
            return cells;
        };
        cells.extend([total.cell.clone().total_beside(), share(figure, &sums.whole.1, At::name_of_row)]);
        cells.extend(self.beside(Some(&office.id), figure));
        cells
    }

    fn total_row(&self, sums: &Sums) -> Vec<Cell> {
        let (whole, figure) = &sums.whole;
        let mut cells = vec![Cell::default(), Cell::text("Total", Look::Text)];
        cells.extend(sums.roots.iter().map(|(root, _)| root.cell.clone()));
        cells.extend([whole.cell.clone(), share(figure, figure, At::name_of_row)]);
        cells.extend(self.beside(None, figure));
        cells
    }

    /// What the document prints for an office, or for all, right of what is computed.
    fn beside(&self, office: Option<&str>, total: &Figure) -> Vec<Cell> {
        let mut cells = Vec::new();
        if self.has_printed {
            let printed = self.context.printed(Measure::Amount, office, None);
            cells.extend(self.printed(printed.as_ref(), total));
        }
        if self.has_shares {
            let share = self.context.printed(Measure::Share, office, None);
            cells.push(share.map_or_else(Cell::default, |share| copy(&share, SHARE_DECIMALS).cell));
        }
        cells
    }

    /// A printed figure, and by how much it is more than what is computed.
    fn printed(&self, printed: Option<&Figure>, computed: &Figure) -> [Cell; 2] {
        let Some(printed) = printed else { return [Cell::default(), Cell::default()] };
        [copy(printed, self.decimals).cell, difference(printed, &computed.here(), self.decimals).cell]
    }

    /// Under the totals: shares, and what the document prints for outcomes and heads.
    fn below(&self, page: &mut Page, roots: &[Figure], whole: &Figure) {
        let shares = roots.iter().map(|root| share(root, whole, |at| format!("${}", at.name()))).collect();
        page.push_beside(labelled("% of total", shares));
        let id = |at: usize| {
            self.context.roots.get(at).and_then(|root| self.context.plan.nodes().get(*root)).map(|node| node.id.as_str())
        };
        let of = |measure| -> Vec<Option<Figure>> {
            (0..roots.len()).map(|at| self.context.printed(measure, None, Some(id(at)?))).collect()
        };
        let printed = of(Measure::Amount);
        if printed.iter().any(Option::is_some) {
            let pairs = printed.iter().zip(roots).map(|(printed, root)| self.printed(printed.as_ref(), root));
            let (printed, differences): (Vec<Cell>, Vec<Cell>) = pairs.map(|[printed, difference]| (printed, difference)).unzip();
            page.push_beside(labelled("Printed total", printed));
            page.push_beside(labelled("Printed less computed", differences));
        }
        let shares = of(Measure::Share);
        if shares.iter().any(Option::is_some) {
            let shares =
                shares.into_iter().map(|share| share.map_or_else(Cell::default, |share| copy(&share, SHARE_DECIMALS).cell));
            page.push_beside(labelled("Printed %", shares.collect()));
        }
    }
}

fn labelled(label: &str, cells: Vec<Cell>) -> Vec<Cell> {
    [Cell::default(), Cell::text(label, Look::Label)].into_iter().chain(cells).collect()
}

fn name(at: usize, office: &Office) -> Vec<Cell> {
    let name = Cell::text(&office.name, Look::Text).of(Origin::Office { at, key: "name" });
    vec![Cell::id(&office.id), name]
}

/// An amount as the plan gives it.
pub fn written(amount: Amount, decimals: u8) -> Cell {
    match amount {
        Amount::Number(number) => Cell::number(number, decimals),
        Amount::None => Cell::dash(),
        Amount::Absent | Amount::TooLong => {
            let style = Style { look: Look::Number(decimals), part: Part::Body };
            Cell { style, ..Cell::default() }
        }
    }
}

/// A formula that shows another cell.
pub fn copy(figure: &Figure, decimals: u8) -> Computed {
    match figure.amount {
        Amount::Number(number) => Computed::new(figure.is_live.then(|| figure.name()), Some(number), decimals),
        _ => sum(&[*figure], decimals),
    }
}

/// What per cent of a whole a part is. The whole's place is written so that the formula can be copied along.
fn share(part: &Figure, whole: &Figure, fixed: impl Fn(At) -> String) -> Cell {
    let text = format!("ROUND(100*{}/{},{SHARE_DECIMALS})", part.at.name(), fixed(whole.at));
    percent(part, whole, u32::from(SHARE_DECIMALS))
        .filter(|_| part.is_live && whole.is_live)
        .map_or_else(Cell::default, |share| Cell::formula(text, share, SHARE_DECIMALS))
}

/// What per cent of a whole a part is, rounded as `ROUND` does.
pub fn percent(part: &Figure, whole: &Figure, decimals: u32) -> Option<Decimal> {
    let hundredfold = part.amount.number()?.exact_mul(Decimal::from(100))?;
    Rounding::HalfAway.quotient(hundredfold, whole.amount.number()?, Decimal::of_steps(1, decimals)?)
}
