//! Tables on their way to and from other libraries: columns of the Arrow format, by its `PyCapsule` interface. Amounts are
//! `decimal128`; what is not there is null.

mod allocations;
mod export;
mod frame;
mod import;
mod rows;

pub use frame::_plan_of_frame;
