//! Characters and the glyphs that print them.

use std::collections::HashMap;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{GlyphId, MetadataProvider};

use crate::font::{Face, Fonts};

/// What stands for a character that no font has.
const STAND_IN: char = '〓';

/// How a character is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    /// By the second font.
    pub(crate) spare: bool,
    /// The glyph.
    pub(crate) glyph: u32,
    /// How wide it is, in parts of the size.
    pub(crate) advance: f32,
    /// No font has it.
    pub(crate) missing: bool,
}

struct Source<'f> {
    map: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
    em: f32,
}

impl<'f> Source<'f> {
    fn of(face: &'f Face) -> Option<Self> {
        let font = face.parsed()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Self { map: font.charmap(), metrics, em: face.font.units_per_em() })
    }

    fn glyph(&self, letter: char) -> Option<(u32, f32)> {
        let glyph: GlyphId = self.map.map(letter).filter(|g| g.to_u32() != 0)?;
        Some((glyph.to_u32(), self.metrics.advance_width(glyph)? / self.em))
    }
}

/// Looks characters up, each once.
pub(crate) struct Letters<'f> {
    main: Option<Source<'f>>,
    spare: Option<Source<'f>>,
    known: HashMap<char, Option<Letter>>,
}

impl<'f> Letters<'f> {
    pub(crate) fn of(fonts: &'f Fonts) -> Self {
        let spare = fonts.spare.as_ref().and_then(Source::of);
        Self { main: Source::of(&fonts.main), spare, known: HashMap::new() }
    }

    /// How a character is printed; nothing for one that has no shape.
    pub(crate) fn letter(&mut self, letter: char) -> Option<Letter> {
        if let Some(known) = self.known.get(&letter) {
            return *known;
        }
        let found = if has_no_shape(letter) { None } else { self.found(letter) };
        self.known.insert(letter, found);
        found
    }

    fn found(&self, letter: char) -> Option<Letter> {
        let letter = if letter.is_whitespace() && letter != '\u{3000}' { ' ' } else { letter };
        let by = |spare: bool, source: Option<&Source<'_>>, letter: char, missing: bool| {
            let (glyph, advance) = source?.glyph(letter)?;
            Some(Letter { spare, glyph, advance, missing })
        };
        by(false, self.main.as_ref(), letter, false)
            .or_else(|| by(true, self.spare.as_ref(), letter, false))
            .or_else(|| by(false, self.main.as_ref(), STAND_IN, true))
    }

    pub(crate) fn is_missing(&mut self, letter: char) -> bool {
        self.letter(letter).is_some_and(|l| l.missing)
    }

    /// How wide a text is, in parts of the size.
    pub(crate) fn width(&mut self, text: &str) -> f32 {
        text.chars().map(|c| self.letter(c).map_or(0.0, |l| l.advance)).sum()
    }
}

/// Marks of writing direction, of variants and of joining, and control characters: there is nothing to print.
fn has_no_shape(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
