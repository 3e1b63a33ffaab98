//! Screening 心理筛查: one sitting of one child with one instrument, written down by hand by the counsellor, and what follows
//! from it. Figures stand in the file of instruments and in the policy.

mod draft;
mod follow;
mod instrument;
mod no_softer;
mod sound;

pub use draft::{Beside, Screening, ScreeningDraft, Validity};
pub use follow::{Answers, Follow, Terms};
pub use instrument::{CriticalItem, Instrument, Instruments, InstrumentsDraft, ValidityScale};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
