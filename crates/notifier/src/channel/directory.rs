//! Writes each letter as a file: for demonstrations, where nothing may leave the machine.

use std::path::PathBuf;

use async_trait::async_trait;
use domain::delivery::Outcome;
use serde::{Deserialize, Serialize};

use super::{Channel, Letter};

/// A letter as it lies in the directory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Captured {
    /// `mail` or `sms`.
    pub channel: String,
    /// To which address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
    /// When it was sent.
    pub at: domain::time::Timestamp,
    /// It is about a red.
    pub urgent: bool,
}

/// A directory that letters are written to, one file each, named so that they sort by time.
#[derive(Debug)]
pub struct Directory {
    carries: domain::delivery::Channel,
    path: PathBuf,
}

impl Directory {
    /// Writes to `path`, which is made when it is first needed.
    #[must_use]
    pub fn new(carries: domain::delivery::Channel, path: PathBuf) -> Self {
        Self { carries, path }
    }

    async fn write(&self, letter: &Letter) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.path).await?;
        let captured = Captured {
            channel: self.carries.key().to_owned(),
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            at: letter.at,
            urgent: letter.urgent,
        };
        let json = serde_json::to_vec_pretty(&captured).map_err(std::io::Error::other)?;
        let name = format!("{:020}-{}-{}.json", letter.at.timestamp_micros(), self.carries.key(), letter.id);
        let part = self.path.join(format!(".{name}.part"));
        tokio::fs::write(&part, json).await?;
        tokio::fs::rename(&part, self.path.join(name)).await
    }
}

#[async_trait]
impl Channel for Directory {
    fn name(&self) -> &'static str {
        "directory"
    }

    fn carries(&self) -> domain::delivery::Channel {
        self.carries
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        match self.write(letter).await {
            Ok(()) => Outcome::Accepted { provider_id: Some(letter.id.to_string()) },
            Err(err) => Outcome::Retry(err.to_string()),
        }
    }
}
