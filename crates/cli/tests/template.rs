//! `template`: workbooks for offices to fill in, from the empty one to the combined plan.

use std::io::{Cursor, Read as _, Write as _};

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::run::{Folder, IOM, argument, logframe};

const PROPOSAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plans/proposal-example.toml");

/// Types into empty cells of the first sheet of a workbook; digits are numbers.
fn fill(path: &str, cells: &[(&str, &str)]) {
    let mut archive = ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            cells.iter().for_each(|(place, content)| text = typed(&text, place, content));
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    std::fs::write(path, writer.finish().unwrap().into_inner()).unwrap();
}

fn typed(xml: &str, place: &str, content: &str) -> String {
    let (before, rest) = xml.split_once(&format!("<c r=\"{place}\" ")).unwrap();
    let (style, after) = rest.split_once("/>").unwrap();
    let value = if content.parse::<logframe::Decimal>().is_ok() {
        format!("><v>{content}</v>")
    } else {
        format!(" t=\"inlineStr\"><is><t>{content}</t></is>")
    };
    format!("{before}<c r=\"{place}\" {style}{value}</c>{after}")
}

#[test]
fn filled_templates_of_two_offices_are_one_plan() {
    let folder = Folder::new();
    let [region, peru, colombia, plan] =
        ["region.xlsx", "peru.xlsx", "colombia.xlsx", "plan.toml"].map(|name| argument(&folder.path(name)));
    assert_eq!(logframe(&["template", PROPOSAL, "-o", &region]).status, Success);
    for (office, path) in [("peru", &peru), ("colombia", &colombia)] {
        assert_eq!(logframe(&["template", PROPOSAL, "--office", office, "--lines", "10", "-o", path]).status, Success);
    }
    fill(&peru, &[("C5", "1.1a · Repair 24 classrooms"), ("E5", "Builders"), ("F5", "2"), ("H5", "100.25")]);
    fill(&colombia, &[("C5", "support"), ("E5", "Rent"), ("H5", "12.5"), ("I5", "24"), ("L5", "COP")]);
    let ran = logframe(&["combine", &region, &peru, &colombia, "-o", &plan]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    let text = std::fs::read_to_string(&plan).unwrap();
    assert!(text.contains("Builders") && text.contains("Rent"), "{text}");
    // 2 x 100.25, and 12.5 x 24 pesos at 4,125.
    let checked = logframe(&["check", &plan]);
    assert!(checked.out.starts_with("proposal-example: ") && checked.status == Success, "{}", checked.out);
    assert!(logframe(&["show", &plan, "budget"]).out.contains("200.57"));
}

#[test]
fn an_invented_template_is_its_own_regional_plan() {
    let folder = Folder::new();
    let [region, sent, plan] = ["office-budget.xlsx", "sent.xlsx", "plan.toml"].map(|name| argument(&folder.path(name)));
    let ran = logframe(&["template", "--offices", "16", "-o", &region]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    assert!(ran.out.contains("for 16 offices; name offices in its sheet Budget"), "{}", ran.out);
    assert_eq!(logframe(&["check", "--strict", &region]).status, Success);
    std::fs::copy(&region, &sent).unwrap();
    fill(&sent, &[("B5", "Office 3"), ("C5", "2.1 · Second output"), ("E5", "Pumps"), ("H5", "7")]);
    let ran = logframe(&["combine", &region, &sent, "-o", &plan]);
    assert_eq!(ran.err.lines().filter(|line| line.contains("nobody sent the budget of Office")).count(), 15, "{}", ran.err);
    assert!(std::fs::read_to_string(&plan).unwrap().contains("office      = \"office-3\""));
}

#[test]
fn what_an_office_did_wrong_is_told_at_its_cell() {
    let folder = Folder::new();
    let path = argument(&folder.path("filled.xlsx"));
    logframe(&["template", IOM, "-o", &path]);
    fill(&path, &[("B5", "Atlantis"), ("E5", "Boats"), ("F5", "some"), ("H5", "1")]);
    let ran = logframe(&["check", &path, "--format", "concise"]);
    assert_eq!(ran.status, Findings);
    for wanted in
        ["Lines!B5: error", "`Atlantis`", "Lines!C5: error", "C5 is empty", "Lines!F5: error", "`some` is no exact number"]
    {
        assert!(ran.out.contains(wanted), "{wanted}: {}", ran.out);
    }
}

#[test]
fn a_template_is_never_written_over_a_file() {
    let folder = Folder::new();
    let path = folder.file("mine.xlsx", "mine");
    let ran = logframe(&["template", "-o", &path]);
    assert_eq!(ran.status, CouldNotRun);
    assert!(ran.err.contains("exists already") && ran.err.contains("`--force`"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(logframe(&["template", "--force", "-o", &path]).status, Success);
}

#[test]
fn what_no_template_can_be_made_of_says_why() {
    let folder = Folder::new();
    let path = argument(&folder.path("new.xlsx"));
    let empty = folder.file("empty.toml", "format = 1\nplan = { id = 'x', title = 'X', currency = 'USD' }\n");
    let csv = argument(&folder.path("new.csv"));
    for (args, why) in [
        (&[PROPOSAL, "--office", "perú", "-o", &path][..], "no office `perú` in the plan; did you mean `peru`?"),
        (&["--currency", "XXZ", "-o", &path], "`XXZ` is no currency"),
        (&[&empty, "-o", &path], "has no offices"),
        (&["-o", &csv], "ends with `.xlsx`"),
        (&["--offices", "0", "-o", &path], "0 is not in 1..=500"),
        (&[PROPOSAL, "--offices", "3", "-o", &path], "cannot be used with"),
        (&["--office", "peru", "-o", &path], "required"),
    ] {
        let ran = logframe(&[&["template"], args].concat());
        assert_eq!(ran.status, CouldNotRun, "{args:?}");
        assert!(ran.err.contains(why), "{args:?}: {}", ran.err);
    }
}
