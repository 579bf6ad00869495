//! Workbooks of a plan that come back: unchanged they are the plan, changed they tell the cell.

use logframe::diagnostic::text::concise;
use logframe::{Cell, Plan, Source};
use logframe_exchange::export::{Origin, Sheet, Value, workbook, xlsx};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{libreoffice, saved_again, with_parts, without_kept_values};

const PLANS: [&str; 4] = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"];

fn plan(name: &str) -> Plan {
    let path = format!("{}/../../plans/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Plan::parse(&Source::read(path).unwrap()).plan.unwrap()
}

fn read(bytes: &[u8]) -> Imported {
    import(Document::of_bytes("book.xlsx", bytes).unwrap(), &Mapping::default())
}

fn said(imported: &Imported) -> Vec<String> {
    imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect()
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
    let bytes = with_parts(&xlsx(&own).unwrap(), |name, text| {
        if name != lines {
            return text;
        }
        let old = cell(&text, &at).to_owned();
        text.replacen(&old, &old.replace("<v>620</v>", "<v>780</v>"), 1)
    });
    let imported = read(&bytes);
    let said = said(&imported);
    let note = "note[changed-cell]: unit cost of line 26 (Regional meetings) was 620.00, and is 780";
    assert_eq!(said[0], format!("book.xlsx:Lines!{at}: {note}"));
    // Four trips. The file was not calculated again, which is said once.
    let row = at.trim_start_matches('J');
    let stale = format!("Lines!R{row} shows 2,480, and the plan works out 3,120; ");
    assert!(said[1].starts_with(&format!("book.xlsx:Lines!R{row}: warning[changed-cell]: {stale}")), "{said:?}");
    assert_eq!(said.len(), 2);
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
    let bytes = with_parts(&xlsx(&own).unwrap(), |name, mut text| {
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
    let notes = said(&imported).into_iter().filter(|said| said.contains(": note[")).collect::<Vec<_>>();
    assert_eq!(notes.len(), 2, "{notes:?}");
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
        let bytes = with_parts(&xlsx(&own).unwrap(), |name, text| {
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
    let other = with_parts(&bytes, |_, text| text.replace("logframe-workbook 1", "logframe-workbook 7"));
    assert!(said(&read(&other))[0].contains("of another version: `logframe-workbook 7`"));
    let broken = with_parts(&bytes, |_, text| text.replace("format = 1", "format = ["));
    assert!(said(&read(&broken))[0].contains("the plan in the sheet `_plan` cannot be read"));
}

/// A plan of which every figure can be worked out by hand: 1,000 + 200 and 500 + 300 make 2,000.
fn four_cells() -> Plan {
    let text = "format = 1\nplan = { id = 'four', title = 'Four', currency = 'USD' }\n\
                head = [{ id = 'food', title = 'Food' }, { id = 'rent', title = 'Rent' }]\n\
                office = [{ id = 'north', name = 'North' }, { id = 'south', name = 'South' }]\n\
                budget = { north = { food = 1000, rent = 200 }, south = { food = 500, rent = 300 } }";
    Plan::parse(&Source::new("four.toml", text)).plan.unwrap()
}

/// The workbook with the formulas of cells of `Budget` changed, as a spreadsheet that calculated them keeps them; without a value where none is
/// said.
fn with_formulas(plan: &Plan, cells: &[(&str, &str, &str)]) -> Vec<u8> {
    let budget = part(plan, "Budget");
    let with = |text: String, (place, formula, value): &(&str, &str, &str)| {
        let old = cell(&text, place).to_owned();
        let from = old.find('>').unwrap();
        let kind = if value.starts_with('#') { " t=\"e\"" } else { "" };
        let value = if value.is_empty() { String::new() } else { format!("<v>{value}</v>") };
        text.replacen(&old, &format!("{}{kind}><f>{formula}</f>{value}</c>", &old[..from]), 1)
    };
    with_parts(&xlsx(plan).unwrap(), |name, text| if name == budget { cells.iter().fold(text, with) } else { text })
}

#[test]
fn another_formula_over_ours_is_told_with_what_stood_there() {
    let own = four_cells();
    for (formula, value, shows) in [
        ("SUM(C5:C6)*0.9", "1350", "; it shows 1,350, and the plan works out 1,500"),
        ("SUM(C5:C5)", "1000", "; it shows 1,000, and the plan works out 1,500"),
        ("1500+1", "1501", "; it shows 1,501, and the plan works out 1,500"),
        ("SUM(C5:C6)/0", "#DIV/0!", "; it shows `#DIV/0!`, and the plan works out 1,500"),
        // What a program wrote that does not calculate: without a value, or with that of the formula before.
        ("SUM(C5:C5)", "", ""),
        ("SUM(C5:C5)", "1500", ""),
        ("SUM(C5:C6,C6)", "1500", ""),
        ("SUM(D5:D6)", "1500", ""),
    ] {
        let imported = read(&with_formulas(&own, &[("C7", formula, value)]));
        let is = formula.replace("C5:C5", "C5");
        let wanted = format!("the formula of Budget!C7 was =SUM(C5:C6), and is ={is}{shows}");
        assert_eq!(said(&imported), [format!("book.xlsx:Budget!C7: warning[changed-cell]: {wanted}")]);
        let help = "write =SUM(C5:C6) there, and change the figures that it is worked out of";
        assert_eq!(imported.findings[0].help, [help]);
        assert_eq!(imported.plan.unwrap(), own);
    }
    // The total of an office, and what follows from it: the total, and its share.
    let cells = [("E5", "SUM(C5:D5)*0.5", "600"), ("E7", "SUM(E5:E6)", "1400"), ("F5", "ROUND(100*E5/E$7,1)", "42.9")];
    let wanted = "the formula of Budget!E5 was =SUM(C5:D5), and is =SUM(C5:D5)*0.5; it shows 600, and the plan works out 1,200; 2 cells are \
                  worked out of it";
    assert_eq!(said(&read(&with_formulas(&own, &cells))), [format!("book.xlsx:Budget!E5: warning[changed-cell]: {wanted}")]);
}

#[test]
fn what_was_never_calculated_again_is_counted_behind_its_culprit() {
    let own = four_cells();
    let bytes = without_kept_values(&with_formulas(&own, &[("C7", "SUM(C5:C5)", "")]));
    // Its share under it; on the summary the amount and the share of food, the total with its share, and the share of rent.
    let wanted = "the formula of Budget!C7 was =SUM(C5:C6), and is =SUM(C5); 6 cells are worked out of it";
    assert_eq!(said(&read(&bytes)), [format!("book.xlsx:Budget!C7: warning[changed-cell]: {wanted}")]);
}

#[test]
fn a_formula_that_was_typed_over_is_told_with_what_stood_there() {
    let own = four_cells();
    let budget = part(&own, "Budget");
    let typed = |cells: &[(&str, &str)]| {
        let over = |text: String, (place, content): &(&str, &str)| {
            let new = format!("<c r=\"{place}\"{content}");
            text.replacen(cell(&text, place), &new, 1)
        };
        let change = |name: &str, text: String| if name == budget { cells.iter().fold(text, over) } else { text };
        said(&read(&with_parts(&xlsx(&own).unwrap(), change)))
    };
    let warning = |place: &str, message: &str| [format!("book.xlsx{place}: warning[changed-cell]: {message}")];
    // It is what the plan works out, and follows it no further.
    let wanted = "`1500` was typed over the formula =SUM(C5:C6), and is not read";
    assert_eq!(typed(&[("C7", "><v>1500</v></c>")]), warning(":Budget!C7", wanted));
    let wanted = "`1` was typed over the formula =SUM(C5:D5), and is not read; another cell of its column was typed over";
    assert_eq!(typed(&[("E5", "><v>1</v></c>"), ("E6", "><v>2</v></c>")]), warning(":Budget!E5", wanted));
    let wanted = "the formula =SUM(C5:C6) of Budget!C7 is gone; what the plan says is worked out all the same";
    assert_eq!(typed(&[("C7", "/>")]), warning("", wanted));
}

#[test]
fn another_way_to_write_a_formula_and_the_noise_of_floats_are_not_told() {
    let own = four_cells();
    let cells = [
        ("C7", "sum( $C$5:C$6 )", "1500"),
        ("D7", "D5+D6", "500.00000000000006"),
        ("E7", "SUM(Budget!E5:E6)", "1999.9999999999998"),
        ("E5", "SUMPRODUCT(C5:D5)", "1200"),
    ];
    assert_eq!(said(&read(&with_formulas(&own, &cells))), [""; 0]);
}

/// A plan of three lines: 2 x 100 and a typed 300 of the north, 3 x 50 of the south, 650 in all.
fn three_lines() -> Plan {
    let line = |office: &str, result: &str, what: &str| {
        format!("[[line]]\noffice = '{office}'\nresult = '{result}'\ndescription = '{what}'\n")
    };
    let text = format!(
        "format = 1\nplan = {{ id = 'three', title = 'Three', currency = 'USD' }}\n\
         head = [{{ id = 'food', title = 'Food' }}, {{ id = 'rent', title = 'Rent' }}]\n\
         office = [{{ id = 'north', name = 'North' }}, {{ id = 'south', name = 'South' }}]\n\
         {}quantity = 2\nunit-cost = 100\n{}amount = 300\n{}quantity = 3\nunit-cost = 50\n",
        line("north", "food", "Rice"),
        line("north", "rent", "Office"),
        line("south", "food", "Beans")
    );
    Plan::parse(&Source::new("three.toml", text)).plan.unwrap()
}

/// The cells of a line of 50 for the food of the north in a row, with a formula for its amount or without.
fn another_line(row: u32, amount: &str) -> String {
    let text = |column: char, text: &str| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let words = [text('C', "north"), text('D', "food"), text('G', "Oil")].concat();
    format!("<row r=\"{row}\">{words}<c r=\"P{row}\"><v>50</v></c>{amount}</row>")
}

/// The workbook of three lines with a row at the end of the sheet of lines, below the total in row 8.
fn with_a_row(row: &str) -> Imported {
    let own = three_lines();
    let lines = part(&own, "Lines");
    let add = |name: &str, text: String| {
        if name == lines { text.replace("</sheetData>", &format!("{row}</sheetData>")) } else { text }
    };
    read(&with_parts(&xlsx(&own).unwrap(), add))
}

#[test]
fn sums_that_do_not_take_in_a_new_line_are_told_in_one_finding() {
    let imported = with_a_row(&another_line(10, "<c r=\"R10\"><f>P10</f><v>50</v></c><c r=\"S10\"><f>R10</f><v>50</v></c>"));
    let all = said(&imported);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[1].ends_with("Lines!C10: note[changed-cell]: the budget line Oil was added"), "{all:?}");
    // Of Budget what the north gets, what food gets, all of it, and four shares; of Summary food, its share, all, and the share of rent; of
    // Categories three totals; of North the total. The subtotal of food there has no row for it.
    let wanted = "Lines!S8 does not count the budget line that was added in row 10 of `Lines` as it should: it is =SUM(S5:S7), and should be \
                  =SUM(S5:S7,S10); it shows 650, and the plan works out 700; Budget!C5 and Categories!C5 do not either; the sheet `North` \
                  has no row for it; 15 cells are worked out of them";
    assert_eq!(all[0], format!("book.xlsx:Lines!S8: warning[changed-cell]: {wanted}"));
    assert_eq!(imported.plan.unwrap().total().unwrap().to_string(), "USD 700");
}

#[test]
fn a_new_line_without_a_formula_is_in_no_sum() {
    let all = said(&with_a_row(&another_line(10, "")));
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[0].contains("; Lines!S10 is empty; the sheet `North` has no row for it; 15 cells"), "{all:?}");
    // Its formula was copied down, and takes the cell of another row.
    let all = said(&with_a_row(&another_line(10, "<c r=\"R10\"><f>P10</f></c><c r=\"S10\"><f>R6</f></c>")));
    let wanted = "book.xlsx:Lines!S10: warning[changed-cell]: Lines!S10 is =R6, and should be =R10 for the line that was added";
    assert_eq!(all.iter().filter(|one| *one == wanted).count(), 1, "{all:?}");
}

#[test]
fn a_formula_that_was_changed_in_every_row_is_told_once() {
    let own = three_lines();
    let lines = part(&own, "Lines");
    let change = |name: &str, text: String| {
        let one = |text: String, row: &u32| {
            let old = cell(&text, &format!("S{row}")).to_owned();
            text.replacen(&old, &old.replace(&format!("<f>R{row}</f>"), &format!("<f>R{row}*2</f>")), 1)
        };
        if name == lines { [5, 6, 7].iter().fold(text, one) } else { text }
    };
    let wanted = "the formula of Lines!S5 was =R5, and is =R5*2; 2 more cells of its column were changed likewise";
    let all = said(&read(&with_parts(&xlsx(&own).unwrap(), change)));
    assert_eq!(all, [format!("book.xlsx:Lines!S5: warning[changed-cell]: {wanted}")]);
}

#[test]
fn sums_that_do_not_follow_a_line_to_another_office_are_told() {
    let own = three_lines();
    let lines = part(&own, "Lines");
    let change = |name: &str, text: String| {
        let new = "<c r=\"C6\" t=\"inlineStr\"><is><t>south</t></is></c>";
        if name == lines { text.replacen(cell(&text, "C6"), new, 1) } else { text }
    };
    let imported = read(&with_parts(&without_kept_values(&xlsx(&own).unwrap()), change));
    let all = said(&imported);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[1].ends_with("office of line 2 (Office) was north, and is south"), "{all:?}");
    let wanted = "Budget!D5 does not follow what was moved, taken out or changed: it is =SUM(Lines!S6), and should be empty; Categories!C5 \
                  and Categories!D5 do not either; Budget!D6 is empty; the sheet `South` has no row for it";
    assert!(all[0].contains(wanted), "{all:?}");
}

#[test]
fn the_noise_of_floats_is_not_shown() {
    // A plan of 1,048,576.41 that prints 1,047,576.41: a thousand less, of which floats make -999.9999999998836.
    let text = "format = 1\nplan = { id = 'noise', title = 'Noise', currency = 'USD' }\nhead = [{ id = 'food', title = 'Food' }]\n\
                office = [{ id = 'north', name = 'North' }]\nbudget = { north = { food = 1048576.41 } }\n\
                [[declared]]\nwhere = 'cover'\ntotal = 1047576.41\n";
    let own = Plan::parse(&Source::new("noise.toml", text)).plan.unwrap();
    let checks = part(&own, "Checks");
    let shows = |value: &str| {
        let change = |name: &str, text: String| {
            let new = format!("<c r=\"G5\"><f>E5-F5</f><v>{value}</v></c>");
            if name == checks { text.replacen(cell(&text, "G5"), &new, 1) } else { text }
        };
        said(&read(&with_parts(&xlsx(&own).unwrap(), change)))
    };
    assert_eq!(shows("-999.9999999998836"), [""; 0]);
    let wanted = "Checks!G5 shows -2,000, and the plan works out -1,000";
    assert_eq!(shows("-1999.9999999998836"), [format!("book.xlsx:Checks!G5: warning[changed-cell]: {wanted}")]);
}

#[test]
fn what_libreoffice_works_out_and_saves_is_the_plan() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was worked out");
        return;
    };
    let books = [
        ("teaching", "ods"),
        ("proposal-example", "ods"),
        ("proposal-example", "xlsx"),
        ("proposal-example", "xls"),
        ("iom-venezuela-2018", "xlsx"),
    ];
    for (name, format) in books {
        let own = plan(name);
        let imported = read(&saved_again(&program, format, &without_kept_values(&xlsx(&own).unwrap())));
        assert_eq!(said(&imported), [""; 0], "{name}");
        assert_eq!(imported.plan.unwrap(), own, "{name}");
    }
    // A rate that somebody changed, and a spreadsheet that followed it: no total is told.
    let own = plan("proposal-example");
    let rates = part(&own, "Rates");
    let change = |name: &str, text: String| if name == rates { text.replace("<v>3.72</v>", "<v>4</v>") } else { text };
    let bytes = with_parts(&without_kept_values(&xlsx(&own).unwrap()), change);
    let said = said(&read(&saved_again(&program, "xlsx", &bytes)));
    assert_eq!(said, ["book.xlsx:Rates!C5: note[changed-cell]: the rate of PEN was 3.72, and is 4"]);
}

#[test]
fn what_is_typed_beside_a_table_is_told_in_one_note() {
    let own = four_cells();
    let budget = part(&own, "Budget");
    let note = |more: &[(u32, &str)]| {
        let add = |text: String, (row, cells): &(u32, &str)| {
            let from = text.find(&format!("<row r=\"{row}\"")).map(|from| from + text[from..].find("</row>").unwrap());
            match from {
                Some(at) => format!("{}{cells}{}", &text[..at], &text[at..]),
                None => text.replace("</sheetData>", &format!("<row r=\"{row}\">{cells}</row></sheetData>")),
            }
        };
        let change = |name: &str, text: String| if name == budget { more.iter().fold(text, add) } else { text };
        let imported = read(&with_parts(&xlsx(&own).unwrap(), change));
        assert_eq!(imported.plan.as_ref(), Some(&own));
        said(&imported)
    };
    let text = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let (seen, by) = (text("H5", "seen"), text("I6", "by Ana"));
    let wanted = "note[changed-cell]: 4 cells beside the table are not read: Budget!K2, Budget!H5, Budget!I6, …";
    let four = [(5, &*seen), (6, &*by), (6, "<c r=\"J6\"><v>7</v></c>"), (2, "<c r=\"K2\"><f>1+1</f><v>2</v></c>")];
    assert_eq!(note(&four), [format!("book.xlsx:Budget!K2: {wanted}")]);
    // Headings of a column that was added.
    let wanted = "note[changed-cell]: a cell beside the table is not read: Budget!H4";
    assert_eq!(note(&[(4, &text("H4", "Spent"))]), [format!("book.xlsx:Budget!H4: {wanted}")]);
    let rows = [(30, &*text("A30", "east")), (31, &*text("A31", "west"))];
    let wanted = "warning[changed-cell]: 2 rows that were added to the sheet `Budget` are not read";
    assert_eq!(note(&rows), [format!("book.xlsx:Budget!A30: {wanted}")]);
    // A cell of blanks, or one that has only been coloured, says nothing.
    assert_eq!(note(&[(5, "<c r=\"H5\" s=\"1\"/>"), (6, &text("H6", "  "))]), [""; 0]);
}

#[test]
fn true_is_no_amount_whatever_saved_it() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was saved again");
        return;
    };
    let own = four_cells();
    let budget = part(&own, "Budget");
    let bytes = with_parts(&xlsx(&own).unwrap(), |name, text| {
        let replaced = |text: String| text.replacen(cell(&text, "C5"), "<c r=\"C5\" t=\"b\"><v>1</v></c>", 1);
        if name == budget { replaced(text) } else { text }
    });
    for bytes in [bytes.clone(), saved_again(&program, "xlsx", &bytes), saved_again(&program, "ods", &bytes)] {
        let imported = read(&bytes);
        let wanted = "book.xlsx:Budget!C5: error[changed-cell]: `TRUE` is no exact number: it is true or false";
        assert_eq!((said(&imported), imported.plan), (vec![wanted.to_owned()], None));
    }
}

#[test]
fn sdg_links_are_changed_where_what_they_belong_to_stands() {
    let own = plan("teaching");
    let book = workbook(&own);
    let at = |is_it: &dyn Fn(&Origin) -> bool| {
        let mut cells =
            book.sheets.iter().flat_map(|sheet| sheet.cells().map(move |(row, column, cell)| (sheet, row, column, cell)));
        let (sheet, row, column, _) = cells.find(|(.., cell)| cell.origin.as_ref().is_some_and(is_it)).unwrap();
        (sheet.name.clone(), format!("{}{}", logframe::column_letters(usize::from(column)), row + 1))
    };
    let of_plan = at(&|origin| matches!(origin, Origin::Header("sdgs")));
    let of_outcome = at(&|origin| matches!(origin, Origin::Result { node: 0, key: "sdgs" }));
    let of_indicator = at(&|origin| matches!(origin, Origin::Indicator { node: 0, at: 0, key: "sdgs" }));
    assert_eq!(of_plan.0, "Summary");
    assert_eq!(of_outcome.0, "Results");
    let typed = |cells: &[(&(String, String), &str)]| {
        read(&with_parts(&xlsx(&own).unwrap(), |name, text| {
            let own_sheet = |cell: &&(&(String, String), &str)| part(&own, &cell.0.0) == name;
            cells.iter().filter(own_sheet).fold(text, |text, ((_, place), content)| {
                let new = format!("<c r=\"{place}\" {content}</c>");
                text.replacen(cell(&text, place), &new, 1)
            })
        }))
    };
    let text = |text: &str| format!("t=\"inlineStr\"><is><t>{text}</t></is>");
    let imported = typed(&[(&of_plan, &text("1.5, 13, 17")), (&of_outcome, &text("2.4&#10;8.10")), (&of_indicator, "><v>5</v>")]);
    let all = said(&imported);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all[0].ends_with("the SDG list of the plan was 1.5, 13, and is 1.5, 13, 17"), "{all:?}");
    let new = imported.plan.unwrap();
    let codes = |links: &[logframe::SdgRef]| links.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(codes(&new.header.sdgs), ["1.5", "13", "17"]);
    assert_eq!(codes(&new.outcomes[0].sdgs), ["2.4", "8.10"]);
    assert_eq!(codes(&new.outcomes[0].indicators[0].sdgs), ["5"]);
    // Emptied, it is linked to nothing.
    assert!(typed(&[(&of_plan, "><v></v>")]).plan.unwrap().header.sdgs.is_empty());
    for (content, why) in [
        (text("8.20"), "`8.20` is no SDG goal or target; goals are 1 to 17, targets as 10.7 or 16.a"),
        (text("13; climate"), "`climate` is no SDG goal or target"),
        ("><v>8.1</v>".to_owned(), "`8.1` is a number, and can be the target 8.1 or 8.10; type it as a text"),
        ("t=\"d\"><v>2026-05-08</v>".to_owned(), "`2026-05-08` is a day; type the target as a text"),
    ] {
        let imported = typed(&[(&of_outcome, &content)]);
        let wanted = format!("book.xlsx:Results!{}: error[changed-cell]: {why}", of_outcome.1);
        assert!(said(&imported)[0].starts_with(&wanted), "{:?}", said(&imported));
        assert_eq!(imported.plan, None);
    }
}
