//! The logframe command.
fn main() {}
