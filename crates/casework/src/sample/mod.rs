//! Signed decisions are drawn 抽查, and somebody of the tier above looks at what they rested on.

mod draw;
mod find;
mod look;
mod reopen;
mod summary;
mod turn;

pub(crate) use draw::{Decided, draw};
pub use find::find_sample;
pub use look::{SampleView, view_sample};
pub(crate) use look::{may_look, signers};
pub use summary::{SampleSummary, view_samples};
pub(crate) use turn::{look_anew, stands_over, turn_samples};
