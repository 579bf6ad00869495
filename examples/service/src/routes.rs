//! The routes, and what a client is told when it asks wrongly.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task;
use tokio::time::timeout;

use crate::answer::{self, Checked, Found, Unread};
use crate::limits::Limits;

/// What all requests share.
#[derive(Clone, Debug)]
struct Desk {
    limits: Limits,
    checks: Arc<Semaphore>,
}

/// A request that is not served: its status, and a sentence for whoever sent it.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    error: String,
    found: Option<Found>,
}

/// The service without its network.
pub fn router(limits: Limits) -> Router {
    let checks = Arc::new(Semaphore::new(limits.checks.clamp(1, Semaphore::MAX_PERMITS)));
    Router::new()
        .route("/check", post(check).fallback(|| async { wrong_method("POST") }))
        .route("/healthz", get(|| async { Json(Health { status: "ok" }) }).fallback(|| async { wrong_method("GET, HEAD") }))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "there is only POST /check and GET /healthz") })
        .with_state(Desk { limits, checks })
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

async fn check(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Json<Checked>, Refusal> {
    let name = name_of(&headers)?;
    let body = desk.read(&headers, body).await?;
    let checking = timeout(desk.limits.checking, desk.check(name, body)).await;
    checking
        .map_err(|_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too many plans are waiting; send it again later"))?
        .map(Json)
}

/// What findings call the text; its ending says what it is written in.
fn name_of(headers: &HeaderMap) -> Result<&'static str, Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/toml" => Ok("plan.toml"),
        "application/json" => Ok("plan.json"),
        _ => {
            let error = "say what the plan is written in: content-type: application/toml, or application/json";
            Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, error))
        }
    }
}

impl Desk {
    /// The body, if it is no larger than allowed and comes in time.
    async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refusal> {
        let Limits { body: most, reading, .. } = self.limits;
        let said = headers.get("content-length").and_then(|length| length.to_str().ok()).and_then(|length| length.parse().ok());
        if said.is_some_and(|length: usize| length > most) {
            return Err(too_large(most));
        }
        match timeout(reading, to_bytes(body, most)).await {
            Ok(Ok(bytes)) => Ok(bytes.into()),
            Ok(Err(why)) if is_too_large(&why) => Err(too_large(most)),
            Ok(Err(_)) => Err(Refusal::new(StatusCode::BAD_REQUEST, "the body broke off before its end")),
            Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time")),
        }
    }

    /// Checks off the threads that serve the network, a few plans at once. A check cannot be called off, so it keeps its turn
    /// until it ends, even where nobody waits for it any more.
    async fn check(&self, name: &'static str, body: Vec<u8>) -> Result<Checked, Refusal> {
        let turn = Arc::clone(&self.checks).acquire_owned().await;
        let checking = task::spawn_blocking(move || {
            let _turn = turn;
            answer::check(name, &body)
        });
        let done = checking.await.map_err(|_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the check broke off"))?;
        done.map_err(Refusal::from)
    }
}

fn is_too_large(why: &axum::Error) -> bool {
    let mut cause = std::error::Error::source(why);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn too_large(most: usize) -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("a plan may have no more than {most} bytes"))
}

fn wrong_method(allowed: &'static str) -> impl IntoResponse {
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, format!("send {allowed} to this address"));
    ([(ALLOW, HeaderValue::from_static(allowed))], refusal)
}

impl Refusal {
    fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), found: None }
    }
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::NoText(why) => Self::new(StatusCode::BAD_REQUEST, why.to_string()),
            Unread::NoPlan(found) => {
                Self { found: Some(found), ..Self::new(StatusCode::BAD_REQUEST, "the body is no plan; the findings say why") }
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Told {
            error: String,
            #[serde(flatten)]
            found: Option<Found>,
        }
        let Self { status, error, found } = self;
        let mut response = (status, Json(Told { error, found })).into_response();
        match status {
            // What is left of the body is not read, so that the connection is of no more use.
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT => {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
            }
            _ => {}
        }
        response
    }
}
