//! Stories, one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::panic,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "these are tests"
)]

mod access;
mod architecture;
mod attacks;
mod browser;
mod crashes;
mod feed;
mod json;
mod model;
mod peers;
mod providers;
mod scenarios;
mod simulation;
mod stories;
mod storms;
mod watch;
