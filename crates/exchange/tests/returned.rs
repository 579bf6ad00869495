//! Workbooks of a plan that come back: unchanged they are the plan, changed they tell the cell.

use std::io::{Cursor, Read as _};

use logframe::diagnostic::text::concise;
use logframe::{Cell, Plan, Source};
use logframe_exchange::export::{Origin, Sheet, Value, workbook, xlsx};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::zipped;

const PLANS: [&str; 4] = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"];

fn plan(name: &str) -> Plan {
    let path = format!("{}/../../plans/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Plan::parse(&Source::read(path).unwrap()).plan.unwrap()
}

fn read(bytes: &[u8]) -> Imported {
    import(&Document::of_bytes("book.xlsx", bytes).unwrap(), &Mapping::default())
}

fn said(imported: &Imported) -> Vec<String> {
    imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect()
}

/// The parts of a workbook, each as it is after a change.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        (name.clone(), change(name, text))
    };
    let parts: Vec<(String, String)> = names.iter().map(part).collect();
    zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// The file of a sheet, and the place of the first cell that shows a text.
fn part(plan: &Plan, sheet: &str) -> String {
    let at = workbook(plan).sheets.iter().position(|one| one.name == sheet).unwrap();
    format!("xl/worksheets/sheet{}.xml", at + 1)
}

fn place(sheet: &Sheet, beside: &str, key: &str) -> String {
    let column = sheet.columns.iter().position(|column| column.key == key).unwrap();
    let is_it = |cells: &Vec<logframe_exchange::export::Cell>| {
        cells.iter().any(|cell| matches!(&cell.value, Value::Text(text) if text == beside))
    };
    let row = sheet.rows.iter().position(is_it).unwrap();
    format!("{}{}", logframe::column_letters(column), row + 1)
}

/// The XML of a cell in a sheet's part.
fn cell<'x>(xml: &'x str, place: &str) -> &'x str {
    let from = xml.find(&format!("<c r=\"{place}\"")).unwrap();
    let rest = &xml[from..];
    let closed = rest.find('>').unwrap();
    if rest[..closed].ends_with('/') { &rest[..=closed] } else { &rest[..rest.find("</c>").unwrap() + 4] }
}

#[test]
fn a_workbook_that_nobody_changed_is_the_plan() {
    for name in PLANS {
        let own = plan(name);
        let imported = read(&xlsx(&own).unwrap());
        assert_eq!(said(&imported), [""; 0], "{name}");
        let back = imported.plan.unwrap();
        assert_eq!(back, own, "{name}");
        // To the last zero.
        assert_eq!(back.to_toml(), own.to_toml(), "{name}");
        // What no cell holds is at no place, and not at the first.
        assert!(back.outcomes.iter().all(|outcome| outcome.id.span.is_none()), "{name}");
    }
}

#[test]
fn texts_that_need_care_come_back() {
    let mut draft = plan("teaching").draft();
    draft.header.title = "=1+1 │ \"two\"\nlines, _x0041_ and \u{1F600}".to_owned();
    draft.outcomes[0].title = "+49 │ @home".to_owned();
    draft.offices[0].name = "-dash".to_owned();
    let own = Plan::new(draft);
    let imported = read(&xlsx(&own).unwrap());
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(imported.plan.unwrap(), own);
}

#[test]
fn a_changed_figure_is_told_with_its_cell() {
    let own = plan("proposal-example");
    let book = workbook(&own);
    let at = place(book.sheet("Lines").unwrap(), "Regional meetings", "unit-cost");
    let lines = part(&own, "Lines");
    let bytes = changed(&xlsx(&own).unwrap(), |name, text| {
        if name != lines {
            return text;
        }
        let old = cell(&text, &at).to_owned();
        text.replacen(&old, &old.replace("<v>620</v>", "<v>780</v>"), 1)
    });
    let imported = read(&bytes);
    assert_eq!(
        said(&imported),
        [format!("book.xlsx:Lines!{at}: note[changed-cell]: unit cost of line 26 (Regional meetings) was 620.00, and is 780")]
    );
    let new = imported.plan.unwrap();
    let found = logframe::diff::diff(&own, &new);
    assert_eq!(found.changes.len(), 1);
    // What the rules find stands at the cell, too.
    let report = new.check();
    let wrong = report.findings.iter().find(|finding| finding.rule == "spread-mismatch").unwrap();
    assert!(concise(wrong, Some(&imported.source)).starts_with("book.xlsx:Lines!"), "{wrong:?}");
}

#[test]
fn an_amount_a_name_and_a_declared_figure_are_read_from_their_cells() {
    let own = plan("teaching");
    let book = workbook(&own);
    let first = |is_it: &dyn Fn(&Origin) -> bool| {
        let cells = book.sheets.iter().flat_map(|sheet| sheet.cells().map(move |(row, column, cell)| (sheet, row, column, cell)));
        let mut written = cells.filter(|(.., cell)| cell.value.number().is_some() && cell.origin.as_ref().is_some_and(is_it));
        let (sheet, row, column, _) = written.next().unwrap();
        (part(&own, &sheet.name), format!("{}{}", logframe::column_letters(usize::from(column)), row + 1))
    };
    let amount = first(&|origin| matches!(origin, Origin::Allocation { .. }));
    let declared = first(&|origin| matches!(origin, Origin::Declared { statement: 0 }));
    let bytes = changed(&xlsx(&own).unwrap(), |name, mut text| {
        for ((part, place), new) in [(&amount, "<v>12345.67</v>"), (&declared, "<v>1</v>")] {
            if part == name {
                let old = cell(&text, place).to_owned();
                let (from, end) = (old.find("<v>").unwrap(), old.find("</v>").unwrap() + 4);
                text = text.replacen(&old, &format!("{}{new}{}", &old[..from], &old[end..]), 1);
            }
        }
        text
    });
    let imported = read(&bytes);
    let said = said(&imported);
    assert_eq!(said.len(), 2, "{said:?}");
    let new = imported.plan.unwrap();
    assert!(new.allocations.iter().any(|one| *one.cell == Cell::Amount("12345.67".parse().unwrap())));
    assert_eq!(new.statements()[0].value.value, 1.into());
}

#[test]
fn what_cannot_be_read_from_a_cell_is_an_error_there() {
    let own = plan("proposal-example");
    let book = workbook(&own);
    let at = place(book.sheet("Lines").unwrap(), "Regional meetings", "unit-cost");
    let lines = part(&own, "Lines");
    for (new, wanted) in [
        (r#"t="e"><v>#REF!</v></c>"#, "`#REF!` is no exact number"),
        (r#"t="inlineStr"><is><t>many</t></is></c>"#, "`many` is no exact number"),
    ] {
        let bytes = changed(&xlsx(&own).unwrap(), |name, text| {
            let replaced = |text: String| {
                let old = cell(&text, &at).to_owned();
                text.replacen(&old, &format!("<c r=\"{at}\" {new}"), 1)
            };
            if name == lines { replaced(text) } else { text }
        });
        let imported = read(&bytes);
        assert!(imported.plan.is_none());
        let said = said(&imported);
        assert!(said[0].starts_with(&format!("book.xlsx:Lines!{at}: error[changed-cell]: {wanted}")), "{said:?}");
    }
}

#[test]
fn a_workbook_of_another_version_or_with_a_broken_plan_says_so() {
    let bytes = xlsx(&plan("teaching")).unwrap();
    let other = changed(&bytes, |_, text| text.replace("logframe-workbook 1", "logframe-workbook 7"));
    assert!(said(&read(&other))[0].contains("of another version: `logframe-workbook 7`"));
    let broken = changed(&bytes, |_, text| text.replace("format = 1", "format = ["));
    assert!(said(&read(&broken))[0].contains("the plan in the sheet `_plan` cannot be read"));
}
