//! The codes that the library knows, against the standards' own lists where these stand beside the checkout.

use logframe::{Currency, SDG_GOALS, country_name, sdg_title};

use crate::plans::beside;

/// Some columns of a list, which must have `size` rows.
fn list<const N: usize>(name: &str, size: usize, columns: [&str; N]) -> Option<Vec<[String; N]>> {
    let text = beside(&format!("../shared/standards/{name}"))?;
    let mut file = csv::Reader::from_reader(text.as_bytes());
    let header = file.headers().unwrap().clone();
    let places = columns.map(|column| header.iter().position(|name| name == column).unwrap());
    let rows: Vec<_> = file.records().map(|row| row.unwrap()).map(|row| places.map(|place| row[place].to_owned())).collect();
    assert_eq!(rows.len(), size, "{name}");
    Some(rows)
}

#[test]
fn the_169_sdg_targets_have_the_codes_and_texts_of_the_united_nations() {
    let Some(targets) = list("sdg/targets.csv", 169, ["code", "name"]) else { return };
    for [code, name] in targets {
        assert_eq!(sdg_title(&code), Some(name.as_str()), "{code}");
    }
}

#[test]
fn the_17_goals_are_known_by_their_numbers_and_names() {
    let Some(goals) = list("sdg/goals.csv", 17, ["code", "name"]) else { return };
    for ([code, name], ours) in goals.iter().zip(SDG_GOALS) {
        assert!(name.starts_with(&format!("Goal {code}. ")), "{name}");
        assert_eq!(sdg_title(code), Some(ours));
    }
    // A few by their words: the official names are sentences, ours the short names on the signs.
    for (code, word) in [(1, "poverty"), (5, "gender"), (10, "inequalit"), (14, "oceans"), (16, "peaceful")] {
        assert!(goals[code - 1][1].to_lowercase().contains(word), "{code}");
    }
}

#[test]
fn nothing_else_is_a_target() {
    let Some(targets) = list("sdg/targets.csv", 169, ["code"]) else { return };
    let known: Vec<_> = targets.iter().map(|[code]| code.as_str()).collect();
    for goal in 0..=18 {
        let parts = (0..=20).map(|n| n.to_string()).chain(('a'..='e').map(String::from)).chain(["01".to_owned(), "A".to_owned()]);
        for code in parts.map(|part| format!("{goal}.{part}")) {
            assert_eq!(sdg_title(&code).is_some(), known.contains(&code.as_str()), "{code}");
        }
    }
}

#[test]
fn all_249_countries_and_kosovo_are_known_and_no_other_two_letters() {
    let Some(countries) = list("iso/countries.csv", 249, ["alpha2"]) else { return };
    // XK is a user-assigned code; aid statistics use it for Kosovo.
    let known: Vec<_> = countries.iter().map(|[code]| code.as_str()).chain(["XK"]).collect();
    let letters = || 'A'..='Z';
    for code in letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))) {
        assert_eq!(country_name(&code).is_some(), known.contains(&code.as_str()), "{code}");
    }
}

#[test]
fn all_178_currencies_are_known_with_their_decimals() {
    let Some(currencies) = list("iso/currencies.csv", 178, ["code", "minor_units"]) else { return };
    let wrong: Vec<_> = currencies
        .iter()
        .filter(|[code, units]| Currency::of_code(code).map(Currency::decimals) != Some(units.parse::<u32>().ok()))
        .map(|[code, units]| format!("{code}: {units:?}, here {:?}", Currency::of_code(code).map(Currency::decimals)))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn of_withdrawn_currencies_those_of_recent_plans_are_known_and_nothing_else_is() {
    let Some(currencies) = list("iso/currencies.csv", 178, ["code"]) else { return };
    let known: Vec<_> = currencies.iter().map(|[code]| code.as_str()).collect();
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let strange: Vec<_> = codes.filter(|code| Currency::of_code(code).is_some() && !known.contains(&code.as_str())).collect();
    // Lev, convertible peso, kuna, leone and Zimbabwe dollar: withdrawn from 2021 to 2026, after plans were written in them.
    assert_eq!(strange, ["BGN", "CUC", "HRK", "SLL", "ZWL"]);
}

#[test]
fn countries_and_their_parts_are_those_of_the_library_of_codes() {
    let theirs = rust_iso3166::ALL.iter().map(|country| (country.alpha2, country.name));
    let parts = rust_iso3166::iso3166_2::SUBDIVISION_MAP.values().map(|part| (part.code, part.name));
    let all: Vec<_> = theirs.chain(parts).collect();
    assert_eq!(all.len(), 249 + 5046);
    for (code, name) in all {
        assert_eq!(country_name(code), Some(name), "{code}");
    }
}
