//! Small pieces that several pages share.

/// The most characters of a number that is shown beside its label in the bar of a telephone.
const BRIEF_NUMBER_MAX_CHARS: usize = 5;

/// A fault of one form field, for the summary on top and for the field itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's anchor: the `id` in the page, equal to the field's name.
    pub field: String,
    /// What is wrong and how to put it right, in the reader's language.
    pub message: String,
}

/// Every fault of a form, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<FieldError>);

impl Errors {
    /// All messages for one field in one sentence, if there are any.
    pub fn of(&self, field: &str) -> Option<String> {
        let found: Vec<&str> = self.0.iter().filter(|e| e.field == field).map(|e| e.message.as_str()).collect();
        (!found.is_empty()).then(|| found.join(" "))
    }

    /// Whether anything is wrong with one of these fields.
    pub fn any_of(&self, fields: &[&str]) -> bool {
        self.0.iter().any(|e| fields.contains(&e.field.as_str()))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A telephone number to call at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Who answers, in two to six characters: 值班领导.
    pub label: String,
    /// The number as people read it: `0393-0000110`.
    pub number: String,
    /// The number as a telephone dials it, digits and a leading `+` only.
    pub dial: String,
}

impl Phone {
    /// Whether the number is short enough to stand beside its label on a telephone: 110, 120.
    pub fn brief(&self) -> bool {
        self.number.chars().count() <= BRIEF_NUMBER_MAX_CHARS
    }
}

/// One radio button or check box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second, smaller line; empty for none.
    pub hint: String,
    /// Whether it is chosen.
    pub checked: bool,
}

impl Choice {
    /// A choice without a second line.
    pub fn plain(value: &str, label: &str, checked: bool) -> Self {
        Self::hinted(value, label, "", checked)
    }

    /// A choice with a second line.
    pub fn hinted(value: &str, label: &str, hint: &str, checked: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: hint.into(), checked }
    }
}

/// A link among several, one of which may be where the reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    /// Where it leads.
    pub href: String,
    /// What is read.
    pub label: String,
    /// A number after the label: how many are there.
    pub count: Option<String>,
    /// Whether it is the current page or filter.
    pub current: bool,
}

/// The rank of a response, which decides colour and shape; words are configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Not graded yet: an open ring.
    Ungraded,
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
    pub fn class(self) -> &'static str {
        match self {
            Self::Ungraded => "l0",
            Self::Blue => "l1",
            Self::Yellow => "l2",
            Self::Orange => "l3",
            Self::Red => "l4",
        }
    }

    /// The outline of the shape in a box of 16 × 16.
    pub fn outline(self) -> &'static str {
        match self {
            Self::Ungraded => "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1zm0 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8z",
            Self::Blue => "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1z",
            Self::Yellow => "M8 0l8 8-8 8-8-8z",
            Self::Orange => "M8 1l8 14H0z",
            Self::Red => "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7zM6.8 3v6h2.4V3zM6.8 10.6V13h2.4v-2.4z",
        }
    }
}

/// The level of a response: colour, shape and word together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Colour and shape.
    pub rank: Rank,
    /// The word, from configuration: 红色响应.
    pub label: String,
}

/// A time, for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339.
    pub iso: String,
    /// As read in school time: `10:24`, `03-12 10:24`.
    pub text: String,
}

/// A deadline and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// When it is.
    pub at: Moment,
    /// What is left, in words: 还剩 12 分. The script keeps it true while the page is open.
    pub remaining: String,
    /// Whether it has passed.
    pub overdue: bool,
    /// Whether it is so near that it stands out.
    pub near: bool,
}

/// A hidden form field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}
