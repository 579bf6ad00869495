//! Reconciles one table as often as it is told to, and says how long each took, to be timed beside other programs on the same figures:
//! `benches/reconcile_peers.py` drives it.
//!
//!     cargo run --release --example reconcile_time -- 40x25 12
//!
//! makes a table of forty groups of twenty-five rows and twelve columns, with all totals, and then reads words from standard input:
//! `figures` prints the numbers in a line, how many sums there are in the next, and then a line a sum, its total before its parts;
//! `reconcile` and `petgraph` (flat tables only) print whether the figures can stand together and how many nanoseconds that took to find out.
#![allow(clippy::expect_used, clippy::panic, reason = "a measurement that cannot run may stop")]

#[path = "../benches/shapes/mod.rs"]
mod shapes;

use std::time::{Duration, Instant};

use shapes::{Lines, Printed};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [rows, columns] = args.as_slice() else { panic!("rows and columns, please") };
    let printed = Printed::of(&Lines::named(rows), &Lines::named(columns));
    let system = printed.system();
    for word in std::io::stdin().lines() {
        match word.expect("it is text").as_str() {
            "reconcile" => timed(|| system.reconcile().verdict.is_possible()),
            "petgraph" => timed(|| printed.petgraph_can()),
            "figures" => tell(&printed),
            other => panic!("`{other}` is nothing that can be asked"),
        }
    }
}

/// The mean of as many runs as a millisecond holds, one at least: what is over sooner is timed warm, as in any loop over tables.
fn timed(can: impl Fn() -> bool) {
    let (start, mut runs, mut is_possible) = (Instant::now(), 0, true);
    while runs == 0 || start.elapsed() < Duration::from_millis(1) {
        is_possible &= can();
        runs += 1;
    }
    println!("{is_possible} {}", start.elapsed().as_nanos() / runs);
}

fn tell(printed: &Printed) {
    let line = |numbers: &mut dyn Iterator<Item = String>| println!("{}", numbers.collect::<Vec<_>>().join(" "));
    line(&mut printed.numbers.iter().map(ToString::to_string));
    println!("{}", printed.sums.len());
    for (total, parts) in &printed.sums {
        line(&mut std::iter::once(total).chain(parts).map(ToString::to_string));
    }
}
