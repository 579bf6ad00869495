//! The plan against the text of the document itself, where that stands beside the checkout.

use logframe::{Outcome, Plan, Series, Sheet};

use crate::plans::{beside, iom, read};

/// One blank between words, no marks of Markdown or HTML.
fn normal(text: &str) -> String {
    let list = text.replace("<ul style=\"list-style-type: none;\">", " ").replace("</ul>", " ");
    let plain: String = list.chars().filter(|c| !"*‹›<>".contains(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn of_outcome(outcome: &Outcome) -> Vec<&String> {
    let mut texts: Vec<_> = outcome.challenges.iter().chain(&outcome.statement).collect();
    texts.push(&outcome.title);
    texts.extend(outcome.outputs.iter().map(|output| &output.title));
    texts.extend(outcome.all_activities().map(|activity| &activity.title));
    texts
}

/// The title MEXICO is the one text that the source has lost.
fn of_sheet(sheet: &Sheet) -> Vec<&String> {
    let mut texts: Vec<_> = sheet.title.iter().filter(|title| *title != "MEXICO").collect();
    texts.extend(&sheet.highlights);
    texts.extend(sheet.challenges.iter().flat_map(|(_, texts)| texts));
    texts.extend(&sheet.other_challenges);
    texts.extend(sheet.wording.iter().map(|(_, text)| text));
    texts
}

fn of_series(series: &Series) -> Vec<&String> {
    series.source.iter().chain([&series.title]).chain(series.statements.iter().filter_map(|said| said.text.as_ref())).collect()
}

fn texts(plan: &Plan) -> Vec<&String> {
    let header = &plan.header;
    let mut texts = vec![&header.title];
    texts.extend(header.statement.iter().chain(&header.organisation));
    texts.extend(header.frameworks.iter().map(|framework| &framework.name));
    texts.extend(plan.outcomes.iter().flat_map(of_outcome));
    texts.extend(plan.heads.iter().map(|head| &head.title));
    texts.extend(plan.regions.iter().flat_map(|region| region.places.iter().map(|(_, name)| name).chain([&region.name])));
    texts.extend(plan.offices.iter().map(|office| &office.name));
    texts.extend(plan.sheets.iter().flat_map(of_sheet));
    texts.extend(plan.statements().iter().filter_map(|statement| statement.text.as_ref()));
    texts.extend(plan.series.iter().flat_map(of_series));
    texts
}

#[test]
fn every_text_of_the_plan_stands_in_the_document() {
    let Some(document) = beside("../shared/seed/iom-regional-action-plan-2018.txt") else { return };
    let document = normal(&document);
    let plan = read(&iom());
    let missing: Vec<_> = texts(&plan).into_iter().filter(|text| !document.contains(&normal(text))).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
