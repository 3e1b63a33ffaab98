//! What has reached a mail server that several sites share: read once, however many there are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::site::header;

#[derive(Default)]
struct Known {
    read: usize,
    times: HashMap<String, Vec<i64>>,
}

/// The mails of a folder, by the message that they are.
pub struct Letters {
    folder: PathBuf,
    known: Mutex<Known>,
}

impl Letters {
    /// The mails of a folder.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: Mutex::default() }
    }

    /// When the server took a message, in microseconds: once for each time.
    #[must_use]
    pub fn taken(&self, id: &str) -> Vec<i64> {
        let mut known = self.known.lock().unwrap();
        while let Ok(mail) = std::fs::read(self.folder.join(format!("{:06}.eml", known.read + 1))) {
            let mail = String::from_utf8_lossy(&mail).into_owned();
            let name = header(&mail, "Message-ID");
            let name = name.trim_start_matches('<').split('@').next().unwrap_or_default().to_owned();
            let at = header(&mail, "X-Rig-Accepted-At").parse().unwrap();
            known.times.entry(name).or_default().push(at);
            known.read += 1;
        }
        known.times.get(id).cloned().unwrap_or_default()
    }
}
