//! Files that the service hands out: a PDF is read by a program that is not ours.

use std::path::Path;
use std::process::Command;

use reqwest::header::HeaderMap;

/// A file that was answered.
#[derive(Debug, Clone)]
pub struct Download {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Download {
    /// Fails unless it has this status.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The number of the print, from the name of the file.
    #[must_use]
    pub fn number(&self) -> String {
        let name = self.header("content-disposition");
        let name = name.rsplit_once('.').map_or("", |(name, _)| name);
        let parts: Vec<&str> = name.rsplitn(3, '-').collect();
        if let [last, first, _] = parts[..] { format!("{first}-{last}") } else { String::new() }
    }

    /// What a PDF says, without blanks and line ends: where lines end is not what is asked. Cell by cell, as it was written.
    #[must_use]
    pub fn says(&self, folder: &Path) -> String {
        assert!(self.bytes.starts_with(b"%PDF-"), "no PDF: {}", String::from_utf8_lossy(&self.bytes));
        let file = folder.join("print.pdf");
        std::fs::write(&file, &self.bytes).unwrap();
        let out = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&file).arg("-").output();
        let out = out.expect("pdftotext of poppler-utils, see tests/rig/packages");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().split_whitespace().collect()
    }
}
