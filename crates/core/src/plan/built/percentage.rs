//! Percentage lines, in the order of what they are percentages of.

use std::collections::HashMap;

use super::{Built, BuiltLine, LinePlace, Unbuilt, round};
use crate::decimal::Decimal;
use crate::plan::draft::Draft;
use crate::plan::index::Index;
use crate::plan::line::{Base, Line, Rounded};

/// Works out the percentage lines, and finds those that go in circles.
pub fn add(draft: &Draft, index: &Index, built: &mut Built) {
    let lines: Vec<usize> = (0..draft.lines.len()).filter(|at| draft.lines.get(*at).is_some_and(Line::is_percentage)).collect();
    if lines.is_empty() {
        return;
    }
    let ids = ids(draft);
    let order = Order::of(draft, &ids, &lines);
    let groups = Groups::of(draft, built);
    for at in order.sorted {
        let Some(line) = draft.lines.get(at) else { continue };
        let base = groups.base(line, index, &ids, draft, built);
        let exact = base.and_then(|base| share(base, line));
        let amount = exact.and_then(|exact| if is_by_sum(draft) { Ok(exact) } else { round::one(exact, &draft.header.lines) });
        built.lines.get_mut(at).into_iter().for_each(|line| *line = BuiltLine { exact, amount });
    }
    built.cycles = order.cycles;
}

fn is_by_sum(draft: &Draft) -> bool {
    draft.header.lines.round == Some(Rounded::Sum)
}

fn share(base: Decimal, line: &Line) -> Result<Decimal, Unbuilt> {
    let percent = line.percent.ok_or(Unbuilt::Empty)?;
    let share = base.exact_mul(*percent).and_then(Decimal::percent).ok_or(Unbuilt::TooLong)?;
    Ok(share.with_decimals_of(base))
}

fn ids(draft: &Draft) -> HashMap<&str, usize> {
    let named = draft.lines.iter().enumerate().rev();
    named.filter_map(|(at, line)| Some((line.id.as_ref()?.as_str(), at))).collect()
}

/// The named lines of a base, by position.
fn named<'a>(line: &'a Line, ids: &'a HashMap<&str, usize>) -> impl Iterator<Item = usize> + 'a {
    let lines = line.of.iter().filter_map(|base| base.lines.as_ref()).flatten();
    lines.filter_map(|id| ids.get(id.as_str()).copied())
}

/// Percentage lines, each after those that it is a percentage of.
struct Order {
    sorted: Vec<usize>,
    cycles: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Open,
    Done,
}

impl Order {
    fn of(draft: &Draft, ids: &HashMap<&str, usize>, lines: &[usize]) -> Self {
        let mut order = Self { sorted: Vec::new(), cycles: Vec::new() };
        let mut visits = HashMap::new();
        for line in lines {
            order.visit(*line, draft, ids, &mut visits);
        }
        order
    }

    /// Goes down from a line to what it is a percentage of, without recursion: a plan can have a chain of any length.
    fn visit(&mut self, start: usize, draft: &Draft, ids: &HashMap<&str, usize>, visits: &mut HashMap<usize, Visit>) {
        let below = |at: usize| -> Vec<usize> {
            let line = draft.lines.get(at);
            let named = line.into_iter().flat_map(|line| named(line, ids));
            named.filter(|at| draft.lines.get(*at).is_some_and(Line::is_percentage)).collect()
        };
        if visits.contains_key(&start) {
            return;
        }
        visits.insert(start, Visit::Open);
        let mut way = vec![(start, below(start))];
        while let Some((at, waiting)) = way.last_mut() {
            let at = *at;
            match waiting.pop() {
                None => {
                    way.pop();
                    visits.insert(at, Visit::Done);
                    self.sorted.push(at);
                }
                Some(next) => match visits.get(&next) {
                    None => {
                        visits.insert(next, Visit::Open);
                        way.push((next, below(next)));
                    }
                    Some(Visit::Open) => {
                        let circle = way.iter().map(|(at, _)| *at).skip_while(|at| *at != next).collect();
                        self.cycles.push(circle);
                    }
                    Some(Visit::Done) => {}
                },
            }
        }
    }
}

/// Sums of plain lines by office, result and category, so that a percentage need not look at every line.
struct Groups(Vec<(LinePlace, Result<Decimal, Unbuilt>)>);

impl Groups {
    fn of(draft: &Draft, built: &Built) -> Self {
        let mut groups: Vec<(LinePlace, Result<Decimal, Unbuilt>)> = Vec::new();
        let mut seen: HashMap<LinePlace, usize> = HashMap::new();
        let plain = draft.lines.iter().zip(&built.places).zip(&built.lines).filter(|((line, _), _)| !line.is_percentage());
        for ((_, place), line) in plain {
            let Some(place) = *place else { continue };
            let next = groups.len();
            let at = *seen.entry(place).or_insert(next);
            if at == next {
                groups.push((place, Ok(Decimal::ZERO)));
            }
            let Some((_, sum)) = groups.get_mut(at) else { continue };
            *sum = sum.and_then(|sum| sum.exact_add(line.amount.map_err(|_| Unbuilt::OfNothing)?).ok_or(Unbuilt::TooLong));
        }
        Self(groups)
    }

    /// What a line is a percentage of, in the plan's currency.
    fn base(
        &self,
        line: &Line,
        index: &Index,
        ids: &HashMap<&str, usize>,
        draft: &Draft,
        built: &Built,
    ) -> Result<Decimal, Unbuilt> {
        let whole = Base::default();
        let base = line.of.as_ref().unwrap_or(&whole);
        let wanted = Wanted::of(base, line, index, draft);
        let selected = self.0.iter().filter(|(place, _)| base.selects() && wanted.has(*place, index)).map(|(_, sum)| *sum);
        let is_selected = |at: usize| {
            let is_plain = draft.lines.get(at).is_some_and(|line| !line.is_percentage());
            is_plain && base.selects() && built.places.get(at).copied().flatten().is_some_and(|place| wanted.has(place, index))
        };
        let mut once: Vec<usize> = named(line, ids).filter(|at| !is_selected(*at)).collect();
        once.sort_unstable();
        once.dedup();
        let named = once.into_iter().filter_map(|at| built.lines.get(at)).map(|line| {
            line.amount.map_err(|why| match why {
                Unbuilt::Cycle => Unbuilt::Cycle,
                _ => Unbuilt::OfNothing,
            })
        });
        super::sum(selected.chain(named))
    }
}

/// The lists of a base as positions; `None` where all are meant.
struct Wanted {
    offices: Vec<Option<usize>>,
    nodes: Option<Vec<usize>>,
    categories: Option<Vec<usize>>,
}

impl Wanted {
    fn of(base: &Base, line: &Line, index: &Index, draft: &Draft) -> Self {
        let categories = draft.cost_categories();
        let category = |id: &str| categories.iter().position(|one| one.id.as_str() == id);
        Self {
            offices: match &base.offices {
                Some(offices) => offices.iter().map(|id| index.office(id)).collect(),
                None => vec![index.office(&line.office)],
            },
            nodes: base.results.as_ref().map(|ids| ids.iter().filter_map(|id| index.node(id)).collect()),
            categories: base.categories.as_ref().map(|ids| ids.iter().filter_map(|id| category(id)).collect()),
        }
    }

    fn has(&self, place: LinePlace, index: &Index) -> bool {
        let in_nodes = |nodes: &Vec<usize>| nodes.iter().any(|node| index.is_within(place.node(), *node));
        let in_categories = |wanted: &Vec<usize>| place.category().is_some_and(|category| wanted.contains(&category));
        self.offices.contains(&Some(place.office()))
            && self.nodes.as_ref().is_none_or(in_nodes)
            && self.categories.as_ref().is_none_or(in_categories)
    }
}
