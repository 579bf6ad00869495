//! Prints a generated plan: `cargo run --example generate -- 10000` has ten thousand offices of ten cells each, with every total
//! declared. The benchmarks read it.

use logframe::{Allocation, Decimal, Declared, Draft, Figure, Head, Header, Id, Office, Plan};

const RESULTS: usize = 10;

fn main() {
    let offices = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
    print!("{}", plan(offices).to_toml());
}

fn plan(offices: usize) -> Plan {
    let results: Vec<String> = (0..RESULTS).map(|i| format!("r{i}")).collect();
    let rows: Vec<String> = (0..offices).map(|i| format!("office-{i}")).collect();
    let amount =
        |row: usize, column: usize| Decimal::from(i64::try_from(1_000 + (row * 7919 + column * 104_729) % 900_000).unwrap_or(0));
    let sum = |cells: &mut dyn Iterator<Item = Decimal>| Figure::from(Decimal::exact_sum(cells).unwrap_or_default());
    let id = |text: &String| text.parse::<Id>().unwrap_or_default();
    let mut table = Declared::new("main table");
    table.total = Some(sum(&mut (0..offices).flat_map(|row| (0..RESULTS).map(move |column| amount(row, column)))));
    table.results =
        results.iter().enumerate().map(|(c, name)| (id(name), sum(&mut (0..offices).map(|r| amount(r, c))))).collect();
    table.offices = rows.iter().enumerate().map(|(r, name)| (id(name), sum(&mut (0..RESULTS).map(|c| amount(r, c))))).collect();
    let cell = |(r, office): (usize, &String)| {
        let of_row = |(c, result): (usize, &String)| Allocation::new(office, result, amount(r, c));
        results.iter().enumerate().map(of_row).collect::<Vec<_>>()
    };
    Plan::new(Draft {
        header: Header::new("generated", "A generated plan", "USD"),
        heads: results.iter().map(|name| Head::new(name, format!("Head {name}"))).collect(),
        offices: rows.iter().map(|name| Office::new(name, format!("Office {name}"))).collect(),
        allocations: rows.iter().enumerate().flat_map(cell).collect(),
        declared: vec![table],
        ..Draft::default()
    })
}
