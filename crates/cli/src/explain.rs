//! `logframe explain`.

use logframe::rules;

use crate::ExitStatus;
use crate::failure::Failure;
use crate::streams::Streams;

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
    writeln!(streams.out, "{}", rule.page.trim_end())?;
    Ok(ExitStatus::Success)
}

fn unknown(name: &str) -> Failure {
    let hint = match rules::nearest_name(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`logframe rules` lists them".to_owned(),
    };
    Failure::Refused(format!("no rule is called `{name}`; {hint}"))
}
