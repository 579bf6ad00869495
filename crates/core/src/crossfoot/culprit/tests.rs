//! The table of a regional plan of the International Organization for Migration, 2018, and ten changes of it.

use super::*;
use crate::crossfoot::{Figure, Names, Rounding, Share, Sum, Verdict};
use proptest::prelude::*;

const OFFICES: [(&str, [i64; 6]); 16] = [
    ("Argentina", [180_572, 458_203, 0, 161_225, 0, 800_000]),
    ("Brazil", [321_000, 321_000, 2_354_000, 428_000, 0, 3_424_000]),
    ("Caribbean", [188_469, 393_958, 362_441, 55_154, 0, 1_000_022]),
    ("Chile", [227_273, 224_138, 235_110, 313_480, 0, 1_000_001]),
    ("Colombia", [1_745_950, 3_313_160, 3_487_141, 4_853_748, 0, 13_399_999]),
    ("Costa Rica", [166_016, 264_117, 338_070, 481_825, 0, 1_250_028]),
    ("Dominican Republic", [219_190, 31_313, 62_626, 836_052, 0, 1_149_180]),
    ("Ecuador", [295_609, 509_104, 381_007, 853_981, 0, 2_039_700]),
    ("Guyana", [152_856, 283_649, 246_176, 17_334, 0, 700_015]),
    ("Mexico", [193_576, 105_862, 105_862, 260_118, 0, 665_418]),
    ("Panama", [237_514, 574_631, 559_690, 628_263, 0, 2_000_098]),
    ("Peru", [255_255, 419_752, 389_972, 879_211, 0, 1_944_190]),
    ("Uruguay", [0, 87_049, 0, 62_965, 0, 150_014]),
    ("Venezuela", [0, 528_402, 0, 0, 0, 528_402]),
    ("RO Buenos Aires", [367_678, 328_361, 513_064, 0, 164_780, 1_373_882]),
    ("RO San Jose", [319_374, 171_093, 273_749, 136_875, 0, 901_092]),
];
const TOTALS: [i64; 6] = [4_870_332, 8_013_791, 9_308_907, 9_968_231, 164_780, 32_326_041];
const HEADS: [&str; 6] = ["Data", "Capacity", "Assistance", "Integration", "Evaluation", "total"];

/// A table with a total of each row and column, half up to whole dollars; a zero is a printed none.
struct Table {
    system: System,
    columns: usize,
}

impl Table {
    fn of(rows: &[Vec<i64>]) -> Self {
        let mut system = System::default();
        let columns = rows[0].len();
        for number in rows.iter().flatten() {
            let printed = Figure::printed((*number).into(), 1.into(), Rounding::HalfUp).unwrap();
            system.add(if *number == 0 { Figure::exact(Decimal::ZERO) } else { printed });
        }
        for row in 0..rows.len() {
            let at = |column: usize| row * columns + column;
            system.sum(Sum::new(at(columns - 1), (0..columns - 1).map(at)));
        }
        for column in 0..columns {
            let at = |row: usize| row * columns + column;
            system.sum(Sum::new(at(rows.len() - 1), (0..rows.len() - 1).map(at)));
        }
        Self { system, columns }
    }

    fn iom() -> Self {
        let rows = OFFICES.iter().map(|(_, row)| row).chain([&TOTALS]);
        Self::of(&rows.map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    fn at(&self, office: &str, head: &str) -> usize {
        let row = OFFICES.iter().position(|(name, _)| *name == office).unwrap_or(OFFICES.len());
        row * self.columns + HEADS.iter().position(|name| *name == head).unwrap()
    }

    fn number(&self, at: usize) -> i64 {
        self.system.figures()[at].number().unwrap().to_string().parse().unwrap()
    }

    fn printing(mut self, at: usize, number: i64) -> Self {
        let figure = self.system.figures()[at].with_number(number.into()).unwrap();
        self.system = self.system.with(at, figure);
        self
    }

    fn more(self, at: usize, more: i64) -> Self {
        let number = self.number(at) + more;
        self.printing(at, number)
    }

    fn explanations(&self) -> Explanations {
        let outcome = self.system.reconcile();
        assert_eq!(outcome.verdict, Verdict::Inconsistent);
        let all: Vec<_> = outcome.contradictions.iter().map(|one| self.system.explanations(one)).collect();
        assert!(all.iter().all(|one| *one == all[0]), "it does not matter which of the contradictions is explained");
        assert_eq!(all[0].unexamined, [0; 0]);
        all[0].clone()
    }

    /// The slip and the number of the only explanation, of one figure.
    fn only(&self, figure: usize) -> (Slip, Option<Decimal>) {
        let explanations = self.explanations();
        assert_eq!(explanations.ranked.len(), 1, "{explanations:#?}");
        let only = explanations.only().unwrap();
        assert_eq!(only.corrections.iter().map(|correction| correction.figure).collect::<Vec<_>>(), [figure]);
        (only.slip, only.corrections[0].number)
    }
}

/// The figures of each explanation of the best.
fn best(explanations: &Explanations) -> Vec<Vec<usize>> {
    let figures = |one: &Explanation| one.corrections.iter().map(|correction| correction.figure).collect();
    explanations.equally_good().iter().map(figures).collect()
}

#[test]
fn as_printed_there_is_nothing_to_explain() {
    assert_eq!(Table::iom().system.reconcile().verdict, Verdict::Consistent);
}

#[test]
fn a_cell_with_two_digits_transposed_is_the_only_culprit() {
    let table = Table::iom();
    let at = table.at("Colombia", "Integration");
    assert_eq!(table.printing(at, 4_835_748).only(at), (Slip::Transposed, Some(4_853_748.into())));
}

#[test]
fn a_total_with_two_digits_transposed_is_the_only_culprit() {
    let table = Table::iom();
    let at = table.at("Mexico", "total");
    assert_eq!(table.printing(at, 665_481).only(at), (Slip::Transposed, Some(665_418.into())));
}

#[test]
fn a_cell_that_lost_its_last_digit_is_ten_times_too_small() {
    let table = Table::iom();
    let at = table.at("Brazil", "Assistance");
    assert_eq!(table.printing(at, 235_400).only(at), (Slip::Magnitude, Some(2_354_000.into())));
}

#[test]
fn where_several_numbers_are_one_digit_away_none_is_singled_out() {
    let table = Table::iom();
    let at = table.at("Caribbean", "Assistance");
    let table = table.printing(at, 362_447);
    assert_eq!(table.only(at), (Slip::OneDigit, None));
    let explanation = table.explanations().ranked.remove(0);
    assert!(!explanation.is_likely);
    // The row leaves more than 1,000,021.5 - 637,582.5 and less than 1,000,022.5 - 637,579.5; 362,439.1 would be printed 362,439.
    assert_eq!(explanation.corrections[0].amounts.to_string(), "(362439.0, 362443.0)");
    assert_eq!(explanation.corrections[0].numbers[0].to_string(), "362439");
    assert_eq!(explanation.corrections[0].numbers, [362_439, 362_440, 362_441, 362_442, 362_443].map(Decimal::from));
}

#[test]
fn a_total_three_too_large_cannot_be_told_from_four_others() {
    for head in ["Data", "total"] {
        let table = Table::iom();
        let at = table.at("totals", head);
        let explanations = table.more(at, 3).explanations();
        assert_eq!(explanations.only(), None);
        let best = best(&explanations);
        assert!(best.len() > 1 && best.contains(&vec![at]), "{best:?}");
    }
}

#[test]
fn a_total_of_one_cell_or_the_cell_is_wrong() {
    let table = Table::iom();
    let (cell, total) = (table.at("Venezuela", "Capacity"), table.at("Venezuela", "total"));
    assert_eq!(best(&table.more(total, 1).explanations()), [[cell], [total]]);
}

#[test]
fn two_cells_that_were_exchanged_are_exactly_those() {
    let table = Table::iom();
    let (data, capacity) = (table.at("Chile", "Data"), table.at("Chile", "Capacity"));
    let explanations = table.printing(data, 224_138).printing(capacity, 227_273).explanations();
    assert_eq!(best(&explanations), [[data, capacity]]);
    let only = explanations.only().unwrap();
    assert_eq!(only.slip, Slip::CellsExchanged);
    let numbers: Vec<_> = only.corrections.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [Some(227_273.into()), Some(224_138.into())]);
}

#[test]
fn a_cell_one_too_large_stays_possible() {
    let table = Table::iom();
    let at = table.at("Panama", "Data");
    assert_eq!(table.more(at, 1).system.reconcile().verdict, Verdict::Consistent);
}

#[test]
fn a_figure_that_is_vouched_for_is_not_suspected() {
    let table = Table::iom();
    let (cell, total) = (table.at("Venezuela", "Capacity"), table.at("Venezuela", "total"));
    let mut table = table.more(total, 1);
    let vouched = table.system.figures()[cell].fixed();
    table.system = table.system.with(cell, vouched);
    assert_eq!(best(&table.explanations()), [[total]]);
}

#[test]
fn a_line_left_out_of_all_totals_or_counted_twice_is_found() {
    for (sign, slip) in [(-1, Slip::LineLeftOut), (1, Slip::LineCountedTwice)] {
        let mut table = Table::iom();
        let (_, ecuador) = OFFICES[7];
        for (head, part) in HEADS.iter().zip(ecuador) {
            let at = table.at("totals", head);
            table = table.more(at, sign * part);
        }
        let explanations = table.explanations();
        let only = explanations.only().unwrap();
        assert_eq!((only.slip, only.corrections.len()), (slip, 5), "Evaluation has nothing for Ecuador");
        let offices: Vec<usize> = only.origin.iter().map(|figure| figure / 6).collect();
        assert_eq!(offices, [7; 5]);
        let restored: Vec<_> = only.corrections.iter().map(|one| one.number.unwrap()).collect();
        assert_eq!(restored, [TOTALS[0], TOTALS[1], TOTALS[2], TOTALS[3], TOTALS[5]].map(Decimal::from));
    }
}

#[test]
fn a_line_left_out_of_one_total_is_found() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let (lines, total) = ([printed(14_250), printed(8_317), printed(22_904)], printed(14_250 + 22_904));
    system.sum(Sum::new(total, lines));
    let explanations = system.explanations(&system.reconcile().contradictions[0]);
    let only = explanations.only().unwrap();
    assert_eq!((only.slip, only.origin.as_slice(), only.corrections[0].figure), (Slip::LineLeftOut, &lines[1..2], total));
    assert_eq!(explanations.ranked.len(), 4, "each line may be wrong instead, for no reason that is known");
}

#[test]
fn a_subtotal_added_in_is_found() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let lines = [printed(14_250), printed(8_317), printed(22_904)];
    let (south, all) = (printed(22_567), printed(14_250 + 8_317 + 22_904 + 22_567));
    system.sum(Sum::new(south, [lines[0], lines[1]]));
    system.sum(Sum::new(all, lines));
    let explanations = system.explanations(&system.reconcile().contradictions[0]);
    let only = explanations.only().unwrap();
    assert_eq!((only.slip, only.origin.as_slice(), only.corrections[0].figure), (Slip::SubtotalAdded, &[south][..], all));
}

#[test]
fn a_neighbour_that_was_copied_is_found() {
    let table = Table::iom();
    let (at, beside) = (table.at("Peru", "Assistance"), table.at("Peru", "Capacity"));
    let table = table.printing(at, 419_752);
    let explanations = table.explanations();
    let only = explanations.only().unwrap();
    assert_eq!((only.slip, only.origin.as_slice(), only.corrections[0].figure), (Slip::NeighbourCopied, &[beside][..], at));
    assert!(only.corrections[0].numbers.contains(&389_972.into()));
}

#[test]
fn a_total_that_is_printed_elsewhere_as_it_should_be_is_stale() {
    let mut table = Table::iom();
    let at = table.at("Peru", "total");
    let elsewhere = table.system.add(Figure::printed(1_871_306.into(), 1.into(), Rounding::HalfUp).unwrap());
    let sheet: Vec<usize> = [255_255, 419_752, 389_972, 879_211]
        .map(|number: i64| table.system.add(Figure::printed(number.into(), 1.into(), Rounding::HalfUp).unwrap()))
        .to_vec();
    table.system.sum(Sum::new(elsewhere, sheet.clone()));
    table.system.sum(Sum::new(elsewhere, [at]));
    for (column, cell) in sheet.into_iter().enumerate() {
        table.system.sum(Sum::new(cell, [at - 5 + column]));
    }
    let explanations = table.explanations();
    let only = explanations.only().unwrap();
    assert_eq!((only.slip, only.corrections[0].figure, only.origin.as_slice()), (Slip::StaleTotal, elsewhere, &[at][..]));
    assert_eq!(only.corrections[0].number, Some(1_944_190.into()));
}

#[test]
fn a_culprit_is_found_beside_shares() {
    let mut table = Table::iom();
    let (at, whole) = (table.at("Colombia", "total"), table.at("totals", "total"));
    let tenth: Decimal = "0.1".parse().unwrap();
    let share = table.system.add(Figure::printed("41.5".parse().unwrap(), tenth, Rounding::HalfUp).unwrap());
    table.system.share(Share { share, part: at, whole });
    let cell = table.at("Colombia", "Integration");
    assert_eq!(table.printing(cell, 4_835_748).only(cell), (Slip::Transposed, Some(4_853_748.into())));
}

#[test]
fn several_small_errors_have_no_single_explanation() {
    let mut table = Table::iom();
    for (office, head, more) in
        [("Costa Rica", "total", 2), ("Peru", "total", 2), ("Mexico", "total", -400), ("Guyana", "total", 300)]
    {
        let at = table.at(office, head);
        table = table.more(at, more);
    }
    assert_eq!(table.explanations().ranked, []);
}

#[test]
fn where_sums_contradict_each_other_only_together_each_figure_that_could_be_wrong_is_named() {
    let table = Table::of(&[vec![120, 235, 354], vec![310, 145, 456], vec![431, 381, 811]]);
    // Half up, row A and either column are at odds: 120 and 235 would have to be at least 119.5 and more than 235.0.
    let explanations = table.explanations();
    assert_eq!(best(&explanations), [[2]]);
    assert_eq!(explanations.ranked[0].corrections[0].numbers, [355.into(), 356.into()]);
    assert!(!explanations.ranked[0].is_likely);
    // Where a half may go either way, that is just possible, and what stands in row B or below may be wrong instead.
    let nearest = table.system.under(Rounding::Nearest).unwrap();
    let explanations = Table { system: nearest, ..table }.explanations();
    assert_eq!(best(&explanations), [[2], [3], [4], [6], [7]]);
    assert!(explanations.ranked.iter().all(|one| !one.is_likely));
}

#[test]
fn what_has_nothing_to_do_with_a_contradiction_does_not_hide_its_culprit() {
    let mut table = Table::iom();
    let at = table.at("Mexico", "total");
    table = table.printing(at, 665_481);
    let mut printed = |n: i64| table.system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let (parts, total) = ([printed(1_000), printed(2_000)], printed(4_000));
    table.system.sum(Sum::new(total, parts));
    let outcome = table.system.reconcile();
    let ours = outcome.contradictions.iter().find(|one| one.figures().contains(&at)).unwrap();
    assert_eq!(table.system.explanations(ours).only().unwrap().corrections[0].number, Some(665_418.into()));
}

#[test]
fn a_total_added_up_from_printed_parts_should_be_just_that() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let (parts, total) = ([printed(1_204), printed(2_117)], printed(3_231));
    system.sum(Sum::of_printed(total, parts));
    let explanations = system.explanations(&system.reconcile().contradictions[0]);
    let only = explanations.only().unwrap();
    assert_eq!((only.slip, only.corrections[0].number), (Slip::Transposed, Some(3_321.into())));
}

/// The table's figures and sums by their offices and heads.
struct Iom;

impl Names for Iom {
    fn figure(&self, figure: usize) -> String {
        let (office, head) = (OFFICES.get(figure / 6), HEADS[figure % 6]);
        office.map_or(format!("the total of {head}"), |(office, _)| format!("{office} / {head}"))
    }

    fn sum(&self, sum: usize) -> String {
        OFFICES.get(sum).map_or("another sum".into(), |(office, _)| format!("row {office}"))
    }
}

fn told(table: &Table) -> String {
    table.explanations().told(&table.system, &Iom)
}

#[test]
fn explanations_say_what_is_printed_what_should_be_and_how_it_came_about() {
    let table = || Table::iom();
    let at = |office, head| table().at(office, head);
    let wrong = |office, head, number| table().printing(at(office, head), number);
    assert_eq!(
        told(&wrong("Colombia", "Integration", 4_835_748)),
        "Colombia / Integration, printed 4,835,748, should be 4,853,748 (neighbouring digits transposed: 35 for 53)."
    );
    assert_eq!(
        told(&wrong("Brazil", "Assistance", 235_400)),
        "Brazil / Assistance, printed 235,400, should be 2,354,000 (ten times too small)."
    );
    assert_eq!(
        told(&wrong("Caribbean", "Assistance", 362_447)),
        "Caribbean / Assistance, printed 362,447, should be from 362,439 to 362,443 (perhaps one wrong digit)."
    );
    assert_eq!(
        told(&wrong("Chile", "Data", 224_138).printing(at("Chile", "Capacity"), 227_273)),
        "Chile / Data, printed 224,138, and Chile / Capacity, printed 227,273, should be exchanged."
    );
    assert_eq!(
        told(&wrong("Venezuela", "total", 528_403)),
        "Any of these may be wrong, and it cannot be told which: Venezuela / Capacity or Venezuela / total."
    );
    assert_eq!(
        told(&wrong("Peru", "Assistance", 419_752)),
        "Peru / Assistance, printed 419,752, should be from 389,970 to 389,974 (the number next to it copied: Peru / Capacity)."
    );
}

#[test]
fn a_line_that_all_totals_lack_is_named_once() {
    let mut table = Table::iom();
    for (head, part) in HEADS.iter().zip(OFFICES[12].1) {
        let at = table.at("totals", head);
        table = table.more(at, -part);
    }
    assert_eq!(
        told(&table),
        "Uruguay / Capacity, Uruguay / Integration and Uruguay / total were left out of the totals: \
         the total of Capacity, printed 7,926,742, should be 8,013,791, the total of Integration, printed 9,905,266, should be 9,968,231 \
         and the total of total, printed 32,176,027, should be 32,326,041."
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_figure_that_was_changed_is_among_the_culprits(
        cells in prop::collection::vec(prop::collection::vec(1_000i64..99_999, 3), 4),
        at in 0usize..20,
        more in 10i64..5_000,
    ) {
        let mut rows: Vec<Vec<i64>> = cells;
        rows.iter_mut().for_each(|row| row.push(row.iter().sum()));
        rows.push((0..4).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
        let table = Table::of(&rows);
        let right = table.number(at);
        let explanations = table.more(at, more).explanations();
        let culprit = explanations.ranked.iter().find(|one| one.corrections[0].figure == at);
        prop_assert!(culprit.is_some_and(|one| one.corrections[0].amounts.contains(right.into())));
    }
}

#[test]
fn a_round_error_is_not_blamed_on_the_figures_in_which_it_is_one_digit() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
    // 69,968 was meant: a thousand more is one digit in every cell and two in the total.
    let (cells, total) = ([12_345, 23_456, 34_167].map(&mut printed), printed(70_968));
    system.sum(Sum::new(total, cells));
    let outcome = system.reconcile();
    let explanations = system.explanations(&outcome.contradictions[0]);
    let blamed: Vec<usize> = explanations.equally_good().iter().map(|one| one.corrections[0].figure).collect();
    assert_eq!(blamed, [cells[0], cells[1], cells[2], total]);
    assert!(explanations.only().is_none());
}

/// A table whose figures are exact: X is 10 and 20, Y is 5 and 6; 21 is printed for 20.
#[test]
fn an_exact_cell_that_breaks_its_row_and_its_column_is_found() {
    let mut system = System::default();
    let mut exact = |n: i64| system.add(Figure::exact(n.into()));
    let cells = [[exact(10), exact(21)], [exact(5), exact(6)]];
    let rows = [exact(30), exact(11)];
    let columns = [exact(15), exact(26)];
    let total = exact(41);
    for (row, total) in cells.iter().zip(rows) {
        system.sum(Sum::new(total, *row));
    }
    for (column, total) in columns.into_iter().enumerate() {
        system.sum(Sum::new(total, cells.map(|row| row[column])));
    }
    system.sum(Sum::new(total, rows));
    system.sum(Sum::new(total, columns));
    let outcome = system.reconcile();
    assert_eq!(outcome.contradictions.len(), 2);
    for contradiction in &outcome.contradictions {
        let explanations = system.explanations(contradiction);
        let only = &explanations.only().unwrap().corrections;
        assert_eq!((only.len(), only[0].figure, only[0].number), (1, cells[0][1], Some(20.into())));
    }
}
