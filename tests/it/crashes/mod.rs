//! The program dies where it is told to: at every named window of the way of an alert, at every system call that writes,
//! frozen past its lease, with a database that fails. What it had acknowledged is there, and every red arrives.
//!
//! [docs/crash-windows.md] has the table.

mod acts;
mod faults;
mod frozen;
mod hour;
mod late;
mod scene;
mod sweep;
mod windows;
