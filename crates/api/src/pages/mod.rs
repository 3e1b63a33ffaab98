//! Pages for people: every control is a link or a form first, improved by script where script is there.

pub(crate) mod texts;
pub(crate) mod view;
