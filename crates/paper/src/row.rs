//! Rows of forms and tables. A row is kept whole; one that is longer than a sheet goes on on the next one, and says so.

use crate::layout::{Layout, count};
use crate::sheet::{BOTTOM, Ink, LEFT, Mark, RIGHT, Style, TOP};

/// Between the edge of a cell and its text.
const PAD: f32 = 4.0;
/// From line to line.
const LEAD: f32 = 14.5;
/// A row that is broken leaves at least so many lines on a sheet.
const FEWEST: usize = 5;

/// A cell with its lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    x: f32,
    width: f32,
    style: Style,
    lines: Vec<String>,
    shade: bool,
}

impl Cell {
    pub(crate) fn shaded(self) -> Self {
        Self { shade: true, ..self }
    }
}

impl Layout<'_, '_> {
    /// A cell of a text.
    pub(crate) fn cell(&mut self, x: f32, width: f32, style: Style, text: &str) -> Cell {
        let lines = self.broken(text, width - 2.0 * PAD, style.size);
        Cell { x, width, style, lines, shade: false }
    }

    /// A row, at least so high; `head` goes before it on every further sheet.
    pub(crate) fn row(&mut self, mut cells: Vec<Cell>, least: f32, boxed: bool, head: &[Cell]) {
        let first = cells.first().and_then(|c| c.lines.first()).cloned().unwrap_or_default();
        loop {
            let height = height(&cells).max(least);
            if self.y + height <= BOTTOM {
                return self.put_row(&cells, height, boxed);
            }
            let room = self.room();
            let whole = height + self::height(head) <= BOTTOM - TOP;
            if !whole && room >= FEWEST {
                let (now, later) = split(cells, room, &[&first, self.words.continued]);
                let height = self::height(&now);
                self.put_row(&now, height, boxed);
                cells = later;
            }
            self.new_sheet();
            if !head.is_empty() {
                self.put_row(head, self::height(head), boxed);
            }
        }
    }

    /// How many lines of a row fit on this sheet.
    fn room(&self) -> usize {
        let fits = |n: &usize| self.y + 2.0 * PAD + count(*n) * LEAD <= BOTTOM;
        (1..=1000).take_while(fits).last().unwrap_or_default()
    }

    fn put_row(&mut self, cells: &[Cell], height: f32, boxed: bool) {
        let (top, bottom) = (self.y, self.y + height);
        for cell in cells.iter().filter(|c| c.shade) {
            self.sheet.marks.push(Mark::Shade { x: cell.x, y: top, width: cell.width, height });
        }
        for cell in cells {
            for (n, line) in cell.lines.iter().enumerate() {
                // In a form what is short stands in the middle of what is high.
                let slack =
                    if boxed { (height - 2.0 * PAD - LEAD * count(cell.lines.len())).max(0.0) / 2.0 } else { 0.0 };
                self.put(cell.x + PAD, top + PAD + slack + LEAD * count(n), cell.style, line);
            }
        }
        if boxed {
            self.sheet.rule((LEFT, top), (RIGHT, top));
            for x in cells.iter().map(|c| c.x).chain([RIGHT]) {
                self.sheet.rule((x, top), (x, bottom));
            }
        }
        self.sheet.rule((LEFT, bottom), (RIGHT, bottom));
        self.y = bottom;
    }
}

fn height(cells: &[Cell]) -> f32 {
    let lines = cells.iter().map(|c| c.lines.len()).max().unwrap_or_default();
    if lines == 0 { 0.0 } else { count(lines) * LEAD + 2.0 * PAD }
}

/// What of a row stands on this sheet, and what on the next. There the first cell says what goes on.
fn split(cells: Vec<Cell>, room: usize, again: &[&str]) -> (Vec<Cell>, Vec<Cell>) {
    let mut later = cells.clone();
    let mut now = cells;
    now.iter_mut().for_each(|c| c.lines.truncate(room));
    for cell in &mut later {
        cell.lines = cell.lines.split_off(room.min(cell.lines.len()));
    }
    if let Some(cell) = later.first_mut().filter(|c| c.lines.is_empty()) {
        cell.lines = again.iter().map(|s| (*s).to_owned()).collect();
        cell.style.ink = Ink::GREY;
    }
    (now, later)
}
