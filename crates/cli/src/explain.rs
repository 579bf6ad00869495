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

/// Lines of prose and of items joined and broken again; examples, tables and headings stay as they are.
fn refilled(lines: &[String], width: usize) -> String {
    let is_prose = |line: &str| !line.is_empty() && !line.starts_with([' ', '|', '#']) && hang(line).is_none();
    let goes_on = |line: &str| line.starts_with("  ") && !line.starts_with("    ");
    let blocks = lines.chunk_by(|a, b| match hang(a) {
        Some(_) => goes_on(b),
        None => is_prose(a) && is_prose(b) || goes_on(a) && goes_on(b),
    });
    let filled = |block: &[String]| {
        let joined = || block.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join(" ");
        match block.first().map(|first| (hang(first), is_prose(first))) {
            Some((Some(hang), _)) => wrapped(&joined(), width, hang),
            Some((None, true)) => wrapped(&joined(), width, 0),
            _ => block.join("\n"),
        }
    };
    blocks.map(filled).collect::<Vec<_>>().join("\n")
}

/// How far the lines of an item of a list hang below its mark, if it is one.
fn hang(line: &str) -> Option<usize> {
    let (mark, _) = line.split_once(' ')?;
    let number = mark.strip_suffix('.').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    (mark == "-" || number).then_some(mark.len() + 1)
}

fn unknown(name: &str) -> Failure {
    let hint = match rules::nearest_name(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`logframe rules` lists them".to_owned(),
    };
    Failure::Refused(format!("no rule is called `{name}`; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::refilled;

    #[test]
    fn items_stay_apart_and_hang_below_their_marks() {
        let page =
            "Two kinds\nof things:\n\n1. the first, which\n   is long\n2. the second\n- a dash\n\n    code  as it  is written";
        let lines: Vec<String> = page.lines().map(str::to_owned).collect();
        let expected = "Two kinds of\nthings:\n\n1. the first,\n   which is\n   long\n2. the second\n- a dash\n\n    code  as it  is written";
        assert_eq!(refilled(&lines, 14), expected);
    }
}
