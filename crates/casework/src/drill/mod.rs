//! Drills 演练: the ladder of a school is climbed about nobody, to see whether it holds. The core, the outbox, the providers
//! and the ways to answer are those of an alert; the row is another one, so that no list, file or count can hold a drill.
//!
//! Invariants:
//! - every message of a drill lies in the lane of drills and says first that it is one;
//! - nobody outside the school is told unless that was asked for when it was started;
//! - a drill ends: by custody, when it is taken, by hand, after an hour, or at once when a real red comes up.

mod answer;
mod climb;
mod end;
mod figures;
mod report;
mod start;
mod turn;
mod view;

pub use answer::{DrillAct, answer_drill};
pub use end::end_drill;
pub use figures::{Answer, Figures};
pub use report::{ByChannel, DrillReport, PersonReport, RungReport};
pub use start::{drill_choices, start_drill};
pub use turn::turn_drills;
pub use view::{DrillSight, DrillView, list_drills, running_for, view_drill};

pub(crate) use answer::answer_by_number;
pub(crate) use turn::step_drill;
