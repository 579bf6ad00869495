//! The plan against an independent transcription of the same document, figure by figure and text by text.
//!
//! Figures are compared as they are printed: the plan knows the unit, the separators and the remarkable prints of each place.

use std::collections::HashMap;

use logframe::{Cell, Decimal, Measure, NumberStyle, Plan, Printed, Sheet, Statement, Value, country_name};

use crate::plans::{iom, path, read};

/// The rows of one fact table, whose header must be this one.
fn table<const N: usize>(name: &str, header: [&str; N]) -> Vec<[String; N]> {
    let mut file = csv::Reader::from_path(path("crates/core/tests/data/iom-2018").join(format!("{name}.csv"))).unwrap();
    assert_eq!(file.headers().unwrap(), header.as_slice(), "{name}.csv");
    let row = |record: csv::StringRecord| std::array::from_fn(|column| record[column].to_owned());
    file.records().map(|record| row(record.unwrap())).collect()
}

fn assert_same<const N: usize>(name: &str, transcribed: &[[String; N]], in_plan: &[[String; N]]) {
    for (row, (theirs, ours)) in transcribed.iter().zip(in_plan).enumerate() {
        assert_eq!(theirs, ours, "{name}.csv, row {}: transcribed on the left, the plan on the right", row + 2);
    }
    assert_eq!(transcribed.len(), in_plan.len(), "{name}: rows transcribed on the left, in the plan on the right");
}

/// Texts that need not differ in more than a full stop or a blank at their end.
fn assert_same_but_for_full_stops<const N: usize>(name: &str, transcribed: &[[String; N]], in_plan: &[[String; N]]) {
    let trimmed = |rows: &[[String; N]]| -> Vec<[String; N]> {
        rows.iter().map(|row| row.clone().map(|cell| cell.trim_end_matches(['.', ' ']).to_owned())).collect()
    };
    assert_same(name, &trimmed(transcribed), &trimmed(in_plan));
}

fn separator(text: Option<&String>) -> char {
    text.and_then(|text| text.chars().next()).unwrap()
}

/// A number with the separators of its place.
fn print(number: Decimal, ways: &Printed) -> String {
    let (thousands, decimal) = (separator(ways.thousands.as_ref()), separator(ways.decimal.as_ref()));
    number.grouped(NumberStyle { thousands, decimal })
}

fn print_statement(statement: &Statement) -> String {
    let print = print(*statement.value, &statement.printed);
    match statement.measure {
        Measure::Share => print + "%",
        Measure::Amount => print,
    }
}

/// What is printed with its currency.
fn print_money(statement: &Statement) -> String {
    statement.text.clone().unwrap_or_else(|| format!("USD {}", print_statement(statement)))
}

fn statements<'p>(plan: &'p Plan, place: &str) -> Vec<&'p Statement> {
    plan.statements().iter().filter(|statement| statement.place.as_ref() == place).collect()
}

/// What a statement is about, among offices or among results; the empty text for all of them.
fn one_of(ids: Option<&[logframe::Spanned<logframe::Id>]>) -> String {
    ids.map(|ids| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")).unwrap_or_default()
}

fn offices(statement: &Statement) -> String {
    one_of(statement.scope.offices.as_deref())
}

fn results(statement: &Statement) -> String {
    one_of(statement.scope.results.as_deref())
}

fn title(sheet: &Sheet) -> String {
    sheet.title.clone().unwrap()
}

fn number(n: usize) -> String {
    (n + 1).to_string()
}

#[test]
fn the_outcomes_are_those_of_the_transcription() {
    let plan = read(&iom());
    let headlines = statements(&plan, "outcome headlines");
    let outcome = |(outcome, headline): (&logframe::Outcome, &&Statement)| {
        assert_eq!(results(headline), outcome.id.as_str());
        [outcome.id.to_string(), outcome.title.clone(), outcome.statement.clone().unwrap(), print_money(headline)]
    };
    let in_plan: Vec<_> = plan.outcomes.iter().zip(&headlines).map(outcome).collect();
    assert_same("outcomes", &table("outcomes", ["outcome", "title", "statement", "headline"]), &in_plan);
}

/// Texts under an outcome, numbered within it.
fn under_outcomes(plan: &Plan, texts: impl Fn(&logframe::Outcome) -> Vec<&String>) -> Vec<[String; 3]> {
    let of = |outcome: &logframe::Outcome| -> Vec<[String; 3]> {
        let row = |(i, text): (usize, &&String)| [outcome.id.to_string(), number(i), (*text).clone()];
        texts(outcome).iter().enumerate().map(row).collect()
    };
    plan.outcomes.iter().flat_map(of).collect()
}

#[test]
fn the_key_challenges_are_those_of_the_transcription() {
    let in_plan = under_outcomes(&read(&iom()), |outcome| outcome.challenges.iter().collect());
    assert_same("key-challenges", &table("key-challenges", ["outcome", "order", "text"]), &in_plan);
}

#[test]
fn the_outputs_are_those_of_the_transcription_and_are_numbered_in_its_order() {
    let plan = read(&iom());
    let in_plan = under_outcomes(&plan, |outcome| outcome.outputs.iter().map(|output| &output.title).collect());
    let transcribed = table("outputs", ["outcome", "order", "text"]);
    assert_same("outputs", &transcribed, &in_plan);
    let ids: Vec<_> = plan.outcomes.iter().flat_map(|outcome| &outcome.outputs).map(|output| output.id.to_string()).collect();
    let numbered: Vec<_> = transcribed.iter().map(|[outcome, order, _]| format!("{outcome}.{order}")).collect();
    assert_eq!(ids, numbered);
}

#[test]
fn the_activities_are_those_of_the_transcription_and_are_lettered_in_its_order() {
    let plan = read(&iom());
    let in_plan = under_outcomes(&plan, |outcome| outcome.all_activities().map(|activity| &activity.title).collect());
    let transcribed = table("activities", ["outcome", "order", "text"]);
    assert_same("activities", &transcribed, &in_plan);
    let ids: Vec<_> = plan.outcomes.iter().flat_map(logframe::Outcome::all_activities).map(|a| a.id.to_string()).collect();
    let letter = |order: &str| char::from(b'a' + order.parse::<u8>().unwrap() - 1);
    let lettered: Vec<_> = transcribed.iter().map(|[outcome, order, _]| format!("{outcome}{}", letter(order))).collect();
    assert_eq!(ids, lettered);
}

#[test]
fn the_places_are_those_of_the_transcription_and_have_the_codes_of_their_names() {
    let plan = read(&iom());
    let in_plan: Vec<_> = plan
        .regions
        .iter()
        .flat_map(|region| region.places.iter().enumerate().map(|(i, (_, name))| [region.name.clone(), number(i), name.clone()]))
        .collect();
    assert_same("places", &table("places", ["region", "order", "name"]), &in_plan);
    for (code, name) in plan.regions.iter().flat_map(|region| &region.places) {
        let (official, name) = (country_name(code).unwrap().replace('ç', "c"), name.as_str());
        assert!(official.starts_with(name), "{code}: {official}, printed {name}");
    }
}

#[test]
fn the_sdg_targets_are_those_of_the_transcription() {
    let in_plan: Vec<_> = read(&iom()).header.sdgs.iter().map(|code| [code.to_string()]).collect();
    assert_same("sdgs", &table("sdgs", ["code"]), &in_plan);
}

#[test]
fn the_cells_of_the_budget_are_those_of_the_transcription() {
    let plan = read(&iom());
    let in_plan: Vec<_> = plan
        .allocations
        .iter()
        .map(|allocation| {
            let printed = match *allocation.cell {
                Cell::Amount(amount) => print(amount, &plan.header.printed),
                Cell::None => "-".to_owned(),
            };
            [plan.office(&allocation.office).unwrap().name.clone(), allocation.result.to_string(), printed]
        })
        .collect();
    assert_same("cells", &table("cells", ["office", "column", "printed"]), &in_plan);
}

#[test]
fn the_totals_and_shares_of_the_main_table_are_those_of_the_transcription() {
    let plan = read(&iom());
    let main = statements(&plan, "main table");
    let line = |kind: &str, name: String, amount: &&Statement| {
        let share = main.iter().find(|s| s.measure == Measure::Share && s.scope == amount.scope).unwrap();
        [kind.to_owned(), name, print_statement(amount), print_statement(share)]
    };
    let amounts = || main.iter().filter(|statement| statement.measure == Measure::Amount);
    let rows = amounts().filter(|s| s.scope.offices.is_some());
    let columns = amounts().filter(|s| s.scope.results.is_some());
    let grand = amounts().filter(|s| s.scope.offices.is_none() && s.scope.results.is_none());
    let mut in_plan: Vec<_> = rows.map(|s| line("row", plan.office(&offices(s)).unwrap().name.clone(), s)).collect();
    in_plan.extend(columns.map(|s| line("column", results(s), s)));
    in_plan.extend(grand.map(|s| line("grand", "TOTAL".to_owned(), s)));
    assert_eq!(in_plan.len() * 2, main.len());
    assert_same("table-totals", &table("table-totals", ["kind", "name", "printed", "share_printed"]), &in_plan);
}

#[test]
fn the_total_in_the_prose_is_that_of_the_transcription() {
    let plan = read(&iom());
    let prose = plan.statements().iter().filter_map(|s| Some((s.place.strip_prefix("prose, ")?.to_uppercase(), s)));
    let in_plan: Vec<_> = prose.map(|(place, statement)| [place, print_money(statement)]).collect();
    assert_same("prose-totals", &table("prose-totals", ["place", "printed"]), &in_plan);
}

#[test]
fn the_figures_on_the_sheets_are_those_of_the_transcription() {
    let plan = read(&iom());
    let mut in_plan = Vec::new();
    for sheet in &plan.sheets {
        let own = one_of(Some(&sheet.offices));
        let figures: Vec<_> = plan.statements().iter().filter(|s| s.place.contains("sheet ") && offices(s) == own).collect();
        let (totals, columns): (Vec<_>, Vec<_>) = figures.into_iter().partition(|s| s.scope.results.is_none());
        in_plan.extend(columns.iter().map(|s| [title(sheet), results(s), print_money(s)]));
        in_plan.extend(totals.iter().map(|s| [title(sheet), "total".to_owned(), print_money(s)]));
    }
    assert_same("sheet-figures", &table("sheet-figures", ["sheet", "column", "printed"]), &in_plan);
}

#[test]
fn the_sheets_and_their_offices_are_those_of_the_transcription() {
    let plan = read(&iom());
    let names =
        |sheet: &Sheet| sheet.offices.iter().map(|id| plan.office(id).unwrap().name.clone()).collect::<Vec<_>>().join(";");
    let in_plan: Vec<_> = plan.sheets.iter().enumerate().map(|(i, sheet)| [title(sheet), number(i), names(sheet)]).collect();
    assert_same("sheets", &table("sheets", ["sheet", "order", "offices"]), &in_plan);
}

/// The text of Mexico's sheet runs across its columns, so its order is kept within an outcome only.
#[test]
fn the_challenges_on_the_sheets_are_those_of_the_transcription() {
    let plan = read(&iom());
    let mut in_plan = Vec::new();
    for sheet in &plan.sheets {
        let under = sheet.challenges.iter().flat_map(|(outcome, texts)| texts.iter().map(|text| (outcome.to_string(), text)));
        let others = sheet.other_challenges.iter().map(|text| (String::new(), text));
        in_plan.extend(under.chain(others).map(|(outcome, text)| [title(sheet), outcome, text.clone()]));
    }
    let mut transcribed = table("sheet-challenges", ["sheet", "outcome", "order", "text"]);
    let position = |sheet: &str| plan.sheets.iter().position(|s| s.title.as_deref() == Some(sheet));
    transcribed.sort_by_key(|[sheet, outcome, ..]| (position(sheet), outcome.clone()));
    let transcribed: Vec<_> = transcribed.into_iter().map(|[sheet, outcome, _, text]| [sheet, outcome, text]).collect();
    assert_same("sheet-challenges", &transcribed, &in_plan);
}

#[test]
fn the_highlights_on_the_sheets_are_those_of_the_transcription() {
    let plan = read(&iom());
    let in_plan: Vec<_> = plan
        .sheets
        .iter()
        .flat_map(|sheet| sheet.highlights.iter().enumerate().map(|(i, text)| [title(sheet), number(i), text.clone()]))
        .collect();
    assert_same("sheet-highlights", &table("sheet-highlights", ["sheet", "order", "text"]), &in_plan);
}

#[test]
fn the_support_bullets_are_those_of_the_transcription() {
    let plan = read(&iom());
    let titles: HashMap<_, _> = plan.nodes().iter().map(|node| (node.id.as_str(), &node.title)).collect();
    let mut in_plan = Vec::new();
    for sheet in &plan.sheets {
        let words = |id: &str| sheet.wording.get(id).unwrap_or(titles[id]).clone();
        let bullets = sheet.activities.iter().flatten().enumerate();
        in_plan.extend(bullets.map(|(i, id)| [title(sheet), number(i), id.to_string(), words(id)]));
    }
    let transcribed = table("sheet-bullets", ["sheet", "order", "activity", "text"]);
    assert_same_but_for_full_stops("sheet-bullets", &transcribed, &in_plan);
}

#[test]
fn the_residence_permits_are_those_of_the_transcription() {
    let plan = read(&iom());
    let series = &plan.series[0];
    let ways = series.printed.as_ref().unwrap();
    let shown = |value: Value| value.number().map_or("N.A".to_owned(), |number| print(number, ways));
    let in_plan: Vec<_> = series
        .values
        .iter()
        .flat_map(|(country, values)| {
            let name = country_name(country).unwrap().to_owned();
            series.years.iter().zip(values.iter()).map(move |(year, value)| [name.clone(), year.to_string(), shown(**value)])
        })
        .collect();
    assert_same("permits", &table("permits", ["country", "year", "printed"]), &in_plan);
}

#[test]
fn what_the_prose_says_about_permits_is_that_of_the_transcription() {
    let plan = read(&iom());
    let series = &plan.series[0];
    let ways = series.printed.as_ref().unwrap();
    let in_plan: Vec<_> = series
        .statements
        .iter()
        .map(|said| {
            let country = country_name(&said.country).unwrap().to_owned();
            [country, said.year.to_string(), print(*said.value, ways), said.text.clone().unwrap()]
        })
        .collect();
    let transcribed = table("permit-statements", ["country", "year", "printed", "sentence"]);
    assert_same("permit-statements", &transcribed, &in_plan);
}
