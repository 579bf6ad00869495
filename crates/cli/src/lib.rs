//! The logframe command as a library.
