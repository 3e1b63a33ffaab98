//! Sends what the outbox holds. It reads and writes the outbox, and nobody calls it.
//!
//! Invariants:
//! - a message is leased in one transaction, sent with none open, and its outcome recorded in another, fenced by the
//!   attempt: a worker that slept past its lease changes nothing;
//! - at least once: after a lost answer a red is sent again; the same code and the same Message-ID tell a duplicate;
//! - no message says who the child is, nor what was seen;
//! - reds have workers of their own, and there is no limit to the attempts for one.
//!
//! Absences: no decision about alerts. What is learnt is written as a signal, which casework consumes.

mod channel;
mod compose;
mod contact_tests;
mod dispatch;
mod run;

pub use channel::directory::{Captured, Directory};
pub use channel::kannel::{Kannel, KannelSettings};
pub use channel::memory::Memory;
pub use channel::smtp::{Smtp, SmtpSecurity, SmtpSettings};
pub use channel::{Channel, Letter, Words};
pub use compose::Composer;
pub use contact_tests::send_contact_tests;
pub use dispatch::{Pace, Post, dispatch_once};
pub use run::{Workers, run};
