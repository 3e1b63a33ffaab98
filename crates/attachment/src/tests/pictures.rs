//! Pictures.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{limits, wrong};
use crate::{Media, look};

const WHERE: &[u8] = b"GPS 26.0745N 119.2965E";

/// A picture, black above and white below.
fn picture(format: ImageFormat) -> Vec<u8> {
    let half = |_, y| if y < 20 { Rgb([0, 0, 0]) } else { Rgb([255, 255, 255]) };
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_fn(80, 40, half)).write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// What a telephone adds (Exif 2.3): that it lay on its side, and where it was.
fn exif() -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    out.extend_from_slice(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation: turned to the right
    out.extend_from_slice(b"\x01\x0e\0\x02\0\0\0\x17\0\0\0\x26\0\0\0\0"); // description
    out.extend_from_slice(WHERE);
    out.push(0);
    out
}

fn from_a_telephone() -> Vec<u8> {
    let (plain, exif) = (picture(ImageFormat::Jpeg), exif());
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let comment = [b"\xff\xfe\0\x09".as_slice(), b"comment"].concat();
    [&plain[..2], b"\xff\xe1", &length, &exif, &comment, &plain[2..], b"behind the end"].concat()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

#[test]
fn of_a_photograph_only_its_pixels_are_kept_and_it_stands_upright() {
    let sent = from_a_telephone();
    assert!(holds(&sent, WHERE) && holds(&sent, b"Exif"));
    let clean = look("照片.jpg", &sent, &limits()).unwrap();
    assert_eq!(clean.media, Media::Jpeg);
    for gone in [WHERE, b"Exif", b"comment", b"behind"] {
        assert!(!holds(&clean.bytes, gone), "{}", String::from_utf8_lossy(gone));
    }
    let kept = image::load_from_memory(&clean.bytes).unwrap().into_rgb8();
    assert_eq!(kept.dimensions(), (40, 80), "it lay on its side");
    assert!(kept.get_pixel(2, 40)[0] > 200 && kept.get_pixel(37, 40)[0] < 50, "what was above is at the right");
}

#[test]
fn of_a_picture_of_a_screen_every_pixel_is_kept_and_no_word() {
    let plain = picture(ImageFormat::Png);
    // A text chunk behind the header, with a sum that nobody checks who does not know it.
    let text = [b"\0\0\0\x0ctEXt".as_slice(), b"Author\0secre", b"\x9e\x5a\x2c\x1b"].concat();
    let sent = [&plain[..33], &text, &plain[33..], b"behind the end"].concat();
    let clean = look("截图.png", &sent, &limits()).unwrap();
    assert!(!holds(&clean.bytes, b"secre") && !holds(&clean.bytes, b"behind"));
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
    assert_eq!(pixels(&clean.bytes), pixels(&plain));
}

#[test]
fn a_picture_that_is_too_large_or_broken_is_refused_before_it_is_unpacked() {
    let mut huge = picture(ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    // Its sum is not that of the header any more; a reader that trusts it reads four thousand million pixels.
    assert!(matches!(wrong("a.png", &huge)[..], ["too_many_pixels" | "broken_file"]));
    let mut large = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(101, 100)).write_to(&mut large, ImageFormat::Jpeg).unwrap();
    assert_eq!(wrong("a.jpg", &large.into_inner()), ["too_many_pixels"]);
    let plain = picture(ImageFormat::Png);
    assert_eq!(wrong("a.png", &plain[..plain.len() / 2]), ["broken_file"]);
    assert_eq!(wrong("a.jpg", b"\xff\xd8\xff\xe0 nothing"), ["broken_file"]);
}
