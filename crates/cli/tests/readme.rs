//! What the README shows is what the command prints.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The command of a block and the lines that it shows; `…` stands for lines left out.
fn blocks(readme: &str) -> Vec<(String, Vec<&str>)> {
    let fenced = readme.split("```console\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    fenced
        .flat_map(|block| {
            let commands = block.strip_prefix("$ ").unwrap().split("\n$ ");
            commands.map(|one| {
                let (command, shown) = one.split_once('\n').unwrap();
                (command.to_owned(), shown.lines().collect())
            })
        })
        .collect()
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

#[test]
fn every_file_that_the_readme_links_is_there() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let links: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let files = links.iter().filter(|link| !link.starts_with("https://"));
    assert!(files.clone().count() >= 6, "{links:?}");
    files.for_each(|file| assert!(root().join(file).exists(), "{file}"));
}

#[test]
#[cfg(unix)]
fn the_readme_and_the_page_on_reconciliation_show_what_the_command_prints() {
    for (page, count) in [("README.md", 3), ("docs/reconciliation.md", 9)] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        let blocks = blocks(&text);
        assert_eq!(blocks.len(), count, "{page}");
        for (command, shown) in blocks {
            shows(&run(&command), &shown).unwrap_or_else(|why| panic!("{page}\n$ {command}\n{why}"));
        }
    }
}
