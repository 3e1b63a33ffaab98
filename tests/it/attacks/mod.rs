//! What somebody tries who means ill, or is merely curious.

mod district;
mod logs;
mod passwords;
mod readers;
mod texts;
