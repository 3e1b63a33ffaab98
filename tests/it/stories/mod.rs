//! What a school lives through.

mod calls;
mod ladders;
mod main_job;
mod pages;
mod pages_alert;
mod pages_filing;
mod signatures;
mod taken;
