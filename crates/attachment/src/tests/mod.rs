//! What is kept of a file, and what is refused.

mod documents;
mod pictures;

use proptest::prelude::*;

use crate::{Limits, look};

fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, pixels: 10_000, name_chars: 20, unpacked_bytes: 1 << 16 }
}

/// The codes of what is wrong.
fn wrong(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    look(name, bytes, &limits()).err().unwrap_or_default().iter().map(|f| f.code).collect()
}

#[test]
fn what_a_file_is_its_content_says() {
    assert_eq!(wrong("意见.pdf", b""), ["empty_file"]);
    assert_eq!(wrong("意见.pdf", b"MZ\x90\0 a program"), ["unknown_format"]);
    assert_eq!(wrong("意见.pdf", b" %PDF-1.7\n%%EOF"), ["unknown_format"], "it begins with it, and nowhere later");
    assert_eq!(wrong("照片.heic", b"\0\0\0\x18ftypheic"), ["unknown_format"]);
    assert_eq!(wrong("意见.pdf", &vec![b'%'; (1 << 20) + 1]), ["too_large"]);
    let largest = [b"%PDF-1.7\n".as_slice(), &vec![b' '; (1 << 20) - 14], b"%%EOF"].concat();
    assert_eq!((largest.len(), wrong("意见.pdf", &largest)), (1 << 20, vec![]));
}

#[test]
fn a_name_is_no_path_and_says_what_is_in_the_file() {
    let sound = documents::pdf("");
    let named = |name: &str| look(name, &sound, &limits()).map(|clean| clean.name);
    assert_eq!(named(" 医院意见.PDF ").unwrap(), "医院意见.PDF");
    assert_eq!(named("医院意见").unwrap(), "医院意见.pdf");
    assert_eq!(named("第3.次复诊").unwrap(), "第3.次复诊.pdf", "an ending is letters");
    assert_eq!(named("").unwrap(), "附件.pdf");
    assert_eq!(named("\u{202e}fdp.意见.pdf").unwrap(), "fdp.意见.pdf", "what turns the direction is taken out");
    for bad in ["../../etc/passwd.pdf", "C:\\意见.pdf", ".意见.pdf", "a\"b.pdf", "a<b>.pdf"] {
        assert_eq!(wrong(bad, &sound), ["bad_name"], "{bad}");
    }
    assert_eq!(wrong("意见.exe", &sound), ["name_mismatch"]);
    assert_eq!(wrong("意见.jpg", &sound), ["name_mismatch"]);
    assert_eq!(wrong("意\0见.pdf", &sound), ["control_character"]);
    assert_eq!(wrong(&"长".repeat(21), &sound), ["name_too_long"]);
    let all = wrong(&format!("a/{}\u{1}.jpg", "长".repeat(30)), b"%PDF-1.7 /JavaScript %%EOF");
    assert_eq!(all, ["control_character", "bad_name", "name_too_long", "name_mismatch", "active_content"]);
}

proptest! {
    #[test]
    fn whatever_the_bytes_looking_ends(
        which in 0_usize..4,
        rest in proptest::collection::vec(any::<u8>(), 0..400),
        name in ".{0,30}",
    ) {
        let begin: [&[u8]; 4] = [b"%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""];
        let bytes = [begin[which], &rest, b"%%EOF"].concat();
        if let Ok(clean) = look(&name, &bytes, &limits()) {
            prop_assert!(clean.bytes.len() <= limits().file_bytes);
            prop_assert!(!clean.name.contains('/') && !clean.name.is_empty());
        }
    }
}
