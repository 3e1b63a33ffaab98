//! Fonts: one that prints, and a second one for what the first has not.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// Without these a font prints nothing that we write.
const NEEDED: &str = "心灯，。〓A1";

/// Why a font is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FontFault {
    /// Not a font.
    #[error("not a font that can be read")]
    Unreadable,
    /// A font without Chinese.
    #[error("a font without Chinese")]
    NotChinese,
}

/// A font of a file.
#[derive(Clone)]
pub(crate) struct Face {
    pub(crate) font: krilla::text::Font,
    bytes: Arc<Vec<u8>>,
    index: u32,
}

impl Face {
    fn read(bytes: Vec<u8>) -> Result<Self, FontFault> {
        let index = simplified(&bytes).ok_or(FontFault::Unreadable)?;
        let bytes = Arc::new(bytes);
        let font = krilla::text::Font::new(Arc::clone(&bytes).into(), index).ok_or(FontFault::Unreadable)?;
        Ok(Self { font, bytes, index })
    }

    pub(crate) fn parsed(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }

    fn has(&self, letter: char) -> bool {
        self.parsed().is_some_and(|f| f.charmap().map(letter).is_some())
    }
}

/// Which font of a collection has the shapes of simplified Chinese; the first where none says so.
fn simplified(bytes: &[u8]) -> Option<u32> {
    let file = FileRef::new(bytes).ok()?;
    let says_so = |font: FontRef<'_>| {
        let names = font.localized_strings(StringId::FAMILY_NAME);
        names.into_iter().any(|n| n.to_string().ends_with(" SC"))
    };
    let chosen = file.fonts().position(|f| f.is_ok_and(says_so)).unwrap_or_default();
    u32::try_from(chosen).ok()
}

/// The fonts that a document is printed with. Cheap to clone; reading them is not.
#[derive(Clone)]
pub struct Fonts {
    pub(crate) main: Face,
    pub(crate) spare: Option<Face>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fonts")
    }
}

impl Fonts {
    /// Reads them.
    ///
    /// # Errors
    /// When one is no font, or the first has no Chinese.
    pub fn read(main: Vec<u8>, spare: Option<Vec<u8>>) -> Result<Self, FontFault> {
        let main = Face::read(main)?;
        if NEEDED.chars().any(|c| !main.has(c)) {
            return Err(FontFault::NotChinese);
        }
        Ok(Self { main, spare: spare.map(Face::read).transpose()? })
    }

    /// What of a text no font has.
    #[must_use]
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        let mut letters = crate::typeset::Letters::of(self);
        text.chars().filter(|c| letters.is_missing(*c)).collect()
    }
}
