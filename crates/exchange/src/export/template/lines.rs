//! Rows for budget lines that are not there yet: what to type and to choose, and what it comes to.

use logframe::Step;

use super::super::context::{Context, LINES};
use super::super::formula::{At, whole};
use super::super::lines::{is_nearest, places};
use super::super::model::{Allowed, Cell, Look, Part, Sheet, SheetKind, Shown, Style, Validation, Value};
use super::super::page::{FIRST, Head, Page, blanks};
use super::lists::{self, BETWEEN, Lists};

/// Columns of the sheet.
pub mod columns {
    pub const OFFICE: u16 = 1;
    pub const RESULT: u16 = 2;
    pub const CATEGORY: u16 = 3;
    pub const DESCRIPTION: u16 = 4;
    pub const QUANTITY: u16 = 5;
    pub const UNIT_COST: u16 = 7;
    pub const DURATION: u16 = 8;
    pub const DURATION_UNIT: u16 = 9;
    pub const SHARE: u16 = 10;
    pub const CURRENCY: u16 = 11;
    pub const EXACT: u16 = 12;
    pub const AMOUNT: u16 = 13;
    pub const OUTCOME: u16 = 14;
    pub const SPREAD: u16 = 17;
    pub const DONOR: u16 = 19;
    /// How many columns there are before those of percentages, where no donor is asked for.
    pub const USUAL: u16 = 19;
}

/// What durations are usually counted in.
const DURATIONS: [&str; 5] = ["day", "week", "month", "quarter", "year"];

/// What whoever fills it in reads first.
const HOW: &str = "One row for each thing that you will pay for. Fill in the yellow cells; the grey ones work themselves out. Where a cell offers \
                   a list, choose from it.";
const WHEN_DONE: &str = "Leave empty what does not apply. A percentage of other lines, as support costs, goes into the last columns. Send the file back when nothing stands under Still missing any more.";

pub fn lines(context: &Context<'_>, lists: &Lists, rows: u32) -> Sheet {
    let form = Form { context, lists, rows, is_alone: context.plan.offices.len() == 1 };
    let title = format!("Budget lines: {}", context.plan.header.title);
    let mut page = Page::new(LINES, SheetKind::Lines, &title, HOW, form.heads()).frozen(columns::RESULT);
    page.above(&form.above());
    for row in 0..rows {
        page.push(form.row(FIRST + row));
    }
    page.indent();
    Sheet { is_protected: true, validations: form.validations(), ..page.sheet() }
}

struct Form<'f, 'p> {
    context: &'f Context<'p>,
    lists: &'f Lists,
    rows: u32,
    /// Whether there is one office, which nobody has to choose.
    is_alone: bool,
}

impl Form<'_, '_> {
    fn heads(&self) -> Vec<Head> {
        let mut heads = vec![
            Head::number("line", "No.", 6),
            Head::text("office", "Office", 18),
            Head::text("result", "Result", 32),
            Head::text("category", "Category", 24),
            Head::text("description", "Description", 34),
            Head::number("quantity", "Quantity", 11),
            Head::text("unit", "Unit", 11),
            Head::number("unit-cost", "Unit cost", 13),
            Head::number("duration", "Duration", 11),
            Head::text("duration-unit", "Duration in", 11),
            Head::number("share", "% charged", 11),
            Head::text("currency", "Currency", 11),
            Head::number("exact", "Comes to", 14),
            Head::number("built", self.context.in_currency("Amount"), 15),
            Head::text("outcome", "Outcome or head", 13),
            Head::text("missing", "Still missing", 24),
            Head::text("period", "Period, as 2027 or 2027-Q1", 16),
            Head::text("spread", "Spread by", 11),
            Head::text("remarks", "Remarks", 28),
        ];
        heads.extend((!self.context.plan.donors.is_empty()).then(|| Head::text("donor", "Donor", 20)));
        heads.extend([
            Head::number("percent", "% of other lines", 11),
            Head::text("of", "Of which lines; of all where empty", 26),
            Head::number("plain", "Counts in percentages", 14).folded(),
        ]);
        heads
    }

    /// The column of percentages; what they are of stands beside it, and what a row counts there.
    fn percent(&self) -> u16 {
        columns::USUAL + u16::from(!self.context.plan.donors.is_empty())
    }

    /// The second line of what is to be read, and the total where it stays in view.
    fn above(&self) -> Vec<Cell> {
        let range = [FIRST, FIRST + self.rows.saturating_sub(1)].map(|row| At::new(row, columns::AMOUNT).name());
        let total = Cell::formula(format!("SUM({})", range.join(":")), 0.into(), self.context.decimals()).total();
        let label = Cell::text("Total", Look::Right).total();
        let before = blanks(usize::from(columns::EXACT) - 2);
        [Cell::text(WHEN_DONE, Look::Note)].into_iter().chain(before).chain([label, total]).collect()
    }

    fn row(&self, row: u32) -> Vec<Cell> {
        let [text, typed] = [Look::Id, Look::Typed].map(input);
        let cost = input(Look::Number(self.context.decimals().max(2)));
        let office = if self.is_alone { self.own_office(row) } else { text.clone() };
        let [exact, amount] = [self.exact(row), self.amount(row)];
        let mut cells = vec![
            Cell::count(usize::try_from(row - FIRST + 1).unwrap_or_default()).grey(),
            office,
            text.clone(),
            text.clone(),
            text.clone(),
            typed.clone(),
            text.clone(),
            cost,
            typed.clone(),
            text.clone(),
            typed.clone(),
            text.clone(),
            computed(exact, Look::Number(self.context.decimals())),
            computed(amount, Look::Number(self.context.decimals())),
            computed(self.outcome(row), Look::Text),
            computed(self.missing(row), Look::Text),
        ];
        cells.extend(std::iter::repeat_n(text.clone(), 3));
        cells.extend((!self.context.plan.donors.is_empty()).then_some(text.clone()));
        cells.extend([typed, text, computed(self.plain(row), Look::Number(self.context.decimals()))]);
        cells
    }

    /// A formula that is true as long as nothing is typed.
    fn is_empty(&self, row: u32) -> String {
        let first = if self.is_alone { columns::RESULT } else { columns::OFFICE };
        let percentage = [self.percent(), self.percent() + 1].map(|column| at(row, column)).join(":");
        format!("COUNTA({}:{},{percentage})=0", at(row, first), at(row, columns::CURRENCY))
    }

    fn own_office(&self, row: u32) -> Cell {
        let office = self.lists.range(lists::OFFICE).unwrap_or_default();
        computed(format!("IF({},\"\",INDEX({office},1))", self.is_empty(row)), Look::Text)
    }

    /// What a row comes to in its own currency.
    fn exact(&self, row: u32) -> String {
        let [percent, office] = [self.percent(), columns::OFFICE].map(|column| at(row, column));
        let share = format!("IF(AND(ISNUMBER({percent}),{office}<>\"\"),{percent}*{}/100,\"\")", self.base(row));
        format!("IF({percent}=\"\",{},{share})", product(row))
    }

    /// What the office's other lines come to of which a row is a percentage: all, or those of an outcome, a head or a category.
    fn base(&self, row: u32) -> String {
        let range = |column| whole(LINES, At::new(FIRST, column), At::new(FIRST + self.rows.saturating_sub(1), column));
        let [offices, outcomes, categories] = [columns::OFFICE, columns::OUTCOME, columns::CATEGORY].map(range);
        let (office, of, plain) = (at(row, columns::OFFICE), at(row, self.percent() + 1), range(self.percent() + 2));
        let is_in = format!("(EXACT({categories},{of})+EXACT({outcomes},{}))", id_of(&of));
        let sum = |which: &str| format!("SUMPRODUCT(EXACT({offices},{office})*{which},{plain})");
        format!("IF({of}=\"\",{},{})", sum("1"), sum(&is_in))
    }

    /// What a row that is no percentage comes to in the plan's currency. It is worked out from what is typed alone: no formula of a percentage
    /// may rest on itself.
    fn plain(&self, row: u32) -> String {
        let amount = self.in_plan(row, &product(row));
        format!("IF({}=\"\",IFERROR({amount},\"\"),\"\")", at(row, self.percent()))
    }

    /// What a row comes to in the plan's currency.
    fn amount(&self, row: u32) -> String {
        let exact = at(row, columns::EXACT);
        format!("IF({exact}=\"\",\"\",IFERROR({},\"\"))", self.in_plan(row, &exact))
    }

    /// An amount at the rate of the row's currency.
    fn in_plan(&self, row: u32, amount: &str) -> String {
        let currency = at(row, columns::CURRENCY);
        let [codes, rates] = [lists::CURRENCY, lists::RATE_OF].map(|column| self.lists.range(column).unwrap_or_default());
        let rate = format!("IF({currency}=\"\",1,INDEX({rates},MATCH({currency},{codes},0)))");
        self.rounded(&format!("{amount}/{rate}"))
    }

    /// As the plan rounds its lines, where a spreadsheet can.
    fn rounded(&self, text: &str) -> String {
        let how = &self.context.plan.header.lines;
        let decimals = how.unit.filter(|_| is_nearest(how.rule())).and_then(|unit| places(*unit));
        decimals.map_or_else(|| text.to_owned(), |decimals| format!("ROUND({text},{decimals})"))
    }

    /// The outcome or head that its result belongs to.
    fn outcome(&self, row: u32) -> String {
        let result = at(row, columns::RESULT);
        let [Some(ids), Some(roots)] = [lists::RESULT_ID, lists::OUTCOME].map(|column| self.lists.range(column)) else {
            return "\"\"".to_owned();
        };
        let id = id_of(&result);
        format!("IF({result}=\"\",\"\",IFERROR(INDEX({roots},MATCH({id},{ids},0)),\"\"))")
    }

    /// What a row that is begun lacks, or what is wrong in it.
    fn missing(&self, row: u32) -> String {
        let cell = |column| at(row, column);
        let is_blank = |column| format!("{}=\"\"", cell(column));
        let [exact, amount] = [columns::EXACT, columns::AMOUNT].map(cell);
        let [result, outcome] = [columns::RESULT, columns::OUTCOME].map(cell);
        let [share, percent, of] = [columns::SHARE, self.percent(), self.percent() + 1].map(cell);
        let factors = [columns::QUANTITY, columns::UNIT_COST, columns::DURATION, columns::SHARE, columns::CURRENCY].map(cell);
        let wanted = [
            (is_blank(columns::OFFICE), "office"),
            (is_blank(columns::RESULT), "result"),
            (format!("AND({result}<>\"\",{outcome}=\"\")"), "result that is in the list"),
            (is_blank(columns::DESCRIPTION), "description"),
            (format!("AND({},{percent}=\"\",{of}=\"\")", is_blank(columns::UNIT_COST)), "unit cost"),
            (format!("AND({percent}=\"\",{of}<>\"\")"), "% of other lines"),
            (format!("AND({percent}<>\"\",COUNTA({})>0)", factors.join(",")), "either a percentage or a cost"),
            (format!("OR(NOT({}),ISTEXT({percent}))", are_numbers(row)), "number instead of text"),
            // Who types 30% gets 0.3 from a spreadsheet.
            (format!("AND(ISNUMBER({share}),{share}>0,{share}<1)"), "% charged as 30, without %"),
            (format!("AND(ISNUMBER({percent}),{percent}>0,{percent}<=0.25)"), "% of other lines as 7, without %"),
            (format!("AND({exact}<>\"\",{amount}=\"\")"), "rate of the currency"),
        ];
        let parts: Vec<String> = wanted.map(|(when, what)| format!("IF({when},\", {what}\",\"\")")).to_vec();
        format!("IF({},\"\",MID({},3,200))", self.is_empty(row), parts.join("&"))
    }

    fn validations(&self) -> Vec<Validation> {
        let one = |column, allowed, message| Validation {
            column,
            first_row: FIRST,
            last_row: FIRST + self.rows.saturating_sub(1),
            allowed,
            message,
        };
        let list = |column, of| Some(one(column, Allowed::Cells(self.lists.range(of)?), "Choose one from the list."));
        let spreads = Step::ALL.map(Step::name).to_vec();
        let not_negative = "Write a number that is not below zero.";
        let all = [
            list(columns::OFFICE, lists::OFFICE).filter(|_| !self.is_alone),
            list(columns::RESULT, lists::RESULT),
            list(columns::CATEGORY, lists::CATEGORY),
            list(columns::CURRENCY, lists::CURRENCY),
            list(columns::DONOR, lists::DONOR),
            list(self.percent() + 1, lists::BASE),
            Some(one(self.percent(), Allowed::Percent, "Write a number from 0 to 100, as 7.")),
            Some(one(columns::QUANTITY, Allowed::NotNegative, not_negative)),
            Some(one(columns::UNIT_COST, Allowed::NotNegative, not_negative)),
            Some(one(columns::DURATION, Allowed::NotNegative, not_negative)),
            Some(one(columns::SHARE, Allowed::Percent, "Write a number from 0 to 100; leave it empty for all of it.")),
            Some(one(columns::DURATION_UNIT, Allowed::Suggested(DURATIONS.to_vec()), "")),
            Some(one(columns::SPREAD, Allowed::Suggested(spreads), "")),
        ];
        all.into_iter().flatten().filter(|one| self.rows > 0 && one.last_row >= one.first_row).collect()
    }
}

fn at(row: u32, column: u16) -> String {
    At::new(row, column).name()
}

/// Whether what is typed for numbers are numbers.
fn are_numbers(row: u32) -> String {
    let cells =
        [columns::QUANTITY, columns::UNIT_COST, columns::DURATION, columns::SHARE].map(|column| at(row, column)).join(",");
    format!("COUNTA({cells})=COUNT({cells})")
}

/// The id that a choice from a list begins with.
fn id_of(cell: &str) -> String {
    format!("LEFT({cell},FIND(\"{BETWEEN}\",{cell}&\"{BETWEEN}\")-1)")
}

/// What the factors of a row come to in its own currency.
fn product(row: u32) -> String {
    let [cost, share] = [columns::UNIT_COST, columns::SHARE].map(|column| at(row, column));
    let [quantity, duration] = [columns::QUANTITY, columns::DURATION].map(|column| at(row, column));
    let is_sound = format!("AND(ISNUMBER({cost}),{})", are_numbers(row));
    format!("IF({is_sound},PRODUCT({quantity},{cost},{duration})*IF({share}=\"\",100,{share})/100,\"\")")
}

fn input(look: Look) -> Cell {
    Cell { style: Style { look, part: Part::Input }, ..Cell::default() }
}

/// A formula that shows nothing while its row is empty.
fn computed(text: String, look: Look) -> Cell {
    let value = Value::Formula { text, shows: Shown::Nothing };
    Cell { value, style: Style { look, part: Part::Computed }, ..Cell::default() }
}
