//! The weekly reports of classes, and what the tiers above add to them.

mod due;
mod low;
mod message;
mod observed;
mod same;
mod versions;

pub use due::{ClassWeek, DueReport};
pub use low::LowTimeRecord;
pub use message::ReportMessage;
pub use observed::Reported;
pub use versions::{ReportVersion, SummaryVersion};
