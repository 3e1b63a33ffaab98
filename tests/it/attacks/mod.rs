//! What somebody tries who means ill, or is merely curious.

mod district;
mod passwords;
mod readers;
