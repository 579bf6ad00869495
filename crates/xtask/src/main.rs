//! The developer's commands. A machine needs only cargo and python3 for them.

mod python;
mod run;
mod rust;
mod step;

use std::env;
use std::process::ExitCode;

use python::Environment;
use run::Run;

const HELP: &str = "\
cargo xtask test [--rust|--python]   format, lint and test everything: Rust, the wheel in a fresh environment, the site, Python, stubs
cargo xtask bench                    run the benchmarks
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["test"] => test(true, true),
        ["test", "--rust"] => test(true, false),
        ["test", "--python"] => test(false, true),
        ["bench"] => bench(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("`cargo xtask {}` is no command\n{HELP}", args.join(" "));
            ExitCode::from(2)
        }
    }
}

/// The quick steps first, the tests last, so that the log ends with their results.
fn test(rust: bool, python: bool) -> ExitCode {
    let mut run = Run::new();
    let preparing = python.then(|| python::prepare(&["dev", "docs"]));
    if rust {
        rust::lint(&mut run);
    }
    let environment = preparing.and_then(|preparing| Environment::made(&mut run, preparing));
    let ready = environment.and_then(|environment| {
        environment.lint(&mut run);
        environment.with_wheel(&mut run, "dev")
    });
    if rust {
        rust::test(&mut run);
    }
    if let Some(environment) = ready {
        environment.site(&mut run);
        environment.test(&mut run);
    }
    run.close()
}

fn bench() -> ExitCode {
    let mut run = Run::new();
    let preparing = python::prepare(&["dev", "bench"]);
    rust::bench(&mut run);
    let environment = Environment::made(&mut run, preparing);
    if let Some(environment) = environment.and_then(|environment| environment.with_wheel(&mut run, "release")) {
        environment.bench(&mut run);
    }
    run.close()
}
