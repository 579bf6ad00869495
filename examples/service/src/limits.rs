use std::thread;
use std::time::Duration;

use logframe::MAX_BYTES;

/// What a client may ask for, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body: usize,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head: Duration,
    /// How long the body may take to arrive.
    pub reading: Duration,
    /// How long a plan may wait for its check and be checked.
    pub checking: Duration,
    /// How long one connection may live; it also ends those whose client does not read the answer.
    pub connection: Duration,
    /// How long running requests have once the service is asked to stop.
    pub stopping: Duration,
    /// Plans that are checked at once.
    pub checks: usize,
    /// Connections that are open at once; more wait until one is closed.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: usize::try_from(MAX_BYTES).unwrap_or(usize::MAX),
            head: Duration::from_secs(10),
            reading: Duration::from_secs(20),
            checking: Duration::from_secs(30),
            connection: Duration::from_secs(120),
            stopping: Duration::from_secs(25),
            // A check works on one core and never waits.
            checks: thread::available_parallelism().map_or(1, Into::into),
            connections: 128,
        }
    }
}
