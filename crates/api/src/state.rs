//! What handlers work with.

use std::path::PathBuf;
use std::sync::Arc;

use casework::Desk;

use crate::{Metrics, TokenKey};

/// The largest body of anything but a roster, in bytes.
pub(crate) const BODY_BYTES: usize = 256 * 1024;

/// How the service is reached.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// The address that people use, without a path: `https://xindeng.example.edu.cn`.
    pub public_url: String,
    /// A part of the path that only SMS gateways know.
    pub hook_secret: String,
    /// Where the letters of a demonstration lie.
    pub demonstration: Option<PathBuf>,
}

impl ApiSettings {
    /// Whether people use TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What handlers work with.
#[derive(Clone)]
pub struct Api {
    /// The verbs' desk.
    pub desk: Desk,
    /// Under which tokens are signed.
    pub tokens: Arc<TokenKey>,
    /// How the service is reached.
    pub settings: Arc<ApiSettings>,
    /// What is measured.
    pub metrics: Metrics,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Api")
    }
}
