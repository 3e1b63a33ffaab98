//! What a school lives through.

mod calls;
mod care;
mod circles;
mod codes;
mod confidential;
mod coverage;
mod decisions;
mod deputies;
mod district_alone;
mod drills;
mod growth;
mod ladders;
mod leaves;
mod main_job;
mod moves;
mod overtaken;
mod pages;
mod pages_alert;
mod pages_filing;
mod paper;
mod paper_register;
mod reporter;
mod routine;
mod signatures;
mod taken;
mod unread;
