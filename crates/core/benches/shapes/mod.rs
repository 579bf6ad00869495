//! The tables that reconciliation is timed with, for the benchmarks and for the program that is timed beside others.
#![allow(dead_code, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that cannot run may stop")]

use logframe::crossfoot::{Figure, Rounding, Sum, System};
use petgraph::algo::maximum_flow::dinics;
use petgraph::graph::DiGraph;

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

/// The rows of a table, or its columns: lines of amounts, and lines that are sums of others.
pub struct Lines {
    count: usize,
    sums: Vec<(usize, Vec<usize>)>,
}

impl Lines {
    /// Lines and their total, which is the last.
    pub fn flat(count: usize) -> Self {
        Self { count: count + 1, sums: vec![(count, (0..count).collect())] }
    }

    /// Groups of lines, each followed by its subtotal, and the total of these at the end.
    pub fn grouped(groups: usize, each: usize) -> Self {
        let subtotal = |group: usize| group * (each + 1) + each;
        let of_group = |group: usize| (subtotal(group), (group * (each + 1)..subtotal(group)).collect());
        let total = groups * (each + 1);
        let sums = (0..groups).map(of_group).chain([(total, (0..groups).map(subtotal).collect())]);
        Self { count: total + 1, sums: sums.collect() }
    }

    /// Lines as they are named on a command line: `16` for flat ones, `40x25` for forty groups of twenty-five.
    pub fn named(name: &str) -> Self {
        let number = |text: &str| text.parse().expect("a number of lines");
        match name.split_once('x') {
            Some((groups, each)) => Self::grouped(number(groups), number(each)),
            None => Self::flat(number(name)),
        }
    }

    fn is_sum(&self, line: usize) -> bool {
        self.sums.iter().any(|(at, _)| *at == line)
    }
}

/// What a table prints, and the sums between its figures: a total and its parts, by position.
pub struct Printed {
    pub width: usize,
    pub numbers: Vec<i64>,
    pub sums: Vec<(usize, Vec<usize>)>,
}

impl Printed {
    /// Amounts in thousandths of dollars, added up and then printed in whole dollars, each rounded apart from the others.
    pub fn of(rows: &Lines, columns: &Lines) -> Self {
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let width = columns.count;
        let mut numbers = vec![0_i64; rows.count * width];
        let leaves = |lines: &Lines| (0..lines.count).filter(|line| !lines.is_sum(*line)).collect::<Vec<_>>();
        let of_columns = leaves(columns);
        for row in leaves(rows) {
            for column in &of_columns {
                numbers[row * width + column] = chance.below(5_000_000_000).try_into().unwrap_or(0);
            }
        }
        let sums = sums(rows, columns);
        for (total, parts) in &sums {
            numbers[*total] = parts.iter().map(|part| numbers[*part]).sum();
        }
        for number in &mut numbers {
            *number = (*number + 500).div_euclid(1000);
        }
        Self { width, numbers, sums }
    }

    /// The figures as a system.
    pub fn system(&self) -> System {
        let mut system = System::default();
        for number in &self.numbers {
            system.add(Figure::printed((*number).into(), 1.into(), Rounding::HalfUp).expect("it is small"));
        }
        for (total, parts) in &self.sums {
            system.sum(Sum::new(*total, parts.iter().copied()));
        }
        system
    }

    /// The same with another number in one place.
    pub fn with(mut self, figure: usize, change: i64) -> Self {
        self.numbers[figure] += change;
        self
    }

    /// The question alone, without proofs, as a graph for petgraph, of a flat table: tenths that have to be moved between rows and
    /// columns, each figure an edge either way (up to 4 tenths up and 5 down, half up). It is built and solved.
    pub fn petgraph_can(&self) -> bool {
        let (rows, columns) = (self.numbers.len() / self.width, self.width);
        let mut graph: DiGraph<(), u64> = DiGraph::with_capacity(rows + columns + 2, 2 * rows * columns + rows + columns);
        let places: Vec<_> = (0..rows + columns + 2).map(|_| graph.add_node(())).collect();
        let (source, sink) = (places[rows + columns], places[rows + columns + 1]);
        let mut excess = vec![0_i64; rows + columns];
        for (at, number) in self.numbers.iter().enumerate() {
            let (r, c) = (at / columns, at % columns);
            let is_turned = (r + 1 == rows) != (c + 1 == columns);
            let (from, to) = if is_turned { (r, rows + c) } else { (rows + c, r) };
            excess[to] += 10 * number;
            excess[from] -= 10 * number;
            graph.add_edge(places[from], places[to], 4);
            graph.add_edge(places[to], places[from], 5);
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
}

/// Every sum of a table: those of columns in each row, then those of rows in each column, parts before what they are part of. So
/// the rows that are sums get their amounts from the rows that are not.
fn sums(rows: &Lines, columns: &Lines) -> Vec<(usize, Vec<usize>)> {
    let at = |row: usize, column: usize| row * columns.count + column;
    let across = (0..rows.count).flat_map(|row| {
        columns.sums.iter().map(move |(total, parts)| (at(row, *total), parts.iter().map(|part| at(row, *part)).collect()))
    });
    let down = (0..columns.count).flat_map(|column| {
        rows.sums.iter().map(move |(total, parts)| (at(*total, column), parts.iter().map(|part| at(*part, column)).collect()))
    });
    across.chain(down).collect()
}
