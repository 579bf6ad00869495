//! How soon printed figures are reconciled, beside petgraph's maximum flow on the same network.
//!
//!     cargo bench -p logframe --bench reconcile

use std::sync::LazyLock;

use divan::Bencher;
use logframe::Decimal;
use logframe::crossfoot::{Figure, Rounding, Sum, System, Verdict};

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

/// A flat table of thousandths of dollars, printed in whole dollars with its totals, each rounded apart from the others.
pub fn flat(rows: usize, columns: usize) -> System {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let thousandths: Vec<Vec<i64>> =
        (0..rows).map(|_| (0..columns).map(|_| chance.below(5_000_000_000).try_into().unwrap()).collect()).collect();
    let mut system = System::default();
    let mut printed = |thousandths: i64| {
        let dollars = Decimal::from((thousandths + 500).div_euclid(1000));
        system.add(Figure::printed(dollars, Decimal::from(1), Rounding::HalfUp).unwrap())
    };
    let mut down: Vec<Vec<usize>> = vec![Vec::new(); columns + 1];
    let mut sums = Vec::new();
    for row in &thousandths {
        let cells: Vec<usize> = row.iter().map(|cell| printed(*cell)).collect();
        let total = printed(row.iter().sum());
        cells.iter().chain([&total]).zip(&mut down).for_each(|(figure, column)| column.push(*figure));
        sums.push(Sum::new(total, cells));
    }
    let totals: Vec<usize> = (0..columns).map(|column| printed(thousandths.iter().map(|row| row[column]).sum())).collect();
    let all = printed(thousandths.iter().flatten().sum());
    sums.push(Sum::new(all, totals.iter().copied()));
    for (total, column) in totals.into_iter().chain([all]).zip(down) {
        sums.push(Sum::new(total, column));
    }
    for sum in sums {
        system.sum(sum);
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
