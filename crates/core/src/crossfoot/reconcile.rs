//! The verdict on a system, with its proof.

use std::collections::HashSet;

use super::contradiction;
use super::decide::{Method, fails_alone};
use super::figure::Figure;
use super::interval::{End, Interval};
use super::outcome::{Contradiction, Outcome, Verdict, Witness};
use super::part::Part;
use super::rounding::Rounding;
use super::scaled::{Question, Scaled};
use super::solver::{Answer, Proof, Reason};
use super::system::{Sum, System};
use crate::decimal::Decimal;

impl System {
    /// Decides whether one unrounded amount can stand behind every figure at once, and proves it.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Rounding, Sum, System, Verdict};
    /// let mut table = System::default();
    /// let mut printed = |n: i64| table.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    /// let rows = [[120, 235, 354], [310, 145, 456], [431, 381, 811]].map(|row| row.map(&mut printed));
    /// for row in rows {
    ///     table.sum(Sum::new(row[2], [row[0], row[1]]));
    /// }
    /// for column in 0..3 {
    ///     table.sum(Sum::new(rows[2][column], [rows[0][column], rows[1][column]]));
    /// }
    /// let outcome = table.reconcile(); // every sum holds alone, all together do not
    /// assert_eq!(outcome.verdict, Verdict::Inconsistent);
    /// assert!(outcome.contradictions[0].proves(&table));
    /// ```
    pub fn reconcile(&self) -> Outcome {
        self.decided().unwrap_or_else(|reason| Outcome {
            verdict: Verdict::Undecided,
            witness: None,
            contradictions: Vec::new(),
            reason: Some(reason),
        })
    }

    fn decided(&self) -> Result<Outcome, Reason> {
        self.is_sound()?;
        if let Some(witness) = self.face_value() {
            return Ok(possible(Verdict::Exact, witness));
        }
        let mut contradictions: Vec<_> = self.of_printed().filter_map(|sum| contradiction::of_printed(self, sum)).collect();
        let scaled = Scaled::of(self)?;
        if contradictions.is_empty()
            && let Some(outcome) = self.at_once(&scaled)?
        {
            return Ok(outcome);
        }
        let (mut whole, mut undecided) = (Whole::new(self, &scaled), None);
        for part in Part::all_of(&scaled) {
            match whole.add(self, &part) {
                Ok(found) => contradictions.extend(found),
                Err(reason) => undecided = Some(reason),
            }
        }
        contradictions.sort_by_key(|one| one.sums.first().copied());
        if !contradictions.is_empty() {
            let are_proved = contradictions.iter().all(|one| one.proves(self));
            let outcome = Outcome { verdict: Verdict::Inconsistent, witness: None, contradictions, reason: None };
            return if are_proved { Ok(outcome) } else { Err(Reason::Unproved) };
        }
        if let Some(reason) = undecided {
            return Err(reason);
        }
        let verdict = self.exact_if_open(whole.verdict)?;
        let witness = whole.witness.told(self).ok_or(Reason::TooLarge)?;
        if witness.proves(self) { Ok(possible(verdict, witness)) } else { Err(Reason::Unproved) }
    }

    /// The answer for systems of which all is one network without shares, and nothing wrong: most of what is printed.
    fn at_once(&self, scaled: &Scaled<'_>) -> Result<Option<Outcome>, Reason> {
        if !self.shares().is_empty() || self.figures().iter().any(|figure| figure.number().is_none()) {
            return Ok(None);
        }
        let sums: Vec<usize> = (0..self.sums().len()).collect();
        let question = Question { scaled, sums: &sums, shares: &[], free: &[], is_strict: true };
        let method = Method::of(&question);
        let Some(amounts) = method.amounts(&question, scaled.decimals)? else { return Ok(None) };
        let loose = Question { is_strict: false, ..question };
        let found = fewest_decimals(&method, &loose, (amounts, scaled.decimals))?;
        let witness = told(&found.0, found.1).filter(|witness| witness.proves(self));
        Ok(witness.map(|witness| possible(Verdict::Consistent, witness)))
    }

    /// Whether all sums and shares name figures that are there.
    pub(super) fn is_sound(&self) -> Result<(), Reason> {
        let is_there = |figure: usize| figure < self.figures().len();
        if let Some(sum) = self.sums().iter().position(|sum| !sum.terms().all(|(figure, _)| is_there(figure))) {
            return Err(Reason::NoSuchFigure { sum });
        }
        let named = |share: &super::Share| [share.share, share.part, share.whole].into_iter().all(is_there);
        self.shares().iter().position(|share| !named(share)).map_or(Ok(()), |share| Err(Reason::NoSuchShare { share }))
    }

    /// The printed numbers as amounts, where all are printed and add up.
    fn face_value(&self) -> Option<Witness> {
        let number = |figure: usize| self.figures().get(figure).and_then(Figure::number);
        let adds_up = |sum: &Sum| {
            let parts = Decimal::exact_sum(sum.parts.iter().map(|part| number(*part)).collect::<Option<Vec<_>>>()?)?;
            let less = Decimal::exact_sum(sum.less.iter().map(|less| number(*less)).collect::<Option<Vec<_>>>()?)?;
            Some(parts.exact_sub(less)? == number(sum.total)?)
        };
        if !self.sums().iter().all(|sum| adds_up(sum) == Some(true)) {
            return None;
        }
        let amounts: Vec<Decimal> = self.figures().iter().map(Figure::number).collect::<Option<_>>()?;
        let decimals = amounts.iter().map(|amount| amount.decimals()).max().unwrap_or(0);
        let witness = Witness { amounts, decimals };
        witness.proves(self).then_some(witness)
    }

    /// Where some figures are not printed, consistent sums may yet hold at face value.
    fn exact_if_open(&self, verdict: Verdict) -> Result<Verdict, Reason> {
        if self.figures().iter().all(|figure| figure.number().is_some()) {
            return Ok(verdict);
        }
        let pinned = self.at_face_value();
        let scaled = Scaled::of(&pinned)?;
        let (sums, shares): (Vec<_>, Vec<_>) = ((0..self.sums().len()).collect(), (0..self.shares().len()).collect());
        let question = Question { scaled: &scaled, sums: &sums, shares: &shares, free: &[], is_strict: false };
        let is_exact = matches!(Method::of(&question).decide(&question)?, Answer::Possible { .. });
        Ok(if is_exact { Verdict::Exact } else { verdict })
    }

    /// The same with every printed amount taken at its word.
    fn at_face_value(&self) -> Self {
        let shares: HashSet<usize> = self.shares().iter().map(|share| share.share).collect();
        self.map(|i, figure| figure.number().filter(|_| !shares.contains(&i)).map_or(*figure, Figure::exact))
    }

    fn of_printed(&self) -> impl Iterator<Item = usize> + '_ {
        self.sums().iter().enumerate().filter(|(_, sum)| sum.is_of_printed).map(|(i, _)| i)
    }

    /// The amounts that the first of `figures` can have as far as all the others allow, when the printed numbers of all of
    /// `figures` are disregarded; `None` where there is none, because the others contradict each other.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Rounding, Sum, System};
    /// let mut system = System::default();
    /// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    /// let (cells, total) = ([printed(120), printed(235)], printed(354));
    /// system.sum(Sum::new(total, cells));
    /// assert_eq!(system.range(&[total])?.unwrap().to_string(), "[354.0, 356.0)");
    /// assert_eq!(system.range(&[cells[0]])?.unwrap().to_string(), "(118.0, 120.0)");
    /// # Ok::<(), logframe::crossfoot::Reason>(())
    /// ```
    ///
    /// # Errors
    /// A [`Reason`] where it cannot be decided.
    pub fn range(&self, figures: &[usize]) -> Result<Option<Interval>, Reason> {
        self.is_sound()?;
        let Some(first) = figures.first().copied() else { return Ok(None) };
        let scaled = Scaled::of(self)?;
        let (sums, shares): (Vec<_>, Vec<_>) = ((0..self.sums().len()).collect(), (0..self.shares().len()).collect());
        let mut free = figures.to_vec();
        free.sort_unstable();
        let question = Question { scaled: &scaled, sums: &sums, shares: &shares, free: &free, is_strict: false };
        let Some((low, high)) = Method::of(&question).extremes(&question, first)? else { return Ok(None) };
        let end = |end: Option<super::decide::End>| match end {
            Some((steps, decimals, shift)) => {
                Decimal::of_steps(steps, decimals).map(|value| Some(End { value, shift })).ok_or(Reason::TooLarge)
            }
            None => Ok(None),
        };
        Ok(Some(Interval { low: end(low)?, high: end(high)? }))
    }

    /// Every rounding rule, with the verdict on the system if all its figures had been rounded by it. A rule under which some
    /// figure stands for no amount at all is inconsistent.
    pub fn rules(&self) -> Vec<(Rounding, Verdict)> {
        let verdict = |rule| self.under(rule).map_or(Verdict::Inconsistent, |system| system.reconcile().verdict);
        Rounding::ALL.into_iter().map(|rule| (rule, verdict(rule))).collect()
    }
}

fn possible(verdict: Verdict, witness: Witness) -> Outcome {
    Outcome { verdict, witness: Some(witness), contradictions: Vec::new(), reason: None }
}

fn told(amounts: &[i128], decimals: u32) -> Option<Witness> {
    let amounts = amounts.iter().map(|steps| Decimal::of_steps(*steps, decimals)).collect::<Option<_>>()?;
    Some(Witness { amounts, decimals })
}

type Found = (Vec<i128>, u32);

/// The same with as few decimals as the method can give; strictly between the ends of roundings where so few decimals allow it.
fn fewest_decimals(method: &Method, question: &Question<'_>, found: Found) -> Result<Found, Reason> {
    for decimals in question.scaled.least_decimals()..found.1 {
        for is_strict in [true, false] {
            if let Some(amounts) = method.amounts(&Question { is_strict, ..*question }, decimals)? {
                return Ok((amounts, decimals));
            }
        }
    }
    Ok(found)
}

/// What is found out about a whole system, part by part.
struct Whole {
    verdict: Verdict,
    witness: Amounts,
}

/// One amount a figure, those of each part with decimals of their own.
struct Amounts(Vec<(i128, u32)>);

impl Amounts {
    fn told(&self, system: &System) -> Option<Witness> {
        let decimals = self.0.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
        let amount =
            |(steps, own): &(i128, u32)| Decimal::of_steps(steps.checked_mul(10_i128.checked_pow(decimals - own)?)?, decimals);
        let amounts: Vec<Decimal> = self.0.iter().map(amount).collect::<Option<_>>()?;
        (amounts.len() == system.figures().len()).then_some(Witness { amounts, decimals })
    }
}

impl Whole {
    fn new(system: &System, scaled: &Scaled<'_>) -> Self {
        let amounts = (0..system.figures().len()).map(|figure| scaled.printed(figure)).collect();
        Self { verdict: Verdict::Consistent, witness: Amounts(amounts) }
    }

    /// Adds what is found out about a part; the contradictions in it.
    fn add(&mut self, system: &System, part: &Part) -> Result<Vec<Contradiction>, Reason> {
        match decide(part)? {
            Decided::Possible(verdict, (amounts, decimals)) => {
                self.verdict = self.verdict.max(verdict);
                for (figure, amount) in part.figures.iter().zip(amounts) {
                    self.witness.0.get_mut(*figure).into_iter().for_each(|place| *place = (amount, decimals));
                }
                Ok(Vec::new())
            }
            Decided::Impossible(proofs) => {
                proofs.into_iter().map(|proof| contradiction::irreducible(system, part.proof_in_whole(&proof))).collect()
            }
        }
    }
}

enum Decided {
    Possible(Verdict, Found),
    Impossible(Vec<Proof>),
}

/// The verdict on a part: sums that fail alone first, then all together.
fn decide(part: &Part) -> Result<Decided, Reason> {
    let scaled = Scaled::of(&part.system)?;
    let (sums, shares): (Vec<_>, Vec<_>) = ((0..part.sums.len()).collect(), (0..part.shares.len()).collect());
    let loose = Question { scaled: &scaled, sums: &sums, shares: &shares, free: &[], is_strict: false };
    let alone: Vec<Proof> = sums.iter().filter_map(|sum| fails_alone(&loose, *sum)).collect();
    if !alone.is_empty() {
        return Ok(Decided::Impossible(alone));
    }
    let strict = Question { is_strict: true, ..loose };
    let method = Method::of(&loose);
    if let Some(amounts) = method.amounts(&strict, scaled.decimals)? {
        return Ok(Decided::Possible(Verdict::Consistent, fewest_decimals(&method, &loose, (amounts, scaled.decimals))?));
    }
    let found = match method.decide(&loose)? {
        Answer::Impossible(proof) => return Ok(Decided::Impossible(vec![proof])),
        Answer::Possible { amounts, decimals } => fewest_decimals(&method, &loose, (amounts, decimals))?,
    };
    let is_possible_inside = matches!(method.decide(&strict)?, Answer::Possible { .. });
    Ok(Decided::Possible(if is_possible_inside { Verdict::Consistent } else { Verdict::KnifeEdge }, found))
}
