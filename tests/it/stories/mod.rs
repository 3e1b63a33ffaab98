//! What a school lives through.

mod main_job;
mod pages;
