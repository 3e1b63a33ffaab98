//! From sheets to a PDF. Only here is the library named that writes it.

use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::graphic::Graphic;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use crate::PaperError;
use crate::document::Document;
use crate::font::Fonts;
use crate::sheet::{HEIGHT, Ink, Mark, Sheet, Style, WIDTH};
use crate::typeset::Letters;

/// How dark the reader's name across a sheet is.
const WATERMARK: f32 = 0.055;
const WATERMARK_SIZE: f32 = 26.0;

/// Draws the sheets.
pub(crate) fn draw(
    document: &Document,
    sheets: &[Sheet],
    fonts: &Fonts,
    letters: &mut Letters<'_>,
) -> Result<Vec<u8>, PaperError> {
    let mut pdf = krilla::Document::new();
    let about = Metadata::new().title(document.name.clone()).language(document.words.language.to_owned());
    pdf.set_metadata(about.creator("Xindeng 心灯".to_owned()));
    let mut pen = Pen { fonts, letters };
    let across = format!("{}  {}", document.reader, document.printed_at);
    let mut watermark: Option<Graphic> = None;
    for sheet in sheets {
        let size =
            PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PaperError("a sheet without a size".to_owned()))?;
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        sheet.marks.iter().for_each(|mark| pen.mark(&mut surface, mark));
        let again = watermark.get_or_insert_with(|| pen.watermark(&mut surface, &across)).clone();
        surface.draw_graphic(again);
        surface.finish();
        page.finish();
    }
    pdf.finish().map_err(|err| PaperError(err.to_string()))
}

struct Pen<'a, 'f> {
    fonts: &'a Fonts,
    letters: &'a mut Letters<'f>,
}

impl Pen<'_, '_> {
    fn mark(&mut self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Text { x, y, style, text } => {
                surface.set_fill(Some(fill(style.ink)));
                surface.set_stroke(style.bold.then(|| stroke(style.ink, style.size * 0.028)));
                self.text(surface, (*x, *y), *style, text, false);
            }
            Mark::Rule { from, to, dashed } => {
                let mut line = stroke(if *dashed { Ink::GREY } else { Ink::RULE }, 0.6);
                line.dash = dashed.then(|| StrokeDash { array: vec![5.0, 4.0], offset: 0.0 });
                surface.set_fill(None);
                surface.set_stroke(Some(line));
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
            Mark::Shade { x, y, width, height } => {
                surface.set_fill(Some(fill(Ink::SHADE)));
                surface.set_stroke(None);
                let mut path = PathBuilder::new();
                if let Some(area) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(area);
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }

    /// A line of text: one stretch for each change of font.
    fn text(&mut self, surface: &mut Surface<'_>, (mut x, y): (f32, f32), style: Style, text: &str, outlined: bool) {
        let mut stretch: Vec<KrillaGlyph> = Vec::new();
        let (mut by_spare, mut wide) = (false, 0.0);
        for (at, letter) in text.char_indices() {
            let Some(found) = self.letters.letter(letter) else { continue };
            if found.spare != by_spare && !stretch.is_empty() {
                self.stretch(surface, (x, y), &stretch, by_spare, (text, style.size, outlined));
                x += wide * style.size;
                stretch.clear();
                wide = 0.0;
            }
            by_spare = found.spare;
            wide += found.advance;
            let glyph = GlyphId::new(found.glyph);
            let range = at..at + letter.len_utf8();
            stretch.push(KrillaGlyph::new(glyph, found.advance, 0.0, 0.0, 0.0, range, None));
        }
        self.stretch(surface, (x, y), &stretch, by_spare, (text, style.size, outlined));
    }

    fn stretch(
        &self,
        surface: &mut Surface<'_>,
        (x, y): (f32, f32),
        glyphs: &[KrillaGlyph],
        spare: bool,
        (text, size, outlined): (&str, f32, bool),
    ) {
        let face = self.fonts.spare.as_ref().filter(|_| spare).unwrap_or(&self.fonts.main);
        if !glyphs.is_empty() {
            surface.draw_glyphs(Point::from_xy(x, y), glyphs, face.font.clone(), text, size, outlined);
        }
    }

    /// The reader's name across a sheet, as shapes: whoever copies text out of the file does not get it in between.
    fn watermark(&mut self, surface: &mut Surface<'_>, text: &str) -> Graphic {
        let style = Style { size: WATERMARK_SIZE, ..Style::TITLE };
        let width = self.letters.width(text) * style.size;
        let mut stream = surface.stream_builder();
        let mut on = stream.surface();
        let opacity = NormalizedF32::new(WATERMARK).unwrap_or(NormalizedF32::ONE);
        on.set_fill(Some(Fill { opacity, ..fill(Ink(0)) }));
        on.set_stroke(None);
        for (x, y) in [(0.3, 0.2), (0.7, 0.4), (0.3, 0.6), (0.7, 0.8)] {
            on.push_transform(&Transform::from_translate(WIDTH * x, HEIGHT * y));
            on.push_transform(&Transform::from_rotate(-32.0));
            self.text(&mut on, (-width / 2.0, 0.0), style, text, true);
            on.pop();
            on.pop();
        }
        on.finish();
        Graphic::new(stream.finish(), false)
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: luma::Color::new(ink.0).into(), ..Fill::default() }
}

fn stroke(ink: Ink, width: f32) -> Stroke {
    Stroke { paint: luma::Color::new(ink.0).into(), width, ..Stroke::default() }
}
