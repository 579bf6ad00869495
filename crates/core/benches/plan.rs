//! How long reading and checking take: `cargo bench`. The peers are in `benches/` at the root.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run may stop")]

use std::process::Command;

use divan::Bencher;
use divan::counter::BytesCount;
use logframe::{Plan, Source};

fn main() {
    divan::main();
}

/// The IOM plan, and generated plans of ten cells an office.
fn source(offices: usize) -> Source {
    if offices == 0 {
        return Source::new("iom", include_str!("../../../plans/iom-venezuela-2018.toml"));
    }
    let made = Command::new(env!("CARGO"))
        .args(["run", "-q", "--release", "--example", "generate", "--", &offices.to_string()])
        .output();
    Source::from_bytes("generated", &made.expect("the example runs").stdout).expect("the example prints text")
}

#[divan::bench(args = [0, 100, 1_000, 10_000])]
fn read(bencher: Bencher<'_, '_>, offices: usize) {
    let source = source(offices);
    bencher.counter(BytesCount::of_str(source.text())).bench(|| Plan::parse(&source));
}

#[divan::bench(args = [0, 100, 1_000, 10_000])]
fn check(bencher: Bencher<'_, '_>, offices: usize) {
    let plan = Plan::parse(&source(offices)).plan.expect("the plan reads");
    bencher.bench(|| plan.check());
}

#[divan::bench(args = [0, 100, 1_000, 10_000])]
fn read_and_check(bencher: Bencher<'_, '_>, offices: usize) {
    let source = source(offices);
    bencher.bench(|| Plan::parse(&source).plan.map(|plan| plan.check()));
}

/// Texts that are no plans, and how soon that is said.
#[divan::bench(args = ["brackets", "unknown keys", "blank", "assignments", "outcomes"], sample_count = 10)]
fn refuse(bencher: Bencher<'_, '_>, kind: &str) {
    let text = match kind {
        "brackets" => format!("format = {}", "[".repeat(10_000)),
        "unknown keys" => (0..500_000).fold(String::from("format = 1\n"), |text, i| text + &format!("k{i} = 1\n")),
        "blank" => " ".repeat(8 * 1024 * 1024),
        "assignments" => "=\n".repeat(4 * 1024 * 1024),
        _ => format!("format = 1\n{}", "[[outcome]]\n".repeat(690_000)),
    };
    let source = Source::new("bad.toml", text);
    bencher.counter(BytesCount::of_str(source.text())).bench(|| Plan::parse(&source).diagnostics.len());
}
