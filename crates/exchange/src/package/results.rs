//! The tables of who does what: offices, regions, the results chain, its indicators and its SDG links.

use logframe::{Activity, Id, Indicator, Outcome, Output, Plan, Reading, SdgRef, sdg_title};

use super::sheet::{Resource, Sheet, some_ids};

pub fn offices(plan: &Plan) -> Option<Resource> {
    Sheet::new("offices", "Offices, in the order of the budget", &plan.offices)
        .text("id", |office| Some(office.id.as_str()))
        .text("name", |office| Some(office.name.as_str()))
        .text("kind", |office| office.kind.map(|kind| kind.to_string()))
        .one_of(&["country", "sub-regional", "regional"])
        .flag("leads", |office| office.leads)
        .list("places", |office| some_ids(&office.places))
        .about("Codes of countries (ISO 3166-1) and of their parts (ISO 3166-2).")
        .list("regions", |office| some_ids(&office.regions))
        .about("Ids of the regions whose offices it supports.")
        .text("source", |office| office.source.clone())
        .about("The file that its figures come from, where the plan was combined from several.")
        .key(&["id"])
        .filled()
}

pub fn regions(plan: &Plan) -> Option<Resource> {
    Sheet::new("regions", "Regions", &plan.regions)
        .text("id", |region| Some(region.id.as_str()))
        .text("name", |region| Some(region.name.as_str()))
        .list("places", |region| Some(region.places.iter().map(|(code, _)| code.to_string()).collect()))
        .about("Codes of countries (ISO 3166-1) and of their parts (ISO 3166-2).")
        .key(&["id"])
        .filled()
}

/// A link of the results chain, or a budget head.
#[derive(Clone, Copy)]
struct Entry<'p> {
    level: &'static str,
    id: &'p Id,
    parent: Option<&'p Id>,
    title: &'p str,
    statement: Option<&'p str>,
    challenges: &'p [String],
    assumptions: &'p [String],
    indicators: &'p [Indicator],
    sdgs: &'p [SdgRef],
}

impl<'p> Entry<'p> {
    fn new(level: &'static str, id: &'p Id, title: &'p str) -> Self {
        let (parent, statement) = (None, None);
        Self { level, id, parent, title, statement, challenges: &[], assumptions: &[], indicators: &[], sdgs: &[] }
    }

    fn outcome(outcome: &'p Outcome) -> Self {
        Self {
            statement: outcome.statement.as_deref(),
            challenges: &outcome.challenges,
            assumptions: &outcome.assumptions,
            indicators: &outcome.indicators,
            sdgs: &outcome.sdgs,
            ..Self::new("outcome", &outcome.id, &outcome.title)
        }
    }

    fn output(output: &'p Output, parent: &'p Id) -> Self {
        Self {
            parent: Some(parent),
            statement: output.statement.as_deref(),
            assumptions: &output.assumptions,
            indicators: &output.indicators,
            sdgs: &output.sdgs,
            ..Self::new("output", &output.id, &output.title)
        }
    }

    fn activity(activity: &'p Activity, parent: &'p Id) -> Self {
        Self { parent: Some(parent), sdgs: &activity.sdgs, ..Self::new("activity", &activity.id, &activity.title) }
    }
}

/// The results in the order of the plan's nodes: what hangs straight on an outcome first, budget heads last.
fn chain(plan: &Plan) -> Vec<Entry<'_>> {
    let mut chain = Vec::new();
    for outcome in &plan.outcomes {
        chain.push(Entry::outcome(outcome));
        chain.extend(outcome.activities.iter().map(|activity| Entry::activity(activity, &outcome.id)));
        for output in &outcome.outputs {
            chain.push(Entry::output(output, &outcome.id));
            chain.extend(output.activities.iter().map(|activity| Entry::activity(activity, &output.id)));
        }
    }
    chain.extend(plan.heads.iter().map(|head| Entry::new("head", &head.id, &head.title)));
    chain
}

pub fn results(plan: &Plan) -> Option<Resource> {
    Sheet::new("results", "Outcomes, outputs, activities and budget heads", chain(plan))
        .text("id", |entry| Some(entry.id.as_str()))
        .text("parent", |entry| entry.parent.map(Id::as_str))
        .about("What it hangs on; nothing for outcomes and budget heads.")
        .refers("results", "id")
        .text("level", |entry| Some(entry.level))
        .about("`head` is a budget head that is no result.")
        .one_of(&["outcome", "output", "activity", "head"])
        .text("title", |entry| Some(entry.title))
        .text("statement", |entry| entry.statement)
        .key(&["id"])
        .filled()
}

pub fn challenges(plan: &Plan) -> Option<Resource> {
    texts("challenges", "Challenges that outcomes answer", plan, |entry| entry.challenges)
}

pub fn assumptions(plan: &Plan) -> Option<Resource> {
    texts("assumptions", "What has to hold for results to come about", plan, |entry| entry.assumptions)
}

/// Texts of results, one a row, in the order of the plan.
fn texts(name: &'static str, title: &str, plan: &Plan, of: for<'p> fn(&Entry<'p>) -> &'p [String]) -> Option<Resource> {
    let rows = chain(plan).into_iter().flat_map(|entry| (1..).zip(of(&entry)).map(move |(at, text)| (entry.id, at, text)));
    Sheet::new(name, title, rows)
        .text("result", |(result, ..)| Some(result.as_str()))
        .refers("results", "id")
        .count("position", |(_, at, _)| Some(*at))
        .text("text", |(.., text)| Some(text.as_str()))
        .key(&["result", "position"])
        .filled()
}

fn measures(plan: &Plan) -> impl Iterator<Item = (&Id, &Indicator)> {
    chain(plan).into_iter().flat_map(|entry| entry.indicators.iter().map(move |indicator| (entry.id, indicator)))
}

pub fn indicators(plan: &Plan) -> Option<Resource> {
    Sheet::new("indicators", "Indicators", measures(plan))
        .text("id", |(_, indicator)| Some(indicator.id.as_str()))
        .text("result", |(result, _)| Some(result.as_str()))
        .refers("results", "id")
        .text("title", |(_, indicator)| Some(indicator.title.as_str()))
        .text("unit", |(_, indicator)| indicator.unit.clone())
        .text("means-of-verification", |(_, indicator)| indicator.means_of_verification.clone())
        .text("assumption", |(_, indicator)| indicator.assumption.clone())
        .key(&["id"])
        .filled()
}

/// What is read of an indicator: where things stood, and where they shall stand.
fn of_indicator(indicator: &Indicator) -> impl Iterator<Item = (&Id, &'static str, &Reading)> {
    let both = [("baseline", &indicator.baseline), ("target", &indicator.target)];
    both.into_iter().filter_map(|(kind, reading)| Some((&indicator.id.value, kind, reading.as_ref()?)))
}

pub fn readings(plan: &Plan) -> Option<Resource> {
    let readings = measures(plan).flat_map(|(_, indicator)| of_indicator(indicator));
    Sheet::new("readings", "Baselines and targets of indicators", readings)
        .text("indicator", |(indicator, ..)| Some(indicator.as_str()))
        .refers("indicators", "id")
        .text("kind", |(_, kind, _)| Some(*kind))
        .one_of(&["baseline", "target"])
        .number("value", |(.., reading)| reading.value.number())
        .text("said", |(.., reading)| Some(if reading.value.number().is_some() { "number" } else { "not available" }))
        .about("`not available` where the document says so. A reading that is not given has no row, and zero is a number.")
        .one_of(&["number", "not available"])
        .count("year", |(.., reading)| reading.year.map(i64::from))
        .key(&["indicator", "kind"])
        .filled()
}

/// What an SDG code is linked to.
#[derive(Clone, Copy, Default)]
struct Link<'p> {
    level: &'static str,
    result: Option<&'p Id>,
    indicator: Option<&'p Id>,
    code: &'p str,
}

/// The links of one thing, of which all but the code is known.
fn links<'p>(sdgs: &'p [SdgRef], of: Link<'p>) -> impl Iterator<Item = Link<'p>> {
    sdgs.iter().map(move |sdg| Link { code: sdg.as_str(), ..of })
}

fn of_entry(entry: Entry<'_>) -> impl Iterator<Item = Link<'_>> {
    let (result, of_indicator) = (Some(entry.id), |id| Link { level: "indicator", indicator: Some(id), ..Link::default() });
    let own = links(entry.sdgs, Link { level: entry.level, result, ..Link::default() });
    own.chain(entry.indicators.iter().flat_map(move |indicator| links(&indicator.sdgs, of_indicator(&indicator.id.value))))
}

pub fn sdgs(plan: &Plan) -> Option<Resource> {
    let of_plan = links(&plan.header.sdgs, Link { level: "plan", ..Link::default() });
    Sheet::new("sdgs", "Links to the Sustainable Development Goals", of_plan.chain(chain(plan).into_iter().flat_map(of_entry)))
        .text("level", |link| Some(link.level))
        .about("What is linked: the plan as a whole, a result, or an indicator.")
        .one_of(&["plan", "outcome", "output", "activity", "indicator"])
        .text("result", |link| link.result.map(Id::as_str))
        .refers("results", "id")
        .text("indicator", |link| link.indicator.map(Id::as_str))
        .refers("indicators", "id")
        .text("code", |link| Some(link.code))
        .about("A goal or a target. It is a text: `8.1` is not `8.10`.")
        .text("title", |link| sdg_title(link.code))
        .filled()
}
