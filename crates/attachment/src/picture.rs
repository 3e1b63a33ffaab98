//! Pictures are made anew from their pixels.

use std::io::Cursor;

use domain::fault::Faults;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::{Limits, Media, fault};

/// How finely a photograph is written: type on paper stays legible.
const QUALITY: u8 = 88;
/// So many bytes a pixel has at most: four values of sixteen bits.
const BYTES_PER_PIXEL: u64 = 8;

/// The picture with nothing but its pixels, standing the way it was to be looked at.
pub(crate) fn renew(media: Media, bytes: &[u8], limits: &Limits, faults: &mut Faults) -> Option<Vec<u8>> {
    let format = match media {
        Media::Png => ImageFormat::Png,
        Media::Jpeg | Media::Pdf => ImageFormat::Jpeg,
    };
    match read(format, bytes, limits) {
        Ok(Some(picture)) => written(format, picture).filter(|kept| {
            let fits = kept.len() <= limits.file_bytes;
            faults.when(!fits, || limits.too_large());
            fits
        }),
        Ok(None) => {
            let most = limits.pixels / 1_000_000;
            let zh = format!("照片超过 {most} 百万像素，请缩小后再上传");
            faults.add(fault("too_many_pixels", zh, format!("The picture has more than {most} megapixels")));
            None
        }
        Err(_) => {
            faults.add(fault("broken_file", "照片已损坏，打不开", "The picture is broken and cannot be opened"));
            None
        }
    }
}

/// The pixels; nothing where they are too many. How many there are is known before any of them is read.
fn read(format: ImageFormat, bytes: &[u8], limits: &Limits) -> Result<Option<DynamicImage>, ImageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut most = image::Limits::default();
    most.max_alloc = Some(limits.pixels.saturating_mul(BYTES_PER_PIXEL));
    reader.limits(most);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width).saturating_mul(u64::from(height)) > limits.pixels {
        return Ok(None);
    }
    let stands = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(stands);
    Ok(Some(picture))
}

fn written(format: ImageFormat, picture: DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let done = if format == ImageFormat::Png {
        picture.write_to(&mut out, format)
    } else {
        JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&picture.into_rgb8())
    };
    done.ok().map(|()| out.into_inner())
}
