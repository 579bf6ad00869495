//! The tables of what a document says besides its results and its money: country sheets, figures about the world, what the plan weighs otherwise,
//! and what donors ask.

use logframe::{Adjustment, Clause, Heading, Id, Plan, Series, SeriesStatement, Sheet as Page, Value};

use super::sheet::{Resource, Sheet};

/// A text of something, with its number there, from 1.
type Numbered<'p, T> = (&'p Id, i64, T);

/// Things with their number, from 1.
fn numbered<T>(of: &Id, things: impl IntoIterator<Item = T>) -> impl Iterator<Item = Numbered<'_, T>> {
    (1..).zip(things).map(move |(at, thing)| (of, at, thing))
}

pub fn sheets(plan: &Plan) -> Option<Resource> {
    Sheet::new("sheets", "Country sheets", &plan.sheets)
        .text("id", |sheet| Some(sheet.id.as_str()))
        .text("title", |sheet| sheet.title.clone())
        .flag("lists-activities", |sheet| sheet.activities.is_some())
        .about("Whether it says which activities are carried out here; one that does can list none.")
        .list("highlights", |sheet| (!sheet.highlights.is_empty()).then(|| sheet.highlights.clone()))
        .key(&["id"])
        .filled()
}

pub fn sheet_offices(plan: &Plan) -> Option<Resource> {
    let rows = plan.sheets.iter().flat_map(|sheet| sheet.offices.iter().map(|office| (&sheet.id, office)));
    Sheet::new("sheet-offices", "The offices that a country sheet speaks for", rows)
        .text("sheet", |(sheet, _)| Some(sheet.as_str()))
        .refers("sheets", "id")
        .text("office", |(_, office)| Some(office.as_str()))
        .refers("offices", "id")
        .key(&["sheet", "office"])
        .filled()
}

pub fn sheet_activities(plan: &Plan) -> Option<Resource> {
    let rows = plan.sheets.iter().flat_map(|sheet| numbered(&sheet.id, sheet.activities.iter().flatten()));
    Sheet::new("sheet-activities", "The activities of a country sheet, as it prints them", rows)
        .text("sheet", |(sheet, ..)| Some(sheet.as_str()))
        .refers("sheets", "id")
        .count("position", |(_, at, _)| Some(*at))
        .text("activity", |(.., activity)| Some(activity.as_str()))
        .refers("results", "id")
        .key(&["sheet", "position"])
        .filled()
}

pub fn sheet_wording(plan: &Plan) -> Option<Resource> {
    let rows = plan.sheets.iter().flat_map(|sheet| sheet.wording.iter().map(|(activity, text)| (&sheet.id, activity, text)));
    Sheet::new("sheet-wording", "What country sheets call activities, where that is not what the plan calls them", rows)
        .text("sheet", |(sheet, ..)| Some(sheet.as_str()))
        .refers("sheets", "id")
        .text("activity", |(_, activity, _)| Some(activity.as_str()))
        .refers("results", "id")
        .text("text", |(.., text)| Some(text.as_str()))
        .key(&["sheet", "activity"])
        .filled()
}

/// The challenges of a sheet: those under an outcome first.
fn challenges_of(sheet: &Page) -> impl Iterator<Item = (Option<&Id>, &String)> {
    let under = sheet.challenges.iter().flat_map(|(outcome, texts)| texts.iter().map(|text| (Some(&outcome.value), text)));
    under.chain(sheet.other_challenges.iter().map(|text| (None, text)))
}

pub fn sheet_challenges(plan: &Plan) -> Option<Resource> {
    let rows = plan.sheets.iter().flat_map(|sheet| numbered(&sheet.id, challenges_of(sheet)));
    Sheet::new("sheet-challenges", "The challenges that country sheets name", rows)
        .text("sheet", |(sheet, ..)| Some(sheet.as_str()))
        .refers("sheets", "id")
        .count("position", |(_, at, _)| Some(*at))
        .text("result", |(.., (outcome, _))| outcome.map(Id::as_str))
        .about("The outcome that it stands under; nothing where it stands under none.")
        .refers("results", "id")
        .text("text", |(.., (_, text))| Some(text.as_str()))
        .key(&["sheet", "position"])
        .filled()
}

pub fn series(plan: &Plan) -> Option<Resource> {
    Sheet::new("series", "Figures about the world: what they count", &plan.series)
        .text("id", |series| Some(series.id.as_str()))
        .text("title", |series| Some(series.title.as_str()))
        .text("unit", |series| series.unit.clone())
        .text("source", |series| series.source.clone())
        .number("rounded-to", |series| Some(series.printed.as_ref()?.unit?.value))
        .about("The unit that the figures were rounded to, where the document says it of them.")
        .key(&["id"])
        .filled()
}

/// The figures of a series, each with its country and its year.
fn figures_of(series: &Series) -> impl Iterator<Item = (&Id, &Id, u16, Value)> {
    series.values.iter().flat_map(|(country, values)| {
        let years = series.years.iter().zip(&values.value);
        years.map(|(year, value)| (&series.id.value, &country.value, *year, value.value))
    })
}

pub fn figures(plan: &Plan) -> Option<Resource> {
    Sheet::new("series-figures", "Figures about the world, by country and year", plan.series.iter().flat_map(figures_of))
        .text("series", |(series, ..)| Some(series.as_str()))
        .refers("series", "id")
        .text("country", |(_, country, ..)| Some(country.as_str()))
        .about("Its code (ISO 3166). It need not be a place of the plan.")
        .count("year", |(.., year, _)| Some(i64::from(*year)))
        .number("value", |(.., value)| value.number())
        .text("said", |(.., value)| Some(if value.number().is_some() { "number" } else { "not available" }))
        .about("`not available` where the document says so; zero is a number.")
        .one_of(&["number", "not available"])
        .key(&["series", "country", "year"])
        .filled()
}

pub fn statements(plan: &Plan) -> Option<Resource> {
    let rows = plan.series.iter().flat_map(|series| numbered(&series.id, &series.statements));
    Sheet::new("series-statements", "What the document's words say about the same figures", rows)
        .text("series", |(series, ..): &Numbered<'_, &SeriesStatement>| Some(series.as_str()))
        .refers("series", "id")
        .count("position", |(_, at, _)| Some(*at))
        .text("where", |(.., said)| Some(said.place.as_str()))
        .text("country", |(.., said)| Some(said.country.as_str()))
        .count("year", |(.., said)| Some(i64::from(said.year.value)))
        .number("value", |(.., said)| Some(said.value.value))
        .text("text", |(.., said)| said.text.clone())
        .key(&["series", "position"])
        .filled()
}

pub fn profiles(plan: &Plan) -> Option<Resource> {
    Sheet::new("profiles", "What donors ask of plans", &plan.profiles)
        .text("id", |profile| Some(profile.id.as_str()))
        .text("title", |profile| profile.title.clone())
        .text("source", |profile| profile.source.clone())
        .text("url", |profile| profile.url.clone())
        .flag("published", |profile| profile.is_only_named())
        .about("Whether the plan only names it, and its clauses are those that logframe publishes.")
        .key(&["id"])
        .filled()
}

pub fn clauses(plan: &Plan) -> Option<Resource> {
    let rows = plan.profiles.iter().flat_map(|profile| profile.clauses.iter().map(|clause| (&profile.id, clause)));
    let ids = |ids: &Vec<Id>| ids.iter().map(ToString::to_string).collect::<Vec<String>>();
    Sheet::new("clauses", "What donors ask, clause by clause", rows)
        .text("profile", |(profile, _)| Some(profile.as_str()))
        .refers("profiles", "id")
        .text("id", |(_, clause): &(_, &Clause)| Some(clause.id.as_str()))
        .text("text", |(_, clause)| Some(clause.text.as_str()))
        .text("cites", |(_, clause)| clause.cites.clone())
        .text("currency", |(_, clause)| clause.currency.clone())
        .about("The only currency that the plan may have (ISO 4217).")
        .number("unit", |(_, clause)| clause.unit)
        .about("The unit that every amount is a whole number of.")
        .list("categories", |(_, clause)| clause.categories.as_ref().map(ids))
        .about("Ids of the only cost categories that lines may have.")
        .list("required", |(_, clause)| clause.required.clone())
        .about("Keys that every plain line must have.")
        .number("indirect-rate", |(_, clause)| clause.indirect_rate)
        .about("The most that indirect costs may be, in per cent of direct costs.")
        .list("share-of", |(_, clause)| clause.category_share.as_ref().map(|share| ids(&share.of)))
        .about("Ids of the cost categories that together may be `share-most` per cent of the total.")
        .number("share-most", |(_, clause)| clause.category_share.as_ref().map(|share| share.most))
        .count("months", |(_, clause)| clause.months.map(i64::from))
        .about("The most months that the plan may run.")
        .text("amendment-heading", |(_, clause)| clause.amendment.as_ref().map(|one| heading(one.heading)))
        .about("What is compared with the approved budget.")
        .one_of(&["category", "outcome"])
        .number("amendment-change", |(_, clause)| clause.amendment.as_ref().map(|one| one.change))
        .about("By how much a heading may differ from the approved one, in per cent of it.")
        .list("amendment-fixed", |(_, clause)| clause.amendment.as_ref().map(|one| ids(&one.fixed)).filter(|ids| !ids.is_empty()))
        .about("Ids of the cost categories that may not grow at all.")
        .key(&["profile", "id"])
        .filled()
}

fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Category => "category",
        Heading::Outcome => "outcome",
    }
}

pub fn exceptions(plan: &Plan) -> Option<Resource> {
    Sheet::new("exceptions", "Rules that the plan weighs otherwise", (1..).zip(&plan.exceptions))
        .count("exception", |(at, _)| Some(*at))
        .about("Its number in the plan, from 1.")
        .text("rule", |(_, exception)| Some(exception.rule.as_str()))
        .text("severity", |(_, exception)| Some(weight(exception.severity)))
        .about("What findings of the rule weigh in this plan; `off` where they are not reported.")
        .one_of(&["off", "note", "warning", "error"])
        .text("reason", |(_, exception)| Some(exception.reason.as_str()))
        .text("about", |(_, exception)| exception.of.as_ref().map(|id| id.as_str()))
        .about("The id of what it is about: an office, a result, whatever has one; all findings of the rule where nothing stands here.")
        .key(&["exception"])
        .filled()
}

fn weight(severity: Adjustment) -> &'static str {
    match severity {
        Adjustment::Off => "off",
        Adjustment::Note => "note",
        Adjustment::Warning => "warning",
        Adjustment::Error => "error",
    }
}
