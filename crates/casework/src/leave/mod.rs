//! Leave and return 休复学. Each step is written down once, and makes the task of whoever has the next.

mod begin;
mod entries;
mod next;
mod seats;
mod staff;
mod step;
mod view;

pub use begin::begin_leave;
pub use staff::leave_staff;
pub use step::step_leave;
pub use view::{LeaveSight, LeaveView, leaves_of};
