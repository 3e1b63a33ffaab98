//! Documents are looked through for what does something by itself. This is done word by word, not by reading the whole
//! document: what it costs is bounded by its size, and nothing that its objects say of each other can lead astray.

use std::io::Read;

use domain::fault::Faults;
use flate2::read::ZlibDecoder;

use crate::{Limits, fault};

/// Names (ISO 32000-1, 7.11 and 12.6) of what runs, opens, sends or carries something.
const ACTIVE: [&[u8]; 13] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"Sound",
];
/// The trailer is looked for in so many bytes at the end.
const END: usize = 2_048;
/// A dictionary has so many bytes at most on each side of a name in it.
const DICTIONARY: usize = 4_096;

/// What was found in a document, in the order in which it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// It is whole, and does nothing.
    Nothing,
    /// Its end is missing.
    Broken,
    /// It cannot be looked into.
    Hidden,
    /// It does something.
    Active,
}

/// Whether a document may be kept; else what is wrong with it is among the faults.
pub(crate) fn look(bytes: &[u8], limits: &Limits, faults: &mut Faults) -> bool {
    let found = found(bytes, limits);
    match found {
        Found::Nothing => {}
        Found::Broken => faults.add(fault("broken_file", "PDF 已损坏或不完整", "The PDF is broken or not whole")),
        Found::Hidden => faults.add(fault(
            "cannot_be_looked_into",
            "PDF 已加密，或其内容无法检查；请重新导出或打印为 PDF 再上传",
            "The PDF is encrypted or cannot be looked into; print it as a PDF again",
        )),
        Found::Active => faults.add(fault(
            "active_content",
            "PDF 含有脚本、外部动作或内嵌文件，不能上传；请打印为 PDF 再上传",
            "The PDF holds scripts, actions or files; print it as a PDF again",
        )),
    }
    found == Found::Nothing
}

fn found(bytes: &[u8], limits: &Limits) -> Found {
    let tail = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or(bytes);
    if !contains(tail, b"%%EOF") {
        return Found::Broken;
    }
    let mut left = limits.unpacked_bytes;
    let mut encrypted = false;
    for (at, name) in Names::of(bytes) {
        if ACTIVE.contains(&name.as_slice()) {
            return Found::Active;
        }
        encrypted |= name == b"Encrypt";
        if name == b"ObjStm" {
            match unpacked(bytes, at, &mut left) {
                Some(packed) if active(&packed) => return Found::Active,
                Some(_) => {}
                None => return Found::Hidden,
            }
        }
    }
    if encrypted { Found::Hidden } else { Found::Nothing }
}

fn active(text: &[u8]) -> bool {
    Names::of(text).any(|(_, name)| ACTIVE.contains(&name.as_slice()))
}

/// What a stream of objects holds, whose dictionary names it at a place; nothing where that cannot be said. Of the many ways to
/// pack one, the plain one is unpacked, and no other.
fn unpacked(bytes: &[u8], at: usize, left: &mut usize) -> Option<Vec<u8>> {
    let from = at.saturating_sub(DICTIONARY);
    let begins = from + rfind(bytes.get(from..at)?, b"obj")?;
    let to = bytes.len().min(at + DICTIONARY);
    let stream = at + find(bytes.get(at..to)?, b"stream")?;
    let dictionary = bytes.get(begins..stream)?;
    let names: Vec<Vec<u8>> = Names::of(dictionary).map(|(_, name)| name).collect();
    let packings = names.iter().filter(|n| n.ends_with(b"Decode") || *n == b"Crypt").count();
    let content = bytes.get(stream + b"stream".len()..)?;
    let content = content.strip_prefix(b"\r").unwrap_or(content);
    let content = content.strip_prefix(b"\n").unwrap_or(content);
    if packings == 0 && !names.iter().any(|n| n == b"Filter") {
        // Not packed: its words were among those of the document.
        return Some(Vec::new());
    }
    let plain = packings == 1 && names.iter().any(|n| n == b"FlateDecode") && !names.iter().any(|n| n == b"Predictor");
    if !plain {
        return None;
    }
    let mut out = Vec::new();
    let most = u64::try_from(*left).ok()?;
    ZlibDecoder::new(content).take(most).read_to_end(&mut out).ok()?;
    *left -= out.len();
    (*left > 0).then_some(out)
}

/// The names in a text, each with the place behind it. A name is written `/Name`, and any of its letters may be written as
/// `#` and two digits.
struct Names<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Names<'a> {
    fn of(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    fn letter(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        match rest {
            [b'#', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                self.at += 3;
                let digits = [*a, *b];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
            }
            [c, ..] if !is_delimiter(*c) => {
                self.at += 1;
                Some(*c)
            }
            _ => None,
        }
    }
}

impl Iterator for Names<'_> {
    type Item = (usize, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        let slash = find(self.text.get(self.at..)?, b"/")?;
        self.at += slash + 1;
        let name = std::iter::from_fn(|| self.letter()).collect();
        Some((self.at, name))
    }
}

/// White space and delimiters (ISO 32000-1, 7.2.2) end a name.
fn is_delimiter(c: u8) -> bool {
    matches!(
        c,
        0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|w| w == what)
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    find(text, what).is_some()
}
