//! Contradictions in words for whoever answers for the budget.

use super::figure::Figure;
use super::interval::{End, Interval};
use super::outcome::Contradiction;
use super::system::{Sum, System};
use crate::decimal::{Decimal, NumberStyle};

/// So many figures or sums are named one by one; of longer lists, the first and how many more there are.
const NAMED: usize = 5;

/// What figures and sums are called, and how numbers are written. Names are said within a sentence: `the total of Mexico`.
pub trait Names {
    /// What a figure is called, by position.
    fn figure(&self, figure: usize) -> String;

    /// What a sum is called, by position: `row Mexico`.
    fn sum(&self, sum: usize) -> String;

    /// What the parts of a sum are called: `the cells of Mexico`.
    fn parts(&self, sum: usize) -> String {
        format!("the parts of {}", self.sum(sum))
    }

    /// What a share is called, by its position among the shares.
    fn share(&self, share: usize) -> String {
        format!("share {}", share.saturating_add(1))
    }

    /// How a number is written.
    fn number(&self, number: Decimal) -> String {
        number.normalized().grouped(NumberStyle::default())
    }

    /// That a figure prints a number; or what it prints that stands for it.
    fn printed(&self, _figure: usize, number: Decimal) -> String {
        format!("printed {}", self.number(number))
    }
}

impl Contradiction {
    /// It in words: what the figures concerned come to at least, what they must equal, and what that comes to at most.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Names, Rounding, Sum, System};
    /// struct Mexico;
    /// impl Names for Mexico {
    ///     fn figure(&self, figure: usize) -> String {
    ///         format!("cell {figure}")
    ///     }
    ///     fn sum(&self, _: usize) -> String {
    ///         "Mexico".into()
    ///     }
    /// }
    /// let mut system = System::default();
    /// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    /// let cells = [printed(193_576), printed(105_862), printed(105_862), printed(260_118)];
    /// let total = printed(665_481);
    /// system.sum(Sum::new(total, cells));
    /// assert_eq!(
    ///     system.reconcile().contradictions[0].told(&system, &Mexico),
    ///     "The parts of Mexico add up to less than 665,420, whatever was rounded away; \
    ///      its total says at least 665,480.5: 60.5 too much."
    /// );
    /// ```
    pub fn told(&self, system: &System, names: &dyn Names) -> String {
        let alone = match (self.sums.as_slice(), self.shares.as_slice()) {
            ([(sum, _)], []) => system.sums().get(*sum).and_then(|entry| self.of_one_sum(*sum, entry, system, names)),
            _ => None,
        };
        sentence(&alone.unwrap_or_else(|| self.of_several(system, names)))
    }

    fn of_one_sum(&self, at: usize, sum: &Sum, system: &System, names: &dyn Names) -> Option<String> {
        let (parts, total) = (
            amounts(&sum.parts, sum, system)?.plus(amounts(&sum.less, sum, system)?.negated())?,
            amounts(&[sum.total], sum, system)?,
        );
        let is_too_much = total.low > parts.high;
        let (of_parts, of_total) = if is_too_much { (parts.high?, total.low?) } else { (parts.low?, total.high?) };
        let gap = of_total.value.exact_sub(of_parts.value)?.abs();
        let off = if is_too_much { "too much" } else { "too little" };
        let gap = if gap.is_zero() { self.touching(system) } else { format!("{} {off}", names.number(gap)) };
        let less = if sum.less.is_empty() { "" } else { ", less what is taken off," };
        let (caveat, added_up) = match (sum.is_of_printed, parts.is_point()) {
            (true, _) => (" as they are printed", ", which was added up from them,"),
            (_, true) => ("", ""),
            _ => (", whatever was rounded away", ""),
        };
        let of_parts = if parts.is_point() { names.number(of_parts.value) } else { bound(of_parts, !is_too_much, names) };
        let of_total = if total.is_point() { names.number(of_total.value) } else { bound(of_total, is_too_much, names) };
        Some(format!("{}{less} add up to {of_parts}{caveat}; its total{added_up} says {of_total}: {gap}", names.parts(at)))
    }

    fn of_several(&self, system: &System, names: &dyn Names) -> String {
        let scale = self.scale();
        let scaled = |end: End| End { value: end.value.exact_mul(scale).unwrap_or(end.value), ..end };
        let (least, most) = (scaled(self.at_least), scaled(self.at_most));
        let larger = Side::of(&self.larger, bound(least, true, names), scale, system, names);
        let smaller = Side::of(&self.smaller, bound(most, false, names), scale, system, names);
        let gap = least.value.exact_sub(most.value).filter(|gap| !gap.is_zero());
        let gap = gap.map_or_else(|| self.touching(system), |gap| format!("{} too little", names.number(gap)));
        let (by, have_to) = (self.by(names), if self.shares.is_empty() { "must equal" } else { "must be no more than" });
        match (larger, smaller) {
            (Some(larger), Some(smaller)) => {
                let (larger_come, they, which_come) = (larger.come(&larger.words), larger.they(), smaller.come("which"));
                format!("{larger_come}, whatever was rounded away. {by} {they} {have_to} {}, {which_come}: {gap}", smaller.words)
            }
            (Some(side), None) | (None, Some(side)) => {
                format!("{}, whatever was rounded away. {by} {} {have_to} nothing: {gap}", side.come(&side.words), side.they())
            }
            (None, None) => gap,
        }
    }

    /// The sums and shares that hold the figures together.
    fn by(&self, names: &dyn Names) -> String {
        let mut claims: Vec<String> = self.sums.iter().map(|(sum, _)| names.sum(*sum)).collect();
        claims.extend(self.shares.iter().map(|(share, ..)| names.share(*share)));
        format!("By {}", list(&claims, "and"))
    }

    /// Where one share is all there is beside sums, it is spoken of in per cent.
    fn scale(&self) -> Decimal {
        let hundredth = Decimal::of_steps(1, 2).filter(|_| matches!(self.shares.as_slice(), [(.., 1)]));
        hundredth.unwrap_or_else(|| Decimal::from(1))
    }

    /// What would have to be where the two ends are the same number.
    fn touching(&self, system: &System) -> String {
        let figures = self.figures().into_iter().filter_map(|figure| system.figures().get(figure));
        let rounded: Vec<&Figure> = figures.filter(|figure| !figure.amounts().is_point()).collect();
        let (amounts, is_one) = match rounded.len() {
            1 => ("the unrounded amount".to_owned(), true),
            2 => ("both unrounded amounts".to_owned(), false),
            n => (format!("all {n} unrounded amounts"), false),
        };
        let exactly = match (rounded.iter().all(|figure| is_to_nearest_whole(figure)), is_one) {
            (true, true) => "ends in exactly .5",
            (true, false) => "end in exactly .5",
            (false, true) => "lies exactly between two printed numbers",
            (false, false) => "lie exactly between two printed numbers",
        };
        format!(
            "only possible if {amounts} {exactly}, and the rule for rounding does not send all of them where they are printed"
        )
    }
}

/// Whether halves are what lies between two numbers that a figure can print.
fn is_to_nearest_whole(figure: &Figure) -> bool {
    let whole = figure.unit() == Some(Decimal::from(1));
    let ends = [figure.amounts().low, figure.amounts().high];
    let is_half =
        |end: &End| end.value.is_multiple_of(Decimal::HALF) == Some(true) && end.value.is_multiple_of(1.into()) == Some(false);
    whole && ends.iter().flatten().all(is_half)
}

/// What some figures of a sum come to; at face value where it was added up from printed parts.
fn amounts(figures: &[usize], sum: &Sum, system: &System) -> Option<Interval> {
    figures.iter().try_fold(Interval::exactly(Decimal::ZERO), |all, figure| {
        let figure = system.figures().get(*figure)?;
        let amounts = if sum.is_of_printed { Interval::exactly(figure.number()?) } else { figure.amounts() };
        all.plus(amounts)
    })
}

/// An end in words; of the least that something comes to, or of the most.
fn bound(end: End, is_least: bool, names: &dyn Names) -> String {
    let words = match (is_least, end.shift) {
        (true, 0) => "at least",
        (true, _) => "more than",
        (false, 0) => "at most",
        (false, _) => "less than",
    };
    format!("{words} {}", names.number(end.value))
}

/// Figures on one side of a contradiction.
struct Side {
    words: String,
    are_many: bool,
    bound: String,
}

impl Side {
    /// `None` where none of them is anything.
    fn of(figures: &[(usize, Decimal)], bound: String, scale: Decimal, system: &System, names: &dyn Names) -> Option<Self> {
        let nothing = Interval::exactly(Decimal::ZERO);
        let is_something = |figure: usize| system.figures().get(figure).is_some_and(|figure| figure.amounts() != nothing);
        let figures = figures.iter().filter(|(figure, _)| is_something(*figure));
        let all: Vec<String> = figures.map(|(figure, times)| counted(*times, scale, names, &names.figure(*figure))).collect();
        (!all.is_empty()).then(|| Self { words: list(&all, "and"), are_many: all.len() > 1, bound })
    }

    fn come(&self, subject: &str) -> String {
        if self.are_many {
            format!("{subject} come to {} together", self.bound)
        } else {
            format!("{subject} comes to {}", self.bound)
        }
    }

    fn they(&self) -> &'static str {
        if self.are_many { "they" } else { "it" }
    }
}

/// A figure and how often it counts.
fn counted(times: Decimal, scale: Decimal, names: &dyn Names, figure: &str) -> String {
    let times = times.exact_mul(scale).unwrap_or(times);
    match times {
        once if once == Decimal::from(1) => figure.to_owned(),
        twice if twice == Decimal::from(2) => format!("twice {figure}"),
        part if part < Decimal::from(1) => {
            let per_cent = part.exact_mul(Decimal::HUNDRED).unwrap_or(part);
            format!("{} % of {figure}", names.number(per_cent))
        }
        _ => format!("{} times {figure}", names.number(times)),
    }
}

/// `a, b and c`; of long lists the first, and how many more there are.
pub(super) fn list(all: &[String], and: &str) -> String {
    let more = all.len().saturating_sub(NAMED);
    if more > 1 {
        return format!("{} {and} {more} more", all.get(..NAMED).unwrap_or_default().join(", "));
    }
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} {and} {last}", others.join(", ")),
    }
}

/// A sentence of these words.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crossfoot::{Contradiction, Rounding, Share, Verdict};

    /// Figures and sums by name.
    struct Named {
        figures: Vec<&'static str>,
        sums: Vec<&'static str>,
    }

    impl Names for Named {
        fn figure(&self, figure: usize) -> String {
            self.figures[figure].into()
        }

        fn sum(&self, sum: usize) -> String {
            self.sums[sum].into()
        }

        fn parts(&self, sum: usize) -> String {
            format!("the cells of {}", self.sums[sum])
        }

        fn share(&self, _: usize) -> String {
            "the share of Mexico".into()
        }
    }

    fn only(system: &System) -> Contradiction {
        let outcome = system.reconcile();
        assert_eq!((outcome.verdict, outcome.contradictions.len()), (Verdict::Inconsistent, 1));
        outcome.contradictions[0].clone()
    }

    /// A row of one table, named, with cells called by their numbers.
    fn row(cells: &[i64], total: i64, rounding: Rounding) -> (System, Named) {
        let mut system = System::default();
        let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), rounding).unwrap());
        let (cells, total): (Vec<_>, _) = (cells.iter().map(|n| printed(*n)).collect(), printed(total));
        let figures = vec!["a cell"; cells.len() + 1];
        system.sum(Sum::new(total, cells));
        (system, Named { figures, sums: vec!["Mexico"] })
    }

    #[test]
    fn one_sum_says_what_its_parts_make_and_what_its_total_says() {
        let (system, names) = row(&[193_576, 105_862, 105_862, 260_118], 665_481, Rounding::HalfUp);
        assert_eq!(
            only(&system).told(&system, &names),
            "The cells of Mexico add up to less than 665,420, whatever was rounded away; its total says at least 665,480.5: 60.5 too much."
        );
        let (system, names) = row(&[193_576, 105_862, 105_862, 260_118], 665_148, Rounding::HalfUp);
        assert_eq!(
            only(&system).told(&system, &names),
            "The cells of Mexico add up to at least 665,416, whatever was rounded away; its total says less than 665,148.5: 267.5 too little."
        );
    }

    #[test]
    fn ends_that_only_touch_are_explained() {
        let (system, names) = row(&[528_402], 528_403, Rounding::HalfUp);
        assert_eq!(
            only(&system).told(&system, &names),
            "The cells of Mexico add up to less than 528,402.5, whatever was rounded away; its total says at least 528,402.5: \
             only possible if both unrounded amounts end in exactly .5, and the rule for rounding does not send all of them where they are printed."
        );
        let (system, names) = row(&[10, 20], 32, Rounding::Floor);
        assert_eq!(
            only(&system).told(&system, &names),
            "The cells of Mexico add up to less than 32, whatever was rounded away; its total says at least 32: \
             only possible if all 3 unrounded amounts lie exactly between two printed numbers, and the rule for rounding does not send all of them where they are printed."
        );
    }

    #[test]
    fn a_total_of_printed_or_of_exact_parts_says_one_number() {
        let (system, names) = row(&[10, 20], 31, Rounding::Nearest);
        let mut printed = System::default();
        system.figures().iter().for_each(|figure| assert!(printed.add(*figure) < 3));
        printed.sum(Sum::of_printed(2, [0, 1]));
        assert_eq!(
            only(&printed).told(&printed, &names),
            "The cells of Mexico add up to 30 as they are printed; its total, which was added up from them, says 31: 1 too much."
        );
        let exact = system.under(Rounding::Exact).unwrap();
        assert_eq!(only(&exact).told(&exact, &names), "The cells of Mexico add up to 30; its total says 31: 1 too much.");
    }

    #[test]
    fn lines_that_are_taken_off_are_mentioned() {
        let mut system = System::default();
        let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
        let (income, refund, net) = (printed(100), printed(40), printed(70));
        system.sum(Sum::new(net, [income]).less([refund]));
        let names = Named { figures: vec!["a", "b", "c"], sums: vec!["the account"] };
        assert_eq!(
            only(&system).told(&system, &names),
            "The cells of the account, less what is taken off, add up to at most 61, whatever was rounded away; its total says at least 69.5: 8.5 too much."
        );
    }

    #[test]
    fn several_sums_say_what_must_equal_what() {
        let mut system = System::default();
        for number in [120, 235, 354, 310, 145, 456, 431, 381, 811] {
            system.add(Figure::printed(number.into(), 1.into(), Rounding::Nearest).unwrap());
        }
        for at in 0..3 {
            system.sum(Sum::new(3 * at + 2, [3 * at, 3 * at + 1]));
            system.sum(Sum::new(6 + at, [at, 3 + at]));
        }
        let names = Named {
            figures: vec![
                "A / 1",
                "A / 2",
                "the total of A",
                "B / 1",
                "B / 2",
                "the total of B",
                "the total of 1",
                "the total of 2",
                "the total",
            ],
            sums: vec!["row A", "column 1", "row B", "column 2", "the last row", "the last column"],
        };
        assert_eq!(
            only(&system).told(&system, &names),
            "The total of 1 and the total of 2 come to at least 811 together, whatever was rounded away. By row A, column 1 and column 2 \
             they must equal the total of A, B / 1 and B / 2, which come to at most 810.5 together: 0.5 too little."
        );
        let half_up = system.under(Rounding::HalfUp).unwrap();
        assert_eq!(
            only(&half_up).told(&half_up, &names),
            "A / 2 and the total of 1 come to at least 665 together, whatever was rounded away. By row A and column 1 they must equal \
             the total of A and B / 1, which come to less than 665 together: only possible if all 4 unrounded amounts end in exactly \
             .5, and the rule for rounding does not send all of them where they are printed."
        );
    }

    #[test]
    fn a_share_is_spoken_of_in_per_cent() {
        let mut system = System::default();
        let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
        let (part, whole) = (printed(300), printed(1_000));
        let share = system.add(Figure::printed(25.into(), 1.into(), Rounding::HalfUp).unwrap());
        let at = system.share(Share { share, part, whole });
        // At least 299.5 is no more than 25.5 % of 1,000.5 at most: 255.1275.
        let figures = vec![(part, Decimal::HUNDRED)];
        let high = system.figures()[share].amounts().high.unwrap().value;
        let contradiction = Contradiction {
            sums: Vec::new(),
            shares: vec![(at, crate::crossfoot::Side::Most, 1)],
            larger: figures,
            at_least: End { value: 29_950.into(), shift: 0 },
            smaller: vec![(whole, high)],
            at_most: End { value: "25512.75".parse().unwrap(), shift: -1 },
        };
        assert!(contradiction.proves(&system));
        let names = Named { figures: vec!["the amount of Mexico", "the whole", "the share"], sums: vec![] };
        assert_eq!(
            contradiction.told(&system, &names),
            "The amount of Mexico comes to at least 299.5, whatever was rounded away. By the share of Mexico it must be no more than \
             25.5 % of the whole, which comes to less than 255.1275: 44.3725 too little."
        );
    }

    #[test]
    fn long_lists_are_cut_short() {
        let names: Vec<String> = (1..=19).map(|n| format!("cell {n}")).collect();
        assert_eq!(list(&names, "and"), "cell 1, cell 2, cell 3, cell 4, cell 5 and 14 more");
        assert_eq!(list(&names[..6], "and"), "cell 1, cell 2, cell 3, cell 4, cell 5 and cell 6", "one more is named too");
        assert_eq!(list(&names[..2], "or"), "cell 1 or cell 2");
        assert_eq!(list(&names[..1], "or"), "cell 1");
    }
}
