//! Plans as data packages, read back by other means: a CSV reader and a JSON reader that know nothing of plans.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use logframe::{Allocation, Cell, Decimal, Draft, Error, Head, Header, Line, Office, Outcome, Plan, Source};
use logframe_exchange::{Package, data_package, save_data_package};
use serde_json::Value;

/// A row by its columns.
type Row = BTreeMap<String, String>;

const PLANS: [&str; 4] = ["iom-venezuela-2018", "proposal-example", "proposal-example-revision", "teaching"];

fn plan(name: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../plans/{name}.toml"));
    Plan::parse(&Source::read(path).unwrap()).plan.unwrap()
}

fn descriptor(package: &Package) -> Value {
    serde_json::from_str(package.text("datapackage.json").unwrap()).unwrap()
}

fn rows(package: &Package, table: &str) -> Vec<Row> {
    let text = package.text(&format!("{table}.csv")).unwrap_or_else(|| panic!("no table {table}"));
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn sum<'r>(rows: impl IntoIterator<Item = &'r Row>, column: &str) -> String {
    let numbers = rows.into_iter().filter(|row| !row[column].is_empty()).map(|row| row[column].parse().unwrap());
    Decimal::exact_sum(numbers).unwrap().to_string()
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn resources(descriptor: &Value) -> &Vec<Value> {
    descriptor["resources"].as_array().unwrap()
}

/// The cells of some columns, row by row.
fn cells(rows: &[Row], columns: &[String]) -> Vec<Vec<String>> {
    rows.iter().map(|row| columns.iter().map(|column| row[column].clone()).collect()).collect()
}

#[test]
fn the_iom_budget_adds_up_to_its_cells_and_not_to_its_printed_total() {
    let package = data_package(&plan("iom-venezuela-2018"));
    assert_eq!(descriptor(&package)["name"], "iom-venezuela-2018");
    let budget = rows(&package, "allocations");
    assert_eq!(sum(&budget, "amount"), "32326043");
    // Sixteen offices by four outcomes and evaluation; 22 of the cells are printed as a dash.
    let none: Vec<&Row> = budget.iter().filter(|row| row["said"] == "none").collect();
    assert_eq!((budget.len(), none.len()), (80, 22));
    assert!(none.iter().all(|row| row["amount"].is_empty()));
    assert_eq!(sum(budget.iter().filter(|row| row["office"] == "brazil"), "amount"), "3424000");
    let declared = rows(&package, "declared");
    assert_eq!(declared.len(), 94);
    let total = ["where", "declared", "computed", "difference", "verdict"].map(|column| declared[0][column].as_str());
    assert_eq!(total, ["main table", "32326041", "32326043", "-2", "within rounding"]);
}

#[test]
fn the_proposal_adds_up_by_cells_by_lines_and_by_outcome() {
    let package = data_package(&plan("proposal-example"));
    let (budget, lines) = (rows(&package, "allocations"), rows(&package, "lines"));
    assert_eq!((sum(&budget, "amount"), sum(&lines, "built")), ("1475994.36".to_owned(), "1475994.36".to_owned()));
    assert!(budget.iter().all(|row| row["said"] == "lines"));
    // 1 person x 2,850 x 24 months x 30 %; and 12 classrooms at 11,400 soles, 3.72 for a dollar: 36,774.193…
    let built = |description: &str| lines.iter().find(|row| row["description"] == description).unwrap()["built"].as_str();
    assert_eq!((built("Coordinator, classrooms"), built("Repair of classrooms")), ("20520.00", "36774.19"));
    let parents: BTreeMap<String, String> =
        rows(&package, "results").into_iter().map(|mut row| (row.remove("id").unwrap(), row.remove("parent").unwrap())).collect();
    let root = |id: &str| {
        let mut at = id.to_owned();
        while !parents[&at].is_empty() {
            at.clone_from(&parents[&at]);
        }
        at
    };
    let of = |outcome: &str| sum(budget.iter().filter(|row| root(&row["result"]) == outcome), "amount");
    assert_eq!([of("1"), of("2"), of("management"), of("support")], ["539781.92", "575112.90", "237491.44", "123608.10"]);
}

#[test]
fn every_column_of_a_line_stands_under_its_key() {
    let package = data_package(&plan("proposal-example"));
    let lines = rows(&package, "lines");
    let with = |column: &str, text: &str| lines.iter().find(|row| row[column] == text).unwrap_or_else(|| panic!("no {text}"));
    assert_eq!(lines.len(), 60);
    // From the first quarter of 2027 to its fourth is the year.
    let repair = with("description", "Repair of classrooms");
    let shown = ["office", "result", "category", "quantity", "unit", "unit-cost", "currency", "period", "from", "to", "spread"];
    assert_eq!(
        shown.map(|column| repair[column].as_str()),
        [
            "peru",
            "1.1a",
            "contractual",
            "12",
            "classroom",
            "11400",
            "PEN",
            "2027",
            "2027-01-01",
            "2027-12-31",
            "quarter: 1 3 3 1"
        ]
    );
    assert_eq!(with("id", "peru-coordinator-1")["post"], "coordinator");
    assert_eq!((with("id", "peru-support")["percent"].as_str(), with("id", "peru-support")["amount"].as_str()), ("7", ""));
    // A table of lines cannot say amounts, and a package can.
    assert_eq!(with("description", "Regional meetings")["spread"], "year = 1240 1240");
}

#[test]
fn missing_zero_none_and_not_available_stay_apart() {
    let package = data_package(&plan("teaching"));
    let budget = rows(&package, "allocations");
    let cell = |office: &str, result: &str| {
        let row = budget.iter().find(|row| row["office"] == office && row["result"] == result)?;
        Some((row["amount"].as_str(), row["said"].as_str()))
    };
    assert_eq!(cell("river-desk", "support"), Some(("0", "amount")));
    assert_eq!(cell("tete", "2"), Some(("", "none")));
    assert_eq!(cell("river-desk", "1"), None);
    assert_eq!(sum(&budget, "amount"), "587742");
    let readings: Vec<Vec<String>> = rows(&package, "readings").into_iter().map(|row| row.into_values().collect()).collect();
    let of = |id: &str, kind: &str| readings.iter().find(|row| row[0] == id && row[1] == kind).map(|row| &row[2..]);
    assert_eq!(of("1.1-families", "baseline").unwrap(), ["not available", "", ""]);
    assert_eq!(of("1-income", "baseline").unwrap(), ["number", "22.5", "2025"]);
}

#[test]
fn what_a_document_says_besides_its_money_is_in_tables_of_its_own() {
    let package = data_package(&plan("teaching"));
    let columns = |table: &str, names: &[&str]| -> Vec<String> {
        rows(&package, table)
            .iter()
            .map(|row| names.iter().map(|name| row[*name].as_str()).collect::<Vec<_>>().join("|"))
            .collect()
    };
    assert_eq!(
        columns("series-figures", &["series", "country", "year", "value", "said"]),
        [
            "flooded-households|MW|2023|18300|number",
            "flooded-households|MW|2024|6100|number",
            "flooded-households|MW|2025|22700|number",
            "flooded-households|MZ|2023||not available",
            "flooded-households|MZ|2024|9400|number",
            "flooded-households|MZ|2025|31000|number",
        ]
    );
    assert_eq!(columns("series", &["id", "unit", "rounded-to"]), ["flooded-households|households|100"]);
    assert_eq!(
        columns("series-statements", &["position", "where", "country", "year", "value"]),
        ["1|introduction|MZ|2025|31000"]
    );
    assert_eq!(columns("sheets", &["id", "title", "lists-activities"]), ["malawi|MALAWI AND THE RIVER DESK|true", "tete||true"]);
    assert_eq!(columns("sheet-offices", &["sheet", "office"]), ["malawi|malawi", "malawi|river-desk", "tete|tete"]);
    assert_eq!(
        columns("sheet-activities", &["sheet", "position", "activity"])[4..],
        ["malawi|5|2b", "tete|1|1a", "tete|2|1b", "tete|3|2a"]
    );
    let wording = "malawi|1c|Open village savings groups with women in the lead";
    assert_eq!(columns("sheet-wording", &["sheet", "activity", "text"]), [wording]);
    assert_eq!(
        columns("sheet-challenges", &["sheet", "position", "result", "text"]),
        [
            "malawi|1|1|Seed sellers reach few villages",
            "malawi|2|2|Alarms arrive after the water",
            "malawi|3||Roads in the valley are closed from January to March",
        ]
    );
    let harvest = "1|1|One lost harvest forces families to sell their tools and animals";
    assert_eq!(columns("challenges", &["result", "position", "text"]), [harvest]);
    let assumed = ["1|1|Seed markets stay open in both countries", "1.1|1|Seed arrives before the November rains"];
    assert_eq!(columns("assumptions", &["result", "position", "text"]), assumed);
    assert_eq!(columns("exceptions", &["exception", "rule", "severity", "about"]), ["1|activity-without-money|off|tete"]);
}

#[test]
fn what_donors_ask_is_in_clauses() {
    let package = data_package(&plan("proposal-example"));
    let profiles: Vec<[String; 2]> =
        rows(&package, "profiles").into_iter().map(|mut row| ["id", "published"].map(|key| row.remove(key).unwrap())).collect();
    assert_eq!(profiles, [["untfhs", "true"], ["northland", "false"]]);
    let clauses = rows(&package, "clauses");
    let of = |id: &str, column: &str| clauses.iter().find(|row| row["id"] == id).unwrap()[column].clone();
    assert_eq!(clauses.len(), 8);
    assert_eq!([of("currency", "currency"), of("cents", "unit"), of("overhead", "indirect-rate")], ["USD", "0.01", "7"]);
    assert_eq!([of("breakdown", "required"), of("two-years", "months")], ["[\"category\",\"quantity\",\"unit\"]", "24"]);
    assert_eq!([of("reserve", "share-of"), of("reserve", "share-most")], ["[\"contingency\"]", "3"]);
    let amendment = ["heading", "change", "fixed"].map(|key| of("flexibility", &format!("amendment-{key}")));
    assert_eq!(amendment, ["category", "15", "[\"indirect\"]"]);
    assert!(clauses.iter().all(|row| row["profile"] == "northland"));
}

#[test]
fn a_plan_without_money_has_no_empty_tables() {
    let package = data_package(&Plan::new(Draft { header: Header::new("p", "P", "USD"), ..Draft::default() }));
    let names: Vec<&str> = package.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["datapackage.json"]);
}

#[test]
fn the_descriptor_names_every_file_and_every_column() {
    for name in PLANS {
        let package = data_package(&plan(name));
        let descriptor = descriptor(&package);
        assert_eq!(descriptor["profile"], "tabular-data-package");
        let paths: Vec<&str> = resources(&descriptor).iter().map(|resource| resource["path"].as_str().unwrap()).collect();
        let files: Vec<&str> = package.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!([&paths[..], &["datapackage.json"]].concat(), files, "{name}");
        for resource in resources(&descriptor) {
            assert_eq!(resource["schema"]["missingValues"], serde_json::json!([""]));
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let columns: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            let text = package.text(resource["path"].as_str().unwrap()).unwrap();
            assert_eq!(csv::Reader::from_reader(text.as_bytes()).headers().unwrap(), columns);
        }
    }
}

#[test]
fn keys_are_unique_and_references_resolve() {
    for name in PLANS {
        let package = data_package(&plan(name));
        let descriptor = descriptor(&package);
        let mut seen = 0;
        for resource in resources(&descriptor) {
            let table = resource["name"].as_str().unwrap();
            let here = rows(&package, table);
            let key = list(&resource["schema"]["primaryKey"]);
            let distinct: HashSet<Vec<String>> = cells(&here, &key).into_iter().collect();
            assert!(key.is_empty() || distinct.len() == here.len(), "{name}: {table}");
            for reference in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
                let there = reference["reference"]["resource"].as_str().unwrap();
                let there = if there.is_empty() { table } else { there };
                let known = cells(&rows(&package, there), &list(&reference["reference"]["fields"]));
                let given =
                    cells(&here, &list(&reference["fields"])).into_iter().filter(|cells| cells.iter().all(|c| !c.is_empty()));
                assert!(given.into_iter().all(|cells| known.contains(&cells)), "{name}: {table} {reference}");
                seen += 1;
            }
        }
        assert!(seen >= 3, "{name}");
    }
}

/// Whether a cell is of a type, as Table Schema has it.
fn is_of(kind: &str, cell: &str) -> bool {
    match kind {
        "number" => cell.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.'),
        "integer" => cell.parse::<i64>().is_ok(),
        "boolean" => ["true", "false"].contains(&cell),
        "date" => cell.parse::<logframe::Date>().is_ok(),
        "array" => serde_json::from_str::<Vec<String>>(cell).is_ok(),
        _ => !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
    }
}

fn assert_cells_are_as_described(package: &Package) {
    for resource in resources(&descriptor(package)) {
        let here = rows(package, resource["name"].as_str().unwrap());
        for field in resource["schema"]["fields"].as_array().unwrap() {
            let (column, kind) = (field["name"].as_str().unwrap(), field["type"].as_str().unwrap());
            let one_of = list(&field["constraints"]["enum"]);
            for cell in here.iter().map(|row| &row[column]).filter(|cell| !cell.is_empty()) {
                assert!(is_of(kind, cell), "{column}: {cell:?} is no {kind}");
                assert!(one_of.is_empty() || one_of.contains(cell), "{column}: {cell:?} is none of {one_of:?}");
            }
        }
    }
}

#[test]
fn cells_are_of_the_types_and_among_the_words_that_are_said() {
    PLANS.iter().for_each(|name| assert_cells_are_as_described(&data_package(&plan(name))));
}

/// A plan whose texts a spreadsheet would run.
fn formulas() -> Plan {
    let mut line = Line::new("@north", "=1+1", "-2+3+cmd|' /C calc'!A0");
    line.unit_cost = Some("0.10".parse::<Decimal>().unwrap().into());
    line.remarks = Some("\tafter a tab".into());
    Plan::new(Draft {
        header: Header::new("Évil plan/x", "=HYPERLINK(\"http://example.org\")", "USD"),
        outcomes: vec![Outcome::new("=1+1", "+SUM(1,\n2)")],
        heads: vec![Head::new("h, \"h\"", "\rreturn")],
        offices: vec![Office::new("@north", " plain \"North\", it is")],
        allocations: vec![Allocation::new("@north", "h, \"h\"", "-5.50".parse().unwrap())],
        lines: vec![line],
        ..Draft::default()
    })
}

#[test]
fn what_a_spreadsheet_would_run_is_defused_and_numbers_are_left_alone() {
    let package = data_package(&formulas());
    assert_cells_are_as_described(&package);
    let line = &rows(&package, "lines")[0];
    let shown = ["office", "result", "description", "remarks", "unit-cost", "built"].map(|column| line[column].as_str());
    assert_eq!(shown, ["'@north", "'=1+1", "'-2+3+cmd|' /C calc'!A0", "'\tafter a tab", "0.10", "0.10"]);
    let results = rows(&package, "results");
    assert_eq!([&results[0]["title"], &results[1]["title"], &results[1]["id"]], ["'+SUM(1,\n2)", "'\rreturn", "h, \"h\""]);
    // The amount below zero stays a number.
    let budget = rows(&package, "allocations");
    assert_eq!((budget[0]["office"].as_str(), budget[0]["amount"].as_str()), ("'@north", "-5.50"));
    assert_eq!((budget[1]["result"].as_str(), budget[1]["said"].as_str()), ("'=1+1", "lines"));
    let descriptor = descriptor(&package);
    assert_eq!((&descriptor["name"], &descriptor["plan"]["id"]), (&"-vil-plan-x".into(), &"Évil plan/x".into()));
    assert!(descriptor["description"].as_str().unwrap().contains("led by an apostrophe"));
}

#[test]
fn amounts_keep_every_digit() {
    let mut draft = plan("teaching").draft();
    for (result, amount) in [("1", "9007199254740993.01"), ("2", "0.10")] {
        draft.set_allocation("tete", result, Cell::Amount(amount.parse().unwrap())).unwrap();
    }
    let budget = rows(&data_package(&Plan::new(draft)), "allocations");
    let tete: Vec<&str> = budget.iter().filter(|row| row["office"] == "tete").map(|row| row["amount"].as_str()).collect();
    assert_eq!(tete, ["9007199254740993.01", "0.10", "10472"]);
}

/// The files of a folder with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())).collect()
}

#[test]
fn a_package_is_saved_into_a_new_folder_and_over_a_former_one() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    for name in ["proposal-example", "proposal-example-revision"] {
        let plan = plan(name);
        save_data_package(&plan, &inner).unwrap();
        let expected = data_package(&plan).files.into_iter().map(|file| (file.name, file.text));
        assert_eq!(files(&inner), expected.collect());
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = save_data_package(&plan("teaching"), &path).unwrap_err();
        assert!(matches!(&error, Error::Unwritable { name, .. } if *name == path.display().to_string()), "{error}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "text");
}

#[test]
fn files_that_belong_to_no_package_are_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("lines.csv");
    fs::write(&lines, "office,result,description\n").unwrap();
    let error = save_data_package(&plan("proposal-example"), folder.path()).unwrap_err();
    let said =
        format!("cannot write {}: it is there already and belongs to no data package; give a folder of its own", lines.display());
    assert_eq!(error.to_string(), said);
    assert_eq!(files(folder.path()).len(), 1);
    // A plan without lines has no such table, and its package can stand there.
    save_data_package(&plan("teaching"), folder.path()).unwrap();
    assert_eq!(fs::read_to_string(&lines).unwrap(), "office,result,description\n");
}
