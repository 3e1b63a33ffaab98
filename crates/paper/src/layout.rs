//! Where everything stands: from a document to sheets, from the top down.

use crate::document::{Block, Column, Document, Words};
use crate::line;
use crate::sheet::{BOTTOM, HEIGHT, LEFT, Mark, RIGHT, Sheet, Style, TOP, WIDTH};
use crate::typeset::Letters;

/// So much must be left under a heading.
const BELOW_HEADING: f32 = 78.0;
/// How wide a label of a form is.
const LABEL: f32 = 76.0;
/// What is written in by hand needs more room.
const BY_HAND: f32 = 27.0;

/// Sheets that grow.
pub(crate) struct Layout<'a, 'f> {
    pub(crate) letters: &'a mut Letters<'f>,
    pub(crate) words: Words,
    pub(crate) done: Vec<Sheet>,
    pub(crate) sheet: Sheet,
    pub(crate) y: f32,
}

/// Everything of a document on sheets, without what stands around it.
pub(crate) fn lay_out(document: &Document, letters: &mut Letters<'_>) -> Vec<Sheet> {
    let mut out = Layout { letters, words: document.words, done: Vec::new(), sheet: Sheet::default(), y: TOP };
    document.blocks.iter().for_each(|b| out.block(b));
    out.done.push(out.sheet);
    out.done
}

impl Layout<'_, '_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => self.title(text),
            Block::Heading(text) => self.heading(text),
            Block::Paragraph(text) => self.text(text, Style::BODY, 5.0),
            Block::Note(text) => self.text(text, Style::NOTE, 4.0),
            Block::Form(rows) => self.form(rows),
            Block::Table { columns, rows } => self.table(columns, rows),
            Block::Signatures(labels) => self.signatures(labels),
            Block::Cut(label) => self.cut(label),
        }
    }

    pub(crate) fn new_sheet(&mut self) {
        self.done.push(std::mem::take(&mut self.sheet));
        self.y = TOP;
    }

    pub(crate) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_sheet();
        }
    }

    /// The lines of a text in a column.
    pub(crate) fn broken(&mut self, text: &str, width: f32, size: f32) -> Vec<String> {
        let advance = |c| self.letters.letter(c).map_or(0.0, |l| l.advance) * size;
        line::lines(text, width, advance).into_iter().map(|l| l.trim_end().to_owned()).collect()
    }

    /// Puts a line with its upper edge at `y`.
    pub(crate) fn put(&mut self, x: f32, y: f32, style: Style, text: &str) {
        put(&mut self.sheet, self.letters, (x, y), style, text);
    }

    fn title(&mut self, text: &str) {
        self.need(BELOW_HEADING);
        for line in self.broken(text, RIGHT - LEFT, Style::TITLE.size) {
            let width = self.letters.width(&line) * Style::TITLE.size;
            self.put((WIDTH - width) / 2.0, self.y, Style::TITLE, &line);
            self.y += Style::TITLE.lead;
        }
        self.y += 9.0;
    }

    fn heading(&mut self, text: &str) {
        self.need(BELOW_HEADING);
        self.y += if self.y > TOP { 12.0 } else { 0.0 };
        for line in self.broken(text, RIGHT - LEFT, Style::HEADING.size) {
            self.put(LEFT, self.y, Style::HEADING, &line);
            self.y += Style::HEADING.lead;
        }
        self.y += 4.0;
    }

    fn text(&mut self, text: &str, style: Style, after: f32) {
        for line in self.broken(text, RIGHT - LEFT, style.size) {
            self.need(style.lead);
            self.put(LEFT, self.y, style, &line);
            self.y += style.lead;
        }
        self.y += after;
    }

    fn form(&mut self, rows: &[Vec<(String, String)>]) {
        for row in rows {
            let width = (RIGHT - LEFT) / count(row.len().max(1));
            let mut cells = Vec::new();
            for (n, (label, value)) in row.iter().enumerate() {
                let x = LEFT + width * count(n);
                cells.push(self.cell(x, LABEL, Style::LABEL, label).shaded());
                cells.push(self.cell(x + LABEL, width - LABEL, Style::CELL, value));
            }
            let by_hand = row.iter().any(|(_, value)| value.is_empty());
            self.row(cells, if by_hand { BY_HAND } else { 0.0 }, true, &[]);
        }
        self.y += 8.0;
    }

    fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let all: f32 = columns.iter().map(|c| f32::from(c.share)).sum();
        let mut places = Vec::new();
        let mut x = LEFT;
        for column in columns {
            let width = (RIGHT - LEFT) * f32::from(column.share) / all.max(1.0);
            places.push((x, width));
            x += width;
        }
        let head = columns.iter().zip(&places);
        let head: Vec<_> = head.map(|(c, (x, width))| self.cell(*x, *width, Style::HEAD, &c.title).shaded()).collect();
        self.need(BELOW_HEADING);
        self.row(head.clone(), 0.0, false, &[]);
        for row in rows {
            let cells = row.iter().zip(&places);
            let cells = cells.map(|(text, (x, width))| self.cell(*x, *width, Style::CELL, text)).collect();
            self.row(cells, 0.0, false, &head);
        }
        self.y += 8.0;
    }

    fn signatures(&mut self, labels: &[String]) {
        let width = (RIGHT - LEFT) / 2.0;
        for pair in labels.chunks(2) {
            self.need(BY_HAND + 4.0);
            for (n, label) in pair.iter().enumerate() {
                let x = LEFT + width * count(n);
                self.put(x, self.y + 10.0, Style::CELL, label);
                let from = x + self.letters.width(label) * Style::CELL.size + 6.0;
                let y = self.y + 23.0;
                self.sheet.rule((from.min(x + width - 40.0), y), (x + width - 14.0, y));
            }
            self.y += BY_HAND + 4.0;
        }
        self.y += 4.0;
    }

    fn cut(&mut self, label: &str) {
        self.need(BELOW_HEADING);
        self.y = (self.y + 14.0).max(HEIGHT / 2.0);
        self.sheet.marks.push(Mark::Rule { from: (24.0, self.y), to: (WIDTH - 24.0, self.y), dashed: true });
        let width = self.letters.width(label) * Style::FRAME.size;
        self.put((WIDTH - width) / 2.0, self.y + 1.0, Style::FRAME, label);
        self.y += 24.0;
    }
}

/// Puts a line on a sheet, and notes what no font has.
pub(crate) fn put(sheet: &mut Sheet, letters: &mut Letters<'_>, (x, y): (f32, f32), style: Style, text: &str) {
    if text.is_empty() {
        return;
    }
    sheet.missing.extend(text.chars().filter(|c| letters.is_missing(*c)));
    let base = y + (style.lead - style.size) / 2.0 + style.size * 0.88;
    sheet.marks.push(Mark::Text { x, y: base, style, text: text.to_owned() });
}

/// A count as a factor of lengths.
pub(crate) fn count(n: usize) -> f32 {
    u16::try_from(n).map_or(f32::from(u16::MAX), f32::from)
}
