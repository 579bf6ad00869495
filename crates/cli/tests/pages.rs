//! What the pages show is what the command prints.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The pages, and how many commands each shows.
const PAGES: [(&str, usize); 3] = [("README.md", 3), ("docs/reconciliation.md", 26), ("docs/tutorials/proposal-writer.md", 4)];

/// The pages whose links are followed here; the others are followed where the site is built.
const LINKED: [&str; 2] = ["README.md", "docs/reconciliation.md"];

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

#[test]
fn every_file_that_a_page_links_is_there() {
    for name in LINKED {
        let text = page(name);
        let links: Vec<&str> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        let is_file = |link: &&&str| !link.starts_with("https://") && !link.starts_with('#');
        let files: Vec<&str> = links.iter().filter(is_file).filter_map(|link| link.split('#').next()).collect();
        assert!(files.len() >= 6, "{name}: {links:?}");
        let folder = root().join(name).parent().unwrap().to_owned();
        files.iter().for_each(|file| assert!(folder.join(file).exists(), "{name}: {file}"));
    }
}

#[test]
#[cfg(unix)]
fn pages_show_what_the_command_prints() {
    for (name, count) in PAGES {
        let text = page(name);
        let commands = commands(&text);
        assert_eq!(commands.len(), count, "the commands that {name} shows");
        for (command, shown) in commands {
            shows(&run(command), &shown).unwrap_or_else(|why| panic!("{name}: $ {command}\n{why}"));
        }
    }
}
