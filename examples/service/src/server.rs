//! Connections: how many, for how long, and how they end when the service is asked to stop.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use crate::limits::Limits;
use crate::routes::router;

/// How long to wait where no connection can be taken, which is so when the system has no more files to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done. Then no connection is taken any more, idle ones are closed, and requests that run are answered;
/// whether all of them were in time.
pub async fn serve(listener: TcpListener, limits: Limits, stop: impl Future<Output = ()>) -> bool {
    let (open, watched) =
        (Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS))), GracefulShutdown::new());
    let router = router(limits);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            (stream, place) = next(&listener, &open) => connect(stream, place, &router, &watched, limits),
        }
    }
    drop(listener);
    timeout(limits.stopping, watched.shutdown()).await.is_ok()
}

/// The next connection, once there is a place for it.
async fn next(listener: &TcpListener, open: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    let place = Arc::clone(open).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(_) => sleep(PAUSE).await,
        }
    }
}

fn connect(stream: TcpStream, place: Option<OwnedSemaphorePermit>, router: &Router, watched: &GracefulShutdown, limits: Limits) {
    let service = TowerToHyperService::new(router.clone());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let connection = watched.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // What ends a connection early, a client that has gone or takes too long, is no concern of the service.
        let _ = timeout(limits.connection, connection).await;
        drop(place);
    });
}
