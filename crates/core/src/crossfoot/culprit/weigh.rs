//! Which slip explains a wrong figure, if any does.

use crate::crossfoot::digits::step_of;
use crate::crossfoot::slip::is_admissible;
use crate::crossfoot::{Figure, Interval, Slip};
use crate::decimal::Decimal;

/// More admissible numbers than this are not listed.
const FEW: i128 = 10;

/// A number that a slip turns into what is printed.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    pub slip: Slip,
    pub number: Decimal,
    /// The figure that shows it.
    pub origin: Option<usize>,
}

/// What is made of a figure and the amounts it should have.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub slip: Slip,
    pub is_likely: bool,
    pub number: Option<Decimal>,
    pub numbers: Vec<Decimal>,
    pub origin: Option<usize>,
}

/// The numbers that a figure could print: from the least, in steps, so many.
#[derive(Clone, Copy, Debug)]
struct Choice {
    least: Decimal,
    step: Decimal,
    count: i128,
}

impl Choice {
    /// `None` where they have no end.
    fn of(figure: &Figure, amounts: Interval) -> Option<Self> {
        let (low, high) = (amounts.low?.value, amounts.high?.value);
        let step = figure.unit().or_else(|| step_of(figure))?;
        if figure.unit().is_none() && amounts.is_point() {
            return Some(Self { least: low, step, count: 1 });
        }
        let near = |value: Decimal, steps: i64| value.floor_to(step)?.exact_add(step.exact_mul(steps.into())?);
        let is_one = |number: &Decimal| is_admissible(figure, *number, amounts);
        let least = (-2..=3).filter_map(|steps| near(low, steps)).find(is_one);
        let greatest = (-2..=3).rev().filter_map(|steps| near(high, steps)).find(is_one);
        let (Some(least), Some(greatest)) = (least, greatest) else { return Some(Self { least: low, step, count: 0 }) };
        let decimals = step.decimals();
        let between = greatest.exact_sub(least)?.in_steps(decimals)?.checked_div(step.in_steps(decimals)?)?;
        Some(Self { least, step, count: between.checked_add(1)? })
    }

    fn listed(&self) -> Vec<Decimal> {
        let number = |steps: i128| {
            let number = self.least.exact_add(self.step.exact_mul(Decimal::of_steps(steps, 0)?)?)?;
            Some(number.with_decimals(self.step.decimals()))
        };
        if self.count > FEW { Vec::new() } else { (0..self.count).filter_map(number).collect() }
    }
}

/// Judges which of `edits` explains that `figure` is printed where it should stand for one of `amounts`.
///
/// An edit explains nothing where it would hit an admissible number by luck. Among all numbers as near to the printed one as the edit,
/// some are edits of the same kind and some are admissible; were the latter anywhere among them, about so many edits would be
/// admissible by luck as the product of the two is larger than their number. Up to a quarter, the edit is believed. Where none is, the
/// slip that most of a few admissible numbers are away from what is printed is named without being believed.
pub fn judge(figure: &Figure, amounts: Interval, edits: &[Edit]) -> Judgement {
    let choice = Choice::of(figure, amounts);
    let numbers = choice.map(|choice| choice.listed()).unwrap_or_default();
    let only = numbers.first().copied().filter(|_| numbers.len() == 1);
    let unexplained = Judgement { slip: Slip::Unexplained, is_likely: false, number: only, numbers, origin: None };
    let Some((choice, printed)) = choice.zip(figure.number()) else { return unexplained };
    let mut kinds: Vec<Slip> = edits.iter().map(|edit| edit.slip).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of_kind = |slip: Slip| edits.iter().filter(move |edit| edit.slip == slip).copied().collect::<Vec<Edit>>();
    let kinds: Vec<Kind> = kinds.into_iter().map(|slip| Kind::of(of_kind(slip), figure, amounts)).collect();
    if let Some(edit) = kinds.iter().find_map(|kind| kind.likely(printed, &choice)) {
        return Judgement { slip: edit.slip, is_likely: true, number: Some(edit.number), origin: edit.origin, ..unexplained };
    }
    let are_most = |kind: &&Kind| kind.hits.len() * 2 > unexplained.numbers.len().max(1);
    let slip = kinds.iter().find(are_most).and_then(|kind| kind.hits.first()).map(|edit| edit.slip);
    Judgement { slip: slip.filter(|_| choice.count <= FEW).unwrap_or(Slip::Unexplained), ..unexplained }
}

/// The edits that are one kind of slip.
struct Kind {
    edits: Vec<Edit>,
    /// Those that are admissible.
    hits: Vec<Edit>,
}

impl Kind {
    fn of(edits: Vec<Edit>, figure: &Figure, amounts: Interval) -> Self {
        let mut edits = edits;
        edits.sort_by_key(|edit| (edit.number, edit.origin));
        edits.dedup_by_key(|edit| edit.number);
        let hits = edits.iter().filter(|edit| is_admissible(figure, edit.number, amounts)).copied().collect();
        Self { edits, hits }
    }

    /// The only one that is admissible, where that is no luck.
    fn likely(&self, printed: Decimal, choice: &Choice) -> Option<Edit> {
        let [hit] = self.hits.as_slice() else { return None };
        let change = |edit: &Edit| Some(edit.number.exact_sub(printed)?.abs());
        let ours = change(hit)?;
        let as_near = self.edits.iter().filter(|edit| change(edit).is_some_and(|change| change <= ours)).count();
        let lucky = i128::try_from(as_near).ok()?.checked_mul(choice.count)?.checked_mul(2)?;
        (Decimal::of_steps(lucky, 0)?.exact_mul(choice.step)? <= ours).then_some(*hit)
    }
}
