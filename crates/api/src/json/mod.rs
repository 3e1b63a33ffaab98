//! The JSON interface, by noun.

pub(crate) mod alerts;
pub(crate) mod body;
pub(crate) mod cases;
pub(crate) mod closing;
pub(crate) mod contacts;
pub(crate) mod decisions;
pub(crate) mod deputies;
pub(crate) mod drill_shapes;
pub(crate) mod drills;
pub(crate) mod duty;
pub(crate) mod entries;
pub(crate) mod growth_file;
pub(crate) mod hand_over;
pub(crate) mod lists;
pub(crate) mod me;
pub(crate) mod observations;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod plan_body;
pub(crate) mod plan_shapes;
pub(crate) mod plans;
pub(crate) mod roster;
pub(crate) mod session;
pub(crate) mod shapes;
pub(crate) mod signs;
pub(crate) mod students;
