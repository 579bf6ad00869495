//! Plans of offices made into one: what an office sent is taken as it is, and what could not be is said.

mod common;
mod office;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Draft, Id, Office, Plan, names};

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
/// The allocations and budget lines of an office are those that the office sent, and what it declares about its own money is added;
/// what the regional plan has for it is kept only where nobody sent anything, and compared where somebody did. Rates, donors, funding
/// and profiles of all are put together, the same one once; where two contradict each other the earlier stays and the contradiction
/// is said. What the lines of an office come to is compared before and after: no unit is won or lost unsaid.
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
    for (at, one) in sent.iter().enumerate() {
        work.take(at, one);
    }
    work.missing();
    let plan = Plan::new(std::mem::take(&mut work.draft));
    work.compare_totals(&plan, sent);
    Combined { plan, findings: work.findings }
}

struct Work<'p> {
    regional: &'p Plan,
    findings: Vec<Diagnostic>,
    /// Which of the contributions sent an office, by its id.
    senders: HashMap<Id, usize>,
    draft: Draft,
}

/// The offices that a plan has cells or budget lines for, in its order. A line counts even where what it comes to is not known.
fn offices(plan: &Plan) -> impl Iterator<Item = &Office> {
    let cells = plan.allocations.iter().map(|cell| &cell.office.value);
    let with_money: HashSet<&Id> = cells.chain(plan.lines.iter().map(|line| &line.office.value)).collect();
    plan.offices.iter().filter(move |office| with_money.contains(&office.id.value))
}

fn is_in_currency(regional: &Plan, one: &Contribution) -> bool {
    one.plan.header.currency == regional.header.currency
}

impl Work<'_> {
    fn say(&mut self, severity: Severity, message: String, about: &str, help: &str) {
        self.findings.push(Diagnostic::new(RULE, severity, message).about(about).help(help));
    }

    fn find_senders(&mut self, sent: &[Contribution]) {
        let regional = self.regional;
        for (at, one) in sent.iter().enumerate().filter(|(_, one)| is_in_currency(regional, one)) {
            for office in offices(&one.plan) {
                let Some(earlier) = self.senders.get(&office.id.value).and_then(|at| sent.get(*at)) else {
                    self.senders.insert(office.id.value.clone(), at);
                    continue;
                };
                let message = format!("{} is sent by {} and by {}", names::short(&office.name), earlier.name, one.name);
                self.say(Severity::Error, message, &office.id, "the first is taken; send one");
            }
        }
    }

    /// The offices whose money a contribution brings.
    fn own<'o>(&self, at: usize, one: &'o Contribution) -> Vec<&'o Office> {
        offices(&one.plan).filter(|office| self.senders.get(&office.id.value) == Some(&at)).collect()
    }

    fn missing(&mut self) {
        let missing: Vec<Office> =
            self.regional.offices.iter().filter(|office| !self.senders.contains_key(&office.id.value)).cloned().collect();
        for office in missing {
            let has_own = offices(self.regional).any(|own| own.id == office.id);
            let (severity, kept) =
                if has_own { (Severity::Note, "; what the regional plan has is kept") } else { (Severity::Warning, "") };
            let message = format!("nobody sent the budget of {}{kept}", names::short(&office.name));
            self.say(severity, message, &office.id, "ask the office for its file");
        }
    }
}
