//! What each page shows, as plain data: one struct per template, filled by the handlers.
//!
//! A view knows nothing of other crates. Strings arrive ready to read (names already masked where they must be,
//! times already in school time); the templates only arrange and escape them.

pub(crate) mod alert;
pub(crate) mod alerts;
pub(crate) mod care;
pub(crate) mod closing;
pub(crate) mod code;
pub(crate) mod demo_messages;
pub(crate) mod drill;
pub(crate) mod duty;
pub(crate) mod error;
pub(crate) mod growth_file;
pub(crate) mod hand_over;
pub(crate) mod home;
pub(crate) mod list_import;
pub(crate) mod mandatory;
pub(crate) mod me;
pub(crate) mod not_escalating;
pub(crate) mod observation_confirm;
pub(crate) mod observation_new;
pub(crate) mod observation_not_sent;
pub(crate) mod observation_received;
pub(crate) mod observations;
pub(crate) mod parts;
pub(crate) mod recheck;
pub(crate) mod reports;
pub(crate) mod sheet;
pub(crate) mod shell;
pub(crate) mod sign_in;
pub(crate) mod sweeps;
pub(crate) mod tasks;
