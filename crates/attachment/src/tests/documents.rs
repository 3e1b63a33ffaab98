//! Documents.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::wrong;
use crate::{Limits, Media, look};

/// A document of one page with something more in its catalogue.
pub(super) fn pdf(more: &str) -> Vec<u8> {
    let objects = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {more} >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
    );
    format!("{objects}trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n").into_bytes()
}

/// A document in which objects are packed.
fn packed(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /N 1 /First 4 {dictionary} >>\nstream\r\n");
    [head.as_bytes(), content, b"\r\nendstream\nendobj\nstartxref\n0\n%%EOF\n"].concat()
}

fn deflated(text: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    out.write_all(text).unwrap();
    out.finish().unwrap()
}

#[test]
fn a_document_stays_as_it_came() {
    let sound = pdf("/Lang (zh-CN)");
    let clean = look("意见.pdf", &sound, &Limits::default()).unwrap();
    assert_eq!((clean.media, clean.bytes == sound), (Media::Pdf, true));
    let sound = packed("/Filter /FlateDecode", &deflated(b"1 0 << /Type /Catalog >>"));
    assert_eq!(look("意见.pdf", &sound, &Limits::default()).unwrap().bytes, sound);
}

#[test]
fn what_runs_opens_or_carries_something_is_refused_however_it_is_written() {
    let active = ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm"];
    for name in active.into_iter().chain(["ImportData", "GoToE", "GoToR", "Rendition", "Movie", "Sound"]) {
        assert_eq!(wrong("a.pdf", &pdf(&format!("/OpenAction << /S /{name} >>"))), ["active_content"], "{name}");
        let escaped: String = name.bytes().map(|b| format!("#{b:02x}")).collect();
        assert_eq!(wrong("a.pdf", &pdf(&format!("/A<</S/{escaped}>>"))), ["active_content"], "{escaped}");
        let inside = deflated(format!("1 0 << /S /{name} >>").as_bytes());
        assert_eq!(wrong("a.pdf", &packed("/Filter /FlateDecode", &inside)), ["active_content"], "packed {name}");
        assert_eq!(wrong("a.pdf", &packed("", format!("1 0 << /S /{name} >>").as_bytes())), ["active_content"]);
    }
    assert!(wrong("a.pdf", &pdf("/JavaScripts 1 /Launching 2 /Sounds 3 (/S JavaScript)")).is_empty(), "whole names");
}

#[test]
fn what_cannot_be_looked_into_is_refused() {
    let calm = b"1 0 << /Type /Page >>";
    assert_eq!(wrong("a.pdf", &pdf("/Encrypt 9 0 R")), ["cannot_be_looked_into"]);
    for dictionary in [
        "/Filter /LZWDecode",
        "/Filter [/ASCIIHexDecode /FlateDecode]",
        "/Filter [/FlateDecode /FlateDecode]",
        "/Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
        "/Filter 7 0 R",
        "/Filter /Crypt",
    ] {
        assert_eq!(wrong("a.pdf", &packed(dictionary, &deflated(calm))), ["cannot_be_looked_into"], "{dictionary}");
    }
    assert_eq!(wrong("a.pdf", &packed("/Filter /FlateDecode", calm)), ["cannot_be_looked_into"], "not packed at all");
    let far = format!("{} /Filter /FlateDecode", "%".repeat(5_000));
    assert_eq!(wrong("a.pdf", &packed(&far, &deflated(calm))), ["cannot_be_looked_into"], "no end in sight");
    assert_eq!(wrong("a.pdf", b"%PDF-1.7\n1 0 obj\n<< >>\n"), ["broken_file"]);
}

#[test]
fn a_document_that_grows_without_end_is_not_unpacked_to_its_end() {
    let bomb = deflated(&vec![b' '; 1 << 17]);
    assert!(bomb.len() < 1_000);
    assert_eq!(wrong("a.pdf", &packed("/Filter /FlateDecode", &bomb)), ["cannot_be_looked_into"]);
    let half = deflated(&vec![b' '; (1 << 15) + 1]);
    let one = packed("/Filter /FlateDecode", &half);
    assert!(wrong("a.pdf", &one).is_empty());
    assert_eq!(wrong("a.pdf", &[one.clone(), one].concat()), ["cannot_be_looked_into"], "all of them together");
}
