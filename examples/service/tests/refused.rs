//! What is refused, and how that is said.

use std::time::{Duration, Instant};

use logframe::MAX_BYTES;
use logframe_service::Limits;

use crate::client::{IOM, Service};

const TOML: &str = "POST /check HTTP/1.1\r\nhost: test\r\ncontent-type: application/toml\r\n";

#[test]
fn a_text_that_is_no_plan_is_answered_with_what_is_wrong_and_where() {
    let service = Service::start(Limits::default());
    let answer = service.check("format = 1\n[plan]\nid = 'x'\ntitel = 'X'\ncurrency = 'USD'\n");
    assert_eq!((answer.status, answer.error()), (400, "the body is no plan; the findings say why"));
    let found: Vec<_> =
        answer.body["findings"].as_array().unwrap().iter().map(|f| (&f["rule"], &f["places"][0]["line"])).collect();
    assert!(found.iter().any(|(rule, line)| *rule == "unknown-key" && *line == 4), "{found:?}");
}

#[test]
fn garbage_is_refused_and_the_service_stands() {
    let service = Service::start(Limits::default());
    let deep = "[".repeat(100_000);
    let bodies: [&[u8]; 6] = [b"", b"{", b"\x00\x01\x02", b"\xff\xfe\x00f", b"%PDF-1.7 \xe2\xe3\xcf\xd3", deep.as_bytes()];
    for body in bodies {
        for kind in ["toml", "json"] {
            let answer = service.ask(&format!("POST /check HTTP/1.1\r\ncontent-type: application/{kind}"), body);
            assert_eq!(answer.status, 400, "{kind} {:?}", body.get(..9));
            assert!(answer.error().len() > 20, "{answer:?}");
        }
    }
    assert_eq!(service.check(IOM).status, 200);
}

#[test]
fn a_body_that_says_it_is_too_large_is_refused_before_it_is_sent() {
    let service = Service::start(Limits::default());
    let mut client = service.connect();
    client.send(format!("{TOML}content-length: {}\r\n\r\n", MAX_BYTES + 1));
    let answer = client.answer();
    assert_eq!((answer.status, answer.error()), (413, "a plan may have no more than 8388608 bytes"));
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
}

#[test]
fn a_body_without_a_length_is_cut_off_where_it_gets_too_large() {
    let service = Service::start(Limits { body: 1_000, ..Limits::default() });
    let mut client = service.connect();
    client.send(format!("{TOML}transfer-encoding: chunked\r\n\r\n3e9\r\n{}\r\n", "x".repeat(1_001)));
    assert_eq!(client.answer().status, 413);
    // The largest that is allowed is read.
    assert_eq!(service.check(" ".repeat(1_000)).status, 400);
}

#[test]
fn the_kind_of_text_has_to_be_said() {
    let service = Service::start(Limits::default());
    for kind in ["", "\r\ncontent-type: application/x-www-form-urlencoded", "\r\ncontent-type: text/csv"] {
        let answer = service.ask(&format!("POST /check HTTP/1.1{kind}"), b"format = 1");
        assert_eq!(answer.status, 415, "{kind}");
        assert!(answer.error().contains("application/toml"), "{answer:?}");
    }
}

#[test]
fn a_wrong_method_is_told_the_right_one_and_a_wrong_address_the_two_there_are() {
    let service = Service::start(Limits::default());
    let answer = service.ask("GET /check HTTP/1.1", b"");
    assert_eq!((answer.status, answer.error()), (405, "send POST to this address"));
    assert!(answer.head.contains("allow: post"), "{}", answer.head);
    assert_eq!(service.ask("POST /healthz HTTP/1.1", b"").status, 405);
    let answer = service.ask("GET / HTTP/1.1", b"");
    assert_eq!((answer.status, answer.error()), (404, "there is only POST /check and GET /healthz"));
}

#[test]
fn a_client_that_is_slow_with_its_body_is_not_waited_for() {
    let service = Service::start(Limits { reading: Duration::from_millis(200), ..Limits::default() });
    let start = Instant::now();
    let mut client = service.connect();
    client.send(format!("{TOML}content-length: 100\r\n\r\nformat = 1\n"));
    let answer = client.answer();
    assert_eq!((answer.status, answer.error()), (408, "the body did not arrive in time"));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_client_that_is_slow_with_its_head_is_hung_up_on() {
    let service = Service::start(Limits { head: Duration::from_millis(200), ..Limits::default() });
    for head in ["", "POST /check HT"] {
        let mut client = service.connect();
        client.send(head);
        let rest = client.rest();
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 408"), "{rest}");
    }
}

#[test]
fn slow_clients_do_not_keep_a_quick_one_waiting() {
    let service = Service::start(Limits { checks: 1, ..Limits::default() });
    let slow: Vec<_> = (0..40)
        .map(|_| {
            let mut client = service.connect();
            client.send(format!("{TOML}content-length: 100\r\n\r\nformat"));
            client
        })
        .collect();
    assert_eq!(service.check(IOM).status, 200);
    drop(slow);
}

#[test]
fn a_plan_that_has_to_wait_too_long_is_sent_back() {
    let service = Service::start(Limits { checking: Duration::ZERO, ..Limits::default() });
    let answer = service.check(IOM);
    assert_eq!((answer.status, answer.error()), (503, "too many plans are waiting; send it again later"));
    assert!(answer.head.contains("retry-after: "), "{}", answer.head);
}

#[test]
fn more_connections_than_allowed_wait_for_a_place() {
    let service = Service::start(Limits { connections: 1, head: Duration::from_millis(300), ..Limits::default() });
    let mut idle = service.connect();
    // It is served once the idle one has been hung up on.
    assert_eq!(service.check(IOM).status, 200);
    assert_eq!(idle.rest(), "");
}
