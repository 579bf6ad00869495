//! What the pages show is what the command prints.

use std::path::{Path, PathBuf};
use std::process::Command;

use logframe_cli::ExitStatus::Success;

use crate::run::logframe_reading;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every page that people read, the README first.
fn pages() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned(), "examples/service/README.md".to_owned()];
    for folder in ["docs", "docs/how-to", "docs/tutorials"] {
        let files = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        let mut files: Vec<String> = files.filter_map(|name| name.into_string().ok()).collect();
        files.sort();
        pages.extend(
            files
                .iter()
                .filter(|name| Path::new(name).extension().is_some_and(|end| end == "md"))
                .map(|name| format!("{folder}/{name}")),
        );
    }
    assert!(pages.len() >= 15, "{pages:?}");
    pages
}

/// Pages that are made with the site, whose links are followed there.
fn is_made(link: &str) -> bool {
    ["notebooks/", "rules.md", "python.md"].iter().any(|made| link.contains(made))
}

/// The commands of a page, each with the lines that it shows; `…` stands for lines left out.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let (mut commands, mut fence) = (Vec::new(), None);
    for line in page.lines() {
        // A block in a list is indented with it.
        let indent = line.len() - line.trim_start().len();
        match (fence, line.trim_start()) {
            (None, "```console") => fence = Some(indent),
            (Some(_), "```") => fence = None,
            (Some(_), text) if text.starts_with("$ ") => commands.push((text.trim_start_matches("$ "), Vec::new())),
            (Some(fence), _) => commands.last_mut().unwrap().1.push(line.get(fence..).unwrap_or_default()),
            _ => {}
        }
    }
    // What asks the service is run by the tests of the service.
    commands.retain(|(command, _): &(&str, _)| !command.starts_with("curl "));
    commands
}

/// Runs a line as a reader would, with the built command first on the path.
fn run(line: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_logframe")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let done = Command::new("sh").args(["-c", line]).current_dir(root()).env("PATH", path).output().unwrap();
    String::from_utf8(done.stdout).unwrap()
}

/// The shown pieces stand in the output, each unbroken and in this order.
fn shows(output: &str, shown: &[&str]) -> Result<(), String> {
    let mut rest = output;
    for piece in shown.split(|line| *line == "…").filter(|piece| !piece.is_empty()) {
        let piece = piece.join("\n");
        let at = rest.find(&piece).ok_or_else(|| format!("not printed:\n{piece}\n\nprinted:\n{rest}"))?;
        rest = &rest[at + piece.len()..];
    }
    Ok(())
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The TOML blocks of a page, which make one plan together.
fn plan_of(page: &str) -> String {
    let blocks = page.split("\n```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let text: String = blocks.map(|block| format!("{block}\n")).collect();
    let header = "[plan]\nid = \"page\"\ntitle = \"A page\"\ncurrency = \"USD\"\n";
    match text.as_str() {
        "" => text,
        whole if whole.starts_with("format") => text,
        _ => format!("format = 1\n{header}{text}"),
    }
}

#[test]
fn every_file_that_a_page_links_is_there() {
    for name in pages() {
        let text = page(&name);
        let links: Vec<&str> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        let is_file = |link: &&&str| !link.starts_with("https://") && !link.starts_with('#') && !is_made(link);
        let files = links.iter().filter(is_file).filter_map(|link| link.split('#').next());
        let folder = root().join(&name).parent().unwrap().to_owned();
        files.for_each(|file| assert!(folder.join(file).exists(), "{name}: {file}"));
    }
}

#[test]
#[cfg(unix)]
fn pages_show_what_the_command_prints() {
    let mut count = 0;
    for name in pages() {
        for (command, shown) in commands(&page(&name)) {
            shows(&run(command), &shown).unwrap_or_else(|why| panic!("{name}: $ {command}\n{why}"));
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} commands were found");
}

#[test]
fn the_toml_of_a_page_makes_a_plan_of_which_nothing_is_wrong() {
    let mut with_plans = Vec::new();
    for name in pages() {
        let text = plan_of(&page(&name));
        if !text.is_empty() {
            let ran = logframe_reading(&["check", "-"], text.as_bytes());
            let warned = ran.out.contains("warning[");
            assert!(ran.status == Success && !warned, "{name}:\n{}{}", ran.out, ran.err);
            with_plans.push(name);
        }
    }
    for expected in ["docs/plan-format.md", "docs/how-to/rounding.md"] {
        assert!(with_plans.iter().any(|name| name == expected), "{expected} has no plan: {with_plans:?}");
    }
}
