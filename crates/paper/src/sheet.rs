//! Sheets with marks on them. Lengths are points; `y` grows downwards.

use std::collections::BTreeSet;

/// A4.
pub(crate) const WIDTH: f32 = 595.28;
/// A4.
pub(crate) const HEIGHT: f32 = 841.89;
/// Where text begins.
pub(crate) const LEFT: f32 = 54.0;
/// Where it ends.
pub(crate) const RIGHT: f32 = WIDTH - LEFT;
/// Where the body begins.
pub(crate) const TOP: f32 = 74.0;
/// Where it ends.
pub(crate) const BOTTOM: f32 = 768.0;

/// How dark, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ink(pub(crate) u8);

impl Ink {
    pub(crate) const BLACK: Self = Self(20);
    pub(crate) const GREY: Self = Self(95);
    pub(crate) const RULE: Self = Self(175);
    pub(crate) const SHADE: Self = Self(241);
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) lead: f32,
    pub(crate) bold: bool,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const TITLE: Self = Self { size: 17.0, lead: 25.0, bold: true, ink: Ink::BLACK };
    pub(crate) const HEADING: Self = Self { size: 11.5, lead: 17.0, bold: true, ink: Ink::BLACK };
    pub(crate) const BODY: Self = Self { size: 10.0, lead: 16.0, bold: false, ink: Ink::BLACK };
    pub(crate) const CELL: Self = Self { size: 9.5, lead: 14.5, bold: false, ink: Ink::BLACK };
    pub(crate) const LABEL: Self = Self { size: 9.5, lead: 14.5, bold: false, ink: Ink::GREY };
    pub(crate) const HEAD: Self = Self { size: 9.0, lead: 14.5, bold: true, ink: Ink::BLACK };
    pub(crate) const NOTE: Self = Self { size: 8.5, lead: 13.0, bold: false, ink: Ink::GREY };
    pub(crate) const FRAME: Self = Self { size: 8.0, lead: 12.0, bold: false, ink: Ink::GREY };
}

/// Something on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// A line of text; `y` is its base line.
    Text { x: f32, y: f32, style: Style, text: String },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), dashed: bool },
    /// A filled area.
    Shade { x: f32, y: f32, width: f32, height: f32 },
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) marks: Vec<Mark>,
    /// What is on it that no font has.
    pub(crate) missing: BTreeSet<char>,
}

impl Sheet {
    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.marks.push(Mark::Rule { from, to, dashed: false });
    }
}
