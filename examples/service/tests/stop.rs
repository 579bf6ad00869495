//! How it stops.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use logframe_service::Limits;

use crate::client::{Client, IOM, Service};

/// A request of which all but the end is sent, and that end.
fn begin(client: &mut Client) -> &'static str {
    let (most, end) = IOM.split_at(IOM.len() - 100);
    client.send("POST /check HTTP/1.1\r\nhost: test\r\ncontent-type: application/toml\r\n");
    client.send(format!("content-length: {}\r\n\r\n{most}", IOM.len()));
    // Time to be taken up.
    sleep(Duration::from_millis(200));
    end
}

#[test]
fn a_request_that_runs_is_answered_after_the_service_is_asked_to_stop() {
    let mut service = Service::start(Limits::default());
    let mut client = service.connect();
    let end = begin(&mut client);
    service.ask_to_stop();
    sleep(Duration::from_millis(200));
    assert!(TcpStream::connect(service.address).is_err(), "it takes no more connections");
    client.send(end);
    let answer = client.answer();
    assert_eq!((answer.status, &answer.body["totals"]["computed"]), (200, &"32326043".into()));
    assert!(service.ended(), "every request was answered");
}

#[test]
fn idle_connections_do_not_hold_up_the_stop() {
    let mut service = Service::start(Limits::default());
    let mut idle = service.connect();
    sleep(Duration::from_millis(100));
    service.ask_to_stop();
    assert!(service.ended());
    assert_eq!(idle.rest(), "");
}

#[test]
fn a_request_that_does_not_end_is_broken_off() {
    let mut service = Service::start(Limits { stopping: Duration::from_millis(200), ..Limits::default() });
    let mut client = service.connect();
    begin(&mut client);
    service.ask_to_stop();
    assert!(!service.ended());
}

/// The program itself, and the address that it says.
#[cfg(unix)]
fn program() -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_logframe-service"));
    let mut child = command.env("LOGFRAME_ADDRESS", "127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().strip_prefix("listening on http://").unwrap().to_owned())
}

#[test]
#[cfg(unix)]
fn the_program_answers_what_runs_and_succeeds_when_it_is_told_to_stop() {
    for signal in ["TERM", "INT"] {
        let (mut child, address) = program();
        let mut client = Client::connect(address.parse().unwrap());
        let end = begin(&mut client);
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        sleep(Duration::from_millis(200));
        client.send(end);
        assert_eq!(client.answer().status, 200, "{signal}");
        assert!(child.wait().unwrap().success(), "{signal}");
    }
}

#[test]
#[cfg(unix)]
fn an_address_that_is_taken_is_a_failure_that_says_so() {
    let (mut child, address) = program();
    let mut second = Command::new(env!("CARGO_BIN_EXE_logframe-service"));
    let done = second.env("LOGFRAME_ADDRESS", &address).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(said.starts_with(&format!("error: cannot listen on {address}: ")), "{said}");
}
