//! Arbitrary drafts: every noun, odd ids, texts with quotes, breaks and control characters, decimals of every scale.

use std::collections::BTreeSet;

use logframe::crossfoot::Rounding;
use logframe::{
    Activity, Adjustment, Allocation, Cell, Date, Decimal, Declared, Document, Draft, Duration, Entries, Exception, Figure,
    Framework, Head, Header, Id, Indicator, NoneMeans, Office, OfficeKind, Outcome, Output, Printed, Reading, Region, Scope,
    Series, SeriesStatement, Shares, Sheet, Spanned, Value,
};
use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;
use proptest::sample::select;

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\"'\\\\\n\r\t#=\\[\\]{} \u{0}-\u{1f}\u{7f}\u{85}\u{2028}a]{0,12}",
        "[a-z ,.]{80,140}",
        Just(String::new()),
    ]
}

/// Ids that look like something else to TOML, or to the writer.
const ODD: [&str; 18] = [
    "1",
    "1.1",
    "-",
    "true",
    "nan",
    "2018-01-01",
    "1_000",
    "a b",
    "#",
    "\"",
    "'",
    "\\",
    "[x]",
    "a.b",
    "é",
    "value",
    "activity",
    "n/a",
];

pub fn id() -> impl Strategy<Value = Id> {
    prop_oneof![
        "[a-z][a-z0-9-]{0,8}".prop_map(|text| text.parse().unwrap()),
        select(&ODD[..]).prop_map(|text| text.parse().unwrap()),
        any::<String>().prop_filter_map("no id", |text| text.parse().ok()),
    ]
}

pub fn decimal() -> impl Strategy<Value = Decimal> {
    let whole =
        (any::<bool>(), 0u128..79_228_162_514_264_337_593_543_950_335, 0usize..=28).prop_map(|(negative, digits, scale)| {
            let digits = format!("{digits:0>29}");
            let (whole, fraction) = digits.split_at(29 - scale);
            let point = if scale == 0 { "" } else { "." };
            let sign = if negative { "-" } else { "" };
            format!("{sign}{}{point}{fraction}", whole.trim_start_matches('0').parse::<u128>().unwrap_or(0)).parse().unwrap()
        });
    let cents = (-10_000_000i64..10_000_000, 0u8..100).prop_map(|(n, cents)| format!("{n}.{cents:02}").parse().unwrap());
    prop_oneof![(-10_000_000i64..10_000_000).prop_map(Decimal::from), cents, whole, Just(Decimal::ZERO)]
}

pub fn few<T: Strategy>(of: T) -> impl Strategy<Value = Vec<T::Value>> {
    vec(of, 0..3)
}

pub fn spanned<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Spanned<T>> {
    of.prop_map(Spanned::from)
}

fn ids() -> impl Strategy<Value = Vec<Spanned<Id>>> {
    few(spanned(id()))
}

fn entries<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Entries<T>> {
    vec((id(), of), 0..4).prop_map(|pairs| {
        let mut seen = BTreeSet::new();
        pairs.into_iter().filter(|(id, _)| seen.insert(id.clone())).collect()
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![3 => decimal().prop_map(Value::Number), 1 => Just(Value::NotAvailable)]
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![3 => decimal().prop_map(Cell::Amount), 1 => Just(Cell::None)]
}

fn figure() -> impl Strategy<Value = Figure> {
    (decimal(), maybe(spanned(decimal())), maybe(text())).prop_map(|(value, unit, text)| {
        let mut figure = Figure::from(value);
        (figure.unit, figure.text) = (unit, text);
        figure
    })
}

fn rounding() -> impl Strategy<Value = Rounding> {
    select(vec![Rounding::Nearest, Rounding::HalfTowardZero, Rounding::AwayFromZero, Rounding::Exact])
}

fn printed() -> impl Strategy<Value = Printed> {
    let none = select(vec![NoneMeans::Zero, NoneMeans::RoundsToZero, NoneMeans::Unknown]);
    let parts = (maybe(spanned(decimal())), maybe(rounding()), maybe(none), maybe(text()), maybe(text()));
    parts.prop_map(|(unit, rounding, none, thousands, decimal)| {
        let mut printed = Printed::default();
        (printed.unit, printed.rounding, printed.none) = (unit, rounding.map(Spanned::from), none);
        (printed.thousands, printed.decimal) = (thousands, decimal);
        printed
    })
}

fn duration() -> impl Strategy<Value = Duration> {
    let date = || (0u16..10_000, 1u8..13, 1u8..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}").parse::<Date>().unwrap());
    (maybe(any::<u32>()), maybe(spanned(date())), maybe(spanned(date()))).prop_map(|(months, from, to)| {
        let mut duration = Duration::default();
        (duration.months, duration.from, duration.to) = (months, from, to);
        duration
    })
}

fn document() -> impl Strategy<Value = Document> {
    (text(), maybe(text()), maybe(any::<u16>()), maybe(text()), maybe(text())).prop_map(|(title, publisher, year, url, note)| {
        let mut document = Document::default();
        document.title = title;
        (document.publisher, document.year, document.url, document.note) = (publisher, year, url, note);
        document
    })
}

fn framework() -> impl Strategy<Value = Framework> {
    (text(), few(text())).prop_map(|(name, objectives)| {
        let mut framework = Framework::default();
        (framework.name, framework.objectives) = (name, objectives);
        framework
    })
}

fn header() -> impl Strategy<Value = Header> {
    let texts = (id(), text(), text(), maybe(text()), maybe(text()), maybe(text()));
    let parts = (texts, maybe(duration()), ids(), few(framework()), maybe(document()), printed());
    parts.prop_map(|((id, title, currency, statement, organisation, language), duration, sdgs, frameworks, document, printed)| {
        let mut header = Header::new(&id, title, currency);
        (header.statement, header.organisation, header.language) = (statement, organisation, language);
        (header.duration, header.sdgs, header.frameworks) = (duration, sdgs, frameworks);
        (header.document, header.printed) = (document, printed);
        header
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    (spanned(value()), maybe(any::<u16>())).prop_map(|(value, year)| {
        let reading = Reading::new(value.value);
        year.map_or(reading.clone(), |year| reading.in_year(year))
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let parts = (id(), text(), maybe(text()), maybe(reading()), maybe(reading()), maybe(text()), maybe(text()), ids());
    parts.prop_map(|(id, title, unit, baseline, target, means, assumption, sdgs)| {
        let mut indicator = Indicator::new(&id, title);
        (indicator.unit, indicator.baseline, indicator.target) = (unit, baseline, target);
        (indicator.means_of_verification, indicator.assumption, indicator.sdgs) = (means, assumption, sdgs);
        indicator
    })
}

fn activity() -> impl Strategy<Value = Activity> {
    (id(), text(), ids()).prop_map(|(id, title, sdgs)| {
        let mut activity = Activity::new(&id, title);
        activity.sdgs = sdgs;
        activity
    })
}

fn output() -> impl Strategy<Value = Output> {
    let parts = (id(), text(), maybe(text()), ids(), few(text()), few(indicator()), few(activity()));
    parts.prop_map(|(id, title, statement, sdgs, assumptions, indicators, activities)| {
        let mut output = Output::new(&id, title);
        (output.statement, output.sdgs, output.assumptions) = (statement, sdgs, assumptions);
        (output.indicators, output.activities) = (indicators, activities);
        output
    })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let texts = (id(), text(), maybe(text()), few(text()), few(text()));
    let parts = (texts, ids(), few(indicator()), few(output()), few(activity()));
    parts.prop_map(|((id, title, statement, challenges, assumptions), sdgs, indicators, outputs, activities)| {
        let mut outcome = Outcome::new(&id, title);
        (outcome.statement, outcome.challenges, outcome.assumptions) = (statement, challenges, assumptions);
        (outcome.sdgs, outcome.indicators, outcome.outputs) = (sdgs, indicators, outputs);
        outcome.activities = activities;
        outcome
    })
}

fn region() -> impl Strategy<Value = Region> {
    (id(), text(), entries(text())).prop_map(|(id, name, places)| {
        let mut region = Region::new(&id, name);
        region.places = places;
        region
    })
}

fn office() -> impl Strategy<Value = Office> {
    let kind = select(vec![OfficeKind::Country, OfficeKind::SubRegional, OfficeKind::Regional]);
    (id(), text(), maybe(kind), ids(), ids(), any::<bool>(), maybe(text())).prop_map(
        |(id, name, kind, places, regions, leads, source)| {
            let mut office = Office::new(&id, name);
            (office.kind, office.places, office.regions, office.leads, office.source) = (kind, places, regions, leads, source);
            office
        },
    )
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let lists = (few(text()), maybe(ids()), entries(few(text())), few(text()), entries(text()));
    (id(), maybe(text()), ids(), lists).prop_map(|(id, title, offices, lists)| {
        let mut sheet = Sheet::new(&id, []);
        (sheet.title, sheet.offices) = (title, offices);
        (sheet.highlights, sheet.activities, sheet.challenges, sheet.other_challenges, sheet.wording) = lists;
        sheet
    })
}

pub fn scope() -> impl Strategy<Value = Scope> {
    (maybe(ids()), maybe(ids())).prop_map(|(offices, results)| Scope { offices, results })
}

fn shares() -> impl Strategy<Value = Shares> {
    let figures = (maybe(figure()), entries(figure()), entries(figure()));
    (decimal(), maybe(rounding()), figures).prop_map(|(unit, rounding, figures)| {
        let mut shares = Shares::default();
        (shares.unit, shares.rounding) = (unit.into(), rounding);
        (shares.total, shares.results, shares.offices) = figures;
        shares
    })
}

fn declared() -> impl Strategy<Value = Declared> {
    let figures = (maybe(figure()), entries(figure()), entries(figure()), maybe(shares()));
    (text(), maybe(scope()), maybe(printed()), figures).prop_map(|(place, of, printed, figures)| {
        let mut declared = Declared::new(place);
        (declared.of, declared.printed) = (of, printed);
        (declared.total, declared.results, declared.offices, declared.shares) = figures;
        declared
    })
}

fn series_statement() -> impl Strategy<Value = SeriesStatement> {
    (text(), id(), any::<u16>(), decimal(), maybe(text())).prop_map(|(place, country, year, value, text)| {
        let mut statement = SeriesStatement::new(place, &country, year, value);
        statement.text = text;
        statement
    })
}

fn series() -> impl Strategy<Value = Series> {
    let values = entries(spanned(few(spanned(value()))));
    let rest = (maybe(printed()), few(any::<u16>()), values, few(series_statement()));
    (id(), text(), maybe(text()), maybe(text()), rest).prop_map(|(id, title, unit, source, rest)| {
        let mut series = Series::default();
        (series.id, series.title, series.unit, series.source) = (id.into(), title, unit, source);
        (series.printed, series.years, series.values, series.statements) = rest;
        series
    })
}

fn exception() -> impl Strategy<Value = Exception> {
    let severity = vec![Adjustment::Off, Adjustment::Note, Adjustment::Warning, Adjustment::Error];
    (text(), select(severity), text(), maybe(spanned(id()))).prop_map(|(rule, severity, reason, of)| {
        let mut exception = Exception::new(rule, severity, reason);
        exception.of = of;
        exception
    })
}

/// Allocations of some offices in rows of some results, mingled; no cell is given twice.
fn allocations() -> impl Strategy<Value = Vec<Allocation>> {
    let rows = entries(entries(cell())).prop_map(|rows| {
        let row = |(office, row): &(Spanned<Id>, Entries<Cell>)| -> Vec<Allocation> {
            row.iter().map(|(result, cell)| allocation(office, result, *cell)).collect()
        };
        rows.iter().flat_map(row).collect::<Vec<_>>()
    });
    rows.prop_shuffle()
}

fn allocation(office: &Id, result: &Id, cell: Cell) -> Allocation {
    match cell {
        Cell::Amount(amount) => Allocation::new(office, result, amount),
        Cell::None => Allocation::none(office, result),
    }
}

/// A draft of anything that a plan file can say.
pub fn draft() -> BoxedStrategy<Draft> {
    // Boxed: a strategy of strategies of strategies takes more stack than a thread of a test has.
    super::budgets::with_budget(without_lines().boxed()).boxed()
}

/// A draft whose budget is given.
pub fn without_lines() -> impl Strategy<Value = Draft> {
    let results = (header(), few(outcome()), few((id(), text()).prop_map(|(id, title)| Head::new(&id, title))));
    let where_and_who = (few(region()), few(office()), few(sheet()));
    let money = (allocations(), few(declared()), few(series()), few(exception()));
    (results, where_and_who, money).prop_map(|(results, where_and_who, money)| {
        let (header, outcomes, heads) = results;
        let (regions, offices, sheets) = where_and_who;
        let (allocations, declared, series, exceptions) = money;
        Draft { header, outcomes, heads, regions, offices, sheets, allocations, declared, series, exceptions, ..Draft::default() }
    })
}
