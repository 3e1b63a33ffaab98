//! Escalation 上报: the climb of one alert as a pure function. Ladder, clock, directory and event go in; the next state
//! and what has to be told come out. Nobody here looks at a clock or sends anything.
//!
//! What holds, whatever happens (each is a property test):
//! - a climb that is open, acknowledged or settled has a time at which it moves by itself; only a closed one has none;
//! - on the same rung the deadline never moves later, save that each repeat of the top rung sets the next;
//! - a rung with nobody on it is passed in the same step; the top rung repeats for ever;
//! - one step writes to nobody twice by one channel, and no two steps of a climb give two notices one address;
//! - the auditor's nudge changes nothing and says only what was said: twice is once;
//! - a red that joins a red in custody opens it again: the child may not be where the custody says;
//! - a signed decision keeps a climb on its rung for a bounded time alone, never a red, never on the top rung; new facts end it;
//! - after an acknowledgement nobody who was not told before is told until it expires.

mod calls;
mod effect;
mod event;
mod joining;
mod keeping;
mod ladder_walk;
mod state;
mod step;

pub use effect::{Effect, Finding};
pub use event::Event;
pub use joining::{joined, who_hears};
pub use state::{Climb, ClimbState, Reached};
pub use step::{Ground, Step, open, step};

/// Counts the changes of meaning: two programs that step the same alerts must not differ in it.
pub const ENGINE_VERSION: u32 = 4;

#[cfg(test)]
mod tests;
