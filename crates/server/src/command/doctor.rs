//! Checks.

use std::path::Path;
use std::process::ExitCode;

use storage::Storage;

use super::{print, say};
use crate::assemble::{Rules, channels, target};
use crate::secrets::Keys;
use crate::settings::Settings;

/// Brings the database up to date.
pub(crate) async fn migrate(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    Storage::open(&target(&settings)?).await?;
    say("数据库已是最新 / the database is up to date");
    Ok(ExitCode::SUCCESS)
}

/// Looks at everything and says what it finds; ends with 4 when the service could not do its work.
pub(crate) async fn doctor(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    print("ok      settings");
    let rules = Rules::read(&settings.files)?;
    print(&format!("ok      policy {}, signs {}", rules.policy.version, rules.catalogue.version));
    let storage = Storage::open(&target(&settings)?).await?;
    storage.ping().await?;
    print("ok      database");
    let carried = match Keys::read(&settings.secrets.key_file).and_then(|keys| channels(&settings, &keys)) {
        Ok(ways) => ways.iter().map(|c| c.carries()).collect(),
        Err(err) => {
            print(&format!("FAULT   channels: {err:#}"));
            Vec::new()
        }
    };
    let well = super::doctor_schools::schools(&storage, &rules, &carried).await?;
    for (kind, subject) in storage.read().open_findings().await? {
        print(&format!("FINDING {kind} {subject}"));
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(4) })
}
