//! The words of `config/roster.toml`, embedded, so that a school can read what is recognised.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::field::Field;
use crate::limits::Limits;
use crate::members::MemberField;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) limits: Limits,
    fields: HashMap<Field, Vec<String>>,
    members: HashMap<MemberField, Vec<String>>,
    never: Containing,
    other_person: Words,
    summary: Words,
    pub(crate) age: Age,
    pub(crate) values: HashMap<String, Vec<String>>,
    /// Header word to field and rank, made from `fields`.
    #[serde(skip)]
    by_word: HashMap<String, (Field, usize)>,
    /// Header word to column of a membership, made from `members`.
    #[serde(skip)]
    members_by_word: HashMap<String, (MemberField, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Containing {
    containing: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// The ages of pupils, by the difference of years.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Age {
    pub(crate) youngest: i32,
    pub(crate) oldest: i32,
}

/// The shipped configuration. A file that cannot be read would recognise no header and allow no byte; a test keeps it
/// readable.
pub(crate) static CONFIG: LazyLock<Config> =
    LazyLock::new(|| parse(include_str!("../../../config/roster.toml")).unwrap_or_else(|_| Config::refusing()));

fn parse(text: &str) -> Result<Config, toml::de::Error> {
    let mut config: Config = toml::from_str(text)?;
    for (field, words) in &config.fields {
        for (rank, word) in words.iter().enumerate() {
            config.by_word.insert(crate::header::key(word), (*field, rank));
        }
    }
    for (field, words) in &config.members {
        for (rank, word) in words.iter().enumerate() {
            config.members_by_word.insert(crate::header::key(word), (*field, rank));
        }
    }
    Ok(config)
}

impl Config {
    fn refusing() -> Self {
        let none = || Words { words: Vec::new() };
        Self {
            limits: Limits::nothing(),
            fields: HashMap::new(),
            members: HashMap::new(),
            never: Containing { containing: Vec::new() },
            other_person: none(),
            summary: none(),
            age: Age { youngest: 0, oldest: 0 },
            values: HashMap::new(),
            by_word: HashMap::new(),
            members_by_word: HashMap::new(),
        }
    }

    /// The field that a header key names, with its rank among the words of that field.
    pub(crate) fn field(&self, key: &str) -> Option<(Field, usize)> {
        self.by_word.get(key).copied()
    }

    /// The column of a membership that a header key names, with its rank.
    pub(crate) fn member(&self, key: &str) -> Option<(MemberField, usize)> {
        self.members_by_word.get(key).copied()
    }

    /// Whether a header announces what is never taken in.
    pub(crate) fn never(&self, key: &str) -> bool {
        self.never.containing.iter().any(|w| key.contains(w.as_str()))
    }

    /// Whether a text in brackets says that the column is about another person.
    pub(crate) fn other_person(&self, text: &str) -> bool {
        self.other_person.words.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a row's first text announces a summary.
    pub(crate) fn summary(&self, text: &str) -> bool {
        self.summary.words.iter().any(|w| text.starts_with(w.as_str()))
    }

    /// Whether a cell's text is one of the words of a value.
    pub(crate) fn means(&self, value: &str, text: &str) -> bool {
        self.values.get(value).is_some_and(|words| words.iter().any(|w| w == text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_readable_and_names_every_field() {
        let config = parse(include_str!("../../../config/roster.toml")).unwrap();
        for field in Field::ALL {
            assert!(!config.fields[&field].is_empty(), "{field:?}");
        }
        assert!(config.limits.rows >= 50_000);
    }

    #[test]
    fn no_word_names_two_fields_and_none_is_written_in_a_form_that_never_matches() {
        let config = parse(include_str!("../../../config/roster.toml")).unwrap();
        let words: usize = config.fields.values().map(Vec::len).sum();
        assert_eq!(words, config.by_word.len(), "a word is listed twice");
        let members: usize = config.members.values().map(Vec::len).sum();
        assert_eq!(members, config.members_by_word.len(), "a word is listed twice");
        let both = config.members_by_word.keys().filter(|w| config.by_word.contains_key(*w) || config.never(w));
        assert_eq!(both.count(), 0, "a word of lists is one of rosters, or never taken in");
        for field in MemberField::ALL {
            assert!(!config.members[&field].is_empty(), "{field:?}");
        }
        for word in &config.never.containing {
            assert_eq!(&crate::header::key(word), word);
        }
        for word in config.values.values().flatten() {
            assert_eq!(&crate::clean::word(word), word);
        }
    }

    #[test]
    fn an_unreadable_file_would_allow_nothing() {
        assert_eq!(Config::refusing().limits.file_bytes, 0);
    }
}
