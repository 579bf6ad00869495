//! What is answered.

use std::thread;

use logframe::{Plan, Source};
use logframe_service::Limits;
use serde_json::{Value, json};

use crate::client::{IOM, Service};

#[test]
fn the_iom_plan_has_the_totals_that_its_document_prints() {
    let service = Service::start(Limits::default());
    let answer = service.check(IOM);
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("content-type: application/json"), "{}", answer.head);
    let body = &answer.body;
    assert_eq!((&body["ok"], &body["id"], &body["currency"]), (&json!(true), &json!("iom-venezuela-2018"), &json!("USD")));
    assert_eq!((&body["totals"]["declared"], &body["totals"]["computed"]), (&json!("32326041"), &json!("32326043")));
    // The document's table: Argentina 180,572 + 458,203 + 161,225; the cells of Ecuador add up to one more than it prints.
    let offices = body["totals"]["offices"].as_array().unwrap();
    assert_eq!(offices.len(), 16);
    assert_eq!(offices[0], json!({ "id": "argentina", "name": "Argentina", "total": "800000" }));
    let ecuador = offices.iter().find(|office| office["id"] == "ecuador").unwrap();
    assert_eq!(ecuador["total"], "2039701");
    let declared = json!({ "figures": 94, "exact": 83, "within_rounding": 11, "wrong": 0, "open": 0 });
    assert_eq!((&body["declared"], &body["errors"], &body["notes"]), (&declared, &json!(0), &json!(12)));
}

#[test]
fn a_slip_is_found_and_said_with_its_place() {
    let service = Service::start(Limits::default());
    let answer = service.check(IOM.replace("= 2_039_700", "= 2_093_700"));
    assert_eq!((answer.status, &answer.body["ok"]), (200, &json!(false)));
    let findings = answer.body["findings"].as_array().unwrap();
    let slip = findings.iter().find(|finding| finding["severity"] == "error").unwrap();
    assert_eq!((&slip["rule"], &slip["declared"]), (&json!("declared-total"), &json!("2093700")));
    assert_eq!((&slip["computed"], &slip["difference"]), (&json!("2039701"), &json!("53999")));
    assert_eq!(slip["places"][0]["line"], 1092);
}

#[test]
fn a_plan_in_json_gives_the_same_answer() {
    let service = Service::start(Limits::default());
    let text = Plan::parse(&Source::new("plan.toml", IOM)).plan.unwrap().to_json();
    let answer = service.ask("POST /check HTTP/1.1\r\ncontent-type: application/json; charset=utf-8", text.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["totals"], service.check(IOM).body["totals"]);
}

#[test]
fn an_office_of_which_nothing_is_given_has_no_total_and_one_with_zero_has_zero() {
    let plan = r#"
        format = 1
        plan = { id = "three", title = "Three things", currency = "EUR" }
        head = [{ id = "food", title = "Food" }]
        office = [{ id = "north", name = "North" }, { id = "south", name = "South" }, { id = "west", name = "West" }]
        budget = { north = { food = 0 }, south = { food = "-" } }
    "#;
    let answer = Service::start(Limits::default()).check(plan);
    let totals: Vec<&Value> = answer.body["totals"]["offices"].as_array().unwrap().iter().map(|o| &o["total"]).collect();
    assert_eq!(totals, [&json!("0"), &Value::Null, &Value::Null]);
}

/// A plan with an office that has money; more can be written after it.
const ONE_OFFICE: &str = "\
format = 1
plan = { id = 'wide', title = 'Wide', currency = 'USD' }
head = [{ id = 'food', title = 'Food' }]
budget = { first = { food = 1 } }
[[office]]
id = 'first'
name = 'First'
";

#[test]
fn all_findings_are_counted_and_the_first_thousand_sent() {
    let offices: String = (0..2_000).map(|i| format!("[[office]]\nid = 'o{i}'\nname = 'Office {i}'\n")).collect();
    let plan = format!("{ONE_OFFICE}{offices}");
    let answer = Service::start(Limits::default()).check(plan);
    let found = ["errors", "warnings", "notes"].map(|severity| answer.body[severity].as_u64().unwrap());
    assert_eq!((answer.status, found.iter().sum::<u64>()), (200, 2_000), "all but the first have no money");
    assert_eq!(answer.body["findings"].as_array().unwrap().len(), 1_000);
}

#[test]
fn fifty_clients_at_once_are_all_answered() {
    let service = Service::start(Limits { checks: 2, ..Limits::default() });
    let wrong = IOM.replace("= 2_039_700", "= 2_093_700");
    thread::scope(|scope| {
        let ask = |i: usize| if i.is_multiple_of(5) { service.check(&wrong) } else { service.check(IOM) };
        let asked: Vec<_> = (0..50).map(|i| scope.spawn(move || (i, ask(i)))).collect();
        for one in asked {
            let (i, answer) = one.join().unwrap();
            assert_eq!((answer.status, &answer.body["totals"]["computed"]), (200, &json!("32326043")), "client {i}");
            assert_eq!(answer.body["ok"], !i.is_multiple_of(5), "client {i}");
        }
    });
}

#[test]
fn one_connection_can_ask_again() {
    let service = Service::start(Limits::default());
    let mut client = service.connect();
    client.send("GET /healthz HTTP/1.1\r\nhost: test\r\n\r\n");
    client.send("GET /healthz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    assert_eq!(client.rest().matches(r#"{"status":"ok"}"#).count(), 2);
}

#[test]
fn a_body_may_come_in_pieces_without_a_length() {
    let service = Service::start(Limits::default());
    let mut client = service.connect();
    client.send("POST /check HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/toml\r\n");
    client.send("transfer-encoding: chunked\r\n\r\n");
    for piece in IOM.as_bytes().chunks(10_000) {
        client.send(format!("{:x}\r\n", piece.len()));
        client.send(piece);
        client.send("\r\n");
    }
    client.send("0\r\n\r\n");
    assert_eq!(client.answer().body["totals"]["computed"], "32326043");
}
