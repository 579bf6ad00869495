//! The command, driven through its one function with captured streams and real files.

#![allow(clippy::unwrap_used, reason = "what a test cannot set up, it fails on")]

mod bad_input;
mod check;
mod diff;
mod documents;
mod log;
mod looks;
mod pages;
mod reconcile;
mod run;
mod show;
mod tables;
mod template;
