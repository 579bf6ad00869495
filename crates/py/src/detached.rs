//! Work that may take long, done so that other threads go on and Ctrl-C is heard.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How long a signal waits before it is heard, at most.
const PAUSE: Duration = Duration::from_millis(50);
/// As much as a main thread has.
const STACK: usize = 8 << 20;

/// Does work that knows nothing of Python on a thread of its own. Python's signals are heard meanwhile: Ctrl-C raises
/// `KeyboardInterrupt` at once, and what the work comes to is dropped.
///
/// # Errors
/// What a signal raises; a `RuntimeError` where the work ends without a result.
pub fn detached<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let (send, mut receive) = channel();
    thread::Builder::new().stack_size(STACK).spawn(move || drop(send.send(work())))?;
    loop {
        let receive = &mut receive;
        match py.detach(move || receive.recv_timeout(PAUSE)) {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Err(PyRuntimeError::new_err("the work ended without a result")),
        }
    }
}
