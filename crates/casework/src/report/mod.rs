//! The weekly class report 班级周报: filed by the class teacher, read and added to by the tiers above, asked for where it is
//! missing.

mod file;
mod mood;
mod same;
mod summary;
mod turn;
mod view;

pub use file::{FiledReport, file_class_report};
pub(crate) use file::{may_file, of_the_class};
pub use summary::{SummaryUnit, add_summary};
pub(crate) use summary::{inside, keep_summary};
pub use turn::turn_reports;
pub(crate) use view::place_of;
pub use view::{ClassReportView, ReportsView, UnitSummary, view_class_report, view_reports};
