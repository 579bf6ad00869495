//! A service on a port of its own, and a client that says exactly what it is told to.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use logframe_service::{Limits, serve};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

pub const IOM: &str = include_str!("../../../plans/iom-venezuela-2018.toml");

/// A running service; it is asked to stop when it goes out of scope.
pub struct Service {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<bool>>,
}

impl Service {
    pub fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = thread::spawn(move || {
            Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                serve(listener, limits, async { drop(stopped.await) }).await
            })
        });
        Self { address, stop: Some(stop), running: Some(running) }
    }

    /// Asks it to stop, and does not wait.
    pub fn ask_to_stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Waits until it has stopped; whether every request was answered in time.
    pub fn ended(&mut self) -> bool {
        self.running.take().unwrap().join().unwrap()
    }

    pub fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// One request on a connection of its own.
    pub fn ask(&self, head: &str, body: &[u8]) -> Answer {
        let mut client = self.connect();
        client.send(format!("{head}\r\nhost: test\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len()));
        client.send(body);
        client.answer()
    }

    pub fn check(&self, plan: impl AsRef<[u8]>) -> Answer {
        self.ask("POST /check HTTP/1.1\r\ncontent-type: application/toml", plan.as_ref())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(running) = self.running.take() {
            let _ = running.join();
        }
    }
}

pub struct Client(TcpStream);

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Self(stream)
    }

    /// Sends a piece. A service that has heard enough may have closed; then its answer counts.
    pub fn send(&mut self, piece: impl AsRef<[u8]>) {
        let _ = self.0.write_all(piece.as_ref());
    }

    /// Everything until the service closes the connection.
    pub fn rest(&mut self) -> String {
        let mut text = Vec::new();
        match self.0.read_to_end(&mut text) {
            Ok(_) => {}
            Err(why) => assert_eq!(why.kind(), ErrorKind::ConnectionReset, "{why}"),
        }
        String::from_utf8(text).unwrap()
    }

    pub fn answer(&mut self) -> Answer {
        Answer::of(&self.rest())
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

impl Answer {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = serde_json::from_str(body).unwrap_or_else(|why| panic!("{why}: {body}"));
        Self { status, head: head.to_lowercase(), body }
    }

    pub fn error(&self) -> &str {
        self.body["error"].as_str().unwrap()
    }
}
