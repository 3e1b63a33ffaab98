//! How much is looked at before a file is refused.

use domain::fault::Fault;

/// Bounds on everything that comes from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file as uploaded, and of what is kept of it.
    pub file_bytes: usize,
    /// How many pixels a picture may have.
    pub pixels: u64,
    /// Characters of its name.
    pub name_chars: usize,
    /// Size of what is packed in a document, once unpacked, as far as it has to be looked at.
    pub unpacked_bytes: usize,
}

impl Default for Limits {
    /// A photograph of fifty megapixels, a document of ten mebibytes.
    fn default() -> Self {
        Self { file_bytes: 10 << 20, pixels: 50_000_000, name_chars: 100, unpacked_bytes: 32 << 20 }
    }
}

impl Limits {
    pub(crate) fn too_large(&self) -> Fault {
        let most = self.file_bytes >> 20;
        crate::fault("too_large", format!("文件超过 {most} MB"), format!("The file is larger than {most} MiB"))
    }
}
