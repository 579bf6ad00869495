//! How soon printed figures are reconciled, beside petgraph's maximum flow on the same network.
//!
//!     cargo bench -p logframe --bench reconcile
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that cannot run may stop")]

use std::sync::LazyLock;

use divan::Bencher;
use logframe::crossfoot::{Figure, Rounding, Sum, System, Verdict};
use petgraph::algo::maximum_flow::dinics;
use petgraph::graph::DiGraph;

fn main() {
    divan::main();
}

/// Numbers that look like chance and are the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// A flat table of thousandths of dollars, in whole dollars with a total column and a total row, each rounded apart.
fn printed(rows: usize, columns: usize) -> Vec<Vec<i64>> {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut table: Vec<Vec<i64>> =
        (0..rows).map(|_| (0..columns).map(|_| chance.below(5_000_000_000).try_into().unwrap_or(0)).collect()).collect();
    table.push((0..columns).map(|column| table.iter().map(|row| row[column]).sum()).collect());
    for row in &mut table {
        row.push(row.iter().sum());
    }
    table.iter().map(|row| row.iter().map(|thousandths| (thousandths + 500).div_euclid(1000)).collect()).collect()
}

fn flat(rows: usize, columns: usize) -> System {
    let mut system = System::default();
    let mut figure = |n: &i64| system.add(Figure::printed((*n).into(), 1.into(), Rounding::HalfUp).expect("it is small"));
    let figures: Vec<Vec<usize>> = printed(rows, columns).iter().map(|row| row.iter().map(&mut figure).collect()).collect();
    for row in &figures {
        system.sum(Sum::new(row[columns], row[..columns].iter().copied()));
    }
    for column in 0..=columns {
        system.sum(Sum::new(figures[rows][column], figures[..rows].iter().map(|row| row[column])));
    }
    system
}

static LARGE: LazyLock<System> = LazyLock::new(|| flat(1000, 1000));

#[divan::bench(args = [(16, 5), (200, 20), (2000, 50)])]
fn flat_table(bencher: Bencher<'_, '_>, (rows, columns): (usize, usize)) {
    let system = flat(rows, columns);
    assert_eq!(system.reconcile().verdict, Verdict::Consistent);
    bencher.bench(|| system.reconcile());
}

#[divan::bench(sample_count = 10)]
fn flat_table_1000_by_1000(bencher: Bencher<'_, '_>) {
    bencher.bench(|| LARGE.reconcile());
}

/// The question alone, without proofs, as a graph for petgraph: tenths that have to be moved between rows and columns, each figure
/// an edge either way (up to 4 tenths up and 5 down, half up). It is built and solved.
fn petgraph_can(table: &[Vec<i64>]) -> bool {
    let (rows, columns) = (table.len(), table[0].len());
    let mut graph: DiGraph<(), u64> = DiGraph::with_capacity(rows + columns + 2, 2 * rows * columns + rows + columns);
    let places: Vec<_> = (0..rows + columns + 2).map(|_| graph.add_node(())).collect();
    let (source, sink) = (places[rows + columns], places[rows + columns + 1]);
    let mut excess = vec![0_i64; rows + columns];
    for (r, row) in table.iter().enumerate() {
        for (c, number) in row.iter().enumerate() {
            let is_turned = (r + 1 == rows) != (c + 1 == columns);
            let (from, to) = if is_turned { (r, rows + c) } else { (rows + c, r) };
            excess[to] += 10 * number;
            excess[from] -= 10 * number;
            graph.add_edge(places[from], places[to], 4);
            graph.add_edge(places[to], places[from], 5);
        }
    }
    let mut wanted = 0;
    for (place, excess) in places.iter().zip(&excess) {
        let amount = excess.unsigned_abs();
        match excess.signum() {
            1 => {
                graph.add_edge(source, *place, amount);
                wanted += amount;
            }
            -1 => {
                graph.add_edge(*place, sink, amount);
            }
            _ => {}
        }
    }
    dinics(&graph, source, sink).0 == wanted
}

#[divan::bench(args = [(16, 5), (200, 20), (2000, 50)])]
fn petgraph_flat_table(bencher: Bencher<'_, '_>, (rows, columns): (usize, usize)) {
    let table = printed(rows, columns);
    assert!(petgraph_can(&table));
    bencher.bench(|| petgraph_can(&table));
}

#[divan::bench(sample_count = 10)]
fn petgraph_flat_table_1000_by_1000(bencher: Bencher<'_, '_>) {
    let table = printed(1000, 1000);
    bencher.bench(|| petgraph_can(&table));
}
