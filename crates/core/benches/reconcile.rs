//! How soon printed figures are reconciled, beside petgraph's maximum flow on the same network.
//!
//!     cargo bench -p logframe --bench reconcile
#![expect(clippy::expect_used, reason = "a benchmark that cannot run may stop")]

mod shapes;

use std::sync::LazyLock;

use divan::Bencher;
use logframe::crossfoot::{Figure, Rounding, Sum, System, Verdict};
use logframe::{Plan, Source};
use shapes::{Lines, Printed};

fn main() {
    divan::main();
}

fn flat((rows, columns): (usize, usize)) -> Printed {
    Printed::of(&Lines::flat(rows), &Lines::flat(columns))
}

fn possible(bencher: Bencher<'_, '_>, system: &System) {
    assert!(system.reconcile().verdict.is_possible());
    bencher.bench(|| system.reconcile());
}

static LARGE: LazyLock<Printed> = LazyLock::new(|| flat((1000, 1000)));

#[divan::bench(args = [(16, 5), (200, 20), (2000, 50)])]
fn flat_table(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    possible(bencher, &flat(size).system());
}

#[divan::bench(sample_count = 10)]
fn flat_table_1000_by_1000(bencher: Bencher<'_, '_>) {
    possible(bencher, &LARGE.system());
}

#[divan::bench(args = [(16, 5), (200, 20), (2000, 50)])]
fn petgraph_flat_table(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let table = flat(size);
    assert!(table.petgraph_can());
    bencher.bench(|| table.petgraph_can());
}

#[divan::bench(sample_count = 10)]
fn petgraph_flat_table_1000_by_1000(bencher: Bencher<'_, '_>) {
    bencher.bench(|| LARGE.petgraph_can());
}

/// Groups, rows in each, columns: with a subtotal for each group in every column.
#[divan::bench(args = [(4, 4, 5), (40, 25, 12), (200, 20, 12)], sample_count = 20)]
fn rows_in_groups(bencher: Bencher<'_, '_>, (groups, each, columns): (usize, usize, usize)) {
    possible(bencher, &Printed::of(&Lines::grouped(groups, each), &Lines::flat(columns)).system());
}

/// Groups of rows, rows in each, groups of columns, columns in each: no network.
#[divan::bench(args = [(2, 3, 2, 2), (4, 3, 3, 3), (8, 4, 3, 4)], sample_count = 10)]
fn groups_both_ways(bencher: Bencher<'_, '_>, (groups, each, sides, wide): (usize, usize, usize, usize)) {
    possible(bencher, &Printed::of(&Lines::grouped(groups, each), &Lines::grouped(sides, wide)).system());
}

/// A table of which one cell is 1,000 too much, and what explains that.
#[divan::bench(args = [(200, 20), (1000, 1000)], sample_count = 5)]
fn contradicted(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let system = flat(size).with(0, 1000).system();
    assert_eq!(system.reconcile().verdict, Verdict::Inconsistent);
    bencher.bench(|| system.reconcile());
}

#[divan::bench(args = [(200, 20), (1000, 1000)], sample_count = 3)]
fn explained(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let system = flat(size).with(0, 1000).system();
    let contradictions = system.reconcile().contradictions;
    let first = contradictions.first().expect("there is one");
    bencher.bench(|| system.explanations(first));
}

static IOM: LazyLock<Plan> = LazyLock::new(|| {
    let source = Source::new("iom", include_str!("../../../plans/iom-venezuela-2018.toml"));
    Plan::parse(&source).plan.expect("the plan reads")
});

/// Every printed figure of the plan, its 22 shares among them: the verdict alone.
#[divan::bench]
fn iom_plan_with_shares(bencher: Bencher<'_, '_>) {
    possible(bencher, &IOM.subject().expect("its figures are short").system);
}

/// The same with all that is told of it: every other rounding rule, and sums that are unlikely.
#[divan::bench]
fn iom_plan_with_shares_told(bencher: Bencher<'_, '_>) {
    bencher.bench(|| IOM.reconcile());
}

/// The plan's main table: sixteen offices, five columns, totals both ways; `None` is printed as `-`.
#[rustfmt::skip]
const MAIN_TABLE: [[Option<i64>; 6]; 17] = [
    [Some(180_572), Some(458_203), None, Some(161_225), None, Some(800_000)],
    [Some(321_000), Some(321_000), Some(2_354_000), Some(428_000), None, Some(3_424_000)],
    [Some(188_469), Some(393_958), Some(362_441), Some(55_154), None, Some(1_000_022)],
    [Some(227_273), Some(224_138), Some(235_110), Some(313_480), None, Some(1_000_001)],
    [Some(1_745_950), Some(3_313_160), Some(3_487_141), Some(4_853_748), None, Some(13_399_999)],
    [Some(166_016), Some(264_117), Some(338_070), Some(481_825), None, Some(1_250_028)],
    [Some(219_190), Some(31_313), Some(62_626), Some(836_052), None, Some(1_149_180)],
    [Some(295_609), Some(509_104), Some(381_007), Some(853_981), None, Some(2_039_700)],
    [Some(152_856), Some(283_649), Some(246_176), Some(17_334), None, Some(700_015)],
    [Some(193_576), Some(105_862), Some(105_862), Some(260_118), None, Some(665_418)],
    [Some(237_514), Some(574_631), Some(559_690), Some(628_263), None, Some(2_000_098)],
    [Some(255_255), Some(419_752), Some(389_972), Some(879_211), None, Some(1_944_190)],
    [None, Some(87_049), None, Some(62_965), None, Some(150_014)],
    [None, Some(528_402), None, None, None, Some(528_402)],
    [Some(367_678), Some(328_361), Some(513_064), None, Some(164_780), Some(1_373_882)],
    [Some(319_374), Some(171_093), Some(273_749), Some(136_875), None, Some(901_092)],
    [Some(4_870_332), Some(8_013_791), Some(9_308_907), Some(9_968_231), Some(164_780), Some(32_326_041)],
];

fn main_table() -> System {
    let mut system = System::default();
    let figure = |number: &Option<i64>| match number {
        Some(number) => Figure::printed((*number).into(), 1.into(), Rounding::HalfUp).expect("it is small"),
        None => Figure::exact(0.into()),
    };
    for number in MAIN_TABLE.iter().flatten() {
        system.add(figure(number));
    }
    for row in 0..17 {
        system.sum(Sum::new(row * 6 + 5, row * 6..row * 6 + 5));
    }
    for column in 0..6 {
        system.sum(Sum::new(16 * 6 + column, (0..16).map(|row| row * 6 + column)));
    }
    system
}

#[divan::bench]
fn iom_main_table(bencher: Bencher<'_, '_>) {
    possible(bencher, &main_table());
}
