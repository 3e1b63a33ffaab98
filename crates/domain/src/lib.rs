//! What the service decides, and nothing else.
//!
//! Invariants: everything here is a pure function of its arguments. There is no I/O, no `async`, no clock, no
//! randomness, no database and no HTTP in this crate, and a test of the workspace keeps it so. Time is a
//! [`time::Timestamp`] that somebody hands in; an id is a value that somebody made.

pub mod access;
pub mod affected;
pub mod alert;
pub mod appointment;
pub mod assessment;
pub mod audit;
pub mod calendar;
pub mod canary;
pub mod care;
pub mod code;
pub mod contact_change;
pub mod coverage;
pub mod delivery;
pub mod directory;
pub mod drill;
pub mod escalation;
pub mod fault;
pub mod file_reading;
pub mod growth_file;
pub mod guardian_notice;
pub mod id;
pub mod lang;
pub mod leave;
pub mod level;
pub mod mandatory;
pub mod notice;
pub mod observation;
pub mod org;
pub mod password;
mod password_common;
pub mod plan;
pub mod policy;
pub mod reference;
pub mod referral;
pub mod report;
pub mod sample;
pub mod screening;
pub mod sign;
pub mod staff;
pub mod student;
pub mod student_hand_over;
pub mod sweep;
pub mod task;
pub mod text;
pub mod tier;
pub mod time;
pub mod watch;
pub mod watch_list;
