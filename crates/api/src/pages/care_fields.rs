//! The fields of the forms about the care of a student.

use super::form::Fields;
use super::view::care::{Field, Takes};
use super::view::duty::Pick;
use super::view::parts::Choice;

/// Makes the fields of one form, with what was typed.
pub(crate) struct Making<'a>(pub(crate) &'a Fields, pub(crate) Vec<Field>);

impl Making<'_> {
    fn add(mut self, name: &'static str, (label, hint): (&str, &str), optional: bool, takes: Takes) -> Self {
        self.1.push(Field { name, label: label.to_owned(), hint: hint.to_owned(), optional, takes });
        self
    }

    /// One line.
    pub(crate) fn line(self, name: &'static str, words: (&str, &str), optional: bool) -> Self {
        let value = self.0.get(name).to_owned();
        self.add(name, words, optional, Takes::Line(value))
    }

    /// Several lines.
    pub(crate) fn text(self, name: &'static str, words: (&str, &str), optional: bool) -> Self {
        let value = self.0.get(name).to_owned();
        self.add(name, words, optional, Takes::Text(value))
    }

    /// A time; where nothing was typed, this one.
    pub(crate) fn moment(self, name: &'static str, words: (&str, &str), optional: bool, usual: &str) -> Self {
        let typed = self.0.get(name);
        let value = if typed.is_empty() && self.0.is_empty() { usual } else { typed };
        let value = value.to_owned();
        self.add(name, words, optional, Takes::Moment(value))
    }

    /// A day.
    pub(crate) fn day(self, name: &'static str, words: (&str, &str), optional: bool) -> Self {
        let value = self.0.get(name).to_owned();
        self.add(name, words, optional, Takes::Day(value))
    }

    /// Something that goes along unseen.
    pub(crate) fn hidden(self, name: &'static str, value: &str) -> Self {
        self.add(name, ("", ""), false, Takes::Hidden(value.to_owned()))
    }

    /// One of a long list.
    pub(crate) fn select(self, name: &'static str, words: (&str, &str), optional: bool, picks: Vec<Pick>) -> Self {
        self.add(name, words, optional, Takes::Select(picks))
    }

    /// One of a few.
    pub(crate) fn radios(self, name: &'static str, words: (&str, &str), optional: bool, all: &[(&str, &str)]) -> Self {
        let typed = self.0.get(name);
        let choices = all.iter().map(|(value, label)| Choice::plain(value, label, typed == *value)).collect();
        self.add(name, words, optional, Takes::Radios(choices))
    }
}
