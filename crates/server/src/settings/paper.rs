//! What documents are printed with.

use std::path::PathBuf;

use api::FontFiles;
use serde::{Deserialize, Serialize};

section! {
    /// What documents are printed with.
    Paper {
        /// A font with Chinese: .ttf, .otf or .ttc.
        font: String = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc".into(),
        /// Another one, for characters that the first has not; empty for none.
        spare_font: String = String::new(),
    }
}

impl Paper {
    /// Where the fonts are.
    #[must_use]
    pub fn files(&self) -> FontFiles {
        let spare = (!self.spare_font.is_empty()).then(|| PathBuf::from(&self.spare_font));
        FontFiles { font: PathBuf::from(&self.font), spare }
    }
}
