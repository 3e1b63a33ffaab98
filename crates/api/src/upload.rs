//! Forms with a file in them: read part by part, each within its limit.

use std::str::FromStr;

use actix_multipart::{Multipart, MultipartError};
use casework::UploadedFile;
use domain::fault::Fault;
use domain::id::{EventId, SchoolId};
use futures_util::TryStreamExt;

use crate::problem::Problem;

const FIELD_BYTES: usize = 1_024;
const MOST_FIELDS: usize = 20;

/// What was sent: the texts, and the part `file` with its name.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// The texts, by name.
    pub(crate) texts: Vec<(String, String)>,
    /// The file.
    pub(crate) file: Option<UploadedFile>,
}

impl Sent {
    /// The first text with a name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The same for an entry that the address names.
    pub(crate) fn of_entry(mut self, entry: EventId) -> Self {
        self.texts.insert(0, ("entry".to_owned(), entry.to_string()));
        self
    }

    /// The school and the file, or everything that is missing.
    pub(crate) fn school_and_file(self) -> Result<(SchoolId, UploadedFile), Problem> {
        self.named_and_file("school", "请选择学校", "a school is required")
    }

    /// The entry of a growth file and the file, or everything that is missing.
    pub(crate) fn entry_and_file(self) -> Result<(EventId, UploadedFile), Problem> {
        self.named_and_file("entry", "请写明属于哪一条记录", "say which entry it belongs to")
    }

    fn named_and_file<T: FromStr>(self, name: &str, zh: &str, en: &str) -> Result<(T, UploadedFile), Problem> {
        let mut faults = Vec::new();
        let typed = self.text(name);
        let named = typed.and_then(|t| t.parse().ok());
        if named.is_none() {
            let code = if typed.is_some() { "unknown_value" } else { "required" };
            faults.push(Fault::new(name, code, zh, en));
        }
        if self.file.is_none() {
            faults.push(Fault::new("file", "required", "请选择文件", "a file is required"));
        }
        named.zip(self.file).ok_or_else(|| Problem::invalid(faults))
    }
}

/// Reads a form whose file has `most` bytes at most.
///
/// # Errors
/// When it is broken, or too large.
pub(crate) async fn read(mut form: Multipart, most: usize) -> Result<Sent, Problem> {
    let broken = |e: MultipartError| Problem::malformed("", "表单有误", &e.to_string());
    let mut sent = Sent::default();
    let mut next = match form.try_next().await {
        // A form without any part has not even a boundary.
        Err(MultipartError::Incomplete) => None,
        first => first.map_err(broken)?,
    };
    while let Some(mut field) = next {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        let most = if name == "file" { most } else { FIELD_BYTES };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await.map_err(broken)? {
            if bytes.len() + chunk.len() > most {
                return Err(Problem::too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        match (name.as_str(), String::from_utf8(bytes)) {
            ("file", bytes) => {
                let bytes = bytes.map_or_else(|e| e.into_bytes(), String::into_bytes);
                sent.file = Some(UploadedFile { file_name, bytes });
            }
            (_, Ok(text)) if sent.texts.len() < MOST_FIELDS => sent.texts.push((name, text)),
            (_, Ok(_) | Err(_)) => {}
        }
        drop(field);
        next = form.try_next().await.map_err(broken)?;
    }
    Ok(sent)
}
