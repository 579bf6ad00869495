//! `logframe split` and `logframe round`: tables of figures that are no plan.

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};

use crate::run::{Folder, logframe, logframe_reading};

const WEIGHTS: &str = "Office,Weight\nPeru,3\nChile,2\nMexico,1\n";
const TABLE: &str = "Office,2018,2019,Total\nPeru,1400,1300,2700\nChile,1400,600,2000\nTotal,2800,1900,4700\n";

#[test]
fn parts_add_up_to_the_amount_exactly() {
    let folder = Folder::new();
    let weights = folder.file("weights.csv", WEIGHTS);
    let ran = logframe(&["split", "100", "--by", &weights, "--format", "csv"]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    // 50, 33.33… and 16.66…: the cent that is left goes to the larger remainder.
    assert_eq!(ran.out, "label,part\nPeru,50.00\nChile,33.33\nMexico,16.67\n");
    assert!(logframe(&["split", "100", "--by", &weights]).out.contains("Total   100.00"));
}

#[test]
fn the_methods_differ_and_hamilton_is_the_largest_remainder() {
    let split = |method: &str, weights: &str| {
        let args = ["split", "300", "--by", "-", "--unit", "100", "--format", "csv", "--method", method];
        logframe_reading(&args, weights.as_bytes()).out
    };
    // Exactly 231 and 69.
    assert_eq!(split("hamilton", "Office,Weight\nA,77\nB,23\n"), "label,part\nA,200\nB,100\n");
    assert_eq!(split("jefferson", "Office,Weight\nA,77\nB,23\n"), "label,part\nA,300\nB,0\n");
    for method in ["largest-remainder", "webster", "adams", "huntington-hill", "dean"] {
        assert!(split(method, "A,77\nB,23\n").starts_with("label,part\nA,"), "{method}");
    }
}

#[test]
fn what_cannot_be_split_says_why() {
    let split = |args: &[&str], weights: &str| {
        let ran = logframe_reading(&[&["split"], args, &["--by", "-"]].concat(), weights.as_bytes());
        assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""), "{}", ran.err);
        ran.err
    };
    assert!(split(&["100.001"], WEIGHTS).contains("split to a finer unit"));
    assert!(split(&["100"], TABLE).contains("3 columns of figures: `2018`, `2019`, `Total`"));
    assert!(split(&["100"], "Office,Weight\nPeru,-3\nChile,4\n").contains("`Peru` has the weight -3"));
    assert!(split(&["100"], "Office,Weight\nPeru,0\nChile,-\n").contains("no line has a weight above zero"));
    assert!(split(&["100"], "Office,Weight\nPeru,n.a.\nChile,4\n").contains("`Peru` has no weight"));
    assert!(split(&["1,000"], WEIGHTS).contains("commas are not taken"));
    assert!(split(&["100", "--unit", "0"], WEIGHTS).contains("more than nothing"));
}

#[test]
fn a_whole_table_is_rounded_so_that_it_still_adds_up() {
    let ran = logframe_reading(&["round", "-", "--unit", "1000"], TABLE.as_bytes());
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    let number = |text: &str| text.parse::<i64>().unwrap();
    let rows: Vec<Vec<i64>> = ran.out.lines().skip(1).map(|line| line.split(',').skip(1).map(number).collect()).collect();
    assert_eq!(ran.out.lines().next(), Some("Office,2018,2019,Total"));
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row[0] + row[1] == row[2]), "{rows:?}");
    assert!((0..3).all(|column| rows[0][column] + rows[1][column] == rows[2][column]), "{rows:?}");
    assert_eq!(rows[1][2], 2000);
    let exact = [[1400, 1300, 2700], [1400, 600, 2000], [2800, 1900, 4700]];
    let off = rows.iter().flatten().zip(exact.iter().flatten()).map(|(rounded, exact)| (rounded - exact).abs());
    assert!(off.max() < Some(1000), "{rows:?}");
}

#[test]
fn a_table_that_does_not_add_up_is_shown_where_it_does_not() {
    let ran = logframe_reading(&["round", "-", "--unit", "10"], TABLE.replace("2700", "2701").as_bytes());
    assert_eq!((ran.status, ran.out.as_str()), (Findings, ""));
    assert!(ran.err.contains("row Peru does not add up before rounding"), "{}", ran.err);
    assert!(ran.err.contains("<stdin>:2:16") && ran.err.contains("the parts come to 1 less"), "{}", ran.err);
}

#[test]
fn an_empty_cell_cannot_be_rounded_until_it_is_said_to_be_nothing() {
    let text = "Office,A,B,Total\nPeru,15,,15\nChile,4,5,9\nTotal,19,5,24\n";
    let ran = logframe_reading(&["round", "-", "--unit", "10"], text.as_bytes());
    assert_eq!(ran.status, Findings);
    assert!(ran.err.contains("Peru / B has no amount") && ran.err.contains("--blank zero"), "{}", ran.err);
    assert_eq!(logframe_reading(&["round", "-", "--unit", "10", "--blank", "zero"], text.as_bytes()).status, Success);
}

#[test]
fn a_doubtful_table_is_refused_with_both_readings_until_it_is_declared() {
    let text = "Office;A;B\nPeru;1.234;2.500\n";
    let ran = logframe_reading(&["round", "-", "--unit", "100"], text.as_bytes());
    assert_eq!(ran.status, Findings);
    assert!(ran.err.contains("`1.234` can be 1.234 or 1234"), "{}", ran.err);
    let ran = logframe_reading(&["round", "-", "--unit", "100", "--numbers", "1.234,56"], text.as_bytes());
    assert_eq!((ran.status, ran.out.as_str()), (Success, "Office,A,B\nPeru,1200,2500\n"));
}

#[test]
fn check_reads_a_table_as_a_plan_once_it_knows_the_currency() {
    let folder = Folder::new();
    for name in ["budget.csv", "budget.TSV"] {
        let path = folder.file(name, TABLE);
        let ran = logframe(&["check", &path]);
        assert_eq!(ran.status, Findings);
        assert!(ran.out.contains("say it: `--currency USD`"), "{}", ran.out);
        let ran = logframe(&["check", &path, "--currency", "USD"]);
        // Offices by years are lines of the offices; their total is declared.
        assert!(ran.out.contains("1 declared figure checked against 2 allocations: 1 exact"), "{}", ran.out);
    }
}
