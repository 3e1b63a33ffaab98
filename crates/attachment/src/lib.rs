//! Looks into attachments 附件: a hospital's opinion, a photograph of a signed notice. Bytes in, clean bytes and faults out.
//!
//! ```text
//! name, bytes ── look ──▶ Clean { name, media, bytes }
//!                  ├─ name      no path, no control character, an ending that says what it is
//!                  ├─ picture   JPEG, PNG: made anew from its pixels, and nothing else is left of it
//!                  └─ pdf       PDF: as it came, or refused
//! ```
//!
//! # Invariants
//! - Everything is a function of its arguments: no I/O, no `async`, no clock, no database.
//! - What a file is, its content says: neither its name nor what the sender calls it.
//! - Of a picture only its pixels go on: where and with what it was taken, its thumbnail, comments and whatever hangs
//!   behind its end are not in what is given back. It stands the way it was to be looked at.
//! - A document that runs something, opens something or carries files in it is refused, and so is one that cannot be
//!   looked into: encrypted, or packed in a way in which such things could hide.
//! - Whatever the bytes, looking ends in a value or in faults, within [`Limits`], and every fault is named at once.
//!
//! # Absences
//! A document is not changed: an electronic signature in it stays good, and so do the names of its author and its
//! program. Viruses are not looked for. Text in pictures is not read.

mod limits;
mod media;
mod name;
mod pdf;
mod picture;
#[cfg(test)]
mod tests;

use domain::fault::{Fault, Faults};

pub use limits::Limits;
pub use media::Media;

/// What may be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Clean {
    /// Its name, with an ending that says what it is.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// What is kept of it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Clean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clean({:?}, {} bytes)", self.media, self.bytes.len())
    }
}

/// Looks into a file, and makes of it what may be kept.
///
/// # Errors
/// Everything that is wrong with it, all about the field `file`.
pub fn look(name: &str, bytes: &[u8], limits: &Limits) -> Result<Clean, Vec<Fault>> {
    let mut faults = Faults::new();
    let media = Media::of(bytes);
    let name = name::read(name, media, limits, &mut faults);
    let fit = !bytes.is_empty() && bytes.len() <= limits.file_bytes;
    faults.when(bytes.is_empty(), || fault("empty_file", "文件是空的", "The file is empty"));
    faults.when(bytes.len() > limits.file_bytes, || limits.too_large());
    faults.when(media.is_none() && fit, || {
        fault(
            "unknown_format",
            "只收 PDF、JPEG、PNG 文件；照片请存为 JPEG 再上传",
            "Only PDF, JPEG and PNG are taken; save a photograph as JPEG",
        )
    });
    let kept = match media.filter(|_| fit) {
        Some(Media::Pdf) => pdf::look(bytes, limits, &mut faults).then(|| bytes.to_vec()),
        Some(picture) => picture::renew(picture, bytes, limits, &mut faults),
        None => None,
    };
    match (faults.is_empty(), media, kept) {
        (true, Some(media), Some(bytes)) => Ok(Clean { name, media, bytes }),
        _ => Err(faults.into_vec()),
    }
}

/// A fault of the file.
fn fault(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::new("file", code, zh, en)
}
