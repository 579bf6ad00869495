//! Plans of offices made into one.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Cell, Draft, Line, Office, Plan, names};

/// A plan that an office sent, under the name of its file.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// The name of its file, by which messages call it.
    pub name: String,
    /// What it says.
    pub plan: Plan,
}

/// A plan made of several.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Combined {
    /// The plan: the regional one, with the money of its offices as they sent it. An office says where its figures come from.
    pub plan: Plan,
    /// What is doubtful about it: offices that nobody or two sent, figures that differ, what the regional plan does not have.
    pub findings: Vec<Diagnostic>,
}

/// The name under which findings about combining go.
const RULE: &str = "combine";

/// Combines the plans of offices with the regional one, which says what results there are.
///
/// The allocations, budget lines and declared totals of an office are those that the office sent; what the regional plan has for it
/// is kept only where nobody sent anything, and compared where somebody did.
///
/// ```
/// use logframe::planning::{Contribution, combine};
/// use logframe::{Allocation, Draft, Head, Header, Office, Plan};
/// let draft = |amounts: Vec<Allocation>| Draft {
///     header: Header::new("region", "Region", "USD"),
///     heads: vec![Head::new("food", "Food")],
///     offices: vec![Office::new("north", "North"), Office::new("south", "South")],
///     allocations: amounts,
///     ..Draft::default()
/// };
/// let region = Plan::new(draft(vec![]));
/// let north = Plan::new(draft(vec![Allocation::new("north", "food", 10.into())]));
/// let sent = [Contribution { name: "north.toml".to_owned(), plan: north }];
/// let combined = combine(&region, &sent);
/// assert_eq!(combined.plan.total()?.to_string(), "USD 10");
/// assert_eq!(combined.findings[0].message, "nobody sent the budget of South");
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn combine(regional: &Plan, sent: &[Contribution]) -> Combined {
    let mut work = Work { regional, findings: Vec::new(), senders: HashMap::new(), draft: regional.draft() };
    work.find_senders(sent);
    for one in sent {
        work.take(one);
    }
    work.missing();
    Combined { plan: Plan::new(work.draft), findings: work.findings }
}

struct Work<'p> {
    regional: &'p Plan,
    findings: Vec<Diagnostic>,
    /// Who sent an office, by its id.
    senders: HashMap<String, String>,
    draft: Draft,
}

/// The offices that a plan has money for, in its order.
fn offices(plan: &Plan) -> impl Iterator<Item = &Office> {
    let index = plan.index();
    let has_money = |at: usize| index.of_office.get(at).is_some_and(|cells| !cells.is_empty());
    plan.offices.iter().enumerate().filter(move |(at, _)| has_money(*at)).map(|(_, office)| office)
}

impl Work<'_> {
    fn say(&mut self, severity: Severity, message: String, about: &str, help: &str) {
        self.findings.push(Diagnostic::new(RULE, severity, message).about(about).help(help));
    }

    fn find_senders(&mut self, sent: &[Contribution]) {
        for one in sent {
            for office in offices(&one.plan) {
                let earlier = self.senders.get(office.id.as_str()).cloned();
                match earlier {
                    Some(earlier) => {
                        let message = format!("{} is sent by {earlier} and by {}", names::short(&office.name), one.name);
                        self.say(Severity::Error, message, &office.id, "the first is taken; send one");
                    }
                    None => {
                        self.senders.insert(office.id.to_string(), one.name.clone());
                    }
                }
            }
        }
    }

    fn take(&mut self, one: &Contribution) {
        if one.plan.header.currency != self.regional.header.currency {
            let (own, theirs) = (&self.regional.header.currency.value, &one.plan.header.currency.value);
            let message = format!("{} is in {theirs}, and the regional plan in {own}", one.name);
            return self.say(
                Severity::Error,
                message,
                &one.plan.header.id,
                "budget in the currency of the region, with rates for lines",
            );
        }
        let own: Vec<Office> =
            offices(&one.plan).filter(|office| self.senders.get(office.id.as_str()) == Some(&one.name)).cloned().collect();
        for office in own {
            self.office(one, office);
        }
    }

    fn office(&mut self, one: &Contribution, mut office: Office) {
        let id = office.id.to_string();
        if self.regional.office(&id).is_none() {
            let message = format!("the regional plan has no office `{id}`, which {} sent", one.name);
            self.say(Severity::Warning, message, &id, "it is added; correct its id if it is another's");
            self.draft.offices.push(office.clone());
        }
        self.compare(one, &office);
        let is_own = |of: &str| of == id;
        self.draft.allocations.retain(|cell| !is_own(&cell.office));
        self.draft.lines.retain(|line| !is_own(&line.office));
        let mut cells = one.plan.allocations.clone();
        cells.retain(|cell| is_own(&cell.office) && !cell.is_built);
        // Places in the office's text are none in the region's.
        cells.iter_mut().for_each(|cell| (cell.office.span, cell.result.span, cell.cell.span) = (None, None, None));
        let cells = self.known(one, cells, |cell| cell.result.to_string());
        let lines: Vec<Line> = one.plan.lines.iter().filter(|line| is_own(&line.office)).cloned().collect();
        let lines = self.known(one, lines, |line| line.result.to_string());
        self.draft.allocations.extend(cells);
        self.draft.lines.extend(lines.into_iter().map(without_places));
        office.source = Some(one.name.clone());
        if let Some(own) = self.draft.offices.iter_mut().find(|own| own.id.as_str() == id) {
            own.source = office.source;
        }
        for rate in &one.plan.rates {
            if !self.draft.rates.contains(rate) {
                self.draft.rates.push(rate.clone());
            }
        }
    }

    /// Things for results that the regional plan has; the others are reported and left out.
    fn known<T>(&mut self, one: &Contribution, things: Vec<T>, result: impl Fn(&T) -> String) -> Vec<T> {
        let (known, unknown): (Vec<T>, Vec<T>) =
            things.into_iter().partition(|thing| self.regional.node(&result(thing)).is_some());
        let ids: Vec<String> = unknown.iter().map(result).collect();
        let mut seen = HashSet::new();
        for id in ids.into_iter().filter(|id| seen.insert(id.clone())) {
            let message = format!("{} has money for `{id}`, which the regional plan does not have", one.name);
            self.say(Severity::Error, message, &id, "it is left out; add the result to the regional plan, or correct its id");
        }
        known
    }

    /// What the regional plan had for an office against what it sent.
    fn compare(&mut self, one: &Contribution, office: &Office) {
        let of = |plan: &Plan| -> Vec<(String, Cell)> {
            let own = plan.allocations.iter().filter(|cell| cell.office.value == office.id.value);
            own.map(|cell| (cell.result.to_string(), *cell.cell)).collect()
        };
        let sent: HashMap<String, Cell> = of(&one.plan).into_iter().collect();
        let names = names::Names(self.regional);
        let differing: Vec<String> = of(self.regional)
            .into_iter()
            .filter(|(result, cell)| sent.get(result).is_some_and(|sent| sent != cell))
            .map(|(result, cell)| {
                let shown = |cell: &Cell| cell.amount().map_or_else(|| "none".to_owned(), |amount| names.number(amount));
                let is = sent.get(&result).map(shown).unwrap_or_default();
                format!(
                    "{} / {} was {} in the regional plan and is {is}",
                    names.office(&office.id),
                    names.result(&result),
                    shown(&cell)
                )
            })
            .collect();
        for message in differing {
            let message = format!("{message} in {}", one.name);
            self.say(Severity::Note, message, &office.id, "the office's own figure is taken");
        }
    }

    fn missing(&mut self) {
        let missing: Vec<Office> =
            self.regional.offices.iter().filter(|office| !self.senders.contains_key(office.id.as_str())).cloned().collect();
        for office in missing {
            let has_own = offices(self.regional).any(|own| own.id == office.id);
            let name = names::short(&office.name);
            if has_own {
                let message = format!("nobody sent the budget of {name}; what the regional plan has is kept");
                self.say(Severity::Note, message, &office.id, "ask the office for its file");
            } else {
                self.say(
                    Severity::Warning,
                    format!("nobody sent the budget of {name}"),
                    &office.id,
                    "ask the office for its file",
                );
            }
        }
    }
}

/// A line without its places in another text.
fn without_places(mut line: Line) -> Line {
    (line.office.span, line.result.span) = (None, None);
    for id in [&mut line.id, &mut line.category, &mut line.post, &mut line.donor].into_iter().flatten() {
        id.span = None;
    }
    for number in
        [&mut line.quantity, &mut line.unit_cost, &mut line.duration, &mut line.share, &mut line.percent, &mut line.amount]
            .into_iter()
            .flatten()
    {
        number.span = None;
    }
    line.currency.iter_mut().for_each(|currency| currency.span = None);
    line.period.iter_mut().for_each(|period| period.span = None);
    line
}
