//! One key, several uses: each use gets a key of its own.

use anyhow::{Context, bail};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::settings::Settings;

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
        let Some(root) = root else {
            bail!("{file}: 应为 64 位十六进制数字 / 64 hexadecimal digits are wanted")
        };
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

/// What is wrong with the files that the settings name for their secrets.
///
/// # Errors
/// When the settings cannot be looked through.
pub fn faults(settings: &Settings) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    look_through(&toml::Value::try_from(settings)?, "", &mut faults);
    if !settings.secrets.key_file.is_empty()
        && let Err(err) = Keys::read(&settings.secrets.key_file)
    {
        faults.retain(|f| !f.starts_with("secrets.key_file"));
        faults.push(format!("secrets.key_file: 不能使用 / cannot be used: {err:#}"));
    }
    // What cannot be read is named already.
    let readable = |file: &str| file.is_empty() || crate::settings::secret(file).is_ok_and(|text| !text.is_empty());
    for hook in settings.webhooks.iter().filter(|h| readable(&h.secret_file) && readable(&h.old_secret_file)) {
        if let (false, Err(err)) = (hook.secret_file.is_empty(), hook.endpoint()) {
            faults.push(format!("webhooks: 不能使用 / cannot be used: {err:#}"));
        }
    }
    Ok(faults)
}

/// Every `*_file`, in whichever section it stands.
fn look_through(value: &toml::Value, at: &str, faults: &mut Vec<String>) {
    for (key, inner) in value.as_table().into_iter().flatten() {
        let name = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        match inner.as_str().filter(|file| key.ends_with("_file") && !file.is_empty()) {
            Some(file) => match crate::settings::secret(file) {
                Ok(text) if text.is_empty() => faults.push(format!("{name}: {file}: 文件是空的 / the file is empty")),
                Ok(_) => {}
                Err(err) => faults.push(format!("{name}: 读不到文件 / cannot be read: {err:#}")),
            },
            None => look_through(inner, &name, faults),
        }
    }
    for (n, inner) in value.as_array().into_iter().flatten().enumerate() {
        look_through(inner, &format!("{at}[{n}]"), faults);
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
