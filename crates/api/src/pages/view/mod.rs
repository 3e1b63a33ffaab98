//! What each page shows, as plain data: one struct per template, filled by the handlers.
//!
//! A view knows nothing of other crates. Strings arrive ready to read (names already masked where they must be,
//! times already in school time); the templates only arrange and escape them.

pub mod alert;
pub mod alerts;
pub mod demo_messages;
pub mod error;
pub mod growth_file;
pub mod home;
pub mod observation_confirm;
pub mod observation_new;
pub mod observation_not_sent;
pub mod observation_received;
pub mod parts;
pub mod shell;
pub mod sign_in;
