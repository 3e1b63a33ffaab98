//! The two languages of the service.

use serde::{Deserialize, Serialize};

/// A language of screens, messages and problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Chinese as written in mainland China; the default.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Picks one of two texts.
    #[must_use]
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language that an `Accept-Language` header prefers (RFC 9110 §12.5.4); Chinese where it names neither.
    #[must_use]
    pub fn from_accept(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',').take(20) {
            let mut fields = part.split(';');
            let tag = fields.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = fields
                .filter_map(|f| f.trim().strip_prefix("q=").map(str::to_owned))
                .find_map(|q| q.parse::<f32>().ok())
                .unwrap_or(1.0);
            let lang = match tag.split('-').next() {
                Some("zh") => Self::Zh,
                Some("en") => Self::En,
                _ => continue,
            };
            if quality > 0.0 && best.is_none_or(|(_, q)| quality > q) {
                best = Some((lang, quality));
            }
        }
        best.map_or(Self::Zh, |(lang, _)| lang)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_preferred_language_wins_and_chinese_is_the_default() {
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9"), Lang::En);
        assert_eq!(Lang::from_accept("zh;q=0.5, en;q=0.9"), Lang::En);
        assert_eq!(Lang::from_accept("fr, zh-Hant;q=0.3"), Lang::Zh);
        assert_eq!(Lang::from_accept(""), Lang::Zh);
        assert_eq!(Lang::from_accept("en;q=0"), Lang::Zh);
    }
}
