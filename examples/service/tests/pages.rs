//! What the pages about the service show is what it answers.

use std::path::{Path, PathBuf};
use std::process::Command;

use logframe_service::Limits;

use crate::client::Service;

/// The pages, and how many commands each asks the service with.
const PAGES: [(&str, usize); 1] = [("examples/service/README.md", 2)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The commands of a page that ask the service, each with the lines that it shows.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let blocks = page.split("\n```console\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let commands = blocks.flat_map(|block| block.trim_start_matches("$ ").split("\n$ "));
    commands
        .filter(|command| command.starts_with("curl "))
        .map(|command| {
            let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
            (line, shown.lines().collect())
        })
        .collect()
}

#[test]
#[cfg(unix)]
fn pages_show_what_the_service_answers() {
    let service = Service::start(Limits::default());
    for (name, count) in PAGES {
        let page = std::fs::read_to_string(root().join(name)).unwrap();
        let commands = commands(&page);
        assert_eq!(commands.len(), count, "the questions that {name} asks");
        for (line, shown) in commands {
            let line = line.replace("127.0.0.1:8080", &service.address.to_string());
            let done = Command::new("sh").args(["-c", &line]).current_dir(root()).output().unwrap();
            let answer = String::from_utf8(done.stdout).unwrap();
            let mut rest = answer.as_str();
            for piece in shown.split(|line| line.trim() == "…").filter(|piece| !piece.is_empty()) {
                let piece = piece.join("\n");
                let at =
                    rest.find(&piece).unwrap_or_else(|| panic!("{name}: $ {line}\nnot answered:\n{piece}\n\nanswered:\n{rest}"));
                rest = &rest[at + piece.len()..];
            }
        }
    }
}
