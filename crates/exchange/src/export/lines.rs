//! Budget lines: all their fields, and what each comes to as a formula wherever it is one.

use std::collections::{HashMap, HashSet};

use logframe::crossfoot::Rounding;
use logframe::{Base, BuiltLine, Decimal, Id, Line, Rounded, Spanned};

use super::context::lines as columns;
use super::context::{Context, LINES, RATE, RATES, row};
use super::exact::is_held;
use super::figure::{Figure, sum};
use super::formula::At;
use super::laid::Laid;
use super::model::{Cell, Look, Origin, Part, SheetKind, Style};
use super::page::{FIRST, Head, Page, blanks};
use crate::lines::{base_text, spread_text};

/// The column in which the word for the total stands: that of the descriptions.
const LABEL: usize = 6;

pub fn lines<'c>(context: &'c Context<'_>) -> Option<Laid<'c>> {
    if context.plan.lines.is_empty() {
        return None;
    }
    let title = "Budget lines";
    let note = "Quantity x unit cost x duration x share charged, or a percentage of other lines, or a typed amount. An empty factor counts \
                as one.";
    let mut page = Page::new(LINES, SheetKind::Lines, title, note, heads(context)).frozen(1);
    context.plan.lines.iter().for_each(|_| page.push_later());
    let figures: Vec<Figure> = (0..context.plan.lines.len()).map(|at| context.line(at).here()).collect();
    let total = sum(&figures, context.decimals()).cell;
    let mut row: Vec<Cell> = blanks(usize::from(columns::AMOUNT)).chain([total]).chain(blanks(5)).collect();
    row.splice(LABEL..=LABEL, [Cell::text("Total", Look::Text)]);
    page.push_total(row);
    let bases = Bases::of(context);
    let later = move |row: u32| {
        let at = usize::try_from(row.checked_sub(FIRST)?).ok()?;
        Some(cells(context, &bases, at, context.plan.lines.get(at)?, context.plan.built_lines().get(at)?))
    };
    Some(Laid::new(page.sheet(), later).folded())
}

fn heads(context: &Context<'_>) -> Vec<Head> {
    vec![
        Head::number("line", "No.", 5),
        Head::text("id", "Id", 18),
        Head::text("office", "Office", 12),
        Head::text("result", "Result", 13),
        Head::text("outcome", "Outcome or head", 13),
        Head::text("category", "Category", 12),
        Head::text("description", "Description", 30),
        Head::number("quantity", "Quantity", 9),
        Head::text("unit", "Unit", 10),
        Head::number("unit-cost", "Unit cost", 13),
        Head::number("duration", "Duration", 9),
        Head::text("duration-unit", "In", 9),
        Head::number("share", "% charged", 9),
        Head::number("percent", "% of base", 9),
        Head::text("of", "Base", 22),
        Head::number("amount", "Typed amount", 13),
        Head::text("currency", "Currency", 9),
        Head::number("exact", "Exactly, in the line's currency", 16),
        Head::number("built", context.in_currency("Amount"), 16),
        Head::text("period", "Period", 23),
        Head::text("spread", "Spread", 16),
        Head::text("post", "Post", 12),
        Head::text("donor", "Donor", 12),
        Head::text("remarks", "Remarks", 20),
    ]
}

fn cells(context: &Context<'_>, bases: &Bases<'_>, at: usize, line: &Line, built: &BuiltLine) -> Vec<Cell> {
    let of = |key: &'static str, cell: Cell| cell.of(Origin::Line { at, key });
    let id = |id: Option<&Spanned<Id>>| Cell::id(id.map(|id| id.as_str()).unwrap_or_default());
    let text = Cell::maybe;
    let currency = line.currency.as_ref().map_or(context.plan.header.currency.as_str(), |code| code.as_str());
    let [exact, amount] = computed(context, bases, at, line, built);
    vec![
        Cell::count(at + 1),
        of("id", id(line.id.as_ref())),
        of("office", Cell::id(&line.office)),
        of("result", Cell::id(&line.result)),
        Cell::id(context.outcome_of(at)),
        of("category", id(line.category.as_ref())),
        of("description", Cell::text(&*line.description, Look::Text)),
        of("quantity", number(line.quantity)),
        of("unit", text(line.unit.as_deref())),
        of("unit-cost", number(line.unit_cost)),
        of("duration", number(line.duration)),
        of("duration-unit", text(line.duration_unit.as_deref())),
        of("share", number(line.share)),
        of("percent", number(line.percent)),
        of("of", text(line.of.as_ref().map(base_text).as_deref())),
        of("amount", number(line.amount)),
        of("currency", Cell::text(currency, Look::Id)),
        exact,
        amount,
        of("period", Cell::id(&line.period.map(|period| period.to_string()).unwrap_or_default())),
        of("spread", text(line.spread.as_ref().map(spread_text).as_deref())),
        of("post", id(line.post.as_ref())),
        of("donor", id(line.donor.as_ref())),
        of("remarks", text(line.remarks.as_deref())),
    ]
}

/// A number with the decimals that it was written with.
pub fn number(number: Option<Spanned<Decimal>>) -> Cell {
    let decimals = |number: Decimal| u8::try_from(number.decimals()).unwrap_or_default();
    let blank = Style { look: Look::Number(0), part: Part::Body };
    number.map_or_else(|| Cell { style: blank, ..Cell::default() }, |number| Cell::number(*number, decimals(*number)))
}

/// What a line comes to in its own currency, and what in the plan's.
fn computed(context: &Context<'_>, bases: &Bases<'_>, at: usize, line: &Line, built: &BuiltLine) -> [Cell; 2] {
    let decimals = context.decimals();
    let Ok(exact) = built.exact else { return [Cell::default(), Cell::default()] };
    let exact_text = exact_formula(context, bases, at, line, exact).filter(|_| is_held(exact));
    let Ok(amount) = built.amount else { return [cell(exact_text, exact, 0), Cell::default()] };
    let amount_text = exact_text.as_ref().and_then(|_| amount_formula(context, at, line, [exact, amount]));
    [cell(exact_text, exact, 0), cell(amount_text.filter(|_| is_held(amount)), amount, decimals)]
}

fn cell(formula: Option<String>, number: Decimal, decimals: u8) -> Cell {
    match formula {
        Some(formula) => Cell::formula(formula, number, decimals),
        None => Cell::number(number, decimals),
    }
}

/// The place of a field of a line.
fn place(at: usize, column: u16) -> String {
    At::new(row(at), column).name()
}

/// The columns of which a line is the product.
const FACTORS: [u16; 4] = [columns::QUANTITY, columns::UNIT_COST, columns::DURATION, columns::SHARE];

/// A line in its own currency as a formula of its other cells; `None` where one of these is a text, or it would give another number.
fn exact_formula(context: &Context<'_>, bases: &Bases<'_>, at: usize, line: &Line, exact: Decimal) -> Option<String> {
    let is_written = |numbers: &[Option<Spanned<Decimal>>]| numbers.iter().flatten().all(|number| is_held(number.value));
    if line.is_percentage() {
        let base = sum(&bases.of_line(context, at, line), context.decimals());
        let number = base.amount.number()?.exact_mul(line.percent?.value)?.percent()?;
        let text = format!("{}*{}/100", place(at, columns::PERCENT), base.formula()?);
        return (number == exact && is_written(&[line.percent])).then_some(text);
    }
    if line.unit_cost.is_none() {
        return is_written(&[line.amount]).then(|| place(at, columns::TYPED));
    }
    let [quantity, unit_cost, duration, share] = FACTORS.map(|column| place(at, column));
    // PRODUCT leaves empty cells out, as the plan does; a share that is filled in later counts at once.
    let text = format!("PRODUCT({quantity},{unit_cost},{duration})*IF({share}=\"\",100,{share})/100");
    is_written(&[line.quantity, line.unit_cost, line.duration, line.share]).then_some(text)
}

/// A line in the plan's currency as a formula of the cell beside it, where that gives the same.
fn amount_formula(context: &Context<'_>, at: usize, line: &Line, [exact, amount]: [Decimal; 2]) -> Option<String> {
    let beside = place(at, columns::EXACT);
    let how = &context.plan.header.lines;
    let (text, by) = match foreign(context, line) {
        None => (beside, Decimal::ONE),
        Some(currency) => {
            let (rate_at, rate) = the_rate(context, currency)?;
            (format!("{beside}/{}", At::new(row(rate_at), RATE).fixed_on(RATES)), rate)
        }
    };
    let Some(unit) = how.unit else { return (by == Decimal::ONE && exact == amount).then_some(text) };
    let rule = how.rule();
    let is_simple = how.round != Some(Rounded::Sum) && is_nearest(rule);
    let rounded = Rounding::HalfAway.quotient(exact, by, *unit)?;
    (is_simple && rounded == amount).then(|| Some(format!("ROUND({text},{})", places(*unit)?))).flatten()
}

/// The currency of a line that is not in the plan's.
fn foreign<'l>(context: &Context<'_>, line: &'l Line) -> Option<&'l str> {
    line.currency.as_ref().map(|code| code.as_str()).filter(|code| *code != context.plan.header.currency.as_str())
}

/// The only rate of a currency, measured in it for one of the plan's.
pub fn the_rate(context: &Context<'_>, currency: &str) -> Option<(usize, Decimal)> {
    let plan = context.plan.header.currency.as_str();
    let is_it = |rate: &logframe::Rate| {
        rate.currency.as_str() == currency && rate.per.as_ref().is_none_or(|per| per.as_str() == plan) && is_held(*rate.rate)
    };
    let mut rates = context.plan.rates.iter().enumerate().filter(|(_, rate)| is_it(rate));
    let (at, rate) = rates.next()?;
    rates.next().is_none().then_some((at, *rate.rate))
}

/// Rules that `ROUND` follows, halves apart.
pub fn is_nearest(rule: Rounding) -> bool {
    matches!(
        rule,
        Rounding::Nearest
            | Rounding::HalfUp
            | Rounding::HalfDown
            | Rounding::HalfAway
            | Rounding::HalfTowardZero
            | Rounding::HalfEven
    )
}

/// How many decimals a unit has, below zero for tens and hundreds; `None` where it is no power of ten.
pub fn places(unit: Decimal) -> Option<i64> {
    let text = unit.normalized().to_string();
    let is_one = |digits: &str| digits.trim_start_matches('0') == "1";
    match text.split_once('.') {
        Some(("0", decimals)) => is_one(decimals).then(|| i64::try_from(decimals.len()).ok()).flatten(),
        Some(_) => None,
        None => is_one(text.trim_end_matches('0')).then(|| i64::try_from(text.len()).ok()).flatten().map(|length| 1 - length),
    }
}

/// Which lines a percentage is taken of.
struct Bases<'p> {
    ids: HashMap<&'p str, usize>,
    categories: HashSet<String>,
    /// The plain lines of each office.
    plain: Vec<Vec<usize>>,
}

impl<'p> Bases<'p> {
    fn of(context: &Context<'p>) -> Self {
        let named = context.plan.lines.iter().enumerate().rev();
        let ids = named.filter_map(|(at, line)| Some((line.id.as_ref()?.as_str(), at))).collect();
        let categories = context.plan.cost_categories().into_iter().map(|category| category.id.to_string()).collect();
        let mut plain = vec![Vec::new(); context.plan.offices.len()];
        for (at, (line, place)) in context.plan.lines.iter().zip(&context.line_places).enumerate() {
            let office = place.filter(|_| !line.is_percentage()).and_then(|(office, _)| plain.get_mut(office));
            office.into_iter().for_each(|lines: &mut Vec<usize>| lines.push(at));
        }
        Self { ids, categories, plain }
    }

    /// The cells of the base of a percentage line, each once.
    fn of_line(&self, context: &Context<'p>, at: usize, line: &Line) -> Vec<Figure> {
        let whole = Base::default();
        let base = line.of.as_ref().unwrap_or(&whole);
        let named = base.lines.iter().flatten().filter_map(|id| self.ids.get(id.as_str()).copied());
        let selected = if base.selects() { self.selected(context, base, line) } else { Vec::new() };
        let mut all: Vec<usize> = named.chain(selected).filter(|other| *other != at).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(|other| context.line(other).here()).collect()
    }

    /// The plain lines that are in every list of a base.
    fn selected(&self, context: &Context<'_>, base: &Base, line: &Line) -> Vec<usize> {
        let own = [line.office.clone()];
        let offices = base.offices.as_deref().unwrap_or(&own).iter().filter_map(|id| context.office(id));
        let nodes: Option<Vec<usize>> = base.results.as_ref().map(|ids| ids.iter().filter_map(|id| context.node(id)).collect());
        let is_under = |at: usize| {
            let place = context.line_places.get(at).copied().flatten();
            let above = place.map(|(_, node)| context.above(node));
            nodes.as_ref().is_none_or(|nodes| above.into_iter().flatten().any(|node| nodes.contains(&node)))
        };
        let is_in = |at: usize| {
            let category = context.plan.lines.get(at).and_then(|line| line.category.as_ref());
            let of =
                |ids: &Vec<Spanned<Id>>| category.is_some_and(|id| self.categories.contains(id.as_str()) && ids.contains(id));
            base.categories.as_ref().is_none_or(of)
        };
        let lines = offices.filter_map(|office| self.plain.get(office)).flatten().copied();
        lines.filter(|at| is_in(*at) && is_under(*at)).collect()
    }
}
