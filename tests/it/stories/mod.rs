//! What a school lives through.

mod calls;
mod codes;
mod confidential;
mod coverage;
mod deputies;
mod district_alone;
mod ladders;
mod main_job;
mod overtaken;
mod pages;
mod pages_alert;
mod pages_filing;
mod signatures;
mod taken;
