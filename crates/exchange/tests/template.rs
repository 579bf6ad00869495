//! Empty workbooks that offices fill in: empty they are the plan, filled they are its lines, and what is wrong in them is told at its cell.

use std::io::Cursor;

use calamine::Reader as _;
use logframe::diagnostic::text::concise;
use logframe::planning::{Contribution, combine};
use logframe::{Plan, Source};
use logframe_exchange::export::{
    Allowed, Cell, Part, Sheet, TemplateOptions, Value, blank_plan, template, template_plan, template_xlsx,
};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{libreoffice, saved_again, with_parts, without_kept_values};

const PLANS: [&str; 4] = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"];

fn plan(name: &str) -> Plan {
    let path = format!("{}/../../plans/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Plan::parse(&Source::read(path).unwrap()).plan.unwrap()
}

fn bytes(plan: &Plan) -> Vec<u8> {
    template_xlsx(plan, TemplateOptions::default().with_lines(20)).unwrap()
}

fn read(bytes: &[u8]) -> Imported {
    import(Document::of_bytes("book.xlsx", bytes).unwrap(), &Mapping::default())
}

fn said(imported: &Imported) -> Vec<String> {
    imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect()
}

/// The workbook with other contents in cells of a sheet, as somebody types them: digits are numbers.
fn filled(bytes: &[u8], sheet: usize, cells: &[(&str, &str)]) -> Vec<u8> {
    let part = format!("xl/worksheets/sheet{sheet}.xml");
    let fill = |text: String| cells.iter().fold(text, |text, (place, content)| typed(&text, place, content));
    with_parts(bytes, |name, text| if name == part { fill(text) } else { text })
}

fn typed(xml: &str, place: &str, content: &str) -> String {
    let from = xml.find(&format!("<c r=\"{place}\"")).unwrap_or_else(|| panic!("no {place}"));
    let opened = from + xml[from..].find('>').unwrap();
    let is_empty = xml[..opened].ends_with('/');
    let end = if is_empty { opened + 1 } else { from + xml[from..].find("</c>").unwrap() + 4 };
    let style = xml[from..opened].split(' ').find(|part| part.starts_with("s=")).unwrap().trim_end_matches('/');
    let cell = if content.parse::<logframe::Decimal>().is_ok() {
        format!("<c r=\"{place}\" {style}><v>{content}</v></c>")
    } else {
        format!("<c r=\"{place}\" {style} t=\"inlineStr\"><is><t>{content}</t></is></c>")
    };
    format!("{}{cell}{}", &xml[..from], &xml[end..])
}

/// A row that is right.
const PERU: [(&str, &str); 10] = [
    ("B5", "Peru"),
    ("C5", "1.1a · Repair 24 classrooms"),
    ("D5", "Contractual services"),
    ("E5", "Builders"),
    ("F5", "12"),
    ("G5", "classroom"),
    ("H5", "4200.5"),
    ("L5", "PEN"),
    ("Q5", "2027-Q1"),
    ("R5", "month"),
];
const COLOMBIA: [(&str, &str); 8] = [
    ("B6", "Colombia"),
    ("C6", "management · Management and monitoring"),
    ("E6", "Coordinator"),
    ("F6", "1"),
    ("H6", "2850"),
    ("I6", "24"),
    ("J6", "month"),
    ("K6", "30"),
];

#[test]
fn an_empty_template_is_the_plan_without_its_money() {
    for own in PLANS.map(plan).into_iter().chain([blank_plan(1, "USD"), blank_plan(16, "JPY")]) {
        let imported = read(&bytes(&own));
        assert_eq!(said(&imported), [""; 0], "{}", own.header.id.value);
        let back = imported.plan.unwrap();
        assert_eq!(back, template_plan(&own, &[""; 0]).unwrap());
        assert!(back.lines.is_empty() && back.allocations.is_empty() && back.statements().is_empty());
        assert_eq!(back.offices, own.offices);
        let errors = back.check().counts().errors;
        assert_eq!(errors, 0, "{}", own.header.id.value);
    }
}

#[test]
fn the_invented_plan_checks_clean() {
    assert_eq!(blank_plan(16, "USD").check().findings.len(), 0);
}

#[test]
fn cells_to_fill_in_are_marked_and_the_others_work_themselves_out() {
    let book = template(&plan("proposal-example"), TemplateOptions::default());
    let lines = book.sheet("Lines").unwrap();
    assert!(lines.is_protected && lines.body_rows == 200);
    let row: Vec<&Cell> = (0..23).map(|column| lines.cell(4, column).unwrap()).collect();
    let parts: String = row.iter().map(|cell| if cell.style.part == Part::Input { 'i' } else { 'c' }).collect();
    assert_eq!(parts, "ciiiiiiiiiiicccciiiiiic");
    assert!(row.iter().all(|cell| (cell.value == Value::Blank) == (cell.style.part == Part::Input)));
    let total = lines.cell(2, 13).unwrap();
    assert!(matches!(&total.value, Value::Formula { text, .. } if text == "SUM(N5:N204)"), "{total:?}");
}

fn allowed<'s>(sheet: &'s Sheet, key: &str) -> Option<&'s Allowed> {
    let column = sheet.columns.iter().position(|column| column.key == key).unwrap();
    let own = sheet.validations.iter().find(|one| usize::from(one.column) == column)?;
    assert_eq!((own.first_row, own.last_row), (4, 203));
    Some(&own.allowed)
}

#[test]
fn lists_offer_what_the_plan_has() {
    let book = template(&plan("proposal-example"), TemplateOptions::default());
    let lines = book.sheet("Lines").unwrap();
    for (key, cells) in [
        ("office", "Lists!$A$5:$A$6"),
        ("result", "Lists!$B$5:$B$17"),
        ("category", "Lists!$E$5:$E$13"),
        ("currency", "Lists!$F$5:$F$7"),
        ("donor", "Lists!$H$5:$H$6"),
        // Two outcomes, two heads, and nine categories.
        ("of", "Lists!$I$5:$I$17"),
    ] {
        assert_eq!(allowed(lines, key), Some(&Allowed::Cells(cells.to_owned())), "{key}");
    }
    for key in ["quantity", "unit-cost", "duration"] {
        assert_eq!(allowed(lines, key), Some(&Allowed::NotNegative), "{key}");
    }
    assert_eq!(allowed(lines, "share"), Some(&Allowed::Percent));
    assert_eq!(allowed(lines, "percent"), Some(&Allowed::Percent));
    let steps = ["month", "quarter", "half-year", "year"].to_vec();
    assert_eq!(allowed(lines, "spread"), Some(&Allowed::Suggested(steps)));
    assert!(matches!(allowed(lines, "duration-unit"), Some(Allowed::Suggested(_))));
}

#[test]
fn filled_rows_are_lines() {
    let imported = read(&filled(&bytes(&plan("proposal-example")), 1, &[&PERU[..], &COLOMBIA].concat()));
    assert_eq!(
        said(&imported),
        [
            "book.xlsx:Lines!B5: note[changed-cell]: the budget line Builders was added",
            "book.xlsx:Lines!B6: note[changed-cell]: the budget line Coordinator was added",
        ]
    );
    let plan = imported.plan.unwrap();
    let [peru, colombia] = &plan.lines[..] else { panic!("{:?}", plan.lines) };
    assert_eq!((peru.office.as_str(), peru.result.as_str()), ("peru", "1.1a"));
    assert_eq!(peru.category.as_ref().unwrap().as_str(), "contractual");
    assert_eq!(peru.source, Some("book.xlsx, Lines!B5".into()));
    assert_eq!(peru.period.unwrap().to_string(), "2027-Q1");
    assert_eq!((colombia.office.as_str(), colombia.result.as_str()), ("colombia", "management"));
    // 12 x 4,200.50 soles at 3.72, and 2,850 x 24 x 30 %.
    let amounts: Vec<String> = plan.built_lines().iter().map(|built| built.amount.unwrap().to_string()).collect();
    assert_eq!(amounts, ["13550.00", "20520.00"]);
    let report = plan.check();
    assert_eq!(report.counts().errors, 0, "{:?}", report.findings);
}

#[test]
fn what_is_wrong_is_told_at_its_cell() {
    let cells = [
        ("B5", "Bolivia"),
        ("C5", "1.1a"),
        ("E5", "Desks"),
        ("H5", "10"),
        ("B6", "Peru"),
        ("E6", "Chairs"),
        ("F6", "a dozen"),
        ("H6", "10"),
        ("B7", "Peru"),
        ("C7", "9 · Nothing"),
        ("D7", "Sundries"),
        ("E7", "Books"),
    ];
    let imported = read(&filled(&bytes(&plan("proposal-example")), 1, &cells));
    assert_eq!(
        said(&imported),
        [
            "book.xlsx:Lines!B5: error[changed-cell]: there is no office `Bolivia`",
            "book.xlsx:Lines!C6: error[changed-cell]: C6 is empty: a budget line needs its result",
            "book.xlsx:Lines!F6: error[changed-cell]: `a dozen` is no exact number",
            "book.xlsx:Lines!B7: error[changed-cell]: H7 is empty: a budget line needs its unit cost",
            "book.xlsx:Lines!C7: error[changed-cell]: there is no result or budget head `9 · Nothing`",
            "book.xlsx:Lines!D7: error[changed-cell]: there is no cost category `Sundries`",
        ]
    );
    assert_eq!(imported.findings[0].help, ["choose one from the list: Peru, Colombia"]);
    assert_eq!(imported.plan, None);
}

#[test]
fn a_number_over_a_formula_is_told() {
    let cells = [&PERU[..], &[("N5", "1")]].concat();
    let said = said(&read(&filled(&bytes(&plan("proposal-example")), 1, &cells)));
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].starts_with("book.xlsx:Lines!N5: warning[changed-cell]: `1` was typed over the formula =IF(M5="), "{said:?}");
}

#[test]
fn a_formula_of_a_form_that_was_changed_is_told() {
    let book = filled(&bytes(&plan("proposal-example")), 1, &PERU);
    // 12 classrooms at 4,200.50 are 50,406, and somebody halved the formula.
    let halved = |shows: &str| {
        with_parts(&book, |name, text| {
            let own = text.find("<c r=\"M5\"").filter(|_| name == "xl/worksheets/sheet1.xml");
            let Some(from) = own else { return text };
            let end = from + text[from..].find("</c>").unwrap();
            let formula = text[from..end].split("<f>").nth(1).unwrap().split("</f>").next().unwrap();
            format!("{}<c r=\"M5\"><f>({formula})/2</f><v>{shows}</v>{}", &text[..from], &text[end..])
        })
    };
    let told = |shows: &str| {
        let all = said(&read(&halved(shows)));
        assert_eq!(all.len(), 2, "{all:?}");
        let wanted = "book.xlsx:Lines!M5: warning[changed-cell]: the formula of Lines!M5 was =IF(U5=";
        let one = all.into_iter().find(|one| one.starts_with(wanted)).unwrap();
        one.split_once("; ").map(|(_, shows)| shows.to_owned()).unwrap_or_default()
    };
    assert_eq!(told("25203"), "it shows 25,203, and the plan works out 50,406");
    // What it showed before was kept beside it.
    assert_eq!(told("50406.000000000007"), "");
}

#[test]
fn no_formula_of_a_form_that_libreoffice_saves_is_another() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was saved again");
        return;
    };
    let book = filled(&bytes(&plan("proposal-example")), 1, &PERU);
    for format in ["xlsx", "ods", "xls"] {
        let said = said(&read(&saved_again(&program, format, &book)));
        assert_eq!(said, ["book.xlsx:Lines!B5: note[changed-cell]: the budget line Builders was added"], "{format}");
    }
}

#[test]
fn one_office_is_not_chosen() {
    let own = template_plan(&plan("proposal-example"), &["peru"]).unwrap();
    let book = template(&own, TemplateOptions::default());
    let lines = book.sheet("Lines").unwrap();
    assert_eq!((lines.cell(4, 1).unwrap().style.part, allowed(lines, "office")), (Part::Computed, None));
    let back = read(&filled(&bytes(&own), 1, &PERU[1..])).plan.unwrap();
    assert_eq!(back.lines[0].office.as_str(), "peru");
}

#[test]
fn renamed_offices_and_results_are_renamed_and_known_by_both_names() {
    let own = blank_plan(2, "USD");
    let book = filled(&bytes(&own), 2, &[("B5", "Kenya")]);
    let book = filled(&book, 3, &[("C5", "Safe water")]);
    let row = |row: u32, office: &str, result: &str| {
        [("B", office), ("C", result), ("E", "Pumps"), ("H", "10")]
            .map(|(column, text)| (format!("{column}{row}"), text.to_owned()))
    };
    let cells = [row(5, "Kenya", "1 · Safe water"), row(6, "Office 1", "First outcome"), row(7, "office-1", "1")].concat();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    let imported = read(&filled(&book, 1, &cells));
    let plan = imported.plan.unwrap_or_else(|| panic!("{:?}", imported.findings));
    assert_eq!((plan.offices[0].name.as_str(), plan.outcomes[0].title.as_str()), ("Kenya", "Safe water"));
    let of: Vec<(&str, &str)> = plan.lines.iter().map(|line| (line.office.as_str(), line.result.as_str())).collect();
    assert_eq!(of, [("office-1", "1"); 3]);
}

#[test]
fn two_offices_of_one_name_are_asked_about() {
    let mut draft = plan("proposal-example").draft();
    draft.offices[1].name = "Peru".to_owned();
    let own = Plan::new(draft);
    let said = said(&read(&filled(&bytes(&own), 1, &PERU)));
    assert_eq!(said, ["book.xlsx:Lines!B5: error[changed-cell]: `Peru` can be more than one office"]);
    let with_id = [&[("B5", "peru · Peru")], &PERU[1..]].concat();
    assert_eq!(read(&filled(&bytes(&own), 1, &with_id)).plan.unwrap().lines[0].office.as_str(), "peru");
}

#[test]
fn a_template_of_more_rows_than_there_can_be_is_none() {
    let own = plan("teaching");
    for lines in ["10001", "4294967296", "-1", "x"] {
        let text = format!("logframe-workbook 1 template {lines}");
        let count = template(&own, TemplateOptions::default()).sheets.len();
        let imported = read(&filled(&bytes(&own), count, &[("A1", &text)]));
        assert!(imported.plan.is_none() && said(&imported)[0].contains("another version"), "{:?}", imported.findings);
    }
}

#[test]
fn what_offices_sent_is_combined_whatever_saved_it() {
    let region = plan("proposal-example");
    let region = template_plan(&region, &[""; 0]).unwrap();
    let book = |office: &str, cells: &[(&str, &str)]| filled(&bytes(&template_plan(&region, &[office]).unwrap()), 1, cells);
    // In the file of one office the row is the first.
    let colombia = COLOMBIA.map(|(place, text)| (place.replace('6', "5"), text));
    let colombia: Vec<(&str, &str)> = colombia[1..].iter().map(|(place, text)| (place.as_str(), *text)).collect();
    let sent = [("peru.xlsx", book("peru", &PERU[1..])), ("colombia.xlsx", book("colombia", &colombia))];
    check_combined(&region, &sent);
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was saved again");
        return;
    };
    check_combined(&region, &sent.map(|(name, bytes)| (name, saved_again(&program, "xlsx", &bytes))));
    // An empty one, too.
    let imported = read(&saved_again(&program, "xlsx", &bytes(&region)));
    assert_eq!((said(&imported), imported.plan), (Vec::new(), Some(region)));
}

#[test]
fn the_formulas_come_to_what_the_lines_come_to() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was worked out");
        return;
    };
    let cells = [&PERU[..], &COLOMBIA, &[("B7", "Peru"), ("E7", "Desks"), ("F7", "a dozen"), ("H7", "5")]].concat();
    let book = filled(&bytes(&plan("proposal-example")), 2, &[("B6", "Colombia, all of it")]);
    let book = filled(&book, 1, &[&cells[..], &[("E8", "Rent"), ("H8", "5"), ("L8", "EUR")]].concat());
    let again = saved_again(&program, "xlsx", &without_kept_values(&book));
    let mut read: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(again)).unwrap();
    let mut shown = |sheet: &str, row: u32, column: u32| {
        let value = read.worksheet_range(sheet).unwrap().get_value((row, column)).cloned();
        value.map(|value| value.to_string()).unwrap_or_default()
    };
    let lines: Vec<Vec<String>> = (4..9).map(|row| (12..16).map(|column| shown("Lines", row, column)).collect()).collect();
    assert_eq!(lines[0], ["50406", "13550", "1", ""]);
    assert_eq!(lines[1][..3], ["20520", "20520", "management"]);
    assert_eq!(lines[2], ["", "", "", "result, number instead of text"]);
    assert_eq!(lines[3], ["5", "", "", "office, result, rate of the currency"]);
    assert_eq!(lines[4], ["", "", "", ""]);
    assert_eq!(shown("Lines", 2, 13), "34070");
    // An office, its outcome, and what is not placed: the line still says what the office was called.
    assert_eq!((shown("Budget", 4, 2), shown("Budget", 4, 6)), ("13550".to_owned(), "13550".to_owned()));
    assert_eq!((shown("Budget", 6, 6), shown("Budget", 7, 6)), ("13550".to_owned(), "20520".to_owned()));
    assert_eq!(shown("Lists", 5, 0), "Colombia, all of it");
}

fn check_combined(region: &Plan, sent: &[(&str, Vec<u8>)]) {
    let one = |(name, bytes): &(&str, Vec<u8>)| {
        let imported = read(bytes);
        let plan = imported.plan.unwrap_or_else(|| panic!("{:?}", imported.findings));
        Contribution { name: (*name).to_owned(), plan }
    };
    let combined = combine(region, &sent.iter().map(one).collect::<Vec<_>>());
    assert_eq!(combined.findings, []);
    let lines: Vec<(&str, &str)> = combined.plan.lines.iter().map(|line| (line.office.as_str(), &*line.description)).collect();
    assert_eq!(lines, [("peru", "Builders"), ("colombia", "Coordinator")]);
    assert_eq!(combined.plan.total().unwrap().to_string(), "USD 34,070.00");
}

/// A percentage of all that Peru pays for besides, of its contractual services, and of what it pays for its first outcome.
const PERCENTAGES: [(&str, &str); 17] = [
    ("B6", "Peru"),
    ("C6", "support · Support costs"),
    ("E6", "Support costs"),
    ("U6", "7"),
    ("B7", "Peru"),
    ("C7", "support · Support costs"),
    ("E7", "Supervision"),
    ("U7", "2.5"),
    ("V7", "Contractual services"),
    ("B8", "Peru"),
    ("C8", "support · Support costs"),
    ("E8", "Audit"),
    ("U8", "1"),
    ("V8", "1 · Children learn"),
    ("B9", "Peru"),
    ("C9", "management · Management and monitoring"),
    ("E9", "Car"),
];

#[test]
fn percentages_of_other_lines_are_combined() {
    let region = template_plan(&plan("proposal-example"), &[""; 0]).unwrap();
    let cells = [&PERU[..], &PERCENTAGES, &[("F9", "2"), ("H9", "1000")]].concat();
    let imported = read(&filled(&bytes(&region), 1, &cells));
    let sent = imported.plan.unwrap_or_else(|| panic!("{:?}", imported.findings));
    let combined = combine(&region, &[Contribution { name: "peru.xlsx".to_owned(), plan: sent }]);
    let said: Vec<&str> = combined.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["nobody sent the budget of Colombia"]);
    let built: Vec<String> = combined.plan.built_lines().iter().map(|built| built.amount.unwrap().to_string()).collect();
    // 12 classrooms at 4,200.50 soles, 3.72 for a dollar, are 13,550; with a car for 2,000 they are 15,550.
    assert_eq!(built, ["13550.00", "1088.50", "338.75", "135.50", "2000.00"]);
    assert_eq!(combined.plan.check().findings.iter().filter(|finding| finding.rule == "line-amount").count(), 0);
}

#[test]
fn the_formulas_of_percentages_come_to_what_the_lines_come_to() {
    let Some(program) = libreoffice() else {
        eprintln!("skipped: there is no soffice on the PATH, so nothing was worked out");
        return;
    };
    let wrong =
        [("B10", "Peru"), ("C10", "support · Support costs"), ("E10", "Both"), ("U10", "0.07"), ("H10", "5"), ("V11", "Staff")];
    let cells = [&PERU[..], &PERCENTAGES, &[("F9", "2"), ("H9", "1000")], &wrong].concat();
    let book = filled(&bytes(&plan("proposal-example")), 1, &cells);
    let again = saved_again(&program, "xlsx", &without_kept_values(&book));
    let mut read: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(again)).unwrap();
    let sheet = read.worksheet_range("Lines").unwrap();
    let shown = |row: u32, column: u32| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    let column = |column: u32| (4..9).map(|row| shown(row, column)).collect::<Vec<_>>();
    assert_eq!(column(13), ["13550", "1088.5", "338.75", "135.5", "2000"]);
    assert_eq!(column(15), [""; 5]);
    assert_eq!(shown(9, 15), "either a percentage or a cost, % of other lines as 7, without %");
    assert_eq!(shown(10, 15), "office, result, description, % of other lines");
    // An empty row says nothing.
    assert_eq!([12, 13, 15, 22].map(|column| shown(12, column)), [""; 4]);
}

#[test]
fn what_is_wrong_with_a_percentage_is_told_at_its_cell() {
    let wrong = [("V6", "Sundries"), ("U7", "seven")];
    let cells: Vec<(&str, &str)> = PERCENTAGES[..14].iter().filter(|(place, _)| *place != "U7").copied().chain(wrong).collect();
    let imported = read(&filled(&bytes(&plan("proposal-example")), 1, &cells));
    let said = said(&imported);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|said| said.starts_with("book.xlsx:Lines!U7: error[changed-cell]: `seven`")), "{said:?}");
    let wanted = "book.xlsx:Lines!V6: error[changed-cell]: there is no result, budget head or cost category `Sundries`";
    assert!(said.iter().any(|said| said == wanted), "{said:?}");
}

#[test]
fn a_donor_whose_rules_an_office_does_not_have_is_the_same() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plans/proposal-example.toml");
    let plan = logframe_exchange::load(&path).unwrap().plan.unwrap();
    assert!(plan.donors.iter().any(|donor| !donor.profiles.is_empty()));
    let blank = template_plan(&plan, &["peru"]).unwrap();
    let sent = Contribution { name: "peru.xlsx".to_owned(), plan: blank };
    let combined = combine(&plan, &[sent]);
    let said: Vec<&str> = combined.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(!said.iter().any(|said| said.contains("the donor")), "{said:?}");
    assert_eq!(combined.plan.donors, plan.donors);
}
