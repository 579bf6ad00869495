//! The tables of the money: categories, allocations, budget lines, rates, donors, funding, and what the document declares.

use logframe::report;
use logframe::table::{Cell, Row};
use logframe::{Allocation, BuiltLine, Decimal, Id, Line, Measure, Plan, Scope, Spanned, Statement};

use super::sheet::{Kind, Resource, Sheet, some_ids};
use crate::lines::{base_text, spread_text};

/// The cost categories: the plan's own, or those that its lines can name.
pub fn categories(plan: &Plan) -> Option<Resource> {
    let are_used = !plan.categories.is_empty() || !plan.lines.is_empty();
    Sheet::new("categories", "Cost categories", plan.cost_categories().into_iter().filter(|_| are_used))
        .text("id", |category| Some(category.id.to_string()))
        .text("title", |category| Some(category.title.clone()))
        .flag("indirect", |category| category.indirect)
        .key(&["id"])
        .filled()
}

pub fn allocations(plan: &Plan) -> Option<Resource> {
    let currency = plan.header.currency.as_str();
    let none = plan.header.printed.none.unwrap_or_default();
    Sheet::new("allocations", "The budget: what an office is given for a result", &plan.allocations)
        .text("office", |one| Some(one.office.as_str()))
        .refers("offices", "id")
        .text("result", |one| Some(one.result.as_str()))
        .about("An amount for an output is no part of one for its outcome: the sum of the column is that of the budget.")
        .refers("results", "id")
        .number("amount", |one| one.cell.amount())
        .about(format!("In {currency}; nothing where the document prints that there is none."))
        .text("said", |one| Some(said(one)))
        .about(format!(
            "`amount` is given by the document, zero too; `none` is printed as `-`, which stands for {none}; `lines` is built up from \
             budget lines and not printed. What is not given has no row."
        ))
        .one_of(&["amount", "none", "lines"])
        .key(&["office", "result"])
        .filled()
}

fn said(allocation: &Allocation) -> &'static str {
    match (allocation.is_built, allocation.cell.amount()) {
        (true, _) => "lines",
        (false, Some(_)) => "amount",
        (false, None) => "none",
    }
}

/// A line with its number, from 1, and what it comes to.
type Numbered<'p> = (i64, &'p Line, &'p BuiltLine);

/// The budget lines under the names of their keys in a plan, and what they come to.
pub fn lines(plan: &Plan) -> Option<Resource> {
    let lines = (1..).zip(&plan.lines).zip(plan.built_lines()).map(|((at, line), built)| (at, line, built));
    let sheet = Sheet::new("lines", "Budget lines", lines)
        .count("line", |(at, ..)| Some(*at))
        .about("Its number in the plan, from 1.")
        .text("id", |(_, line, _)| id(line.id.as_ref()))
        .text("office", |(_, line, _)| Some(line.office.as_str()))
        .refers("offices", "id")
        .text("result", |(_, line, _)| Some(line.result.as_str()))
        .refers("results", "id")
        .text("category", |(_, line, _)| id(line.category.as_ref()))
        .refers("categories", "id")
        .text("description", |(_, line, _)| Some(&*line.description));
    what_it_comes_to(when_and_by_whom(factors(sheet), plan), plan).key(&["line"]).filled()
}

fn factors(sheet: Sheet<Numbered<'_>>) -> Sheet<Numbered<'_>> {
    sheet
        .number("quantity", |(_, line, _)| number(line.quantity))
        .text("unit", |(_, line, _)| line.unit.as_deref())
        .number("unit-cost", |(_, line, _)| number(line.unit_cost))
        .number("duration", |(_, line, _)| number(line.duration))
        .text("duration-unit", |(_, line, _)| line.duration_unit.as_deref())
        .number("share", |(_, line, _)| number(line.share))
        .about("How much of it is charged to the plan, in per cent.")
        .text("post", |(_, line, _)| id(line.post.as_ref()))
        .about("The post that it pays for, where several lines share one.")
        .number("percent", |(_, line, _)| number(line.percent))
        .about("Of a percentage line: how many per cent of its base.")
        .text("of", |(_, line, _)| line.of.as_ref().map(base_text))
        .about(
            "Of a percentage line: its base, as `categories: staff travel; lines: contingency`; `all` for all of the office's.",
        )
        .number("amount", |(_, line, _)| number(line.amount))
        .about("The amount, where it is typed, in the line's currency.")
}

fn when_and_by_whom<'p>(sheet: Sheet<Numbered<'p>>, plan: &'p Plan) -> Sheet<Numbered<'p>> {
    let currency = plan.header.currency.as_str();
    sheet
        .text("currency", |(_, line, _)| Some(line.currency.as_ref().map_or(currency, |code| code.as_str())))
        .about("The line's currency (ISO 4217).")
        .text("period", |(_, line, _)| line.period.map(|period| period.to_string()))
        .about("A year, half-year, quarter, month or day, or from one to another.")
        .date("from", |(_, line, _)| line.period.map(|period| period.from))
        .about("The first day of the period.")
        .date("to", |(_, line, _)| line.period.map(|period| period.to))
        .about("The last day of the period.")
        .text("spread", |(_, line, _)| line.spread.as_ref().map(spread_text))
        .about("How it is spread: `month` evenly, `year: 3 2` by weights, `year = 300 200` by amounts.")
        .text("donor", |(_, line, _)| id(line.donor.as_ref()))
        .refers("donors", "id")
        .text("remarks", |(_, line, _)| line.remarks.as_deref())
        .text("source", |(_, line, _)| line.source.as_ref().map(ToString::to_string))
        .about("Where it was taken from: a file, a sheet and its cell.")
}

fn what_it_comes_to<'p>(sheet: Sheet<Numbered<'p>>, plan: &Plan) -> Sheet<Numbered<'p>> {
    let currency = plan.header.currency.as_str();
    sheet
        .number("built", |(.., built)| built.amount.ok())
        .about(format!("What it comes to in {currency}, rounded as the plan says; nothing where that cannot be worked out."))
}

fn id(id: Option<&Spanned<Id>>) -> Option<String> {
    id.map(ToString::to_string)
}

fn number(number: Option<Spanned<Decimal>>) -> Option<Decimal> {
    number.map(|number| number.value)
}

pub fn rates(plan: &Plan) -> Option<Resource> {
    let own = plan.header.currency.as_str();
    Sheet::new("rates", "Exchange rates", &plan.rates)
        .text("currency", |rate| Some(rate.currency.to_string()))
        .text("per", |rate| Some(rate.per.as_ref().map_or(own, |per| per.as_str())))
        .number("rate", |rate| Some(rate.rate.value))
        .about("How many units of `currency` one unit of `per` is worth.")
        .date("date", |rate| Some(rate.date.value))
        .about("The day from which it holds.")
        .text("source", |rate| rate.source.clone())
        .filled()
}

pub fn donors(plan: &Plan) -> Option<Resource> {
    Sheet::new("donors", "Donors", &plan.donors)
        .text("id", |donor| Some(donor.id.as_str()))
        .text("name", |donor| Some(donor.name.as_str()))
        .list("profiles", |donor| some_ids(&donor.profiles))
        .about("Ids of the profiles whose rules the plan must meet.")
        .key(&["id"])
        .filled()
}

pub fn funding(plan: &Plan) -> Option<Resource> {
    let own = plan.header.currency.as_str();
    let sheet = Sheet::new("funding", "What donors promised and gave", (1..).zip(&plan.funding))
        .count("flow", |(at, _)| Some(*at))
        .about("Its number in the plan, from 1.")
        .text("donor", |(_, flow)| Some(flow.donor.as_str()))
        .refers("donors", "id")
        .text("kind", |(_, flow)| Some(flow.kind.name()))
        .about("Kinds are stages of one amount: what is disbursed was committed before. They are never added to each other.")
        .one_of(&["pledge", "commitment", "disbursement", "expenditure"])
        .number("amount", |(_, flow)| Some(flow.amount.value))
        .text("currency", |(_, flow)| Some(flow.currency.as_ref().map_or(own, |code| code.as_str())))
        .date("date", |(_, flow)| flow.date.map(|date| date.value));
    scoped(sheet, |(_, flow)| flow.of.as_ref()).text("remarks", |(_, flow)| flow.remarks.clone()).key(&["flow"]).filled()
}

/// The offices and the results that something is about. A list that is left out means all of them, and an empty one none.
fn scoped<T>(sheet: Sheet<T>, scope: impl Fn(&T) -> Option<&Scope>) -> Sheet<T> {
    let list = |ids: Option<&Vec<Spanned<Id>>>| ids.map(|ids| ids.iter().map(ToString::to_string).collect());
    sheet
        .list("offices", |thing| list(scope(thing).and_then(|scope| scope.offices.as_ref())))
        .about("Ids of the offices that it is about; all of them where nothing stands here.")
        .list("results", |thing| list(scope(thing).and_then(|scope| scope.results.as_ref())))
        .about("Ids of the results that it is about, with what is under them; all of them where nothing stands here.")
}

/// A figure with its number, from 1, and its row in the report of declared figures.
type Judged<'p> = (i64, &'p Statement, &'p Row);

/// Every figure that the document prints about its own numbers, as the report of that name judges it.
pub fn declared(plan: &Plan) -> Option<Resource> {
    // The report checks the whole plan, which takes time.
    if plan.statements().is_empty() {
        return None;
    }
    let report = report::declared(plan);
    let figures = (1..).zip(plan.statements()).zip(&report.rows).map(|((at, statement), row)| (at, statement, row));
    let cell = |key: &'static str| {
        let at = report.columns.iter().position(|column| column.key == key);
        move |(.., row): &Judged<'_>| at.and_then(|at| row.cells.get(at)).cloned().unwrap_or(Cell::Absent)
    };
    let sheet = Sheet::new("declared", "What the document prints about its own numbers", figures)
        .count("figure", |(at, ..)| Some(*at))
        .about("Its number in the plan, from 1.")
        .text("where", |(_, statement, _)| Some(statement.place.to_string()))
        .column("about", Kind::Text, cell("what"));
    scoped(sheet, |(_, statement, _)| Some(&statement.scope))
        .text("measure", |(_, statement, _)| Some(if statement.measure == Measure::Amount { "amount" } else { "share" }))
        .about(format!("An amount is in {}, a share in per cent.", plan.header.currency.value))
        .one_of(&["amount", "share"])
        .column("declared", Kind::Number, cell("printed"))
        .number("unit", |(_, statement, _)| number(statement.printed.unit))
        .about("The unit that it was rounded to; it is exact where nothing stands here.")
        .column("computed", Kind::Number, cell("computed"))
        .about("What its parts make at face value.")
        .column("difference", Kind::Number, cell("difference"))
        .about("Declared less computed.")
        .column("verdict", Kind::Text, cell("verdict"))
        .one_of(&["exact", "within rounding", "wrong", "cannot be checked"])
        .key(&["figure"])
        .filled()
}
