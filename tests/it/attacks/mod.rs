//! What somebody tries who means ill, or is merely curious.

mod addresses;
mod district;
mod logs;
mod passwords;
mod readers;
mod texts;
