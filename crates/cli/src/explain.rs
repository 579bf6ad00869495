//! `logframe explain`.

use logframe::rules;

use crate::ExitStatus;
use crate::failure::Failure;
use crate::streams::Streams;
use crate::wrap::wrapped;

/// Print the page of a rule: what it finds, why that matters, examples
#[derive(Debug, clap::Args)]
#[command(name = "explain")]
pub struct Args {
    /// The rule's name, as `logframe check` prints it in brackets
    rule: String,
}

/// Prints the page.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let rule = rules::named(&args.rule).ok_or_else(|| unknown(&args.rule))?;
    writeln!(streams.out, "{}", laid_out(rule.page, streams.terminal_width()))?;
    Ok(ExitStatus::Success)
}

/// The page for reading: paragraphs broken for the window, examples set in under the word that says what they do.
fn laid_out(page: &str, width: Option<usize>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut in_example = false;
    for line in page.trim_end().lines() {
        match line.strip_prefix("```") {
            Some("") => in_example = false,
            Some(fence) => {
                in_example = true;
                lines.push(format!("{}:", fence.split_once(' ').map_or(fence, |(_, promise)| promise)));
                lines.push(String::new());
            }
            None if in_example => lines.push(format!("    {line}").trim_end().to_owned()),
            None => lines.push(line.to_owned()),
        }
    }
    width.map_or_else(|| lines.join("\n"), |width| refilled(&lines, width))
}

/// Lines of prose joined and broken again; examples, lists, tables and headings stay as they are.
fn refilled(lines: &[String], width: usize) -> String {
    let is_prose = |line: &str| !line.is_empty() && !line.starts_with([' ', '|', '#', '-']);
    let blocks = lines.chunk_by(|a, b| is_prose(a) && is_prose(b));
    let filled = |block: &[String]| match block {
        [first, ..] if is_prose(first) => wrapped(&block.join(" "), width, 0),
        other => other.join("\n"),
    };
    blocks.map(filled).collect::<Vec<_>>().join("\n")
}

fn unknown(name: &str) -> Failure {
    let hint = match rules::nearest_name(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`logframe rules` lists them".to_owned(),
    };
    Failure::Refused(format!("no rule is called `{name}`; {hint}"))
}
