//! What a school lives through.

mod calls;
mod codes;
mod coverage;
mod ladders;
mod main_job;
mod pages;
mod signatures;
mod taken;
