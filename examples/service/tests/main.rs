//! The service over real sockets, with a client that can be as rude as clients are.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "what a test cannot set up, it fails on")]

mod client;
mod pages;
mod refused;
mod served;
mod stop;
