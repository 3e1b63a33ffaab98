//! A copy of everything as it stands at one instant, while the service runs.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use storage::Target;

use super::sealed::{self, Aside};
use super::{postgres_tools, print, say};
use crate::args::BackupArgs;
use crate::assemble::target;
use crate::settings::Settings;

/// Writes a backup: whole and checked under its name, or not there at all.
pub(crate) async fn backup(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let key = args.recipient.as_deref().map(sealed::recipient).transpose()?;
    if args.to.exists() {
        bail!("{} 已存在，不覆盖 / is there already and is not replaced", args.to.display());
    }
    let settings = Settings::as_written(&args.config.config)?;
    let target = target(&settings)?;
    let plain = Aside::of(&args.to, "copy")?;
    let held = copy(&target, &plain.path).await?;
    let whole = match &key {
        None => plain,
        Some(key) => {
            let closed = Aside::of(&args.to, "sealed")?;
            sealed::seal(&plain.path, &closed.path, key)?;
            closed
        }
    };
    let (sha256, bytes) = sealed::digest(&whole.path)?;
    whole.becomes(&args.to)?;
    let answer = serde_json::json!({
        "file": args.to, "bytes": bytes, "sha256": sha256, "sealed": key.is_some(), "schema": held.schema,
        "students": held.students, "observations": held.observations, "alerts": held.alerts,
    });
    print(&answer.to_string());
    if key.is_none() {
        say(
            "备份未加密：内含学生心理信息，请用 --recipient 加密 / the backup is not sealed and holds what children confided: \
             seal it with --recipient",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies a database into a file, and looks through the copy.
pub(crate) async fn copy(target: &Target, to: &Path) -> anyhow::Result<storage::Holdings> {
    // Nobody else may read it, from its first byte on.
    drop(sealed::private(to)?);
    match target {
        Target::Sqlite { file, .. } => {
            if !file.exists() {
                bail!("{} 不存在 / is not there", file.display());
            }
            storage::copy_sqlite(file, to).await?;
            Ok(storage::examine_sqlite(to).await?)
        }
        Target::Postgres { url, .. } => {
            let held = storage::examine_url(url).await?;
            postgres_tools::dump(url, to)?;
            postgres_tools::examine(to)?;
            Ok(held)
        }
    }
}
