//! Small pieces that several pages share.

/// The most characters of a number that is shown beside its label in the bar of a telephone.
const BRIEF_NUMBER_MAX_CHARS: usize = 5;

/// A fault of one form field, for the summary on top and for the field itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// The field's anchor: the `id` in the page, equal to the field's name.
    pub(crate) field: String,
    /// What is wrong and how to put it right, in the reader's language.
    pub(crate) message: String,
}

/// Every fault of a form, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Errors(pub Vec<FieldError>);

impl Errors {
    /// All messages for one field in one sentence, if there are any.
    pub(crate) fn of(&self, field: &str) -> Option<String> {
        let found: Vec<&str> = self.0.iter().filter(|e| e.field == field).map(|e| e.message.as_str()).collect();
        (!found.is_empty()).then(|| found.join(" "))
    }

    /// Whether anything is wrong with one of these fields.
    pub(crate) fn any_of(&self, fields: &[&str]) -> bool {
        self.0.iter().any(|e| fields.contains(&e.field.as_str()))
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A telephone number to call at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phone {
    /// Who answers, in two to six characters: 值班领导.
    pub(crate) label: String,
    /// The number as people read it: `0393-0000110`.
    pub(crate) number: String,
    /// The number as a telephone dials it, digits and a leading `+` only.
    pub(crate) dial: String,
}

impl Phone {
    /// Whether the number is short enough to stand beside its label on a telephone: 110, 120.
    pub(crate) fn brief(&self) -> bool {
        self.number.chars().count() <= BRIEF_NUMBER_MAX_CHARS
    }
}

/// One radio button or check box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// A second, smaller line; empty for none.
    pub(crate) hint: String,
    /// Whether it is chosen.
    pub(crate) checked: bool,
}

impl Choice {
    /// A choice without a second line.
    pub(crate) fn plain(value: &str, label: &str, checked: bool) -> Self {
        Self::hinted(value, label, "", checked)
    }

    /// A choice with a second line.
    pub(crate) fn hinted(value: &str, label: &str, hint: &str, checked: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: hint.into(), checked }
    }
}

/// A link among several, one of which may be where the reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NavLink {
    /// Where it leads.
    pub(crate) href: String,
    /// What is read.
    pub(crate) label: String,
    /// A number after the label: how many are there.
    pub(crate) count: Option<String>,
    /// Whether it is the current page or filter.
    pub(crate) current: bool,
}

/// The rank of a response, which decides colour and shape; words are configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// 1: blue circle.
    Blue,
    /// 2: yellow diamond.
    Yellow,
    /// 3: orange triangle.
    Orange,
    /// 4: red octagon with a stroke and a point in it, so that it is no circle even when small and grey.
    Red,
}

impl Rank {
    /// The CSS class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Blue => "l1",
            Self::Yellow => "l2",
            Self::Orange => "l3",
            Self::Red => "l4",
        }
    }

    /// The outline of the shape in a box of 16 × 16.
    pub(crate) fn outline(self) -> &'static str {
        match self {
            Self::Blue => "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1z",
            Self::Yellow => "M8 0l8 8-8 8-8-8z",
            Self::Orange => "M8 1l8 14H0z",
            Self::Red => "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7zM6.8 3v6h2.4V3zM6.8 10.6V13h2.4v-2.4z",
        }
    }
}

/// The level of a response: colour, shape and word together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    /// Colour and shape.
    pub(crate) rank: Rank,
    /// The word, from configuration: 红色响应.
    pub(crate) label: String,
}

/// A time, for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// RFC 3339.
    pub(crate) iso: String,
    /// As read in school time: `10:24`, `03-12 10:24`.
    pub(crate) text: String,
}

/// A deadline and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// When it is.
    pub(crate) at: Moment,
    /// What is left, in words: 还剩 12 分. The script keeps it true while the page is open.
    pub(crate) remaining: String,
    /// Whether it has passed.
    pub(crate) overdue: bool,
    /// Whether it is so near that it stands out.
    pub(crate) near: bool,
}

/// A hidden form field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HiddenField {
    /// Its name.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: String,
}
