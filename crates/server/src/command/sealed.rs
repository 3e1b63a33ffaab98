//! Backups as files: sealed to a key whose secret half is elsewhere, or plain. Sealed ones are in the age format
//! (age-encryption.org/v1), so that they can be opened without this program.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use age::x25519::{Identity, Recipient};
use anyhow::{Context, anyhow, bail};
use sha2::{Digest, Sha256};

/// What a sealed file begins with.
const SEAL: &[u8] = b"age-encryption.org/v1";
const OURS_ALONE: u32 = 0o600;

/// A file beside the one that is to be, which goes away unless it becomes it.
pub(crate) struct Aside {
    pub(crate) path: PathBuf,
}

impl Aside {
    /// Beside `target`, on the same disk. The file itself does not exist yet.
    pub(crate) fn of(target: &Path, what: &str) -> anyhow::Result<Self> {
        let name = target.file_name().ok_or_else(|| anyhow!("不是文件名 / not the name of a file"))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{what}-{}", std::process::id()));
        let path = target.with_file_name(hidden);
        let _ = std::fs::remove_file(&path);
        Ok(Self { path })
    }

    /// Takes its final name, which nobody may have taken meanwhile, and stays under it whatever happens to the machine.
    pub(crate) fn becomes(self, target: &Path) -> anyhow::Result<()> {
        File::open(&self.path)?.sync_all()?;
        std::fs::hard_link(&self.path, target).with_context(|| target.display().to_string())?;
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A new file that nobody else may read.
pub(crate) fn private(path: &Path) -> anyhow::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(OURS_ALONE).open(path);
    file.with_context(|| path.display().to_string())
}

/// The public key of somebody who can open it.
pub(crate) fn recipient(text: &str) -> anyhow::Result<Recipient> {
    text.trim().parse().map_err(|_| anyhow!("--recipient 不是 age 公钥（age1…） / is not a public key of age (age1…)"))
}

/// Seals a file to a key.
pub(crate) fn seal(from: &Path, to: &Path, key: &Recipient) -> anyhow::Result<()> {
    let key: &dyn age::Recipient = key;
    let sealer = age::Encryptor::with_recipients(std::iter::once(key))?;
    let mut out = sealer.wrap_output(BufWriter::new(private(to)?))?;
    std::io::copy(&mut BufReader::new(File::open(from)?), &mut out)?;
    out.finish()?.flush()?;
    Ok(())
}

/// Opens a backup into a plain file: unsealed with the key in `identity`, or copied where it was never sealed.
pub(crate) fn open(from: &Path, to: &Path, identity: Option<&Path>) -> anyhow::Result<()> {
    let mut source = BufReader::new(File::open(from).with_context(|| from.display().to_string())?);
    let mut out = BufWriter::new(private(to)?);
    match (is_sealed(from)?, identity) {
        (true, None) => {
            bail!("备份已加密，请用 --identity 给出私钥文件 / the backup is sealed: name the key with --identity")
        }
        (false, _) => {
            std::io::copy(&mut source, &mut out)?;
        }
        (true, Some(file)) => {
            let key: &dyn age::Identity = &self::identity(file)?;
            let sealed = age::Decryptor::new(source).map_err(damaged)?;
            let mut plain = sealed.decrypt(std::iter::once(key)).map_err(damaged)?;
            std::io::copy(&mut plain, &mut out)
                .context("备份已损坏或被改动 / the backup is damaged, or somebody has changed it")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Whether a file is sealed.
pub(crate) fn is_sealed(file: &Path) -> anyhow::Result<bool> {
    let mut start = Vec::new();
    let most = u64::try_from(SEAL.len())?;
    File::open(file).with_context(|| file.display().to_string())?.take(most).read_to_end(&mut start)?;
    Ok(start == SEAL)
}

fn identity(file: &Path) -> anyhow::Result<Identity> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let lines = text.lines().map(str::trim);
    let key = lines.filter(|l| !l.is_empty() && !l.starts_with('#')).find_map(|l| l.parse().ok());
    key.ok_or_else(|| anyhow!("{} 里没有 age 私钥 / holds no secret key of age", file.display()))
}

fn damaged(err: age::DecryptError) -> anyhow::Error {
    if matches!(err, age::DecryptError::NoMatchingKeys) {
        return anyhow!("私钥与备份不符 / the backup was sealed to another key");
    }
    anyhow!("备份已损坏或被改动 / the backup is damaged, or somebody has changed it: {err}")
}

/// SHA-256 of a file, in hexadecimal, and its length in bytes.
pub(crate) fn digest(file: &Path) -> anyhow::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut source = BufReader::new(File::open(file)?);
    let mut part = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        let read = source.read(&mut part)?;
        let Some(bytes) = part.get(..read).filter(|b| !b.is_empty()) else { break };
        hash.update(bytes);
        length += u64::try_from(read)?;
    }
    let hex = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok((hex, length))
}
