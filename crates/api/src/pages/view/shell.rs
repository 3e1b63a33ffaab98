//! What the layout around every page needs.

use super::parts::NavLink;
use crate::pages::texts::{Lang, Texts};

/// The layout around every page: header, navigation, footer.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    /// The language of the page.
    pub(crate) lang: Lang,
    /// The texts in that language.
    pub(crate) t: &'static Texts,
    /// The name of the school or district, beside the product's name; empty before sign-in.
    pub(crate) institution: String,
    /// The pages this person may open, in order; at most five fit a telephone in one line.
    pub(crate) nav: Vec<NavLink>,
    /// Who is signed in.
    pub(crate) person: Option<Person>,
    /// The token of this session for the hidden field `csrf` of every form.
    pub(crate) csrf: String,
    /// What makes a form of this page kept once, though it is sent twice; empty before sign-in.
    pub(crate) key: String,
    /// This page in the other language: the same address with `lang=`.
    pub(crate) other_lang_href: String,
    /// Whether this is the demonstration.
    pub(crate) demo: bool,
    /// A warning about the service itself: 预警系统自 02:10 起未经验证.
    pub(crate) warning: Option<String>,
    /// Now in RFC 3339, from which the script counts remaining times.
    pub(crate) now: String,
    /// Addresses of the stylesheet, the script and the icon.
    pub(crate) assets: Assets,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Name.
    pub(crate) name: String,
    /// Position and unit: 班主任 · 七(3)班.
    pub(crate) position: String,
}

/// Addresses of the embedded files, with their fingerprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assets {
    /// `/assets/app.css`.
    pub(crate) css: String,
    /// `/assets/app.js`.
    pub(crate) js: String,
    /// `/assets/favicon.svg`.
    pub(crate) icon: String,
}

impl Default for Assets {
    fn default() -> Self {
        Self { css: "/assets/app.css".into(), js: "/assets/app.js".into(), icon: "/assets/favicon.svg".into() }
    }
}
