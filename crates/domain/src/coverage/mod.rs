//! Coverage: whether every office that a policy addresses has somebody who can be told, at every hour, and whether every
//! night and day off has a duty leader.

mod deputies;
mod duty;
mod gaps;
mod period;

pub use deputies::closes_a_cycle;
pub use duty::{DutyTurn, duty_gaps, has_telephone};
pub use gaps::{Gap, addressed, gaps, opened};
pub use period::Period;

#[cfg(test)]
mod tests;
