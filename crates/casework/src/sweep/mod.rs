//! Sweeps 排查: taken by class teachers, read and added to by the tiers above. What is missing is asked for, and shown one tier
//! up, by the clock of weekly reports.

mod file;
mod summary;
mod unreported;
mod view;

pub use file::{FiledSweep, file_class_sweep};
pub use summary::add_sweep_summary;
pub(crate) use unreported::danger_unreported;
pub use view::{ClassSweepView, SweepsView, own_list_taken_at, view_class_sweep, view_sweeps};

/// So long a list may be filed afterwards: a term.
const OLDEST_DAYS: i64 = 140;
