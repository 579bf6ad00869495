//! Plans as workbooks, read back by other means: a reader of workbooks that knows nothing of plans, and the parts of the file itself.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use logframe::{Allocation, Decimal, Declared, Draft, Error, Figure, Head, Header, Line, Office, Outcome, Output, Plan, Source};
use logframe_exchange::export::{Book, Cell, Origin, Sheet, SheetKind, Shown, Value, save_xlsx, workbook, xlsx};
use proptest::collection::vec;
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter};

const PLANS: [&str; 4] = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"];

fn plan(name: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../plans/{name}.toml"));
    Plan::parse(&Source::read(path).unwrap()).plan.unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A plan with an office for each row of amounts, and a head for each of its columns; nothing where the text is empty.
fn table(rows: &[&[&str]]) -> Draft {
    let mut draft = Draft { header: Header::new("demo", "Demo", "USD"), ..Draft::default() };
    let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    draft.heads = (0..width).map(|at| Head::new(&format!("h{at}"), format!("Head {at}"))).collect();
    for (at, row) in rows.iter().enumerate() {
        let office = format!("o{at}");
        draft.offices.push(Office::new(&office, format!("Office {at}")));
        for (column, amount) in row.iter().enumerate().filter(|(_, amount)| !amount.is_empty()) {
            let head = format!("h{column}");
            let none = || Allocation::none(&office, &head);
            draft.allocations.push(amount.parse().map_or_else(|_| none(), |amount| Allocation::new(&office, &head, amount)));
        }
    }
    draft
}

fn cell<'b>(book: &'b Book, sheet: &str, place: &str) -> &'b Cell {
    let column = place.bytes().next().unwrap() - b'A';
    let row: u32 = place[1..].parse().unwrap();
    let sheet = book.sheet(sheet).unwrap_or_else(|| panic!("no sheet {sheet}"));
    sheet.cell(row - 1, column.into()).unwrap_or_else(|| panic!("no cell {place}"))
}

fn formula(text: &str, shows: &str) -> Value {
    Value::Formula { text: text.to_owned(), shows: Shown::Number(number(shows)) }
}

/// What a reader finds at the places of a sheet: its texts, numbers and formulas.
struct Found {
    values: BTreeMap<(u32, u32), Data>,
    formulas: BTreeMap<(u32, u32), String>,
}

fn found(bytes: &[u8], sheet: &str) -> Found {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let values = workbook.worksheet_range(sheet).unwrap();
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    let origin = |start: Option<(u32, u32)>| start.unwrap_or_default();
    let at =
        |(row, column): (u32, u32), i: usize, j: usize| (row + u32::try_from(i).unwrap(), column + u32::try_from(j).unwrap());
    let (values_start, formulas_start) = (origin(values.start()), origin(formulas.start()));
    let values = values.used_cells().map(|(i, j, value)| (at(values_start, i, j), value.clone())).collect();
    let formulas = formulas.used_cells().map(|(i, j, text)| (at(formulas_start, i, j), text.clone())).collect();
    Found { values, formulas }
}

/// A part of the file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn parts(bytes: &[u8]) -> Vec<String> {
    ZipArchive::new(Cursor::new(bytes)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// Whether a reader finds in a cell what the book has there.
fn holds(cell: &Cell, value: Option<&Data>, formula: Option<&String>) -> bool {
    let is_number = |wanted: Decimal| match value {
        Some(Data::Float(found)) => found.to_string().parse::<Decimal>().is_ok_and(|found| found == wanted),
        Some(Data::Int(found)) => Decimal::from(*found) == wanted,
        _ => false,
    };
    let is_text = |wanted: &str| matches!(value, Some(Data::String(found)) if found == wanted);
    match &cell.value {
        Value::Blank => matches!(value, None | Some(Data::Empty)) && formula.is_none(),
        Value::Text(text) => is_text(text) && formula.is_none(),
        Value::Number(wanted) => is_number(*wanted) && formula.is_none(),
        Value::Formula { text, shows } => {
            let shown = match shows {
                Shown::Number(wanted) => is_number(*wanted),
                Shown::Dash => is_text("-"),
                Shown::Nothing => matches!(value, None | Some(Data::Empty)) || is_text(""),
                Shown::Text(text) => is_text(text),
            };
            shown && formula == Some(text)
        }
    }
}

#[test]
fn every_cell_of_the_book_is_found_in_the_file_as_it_is() {
    for name in PLANS {
        let plan = plan(name);
        let (book, bytes) = (workbook(&plan), xlsx(&plan).unwrap());
        for sheet in &book.sheets {
            let found = found(&bytes, &sheet.name);
            for (row, column, cell) in sheet.cells() {
                let at = (row, u32::from(column));
                let (value, formula) = (found.values.get(&at), found.formulas.get(&at));
                assert!(holds(cell, value, formula), "{name}, {}, {at:?}: {cell:?} is {value:?}, {formula:?}", sheet.name);
            }
        }
    }
}

#[test]
fn the_iom_total_is_a_formula_that_gives_what_its_cells_add_up_to() {
    let book = workbook(&plan("iom-venezuela-2018"));
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names[..4], ["Summary", "Results", "Budget", "Argentina"]);
    assert_eq!(names[names.len() - 4..], ["RO San Jose", "SDG", "Checks", "_plan"]);
    // Sixteen offices from row 5; four outcomes and evaluation in C to G; the total in H.
    assert_eq!(cell(&book, "Budget", "H21").value, formula("SUM(H5:H20)", "32326043"));
    assert_eq!(cell(&book, "Budget", "H5").value, formula("SUM(C5:G5)", "800000"));
    assert_eq!(cell(&book, "Budget", "C21").value, formula("SUM(C5:C20)", "4870332"));
    assert_eq!(cell(&book, "Budget", "C5").value, Value::Number(number("180572")));
    assert_eq!(cell(&book, "Budget", "I5").value, formula("ROUND(100*H5/H$21,1)", "2.5"));
    // The printed total stands on the sheet of checks, and everywhere else is taken from there.
    assert_eq!(cell(&book, "Checks", "E5").value, Value::Number(number("32326041")));
    assert_eq!(cell(&book, "Checks", "F5").value, formula("Budget!H21", "32326043"));
    assert_eq!(cell(&book, "Checks", "G5").value, formula("E5-F5", "-2"));
    assert_eq!(cell(&book, "Budget", "J21").value, formula("Checks!E5", "32326041"));
    assert_eq!(cell(&book, "Budget", "K21").value, formula("Checks!E5-H21", "-2"));
    // Every declared figure has a row: 94 of them, none wrong.
    let verdicts = (5..99).map(|row| cell(&book, "Checks", &format!("H{row}")).value.clone());
    let within = verdicts.filter(|verdict| *verdict == Value::Text("within rounding".to_owned())).count();
    assert_eq!(within, 11);
}

#[test]
fn budget_lines_are_formulas_of_their_factors() {
    let book = workbook(&plan("proposal-example"));
    // 1 x 2,850.00 x 24 x 30 %: 20,520.00.
    let product = "PRODUCT(H5,J5,K5)*IF(M5=\"\",100,M5)/100";
    assert_eq!(cell(&book, "Lines", "R5").value, formula(product, "20520"));
    assert_eq!(cell(&book, "Lines", "S5").value, formula("ROUND(R5,2)", "20520.00"));
    // 12 x 11,400 soles at 3.72 for a dollar: 36,774.19.
    assert_eq!(cell(&book, "Lines", "S8").value, formula("ROUND(R8/Rates!$C$5,2)", "36774.19"));
    // A typed amount; beside factors it is one of the cells that nothing is computed from.
    assert_eq!(cell(&book, "Lines", "R31").value, formula("P31", "14500"));
    // 2 % of all lines of Peru but the two percentages themselves.
    assert_eq!(cell(&book, "Lines", "R33").value, formula("N33*SUM(S5:S32)/100", "13497.6126"));
    assert_eq!(cell(&book, "Lines", "R34").value, formula("N34*SUM(S5:S33)/100", "48186.4768"));
    let lines = book.sheet("Lines").unwrap();
    let total = lines.cell(lines.first_row() + lines.body_rows, 18).unwrap();
    assert_eq!(total.value.number(), Some(number("1475994.36")));
    assert!(lines.rows[4..64].iter().all(|row| matches!(row[18].value, Value::Formula { .. })), "an amount is no formula");
    for (sheet, place) in [("Budget", "G7"), ("Categories", "E14"), ("Years", "E7"), ("Summary", "C20")] {
        let cell = cell(&book, sheet, place);
        assert_eq!(cell.value.number(), Some(number("1475994.36")), "{sheet}!{place}: {cell:?}");
        assert!(matches!(cell.value, Value::Formula { .. }));
    }
}

#[test]
fn rules_that_round_does_not_follow_leave_numbers() {
    for (lines, amount) in [
        ("{ unit = 0.01, rounding = 'floor' }", "3.33"),
        ("{ unit = 0.05 }", "3.35"),
        ("{ unit = 0.01, rounding = 'half-even' }", "3.34"),
    ] {
        let text = format!(
            "format = 1\nplan = {{ id = 'p', title = 'P', currency = 'USD', lines = {lines} }}\nhead = [{{ id = 'h', title = 'H' }}]\n\
             office = [{{ id = 'o', name = 'O' }}]\nline = [{{ office = 'o', result = 'h', description = 'd', unit-cost = 3.335 }}]"
        );
        let plan = Plan::parse(&Source::new("p.toml", text)).plan.unwrap();
        let book = workbook(&plan);
        let value = &cell(&book, "Lines", "S5").value;
        assert_eq!(value.number(), Some(number(amount)), "{lines}");
        // A half to even is 3.34 here as well, and ROUND says the same.
        assert_eq!(matches!(value, Value::Formula { .. }), lines.contains("even"), "{lines}");
    }
}

#[test]
fn nothing_zero_and_none_are_three_things() {
    let book = workbook(&Plan::new(table(&[&["", "0", "-"], &["", "", ""], &["-", "", "-"], &["", "7", "0"]])));
    let values = ["C5", "D5", "E5"].map(|place| cell(&book, "Budget", place).value.clone());
    assert_eq!(values, [Value::Blank, Value::Number(Decimal::ZERO), Value::Text("-".to_owned())]);
    // Totals of nothing become numbers when something is filled in.
    let empty = |word: &str, shows| Value::Formula { text: format!("IF(COUNT({word})=0,\"\",SUM({word}))"), shows };
    assert_eq!(cell(&book, "Budget", "F6").value, empty("C6:E6", Shown::Nothing));
    let dash = Value::Formula { text: "IF(COUNT(C7:E7)=0,\"-\",SUM(C7:E7))".to_owned(), shows: Shown::Dash };
    assert_eq!(cell(&book, "Budget", "F7").value, dash);
    assert_eq!(cell(&book, "Budget", "F9").value, formula("SUM(F5:F8)", "7"));
    // All three can be filled in or changed.
    let origin = Some(Origin::Allocation { office: "o0".parse().unwrap(), result: "h0".parse().unwrap() });
    assert_eq!(cell(&book, "Budget", "C5").origin, origin);
    assert_eq!(cell(&book, "Budget", "F5").origin, None);
}

#[test]
fn an_amount_of_more_than_fifteen_digits_is_a_text_and_no_formula_counts_it() {
    let long = "1234567890123456.78";
    let draft = table(&[&[long, "1"], &["2", "3"]]);
    let (book, bytes) = (workbook(&Plan::new(draft.clone())), xlsx(&Plan::new(draft)).unwrap());
    let written = cell(&book, "Budget", "C5");
    assert_eq!(written.value, Value::Text(long.to_owned()));
    assert!(written.remark.unwrap().contains("15"));
    // Its row and its column are numbers that say why they are no formulas, and so is the total of all.
    for place in ["E5", "C7", "E7"] {
        let total = cell(&book, "Budget", place);
        assert!(matches!(total.value, Value::Text(_)) && total.remark.is_some(), "{place}: {total:?}");
    }
    assert_eq!(cell(&book, "Budget", "E7").value, Value::Text("1234567890123462.78".to_owned()));
    assert_eq!(cell(&book, "Budget", "E6").value, formula("SUM(C6:D6)", "5"));
    assert_eq!(found(&bytes, "Budget").values[&(4, 2)], Data::String(long.to_owned()));
    let notes: Vec<String> = parts(&bytes).into_iter().filter(|name| name.contains("comments")).collect();
    assert!(part(&bytes, &notes[0]).contains("more digits than a spreadsheet keeps"));
}

#[test]
fn sixteen_digits_that_cancel_out_leave_no_formula_either() {
    let book = workbook(&Plan::new(table(&[&["1234567890123456", "-1234567890123455"], &["1", "1"]])));
    let total = cell(&book, "Budget", "E5");
    assert_eq!(total.value, Value::Number(Decimal::ONE));
    assert!(total.remark.unwrap().contains("no formula"));
    assert_eq!(cell(&book, "Budget", "E7").value, Value::Number(number("3")));
}

/// Texts that a spreadsheet would compute, and others that files of the format trip over.
const WILD: [&str; 16] = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"https://example.org\")",
    "<r><t>rich</t></r>",
    "<r>",
    "_x0041_",
    "a\u{1}b",
    "  spaces  ",
    "line\nbreak",
    "0012",
    "\u{feff}ä😀",
];

#[test]
fn text_stays_text_whatever_it_looks_like() {
    for text in WILD {
        let mut draft = table(&[&["1"]]);
        draft.header.title = text.to_owned();
        draft.offices[0].name = text.to_owned();
        draft.heads[0].title = text.to_owned();
        let mut line = Line::new("o0", "h0", text);
        line.remarks = Some(text.into());
        line.unit = Some(text.into());
        draft.lines.push(line);
        let plan = Plan::new(draft);
        let bytes = xlsx(&plan).unwrap();
        let name = workbook(&plan).sheets.into_iter().find(|sheet| sheet.kind == SheetKind::Office).unwrap().name;
        for (sheet, at) in
            [("Summary", (3, 1)), ("Budget", (4, 1)), ("Budget", (3, 2)), ("Lines", (4, 6)), ("Lines", (4, 23)), (&name, (0, 0))]
        {
            let found = found(&bytes, sheet);
            assert_eq!(found.formulas.get(&at), None, "{sheet} {at:?} {text:?}");
            assert_eq!(found.values.get(&at), Some(&Data::String(text.to_owned())), "{sheet} {at:?}");
        }
        // What a reader edits and leaves again does not become a formula either.
        let is_quoted = part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\"");
        assert_eq!(is_quoted, text.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?}");
    }
}

#[test]
fn ids_are_texts() {
    let mut draft = table(&[]);
    let mut outcome = Outcome::new("1", "One");
    outcome.outputs = ["1.1", "1.10", "0012", "1e5", "2026-01-01"].map(|id| Output::new(id, "Output")).into();
    draft.outcomes.push(outcome);
    let found = found(&xlsx(&Plan::new(draft)).unwrap(), "Results");
    let ids: Vec<Data> = (5..10).map(|row| found.values[&(row, 1)].clone()).collect();
    assert_eq!(ids, ["1.1", "1.10", "0012", "1e5", "2026-01-01"].map(|id| Data::String(id.to_owned())));
}

#[test]
fn the_plan_itself_is_in_the_file() {
    for name in PLANS {
        let plan = plan(name);
        let bytes = xlsx(&plan).unwrap();
        assert!(part(&bytes, "xl/workbook.xml").contains("name=\"_plan\" sheetId"), "{name}");
        assert!(part(&bytes, "xl/workbook.xml").contains("state=\"veryHidden\""), "{name}");
        let found = found(&bytes, "_plan");
        let mut rows =
            found.values.values().map(|value| if let Data::String(text) = value { text.as_str() } else { panic!("{value}") });
        assert_eq!(rows.next(), Some("logframe-workbook 1"));
        let pieces: Vec<&str> = rows.collect();
        assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= 30_000));
        assert!(name != "iom-venezuela-2018" || pieces.len() > 1);
        assert_eq!(pieces.concat(), plan.to_toml(), "{name}");
        // Whoever reads the plan from the file makes the same book of it, and can compare the two.
        let again = Plan::parse(&Source::new("again.toml", pieces.concat())).plan.unwrap();
        assert_eq!(again, plan);
        assert_eq!(workbook(&again), workbook(&plan), "{name}");
    }
}

#[test]
fn one_plan_makes_one_file() {
    let plan = plan("proposal-example");
    let bytes = xlsx(&plan).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(xlsx(&plan).unwrap() == bytes, "the bytes differ");
    assert_eq!(workbook(&plan), workbook(&plan));
    assert!(part(&bytes, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn each_value_of_the_plan_can_be_changed_in_one_cell_alone() {
    for name in PLANS {
        let plan = plan(name);
        let book = workbook(&plan);
        let mut seen = HashSet::new();
        for sheet in &book.sheets {
            for (row, column, cell) in sheet.cells() {
                let Some(origin) = &cell.origin else { continue };
                assert!(seen.insert(origin.clone()), "{name}: {origin:?} stands twice, once on {} {row}, {column}", sheet.name);
                assert!(!matches!(cell.value, Value::Formula { .. }), "{name}: {origin:?} is computed");
            }
        }
        let count = |is_it: &dyn Fn(&Origin) -> bool| seen.iter().filter(|origin| is_it(origin)).count();
        assert_eq!(count(&|origin| matches!(origin, Origin::Declared { .. })), plan.statements().len(), "{name}");
        assert_eq!(count(&|origin| matches!(origin, Origin::Line { key: "description", .. })), plan.lines.len(), "{name}");
        let given = plan.allocations.iter().filter(|one| !one.is_built);
        let shown = given.filter(|one| {
            seen.contains(&Origin::Allocation { office: one.office.value.clone(), result: one.result.value.clone() })
        });
        assert_eq!(shown.count(), plan.allocations.iter().filter(|one| !one.is_built).count(), "{name}");
        assert_eq!(count(&|origin| matches!(origin, Origin::Result { key: "title", .. })), plan.nodes().len(), "{name}");
    }
}

#[test]
fn sheets_can_be_read_filtered_and_printed() {
    let bytes = xlsx(&plan("iom-venezuela-2018")).unwrap();
    let budget = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(budget.contains("<pane xSplit=\"2\" ySplit=\"4\" topLeftCell=\"C5\""), "what stays in view");
    assert!(budget.contains("<autoFilter ref=\"A4:L20\"/>"), "the filter leaves the totals out");
    assert!(budget.contains("orientation=\"landscape\"") && budget.contains("fitToHeight=\"0\""), "how it is printed");
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("Budget!$1:$4") && workbook.contains("Budget!$A$1:$L$25"), "{workbook}");
    for name in parts(&bytes).iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
        assert!(!part(&bytes, name).contains("mergeCell"), "{name} has merged cells");
    }
}

#[test]
fn a_text_that_no_cell_can_hold_is_refused_and_never_cut() {
    let mut draft = table(&[&["1"]]);
    draft.heads[0].title = "ä".repeat(32_767);
    assert!(xlsx(&Plan::new(draft.clone())).is_ok());
    draft.heads[0].title = "ä".repeat(32_768);
    let error = xlsx(&Plan::new(draft)).unwrap_err().to_string();
    assert!(error.contains("Summary!B12") && error.contains("32768") && error.contains("shorten"), "{error}");
}

#[test]
fn offices_have_sheets_of_their_own_while_there_are_few() {
    let rows = vec![["1"].as_slice(); 40];
    let mut draft = table(&rows);
    draft.offices.iter_mut().for_each(|office| office.name = "A regional office with a long name: [north]".to_owned());
    let names =
        |draft: &Draft| workbook(&Plan::new(draft.clone())).sheets.into_iter().map(|sheet| sheet.name).collect::<Vec<_>>();
    let all = names(&draft);
    assert_eq!(
        (all.len(), all[3].as_str(), all[42].as_str()),
        (44, "A regional office with a long n", "A regional office with a l (40)")
    );
    assert!(xlsx(&Plan::new(draft.clone())).is_ok());
    draft.offices.push(Office::new("o40", "One more"));
    assert_eq!(names(&draft), ["Summary", "Results", "Budget", "_plan"]);
}

#[test]
fn offices_can_be_called_as_sheets_are() {
    let text = "format = 1\nplan = { id = 'p', title = 'P', currency = 'USD' }\nhead = [{ id = 'h', title = 'H' }]\n\
                office = [{ id = 'a', name = 'Sheet1' }, { id = 'b', name = 'sheet2' }, { id = 'c', name = '_' }, { id = 'd', name = '__' }]\n\
                budget = { a = { h = 1 }, b = { h = 2 }, c = { h = 3 }, d = { h = 4 } }";
    let plan = Plan::parse(&Source::new("p.toml", text)).plan.unwrap();
    let bytes = xlsx(&plan).unwrap();
    for (name, number) in [("Sheet1", 1.0), ("sheet2", 2.0), ("_", 3.0), ("__", 4.0)] {
        assert!(found(&bytes, name).values.values().any(|value| *value == Data::Float(number)), "{name}");
    }
    // The first sheet is shown, and no other.
    let shown = parts(&bytes).into_iter().filter(|part_of| part_of.starts_with("xl/worksheets/sheet"));
    let shown: Vec<String> = shown.filter(|name| part(&bytes, name).contains("tabSelected")).collect();
    assert_eq!(shown, ["xl/worksheets/sheet1.xml"]);
}

#[test]
fn amounts_for_deeper_results_are_listed_and_added_up() {
    let mut draft = table(&[&["10"]]);
    let mut outcome = Outcome::new("1", "One");
    outcome.outputs.push(Output::new("1.1", "Deeper"));
    draft.outcomes.push(outcome);
    draft.allocations.extend([Allocation::new("o0", "1", number("4")), Allocation::new("o0", "1.1", number("5.5"))]);
    draft.allocations.push(Allocation::new("nobody", "1", number("1")));
    let mut declared = Declared::new("table");
    declared.total = Some(Figure::from(number("19.50")));
    draft.declared.push(declared);
    let plan = Plan::new(draft);
    let book = workbook(&plan);
    assert_eq!(cell(&book, "Budget", "C5").value, formula("SUM(Allocations!F6:F7)", "9.5"));
    assert_eq!(cell(&book, "Budget", "D5").value, formula("SUM(Allocations!F5)", "10"));
    assert_eq!(cell(&book, "Budget", "E6").value, formula("SUM(E5)", "19.5"));
    // What is given to nobody is in the list, where it can be put right, and in no sum of the budget.
    assert_eq!(cell(&book, "Allocations", "F8").value, Value::Number(Decimal::ONE));
    assert!(cell(&book, "Allocations", "F8").origin.is_some());
}

#[test]
fn a_plan_with_nothing_in_it_has_a_summary() {
    let plan = Plan::new(Draft { header: Header::new("empty", "Empty", "USD"), ..Draft::default() });
    let names: Vec<String> = workbook(&plan).sheets.into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["Summary", "_plan"]);
    assert!(xlsx(&plan).is_ok());
}

#[test]
fn a_workbook_is_saved_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.xlsx");
    let plan = plan("teaching");
    save_xlsx(&plan, &path).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), xlsx(&plan).unwrap());
    let mut draft = plan.draft();
    draft.header.title = "x".repeat(40_000);
    assert!(matches!(save_xlsx(&Plan::new(draft), &path), Err(Error::Unwritable { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), xlsx(&plan).unwrap(), "the former file is untouched");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A plan whose lines change their office from one to the next, so that no sum of ranges can take them.
fn scattered() -> Plan {
    let mut draft = table(&[&[], &[]]);
    draft.heads = vec![Head::new("h\"0", "Head"), Head::new("H\"0", "Another head")];
    for at in 0..1_200 {
        let mut line = Line::new(if at % 2 == 0 { "o0" } else { "o1" }, if at % 3 == 0 { "h\"0" } else { "H\"0" }, "line");
        line.category = Some("travel".parse::<logframe::Id>().unwrap().into());
        line.amount = Some(Decimal::from(at).into());
        draft.lines.push(line);
    }
    Plan::new(draft)
}

#[test]
fn sums_of_many_scattered_lines_are_formulas_too() {
    let book = workbook(&scattered());
    // Every sixth from 0: 6 x (0 + … + 199).
    let text = "SUMPRODUCT(EXACT(Lines!$C$5:$C$1204,\"o0\")*EXACT(Lines!$E$5:$E$1204,\"h\"\"0\"),Lines!$S$5:$S$1204)";
    assert_eq!(cell(&book, "Budget", "C5").value, formula(text, "119400"));
    let text = "SUMPRODUCT(EXACT(Lines!$C$5:$C$1204,\"o1\")*EXACT(Lines!$F$5:$F$1204,\"travel\"),Lines!$S$5:$S$1204)";
    // The odd numbers below 1,200.
    assert_eq!(cell(&book, "Categories", "D5").value, formula(text, "360000"));
}

#[test]
fn what_only_the_last_of_many_lines_says_shapes_the_whole_sheet() {
    let mut draft = scattered().draft();
    let last = draft.lines.last_mut().unwrap();
    last.post = Some("driver".parse::<logframe::Id>().unwrap().into());
    last.amount = Some(number("1234567890123456.78").into());
    last.description = "two\nlines".into();
    let plan = Plan::new(draft);
    let (book, bytes) = (workbook(&plan), xlsx(&plan).unwrap());
    let at = book.sheets.iter().position(|sheet| sheet.name == "Lines").unwrap();
    let sheet = &book.sheets[at];
    let folded = |key: &str| sheet.columns.iter().any(|column| column.key == key && column.is_folded);
    assert!(!folded("post") && folded("donor") && !folded("amount"));
    let text = part(&bytes, &format!("xl/worksheets/sheet{}.xml", at + 1));
    // Posts are in column V, donors in column W, typed amounts in column P.
    let attribute = |element: &str, name: &str| -> u32 {
        element.split_once(&format!(" {name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    let hidden: HashSet<u32> = text
        .split("<col ")
        .skip(1)
        .map(|element| format!(" {}", element.split_once("/>").unwrap().0))
        .filter(|element| element.contains("hidden=\"1\""))
        .flat_map(|element| attribute(&element, "min")..=attribute(&element, "max"))
        .collect();
    assert!(!hidden.contains(&22) && hidden.contains(&23) && !hidden.contains(&16), "{hidden:?}");
    // Under the headings are 1,200 lines and the total.
    assert!(text.contains("<dimension ref=\"A1:X1205\"/>"));
    // Two lines of 13 points and 3 around them are 29: in whole pixels 29.25.
    assert!(text.contains("<row r=\"1204\" ht=\"29.25\" customHeight=\"1\">"));
    let remarks = parts(&bytes).into_iter().filter(|name| name.contains("comments")).map(|name| part(&bytes, &name));
    assert!(remarks.collect::<String>().contains("<comment ref=\"P1204\""));
    let found = found(&bytes, "Lines");
    assert!(sheet.cells().all(|(row, column, cell)| {
        let at = (row, u32::from(column));
        holds(cell, found.values.get(&at), found.formulas.get(&at))
    }));
    assert!(xlsx(&plan).unwrap() == bytes, "whatever thread writes what first");
}

/// `LibreOffice`, where it is installed.
fn libreoffice() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let mut found = std::env::split_paths(&paths).map(|folder| folder.join("soffice")).filter(|path| path.is_file());
    found.next()
}

/// The same file without the values that are kept beside formulas: whoever opens it has to compute them.
fn without_kept_values(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in parts(bytes) {
        let mut whole = Vec::new();
        ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(&name).unwrap().read_to_end(&mut whole).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(whole).unwrap();
            let mut pieces = text.split("</f><v>");
            let mut stripped = pieces.next().unwrap().to_owned();
            pieces.for_each(|piece| stripped.extend(["</f>", piece.split_once("</v>").unwrap().1]));
            whole = stripped.into_bytes();
        }
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&whole).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The file as `LibreOffice` saves it.
fn saved_again(program: &Path, bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("plan.xlsx"), folder.path().join("out"));
    std::fs::write(&path, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let run =
        Command::new(program).arg(profile).args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&out).arg(&path).output();
    let run = run.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    std::fs::read(out.join("plan.xlsx")).unwrap()
}

/// A value to the fifteen digits that a spreadsheet keeps.
fn shown(value: Option<&Data>) -> String {
    match value {
        // ROUND can leave a zero with a sign.
        Some(Data::Float(number)) => format!("{number:.14e}").replace("-0.00000000000000e0", "0.00000000000000e0"),
        Some(Data::Int(number)) => format!("{number}"),
        None | Some(Data::Empty) => String::new(),
        Some(other) => other.to_string(),
    }
}

/// Lines whose product ends in half a cent, which no binary float holds: half away from zero all the same.
fn halves() -> Plan {
    let mut draft = table(&[&[]]);
    draft.heads.push(Head::new("h0", "Head"));
    draft.header.lines.unit = Some(number("0.01").into());
    for at in 0..300_i128 {
        let mut line = Line::new("o0", "h0", "half a cent");
        line.unit_cost = Decimal::of_steps(at * 1_370 + 5, 3).map(Into::into);
        line.quantity = Some(Decimal::from(i64::try_from(at % 4 * 2 + 1).unwrap()).into());
        line.share = (at % 5 == 0).then(|| number("100").into());
        draft.lines.push(line);
    }
    Plan::new(draft)
}

#[test]
fn libreoffice_computes_what_we_keep() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was recalculated");
        return;
    };
    let budgets = [&["1.005", "2.675", "0.1"] as &[&str], &["0.2", "-", ""], &["999999999999.99", "0.01", "-0.3"]];
    for plan in PLANS.map(plan).into_iter().chain([Plan::new(table(&budgets)), halves(), scattered()]) {
        let (book, bytes) = (workbook(&plan), xlsx(&plan).unwrap());
        let again = saved_again(&program, &without_kept_values(&bytes));
        let mut compared = 0;
        for sheet in book.sheets.iter().filter(|sheet| sheet.kind != SheetKind::Plan) {
            let (kept, computed) = (found(&bytes, &sheet.name), found(&again, &sheet.name));
            for (at, text) in &kept.formulas {
                assert!(computed.formulas.contains_key(at), "{} {at:?}: {text} is no formula any more", sheet.name);
                let (kept, computed) = (shown(kept.values.get(at)), shown(computed.values.get(at)));
                assert_eq!(kept, computed, "{} {at:?}: {text}", sheet.name);
                compared += 1;
            }
        }
        assert!(compared > 10, "{compared} formulas were compared");
    }
}

#[test]
fn what_libreoffice_saves_unchanged_is_unchanged() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was saved again");
        return;
    };
    for name in PLANS {
        let plan = plan(name);
        let (book, bytes) = (workbook(&plan), saved_again(&program, &xlsx(&plan).unwrap()));
        for sheet in &book.sheets {
            let found = found(&bytes, &sheet.name);
            for (row, column, cell) in sheet.cells() {
                let at = (row, u32::from(column));
                let (value, formula) = (found.values.get(&at), found.formulas.get(&at));
                assert!(holds(cell, value, formula), "{name}, {}, {at:?}: {cell:?} is {value:?}, {formula:?}", sheet.name);
            }
        }
    }
}

/// A cell of a budget: not given, none, or an amount of any size.
fn amount() -> impl Strategy<Value = Option<Option<Decimal>>> {
    let number = (any::<i64>(), 0_u32..6).prop_map(|(steps, decimals)| Decimal::of_steps(steps.into(), decimals));
    let small = (-9_999_i64..9_999, 0_u32..3).prop_map(|(steps, decimals)| Decimal::of_steps(steps.into(), decimals));
    prop_oneof![Just(None), Just(Some(None)), number.prop_map(Some), small.clone().prop_map(Some), small.prop_map(Some)]
}

/// A plan of some offices and heads with any names, and lines of any size.
fn any_plan() -> impl Strategy<Value = Plan> {
    let office = (any::<String>(), vec(amount(), 3));
    let line = (any::<String>(), amount(), amount(), 0_usize..4, 0_usize..4);
    (any::<String>(), vec(office, 0..4), vec(line, 0..5)).prop_map(|(title, offices, lines)| {
        let mut draft = Draft { header: Header::new("any", title, "USD"), ..Draft::default() };
        draft.heads = (0..3).map(|at| Head::new(&format!("h{at}"), format!("={at}"))).collect();
        for (at, (name, amounts)) in offices.into_iter().enumerate() {
            let id = format!("o{at}");
            draft.offices.push(Office::new(&id, name));
            for (head, amount) in amounts.into_iter().enumerate().filter_map(|(head, amount)| Some((format!("h{head}"), amount?)))
            {
                let given = amount.map_or_else(|| Allocation::none(&id, &head), |amount| Allocation::new(&id, &head, amount));
                draft.allocations.push(given);
            }
        }
        for (text, quantity, cost, office, head) in lines {
            let mut line = Line::new(&format!("o{office}"), &format!("h{head}"), text);
            line.quantity = quantity.flatten().map(Into::into);
            line.unit_cost = cost.flatten().map(Into::into);
            draft.lines.push(line);
        }
        Plan::new(draft)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_plan_is_found_in_its_file_as_it_is(plan in any_plan()) {
        let (book, bytes) = (workbook(&plan), xlsx(&plan).unwrap());
        let origins: Vec<&Origin> = book.sheets.iter().flat_map(Sheet::cells).filter_map(|(.., cell)| cell.origin.as_ref()).collect();
        prop_assert_eq!(origins.iter().collect::<HashSet<_>>().len(), origins.len());
        for sheet in &book.sheets {
            let found = found(&bytes, &sheet.name);
            for (row, column, cell) in sheet.cells() {
                let at = (row, u32::from(column));
                let (value, formula) = (found.values.get(&at), found.formulas.get(&at));
                prop_assert!(holds(cell, value, formula), "{}, {:?}: {:?} is {:?}, {:?}", sheet.name, at, cell, value, formula);
            }
        }
    }
}
