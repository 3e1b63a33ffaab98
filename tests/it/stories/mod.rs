//! What a school lives through.

mod ladders;
mod main_job;
mod pages;
mod signatures;
mod taken;
