//! What a person probably meant who wrote a text that does not parse. The parser says what it expected; these look at the line.

use super::read::KEYS;
use crate::decimal::Decimal;
use crate::source::{Source, Span};

/// A hint about the line on which a syntax error stands, where the line tells one.
pub fn about(message: &str, span: Option<Span>, source: &Source) -> Option<String> {
    let number = source.position(span?.start()).line;
    let line = line(source, number);
    if message.contains("duplicate key") {
        return Some(double(line));
    }
    in_line(line).or_else(|| unclosed(source, number))
}

/// The same for JSON.
pub fn about_json(span: Span, source: &Source) -> Option<String> {
    let line = line(source, source.position(span.start()).line);
    let words = || line.split([':', '{', '}', '[', ']', ' ', '\t']).map(|word| word.trim_end_matches(','));
    if let Some(number) = words().find_map(regrouped) {
        return Some(format!("points and commas do not group thousands: write {}", number.replace('_', "")));
    }
    let before = source.text().get(..span.start() as usize).unwrap_or_default().trim_end();
    before.ends_with(',').then(|| "remove the comma before the closing bracket".to_owned())
}

fn line(source: &Source, number: usize) -> &str {
    let span = Span::between(source.line_start(number), source.line_start(number + 1));
    source.slice(span).trim_end_matches(['\n', '\r'])
}

/// A second `[outcome]` is meant as an entry of a list more often than it is too many.
fn double(line: &str) -> String {
    let name = line.trim().trim_start_matches('[').trim_end_matches(']');
    let is_header = line.trim().starts_with('[') && !line.trim().starts_with("[[");
    let last = name.rsplit('.').next().unwrap_or(name);
    let is_list = KEYS.contains(&last) && !matches!(last, "format" | "plan" | "budget");
    if is_header && (is_list || matches!(last, "output" | "activity" | "indicator")) {
        format!("a plan has a list of these: write `[[{name}]]`, with two brackets on each side, every time")
    } else {
        "each key may stand once; rename or remove one of the two".to_owned()
    }
}

fn in_line(line: &str) -> Option<String> {
    let code = line.split('#').next().unwrap_or(line);
    if code.contains(['“', '”', '„', '«', '»', '‘', '’']) {
        return Some("use straight quotes: \"…\"".to_owned());
    }
    if code.contains('\t') && !code.contains('=') {
        return Some("a line of the budget is written `office = { 1 = 100, 2 = 200 }`".to_owned());
    }
    let words = || {
        code.split(['=', '{', '}', '[', ']', ' ', '\t']).map(|word| word.trim_end_matches(',')).filter(|word| !word.is_empty())
    };
    if let Some(number) = words().find_map(regrouped) {
        return Some(format!("points and commas do not group thousands here: write {number}"));
    }
    if let Some(share) = words().find_map(|word| word.strip_suffix('%').filter(|number| number.parse::<Decimal>().is_ok())) {
        return Some(format!("a share is in per cent already: write {share} without the sign"));
    }
    let after_equals = code.split('=').skip(1).map(str::trim_start);
    if after_equals.clone().any(|value| value == "-" || value.starts_with("- ") || value.starts_with("-,")) {
        return Some("put the dash of a printed none in quotes: \"-\"".to_owned());
    }
    let dotted = code.split('=').next().map(str::trim).filter(|key| key.contains('.') && key.parse::<Decimal>().is_ok());
    dotted.map(|key| format!("put an id that has a point in quotes: \"{key}\""))
}

/// `1.707.958` and `312,450` as the plan file writes them.
fn regrouped(word: &str) -> Option<String> {
    let digits = word.trim_start_matches('-');
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let (first, rest) = groups.split_first()?;
    let all_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let three_each = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let certain = rest.len() > 1 || (rest.len() == 1 && digits.contains(','));
    (certain && all_digits && three_each).then(|| word.replace(['.', ','], "_"))
}

/// An opening bracket or quote a few lines above that nothing closes.
fn unclosed(source: &Source, number: usize) -> Option<String> {
    let from = number.saturating_sub(30).max(1);
    (from..=number).rev().find_map(|n| {
        let code = line(source, n).split('#').next().unwrap_or_default();
        let count = |c: char| code.matches(c).count();
        let open = [('{', '}'), ('[', ']')].into_iter().find(|(open, close)| count(*open) > count(*close));
        let quote = (!count('"').is_multiple_of(2)).then_some(('"', '"'));
        let (open, _) = quote.or(open.filter(|(open, _)| *open == '{'))?;
        Some(format!("the `{open}` of line {n} is not closed on it"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str, line: usize) -> Option<String> {
        let source = Source::new("plan.toml", text);
        let start = source.line_start(line);
        about("invalid", Some(Span::between(start, start + 1)), &source)
    }

    #[test]
    fn grouped_numbers_are_shown_as_the_plan_file_writes_them() {
        assert!(hint("total = 1.707.958\n", 1).unwrap().ends_with("write 1_707_958"));
        assert!(hint("north = { 1 = 312,450, 2 = 5 }\n", 1).unwrap().ends_with("write 312_450"));
        assert_eq!(hint("total = 1.5\n", 1), None);
    }

    #[test]
    fn what_spreadsheets_and_word_processors_leave_behind_is_named() {
        assert!(hint("title = “Relief”\n", 1).unwrap().contains("straight quotes"));
        assert!(hint("share = 72.6%\n", 1).unwrap().contains("write 72.6 without"));
        assert!(hint("north\t312\t54\n", 1).unwrap().contains("a line of the budget"));
        assert!(hint("north = { 1 = -, 2 = 5 }\n", 1).unwrap().contains("\"-\""));
    }

    #[test]
    fn a_brace_left_open_is_found_above_the_error() {
        assert_eq!(hint("a = { 1 = 2\nb = 3\n", 2).unwrap(), "the `{` of line 1 is not closed on it");
        assert_eq!(hint("a = \"x\nb = 3\n", 1).unwrap(), "the `\"` of line 1 is not closed on it");
    }

    #[test]
    fn a_single_bracket_that_stands_twice_is_an_entry_of_a_list() {
        assert!(double("[outcome]").contains("[[outcome]]"));
        assert!(double("[[outcome]]").contains("rename"));
        assert!(double("[budget]").contains("rename"));
    }
}
