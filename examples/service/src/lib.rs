//! An example: a web service that checks plans. `POST /check` takes a plan and answers with its findings and totals; `GET
//! /healthz` says that the service is there.
//!
//! It depends on the core crate alone: [`answer`] is all that it asks of it. The rest is what keeps a service standing when a
//! client is slow, large, wrong or one of many.

pub mod answer;
mod limits;
mod routes;
mod server;

pub use limits::Limits;
pub use routes::router;
pub use server::serve;
