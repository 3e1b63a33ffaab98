//! What tests stand on: a small invented district, a real server on a free port, a clock that is moved by hand, and
//! letters that are caught. Time is advanced, never slept; what nobody expected is a failure.

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
    reason = "this crate is a test"
)]

pub mod browser;
pub mod client;
pub mod crowd;
pub mod database;
pub mod documents;
pub mod fakes;
pub mod gateway;
pub mod letters;
pub mod own_postgres;
pub mod site;
pub mod town;
pub mod world;

pub use browser::{Browser, Page};
pub use client::{Answer, Client};
pub use documents::Download;
pub use town::Town;
pub use world::{World, sign};
