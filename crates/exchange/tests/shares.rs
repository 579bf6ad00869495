//! Shares of the total that a table prints: declared where the mapping says to what unit they were rounded, left out otherwise.

use logframe::diagnostic::text::concise;
use logframe::{Measure, Severity};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{book, rows};
use crate::file;

fn read(bytes: &[u8], name: &str, table: &str) -> Imported {
    let mapping = format!("[plan]\ncurrency = \"USD\"\nunit = \"1\"\n[[table]]\n{table}\n");
    import(Document::of_bytes(name, bytes).unwrap(), &Mapping::parse(&mapping).unwrap())
}

/// The shares that are declared: of what, how much, and where.
fn shares(imported: &Imported) -> Vec<String> {
    let plan = imported.plan.as_ref().unwrap();
    let of = |s: &logframe::Statement| match (&s.scope.offices, &s.scope.results) {
        (Some(ids), _) | (_, Some(ids)) => ids[0].as_str().to_owned(),
        (None, None) => "all".to_owned(),
    };
    let cell = |s: &logframe::Statement| imported.source.cell(s.value.span.unwrap().start()).unwrap_or_default();
    let all = plan.statements().iter().filter(|s| s.measure == Measure::Share);
    all.map(|s| format!("{} {} {}", of(s), s.value.value, cell(s)).trim_end().to_owned()).collect()
}

#[test]
fn the_shares_of_the_real_table_are_kept_and_hold() {
    let bytes = file("iom-shares.csv").text().as_bytes().to_vec();
    let imported = read(&bytes, "iom-shares.csv", "share-unit = \"0.1\"");
    let all = shares(&imported);
    // 16 offices, 5 outcomes and the whole.
    assert_eq!(all.len(), 22, "{all:?}");
    assert_eq!((all[0].as_str(), all[1].as_str()), ("all 100", "data 15.1"));
    assert!(all.contains(&"colombia 41.5".to_owned()), "{all:?}");
    let findings = imported.plan.as_ref().unwrap().check().findings;
    assert!(findings.iter().all(|finding| finding.severity < Severity::Error), "{findings:?}");
    // One wrong: 5.9 of a hundred where 1,944,190 of 32,326,041 is 6.01.
    let wrong = String::from_utf8(bytes).unwrap().replace("1.944.190;6,0%", "1.944.190;5,9%");
    let plan = read(wrong.as_bytes(), "iom-shares.csv", "share-unit = \"0.1\"").plan.unwrap();
    let found: Vec<String> = plan
        .check()
        .findings
        .iter()
        .filter(|finding| finding.rule == "declared-share")
        .map(|finding| finding.message.clone())
        .collect();
    assert!(found.len() == 1 && found[0].contains("Peru"), "{found:?}");
}

#[test]
fn shares_of_no_declared_unit_are_left_out_and_others_than_of_the_total_always() {
    let cells: &[&[&str]] = &[
        &["Office", "Outcome 1", "Outcome 2", "Total", "%"],
        &["Peru", "100", "50", "150", "75%"],
        &["Chile", "30", "20", "50", "25%"],
        &["Total", "130", "70", "200", "100%"],
    ];
    let bytes = book(&[("B", "", &rows(cells))]);
    let said = |imported: &Imported| imported.findings.iter().map(|one| concise(one, Some(&imported.source))).collect::<Vec<_>>();
    let kept = read(&bytes, "b.xlsx", "sheet = \"B\"\nshare-unit = \"1\"");
    assert_eq!(shares(&kept), ["all 100 B!E4", "peru 75 B!E2", "chile 25 B!E3"]);
    assert_eq!((said(&kept), kept.plan.as_ref().unwrap().check().findings.len()), (vec![], 0));
    let left_out = read(&bytes, "b.xlsx", "sheet = \"B\"");
    assert_eq!(shares(&left_out), [""; 0]);
    let note = "b.xlsx: note[table]: shares in `B` are left out: nothing says to what unit they were rounded";
    assert!(said(&left_out).contains(&note.to_owned()), "{:?}", said(&left_out));
    let mut funded = cells.to_vec();
    funded[0] = &["Office", "Outcome 1", "Outcome 2", "Total", "% funded"];
    let bytes = book(&[("B", "", &rows(&funded))]);
    let imported = read(&bytes, "b.xlsx", "sheet = \"B\"\nshare-unit = \"1\"");
    assert_eq!(shares(&imported), [""; 0]);
    assert!(said(&imported).iter().any(|one| one.contains("column holds shares")), "{:?}", said(&imported));
}

#[test]
fn shares_beside_a_list_are_held_against_its_amounts() {
    let share = |share: &'static str| {
        let cells: &[&[&str]] = &[
            &["Budget item", "2025", "2026", "Total USD", "% of total budget"],
            &["Training", "100", "57", "157", "15.7%"],
            &["Staff", "300", "0", "300", "30%"],
            &["Subtotal", "400", "57", "457", share],
            &["Office", "300", "243", "543", "54.3%"],
            &["Total", "700", "300", "1000", "100%"],
        ];
        crate::sheets::errors(&crate::sheets::read(&[("Budget", cells)], ""))
    };
    assert_eq!(share("45.7%"), [""; 0]);
    let wanted =
        "b.xlsx:Budget!E4: error[declared-share]: the share of `Subtotal` is printed as 55.7 %, but 457 of 1,000 is 45.7 %";
    assert_eq!(share("55.7%"), [wanted]);
}
