//! Coverage: whether every office that a policy addresses has somebody who can be told, at every hour, and whether every
//! night and day off has a duty leader.

mod audiences;
mod deputies;
mod duty;
mod gaps;
mod lint;
mod period;
mod reach;
mod silent_night;
mod stand_in;
mod timeline;

pub use deputies::closes_a_cycle;
pub use duty::{DutyTurn, duty_gaps, has_telephone};
pub use gaps::{Gap, addressed, gaps, opened};
pub use lint::{Found, SchoolFacts, Severity, lint, minutes_to_principal, stale};
pub use period::Period;
pub use reach::{is_address, offices_of};
pub use silent_night::{holiday_night, night_rings_nobody};
pub use stand_in::may_stand_in;
pub use timeline::{TimelineLine, timeline};

#[cfg(test)]
mod lint_tests;
#[cfg(test)]
mod tests;
