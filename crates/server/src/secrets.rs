//! One key, several uses: each use gets a key of its own.

use anyhow::{Context, bail};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keys derived from the one in the file.
#[derive(Clone)]
pub struct Keys {
    /// For tokens of the API.
    pub tokens: [u8; 32],
    /// For codes of messages.
    pub codes: [u8; 32],
    /// For addresses that only gateways know.
    pub hooks: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Derives them from 256 bits.
    #[must_use]
    pub fn of(root: &[u8; 32]) -> Self {
        Self {
            tokens: derive(root, "tokens"),
            codes: derive(root, "codes"),
            hooks: hex(derive(root, "hooks").get(..16).unwrap_or_default()),
        }
    }

    /// Reads the key file.
    ///
    /// # Errors
    /// When it cannot be read or does not hold 64 hexadecimal digits.
    pub fn read(file: &str) -> anyhow::Result<Self> {
        let text = crate::settings::secret(file)?;
        let bytes: Option<Vec<u8>> = text
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
            .collect();
        let root: Option<[u8; 32]> = bytes.and_then(|b| b.try_into().ok());
        let Some(root) = root else { bail!("{file}: 64 hexadecimal digits are wanted") };
        Ok(Self::of(&root))
    }

    /// Reads the key file, or makes one that only this user can read.
    ///
    /// # Errors
    /// When it can be neither read nor written.
    pub fn read_or_make(file: &std::path::Path, secret: [u8; 32]) -> anyhow::Result<Self> {
        if !file.exists() {
            use std::io::Write;
            use std::os::unix::fs::OpenOptionsExt;
            let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
            writeln!(out, "{}", hex(&secret)).context("key file")?;
        }
        Self::read(&file.display().to_string())
    }
}

fn derive(root: &[u8; 32], label: &str) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(root) else { return [0; 32] };
    mac.update(label.as_bytes());
    mac.finalize().into_bytes().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
