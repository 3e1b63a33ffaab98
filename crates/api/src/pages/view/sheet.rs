//! A sheet: what is kept about somebody as a list of records, and the forms that add to it.

use super::duty::Pick;
use super::parts::{Errors, HiddenField, NavLink};
use super::shell::Shell;
use askama::Template;

/// A page of records and forms.
#[derive(Debug, Clone, Template)]
#[template(path = "sheet.html", whitespace = "minimize")]
pub(crate) struct Sheet {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of a form.
    pub(crate) errors: Errors,
    /// What the page is.
    pub(crate) title: String,
    /// Whom it is about; empty where it is about several.
    pub(crate) name: String,
    /// Class, seat: each a short piece.
    pub(crate) facts: Vec<String>,
    /// What stands out before everything else.
    pub(crate) warnings: Vec<String>,
    /// What is to be known.
    pub(crate) lead: Vec<String>,
    /// Other pages of the same.
    pub(crate) links: Vec<NavLink>,
    /// The records.
    pub(crate) sections: Vec<Section>,
    /// The forms.
    pub(crate) forms: Vec<Form>,
}

/// Records under a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// The title.
    pub(crate) title: String,
    /// The records.
    pub(crate) items: Vec<Item>,
    /// What is said where there is none.
    pub(crate) empty: String,
    /// Where the next ones are.
    pub(crate) next: Option<String>,
}

/// One record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its anchor.
    pub(crate) id: String,
    /// What it is.
    pub(crate) head: String,
    /// Where it leads.
    pub(crate) href: Option<String>,
    /// Small words beside it, each with whether it is bad.
    pub(crate) marks: Vec<(String, bool)>,
    /// Labels with what stands under them.
    pub(crate) rows: Vec<(String, String)>,
    /// Words of somebody.
    pub(crate) text: Option<String>,
    /// The forms that belong to it.
    pub(crate) forms: Vec<Form>,
}

/// A form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// What it is for.
    pub(crate) title: String,
    /// Where it goes.
    pub(crate) action: String,
    /// What is to be known.
    pub(crate) hint: String,
    /// Its fields.
    pub(crate) fields: Vec<Field>,
    /// What goes along unseen.
    pub(crate) hidden: Vec<HiddenField>,
    /// The word on its button.
    pub(crate) submit: String,
    /// Whether it is folded away at first.
    pub(crate) folded: bool,
    /// What kinds of file go along, in the words of a browser; empty where none does.
    pub(crate) takes: String,
}

impl Form {
    /// Whether something is wrong with one of its fields.
    pub(crate) fn is_bad(&self, errors: &Errors) -> bool {
        self.fields.iter().any(|f| errors.of(&f.id).is_some())
    }
}

impl Field {
    /// A field of a form, whose anchors begin with a word of its own where a page has several.
    pub(crate) fn new(key: &str, name: &str, label: &str, value: &str, input: Input) -> Self {
        Self {
            id: format!("{key}{name}"),
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            value: value.to_owned(),
            optional: false,
            input,
        }
    }

    /// The same with something to be known.
    pub(crate) fn hint(self, hint: &str) -> Self {
        Self { hint: hint.to_owned(), ..self }
    }

    /// Whether it is yes or no.
    pub(crate) fn is_tick(&self) -> bool {
        self.input == Input::Tick
    }

    /// Whether it has several lines.
    pub(crate) fn is_long(&self) -> bool {
        self.input == Input::Lines
    }

    /// What can be chosen, where one of several is.
    pub(crate) fn picks(&self) -> Option<&[Pick]> {
        if let Input::Pick(picks) = &self.input { Some(picks) } else { None }
    }

    /// What kind of input it is, where it is one line.
    pub(crate) fn kind(&self) -> &'static str {
        match self.input {
            Input::Day => "date",
            Input::Moment => "datetime-local",
            Input::Secret(_) => "password",
            Input::Line | Input::Lines | Input::Pick(_) | Input::Tick => "text",
        }
    }

    /// What a browser may fill in by itself.
    pub(crate) fn fills(&self) -> Option<&'static str> {
        if let Input::Secret(what) = self.input { Some(what) } else { None }
    }

    /// The same, which may be left out.
    pub(crate) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its anchor.
    pub(crate) id: String,
    /// What is sent.
    pub(crate) name: String,
    /// What it is called.
    pub(crate) label: String,
    /// What is to be known.
    pub(crate) hint: String,
    /// What was typed.
    pub(crate) value: String,
    /// Whether it may be left out.
    pub(crate) optional: bool,
    /// How it is filled in.
    pub(crate) input: Input,
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A password, which is never shown again: what a browser may fill in.
    Secret(&'static str),
    /// A day.
    Day,
    /// A day and a time, in school time.
    Moment,
    /// One of several.
    Pick(Vec<Pick>),
    /// Yes or no.
    Tick,
}
