//! Numbers that are not exact, not plain, or too large; the same from TOML and from JSON.

use logframe::{Plan, Source};

use super::{findings, messages, presentable, with};

/// A plan in JSON with this amount in its only cell.
fn json(amount: &str) -> String {
    format!(
        r#"{{"format": 1, "plan": {{"id": "a", "title": "A", "currency": "USD"}}, "head": [{{"id": "field", "title": "Field"}}],
        "office": [{{"id": "north", "name": "North"}}], "budget": {{"north": {{"field": {amount}}}}}}}"#
    )
}

fn toml(amount: &str) -> String {
    with("%end", "").replace("field = 12", &format!("field = {amount}"))
}

fn amount(text: String) -> String {
    let parsed = Plan::parse(&Source::new("plan", text));
    assert_eq!(parsed.diagnostics, []);
    parsed.plan.unwrap().allocations[0].cell.amount().unwrap().to_string()
}

#[test]
fn numbers_beyond_a_binary_float_are_kept_to_the_last_digit() {
    for digits in ["9007199254740993.01", "0.1000000000000000000000000001", "79228162514264337593543950335", "180572.10"] {
        assert_eq!(amount(toml(digits)), digits);
        assert_eq!(amount(json(digits)), digits);
        assert_eq!(amount(json(&format!("\"{digits}\""))), digits);
    }
}

#[test]
fn thousands_may_be_set_apart_with_a_low_line() {
    assert_eq!(amount(toml("180_572.10")), "180572.10");
    assert_eq!(amount(json("\"180_572.10\"")), "180572.10");
}

#[test]
fn exponents_words_and_other_bases_are_refused_with_the_form_that_is_expected() {
    let refused = [
        ("1e5", "exponents are not taken"),
        ("1.5E-3", "exponents are not taken"),
        ("nan", "it is no number"),
        ("-inf", "it is no number"),
        ("0xFF", "not in decimal digits"),
        ("0b11", "not in decimal digits"),
        ("\"1,000\"", "commas are not taken"),
        ("\"1.000.000\"", "more than one point"),
        ("\"1 000\"", "blanks are not taken"),
        ("\"\"", "write digits"),
        ("\"twelve\"", "letters and signs are not taken"),
        ("\"EUR 54321\"", "letters and signs are not taken"),
        ("\"54\u{a0}321\"", "blanks are not taken"),
        ("\"(54321)\"", "brackets are not taken"),
        ("\"72.6%\"", "in per cent already"),
    ];
    for (written, why) in refused {
        let said = messages(&toml(written));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("inexact-amount: `field`: ") && said[0].contains(why), "{written}: {said:?}");
    }
    for (written, why) in refused.into_iter().filter(|(written, _)| written.starts_with(['1', '"'])) {
        let said = messages(&json(written));
        assert!(said[0].starts_with("inexact-amount: `field`: ") && said[0].contains(why), "{written}: {said:?}");
    }
}

#[test]
fn words_and_other_bases_are_not_even_json() {
    for written in ["NaN", "Infinity", "-Infinity", "0xFF", "1.", ".5", "01", "+1"] {
        let said = messages(&json(written));
        assert!(said[0].starts_with("syntax: not valid JSON"), "{written}: {said:?}");
    }
}

#[test]
fn amounts_of_40_digits_are_refused_and_no_digit_is_dropped() {
    for digits in ["1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890"] {
        for text in [toml(digits), json(digits), json(&format!("\"{digits}\""))] {
            let said = messages(&text);
            assert!(said[0].starts_with("inexact-amount: ") && said[0].contains("28 digits"), "{said:?}");
        }
    }
}

#[test]
fn numbers_of_a_million_digits_are_refused_with_a_short_message() {
    let digits = "7".repeat(1_000_000);
    for text in [toml(&digits), json(&digits)] {
        let said = messages(&text);
        assert!(said[0].len() < 300, "{}", said[0].len());
    }
}

#[test]
fn sums_that_overflow_are_reported_and_never_rounded() {
    let largest = "79_228_162_514_264_337_593_543_950_335";
    let text = with("%cell", &format!(", more = {largest}, other = {largest}"));
    let declared = "[[head]]\nid = 'more'\ntitle = 'More'\n[[head]]\nid = 'other'\ntitle = 'Other'\n[[declared]]\nwhere = 'table'\ntotal = 12\n";
    let source = Source::new("plan.toml", text + declared);
    let found = presentable(&source);
    let overflows: Vec<_> = found.iter().filter(|finding| finding.rule == "inexact-sum").collect();
    assert_eq!(overflows.len(), 2, "{found:?}");
    assert!(overflows.iter().all(|finding| finding.message.contains("cannot be worked out exactly")));
}

#[test]
fn shares_of_enormous_amounts_are_judged_or_left_open_without_a_panic() {
    let declared = "[[declared]]\nwhere = 'table'\ntotal = 79_228_162_514_264_337_593_543_950_335\n[declared.shares]\nunit = \
                    0.0000000000000000000000000001\ntotal = 100\n";
    findings(&Source::new("plan.toml", with("%end", declared)));
}

#[test]
fn whole_numbers_must_be_whole_and_fit() {
    let cases = [
        ("duration = { months = -1 }", "`months` must be a whole number"),
        ("duration = { months = 1.5 }", "`months` must be a whole number"),
        ("duration = { months = 99999999999 }", "`months` is too large"),
        ("document = { title = 'T', year = 70000 }", "`year` is too large"),
        ("document = { title = 'T', year = '2018' }", "`year` must be a whole number"),
    ];
    for (written, expected) in cases {
        let said = messages(&with("%plan", written));
        assert!(said[0].contains(expected), "{written}: {said:?}");
    }
}
