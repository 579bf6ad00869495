//! Serves until it is told to stop, by Ctrl-C or SIGTERM.

use std::env;
use std::process::ExitCode;

use logframe_service::{Limits, serve};
use tokio::net::TcpListener;

/// Where it listens unless `LOGFRAME_ADDRESS` says otherwise: this machine only.
const ADDRESS: &str = "127.0.0.1:8080";

#[tokio::main]
async fn main() -> ExitCode {
    let address = env::var("LOGFRAME_ADDRESS").unwrap_or_else(|_| ADDRESS.to_owned());
    let listener = match TcpListener::bind(&address).await {
        Ok(listener) => listener,
        Err(why) => {
            eprintln!("error: cannot listen on {address}: {why}");
            return ExitCode::from(2);
        }
    };
    let bound = listener.local_addr().map_or(address, |bound| bound.to_string());
    println!("listening on http://{bound}");
    if serve(listener, Limits::default(), asked_to_stop()).await {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: some requests were not done in time; they were broken off");
    ExitCode::FAILURE
}

/// Done when the service is asked to stop.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
