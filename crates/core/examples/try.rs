//! t
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let source = logframe::Source::read(path).unwrap();
    let t = std::time::Instant::now();
    let parsed = logframe::Plan::parse(&source);
    println!("parse {:?}", t.elapsed());
    for d in &parsed.diagnostics {
        println!("{}", logframe::diagnostic::text::excerpt(d, Some(&source), 80, false));
    }
    let Some(plan) = parsed.plan else { return };
    let t = std::time::Instant::now();
    let report = plan.check();
    println!("check {:?}", t.elapsed());
    for d in &report.findings {
        println!("{}", logframe::diagnostic::text::excerpt(d, Some(&source), 80, false));
    }
    println!("{:?} {:?} {}", report.tally, report.summary, report.counts());
    println!("{}", logframe::report::budget(&plan).text(80));
    println!("{}", logframe::report::sdg(&plan).text(80));
    println!("{}", logframe::report::office(&plan, "colombia").unwrap()[0].text(80));
    let toml = plan.to_toml();
    std::fs::write("/tmp/out.toml", &toml).unwrap();
    let again = logframe::Plan::parse(&logframe::Source::new("again", toml));
    for d in &again.diagnostics {
        println!("{}", logframe::diagnostic::text::concise(d, None));
    }
    println!("toml round trip {}", again.plan.as_ref() == Some(&plan));
    let json = plan.to_json();
    std::fs::write("/tmp/out.json", &json).unwrap();
    let again = logframe::Plan::parse(&logframe::Source::new("again", json));
    for d in &again.diagnostics {
        println!("{}", logframe::diagnostic::text::concise(d, None));
    }
    println!("json round trip {}", again.plan.as_ref() == Some(&plan));
}
