//! Plans of the wrong shape: what is wrong is said in the plan's words, all of it at once.

use logframe::{Plan, Source};

use super::{messages, presentable, with};

fn assert_says(text: &str, expected: &str) {
    let said = messages(text);
    assert!(said.iter().any(|message| message.contains(expected)), "{text}\n{said:#?}");
}

#[test]
fn a_key_that_stands_twice_is_a_syntax_error() {
    assert_says(&with("%plan", "title = 'B'"), "duplicate key");
    assert_says(&with("%cell", ", field = 13"), "duplicate key");
    assert_says(r#"{"format": 1, "plan": {"id": "a", "id": "b"}}"#, "duplicate key `id`");
    assert_says(r#"{"format": 1, "format": 1}"#, "duplicate key `format`");
}

#[test]
fn ids_hold_no_control_characters_and_are_shown_without_them() {
    let cases = [
        with("%head", "[[head]]\nid = \"a\\u0007b\"\ntitle = 'B'"),
        with("%cell", ", \"a\\u001Bb\" = 1"),
        with("%end", "\"sou\\nth\" = { field = 1 }"),
        r#"{"format": 1, "plan": {"id": "a\u0007b", "title": "A", "currency": "USD"}}"#.to_owned(),
    ];
    for text in cases {
        let said = messages(&text);
        assert!(said[0].contains("cannot be an id: it holds a control character"), "{said:?}");
        assert!(!said.concat().contains(char::is_control), "{said:?}");
    }
}

#[test]
fn an_sdg_code_without_quotes_is_refused_because_it_has_lost_its_zero() {
    let source = Source::new("plan.toml", with("%plan", "sdgs = [8.10]"));
    let found = presentable(&source);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("must be an id, which is a text"), "{found:?}");
    assert!(found[0].help[0].contains("put it in quotes"), "{found:?}");
    assert_eq!(source.slice(found[0].labels[0].span.unwrap()), "8.10");
}

#[test]
fn an_unknown_version_is_refused_with_what_to_do() {
    for (version, rule) in
        [("2", "unknown-format"), ("0", "unknown-format"), ("'1'", "unknown-format"), ("1.0", "unknown-format")]
    {
        let source = Source::new("plan.toml", format!("format = {version}\nnew-key = 1\n"));
        let found = presentable(&source);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].rule, rule);
        assert!(found[0].help[0].contains("format = 1"), "{found:?}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text =
        "format = 1\n[plan]\nid = 7\ntitel = 'A'\ncurrency = 'USD'\nsdgs = '8.1'\n[[office]]\nid = 'north'\n[budjet]\nx = 1\n";
    let said = messages(text);
    let expected = ["`id` must be an id", "there is no key `titel`", "`name` is missing", "`sdgs` must be a list", "`budjet`"];
    for expected in expected {
        assert!(said.iter().any(|message| message.contains(expected)), "{expected}: {said:#?}");
    }
}

#[test]
fn a_thing_of_another_kind_is_refused_by_its_name() {
    assert_says("format = 1\nplan = 'a'\n", "`plan` must be a table");
    assert_says("format = 1\nplan = [1]\n", "`plan` must be a table");
    assert_says("format = 1\noffice = { id = 'a' }\n", "`office` must be a list of tables");
    assert_says("format = 1\noffice = [1, 'a']\n", "`office` must be a table");
    assert_says("format = 1\nbudget = [1]\n", "`budget` must be a table");
    assert_says(&with("%end", "south = 12"), "`south` must be a table");
    assert_says(&with("%cell", ", more = [1]"), "`more` must be an exact number");
    assert_says(&with("%cell", ", more = true"), "`more` must be an exact number");
    assert_says(&with("%office", "leads = 'yes'"), "`leads` must be true or false");
    assert_says(&with("%office", "kind = 'county'"), "`kind` cannot be `county`");
    assert_says(&with("%plan", "duration = { from = 2018-02-30 }"), "syntax: not valid TOML");
    assert_says(&with("%plan", "duration = { from = '2018-02-30' }"), "`from` must be a date that exists");
    assert_says(&with("%plan", "duration = { from = 2018-04-01T10:00:00 }"), "`from` must be a date that exists");
    assert_says("[1, 2]", "syntax: not valid TOML");
    assert_says("{\"format\": 1}", "`[plan]` is missing");
    assert_says("{\"format\": 1, \"plan\": null}", "`plan` must be a table");
}

#[test]
fn texts_with_control_characters_are_read_and_shown_as_what_they_are() {
    let head = "[[head]]\nid = 'b'\ntitle = \"bell \\u0007 and \\u001B[31m colour\"\n";
    let declared = "[[declared]]\nwhere = \"the\\ntable\"\nresults = { b = 13 }\n";
    let text = with("%head", &format!("{head}{declared}")).replace("field = 12", "b = 12");
    let source = Source::new("plan.toml", text);
    assert!(Plan::parse(&source).plan.is_some());
    let found = presentable(&source);
    let total = found.iter().find(|finding| finding.rule == "declared-total").unwrap();
    let expected = r"bell \u{7} and \u{1b}[31m colour is printed as 13 (the\ntable)";
    assert!(total.message.starts_with(expected), "{}", total.message);
}
