//! Putting a backup in the place of the database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::TimeDelta;
use domain::time::Clock;
use storage::{Holdings, Storage, Target};

use super::sealed::{self, Aside};
use super::{backup, postgres_tools, print, say};
use crate::args::RestoreArgs;
use crate::assemble::target;
use crate::seams::SystemClock;
use crate::settings::Settings;

/// A service whose last look at the deadlines is younger than this is at work.
const AT_WORK: TimeDelta = TimeDelta::seconds(60);

/// Opens, checks and puts back a backup. Until the last step nothing is changed; what was there is put aside.
pub(crate) async fn restore(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let settings = Settings::as_written(&args.config.config)?;
    let target = target(&settings)?;
    let beside = match &target {
        Target::Sqlite { file, .. } => file.clone(),
        Target::Postgres { .. } => args.from.clone(),
    };
    let plain = Aside::of(&beside, "restore")?;
    sealed::open(&args.from, &plain.path, args.identity.as_deref())?;
    let held = examine(&target, &plain.path).await?;
    if args.verify {
        return told(&args.from, held.as_ref(), None);
    }
    let there = present(&target).await;
    let aside = match there {
        Some(there) => Some(out_of_the_way(args, &target, &there).await?),
        None => None,
    };
    match &target {
        Target::Sqlite { file, .. } => plain.becomes(file)?,
        Target::Postgres { url, .. } => postgres_tools::load(url, &plain.path)?,
    }
    let storage = Storage::open(&target).await?;
    let mut tx = storage.begin().await?;
    tx.end_every_session().await?;
    tx.commit().await?;
    let held = match &target {
        Target::Sqlite { .. } => held,
        Target::Postgres { url, .. } => Some(storage::examine_url(url).await?),
    };
    say(
        "已恢复。所有人须重新登录；备份之后的登记不在其中，请核对 / restored: everybody signs in again; what was filed after the \
         backup is not in it",
    );
    told(&args.from, held.as_ref(), aside.as_deref())
}

fn told(from: &Path, held: Option<&Holdings>, aside: Option<&Path>) -> anyhow::Result<ExitCode> {
    let answer = serde_json::json!({
        "file": from, "sound": true, "schema": held.map(|h| &h.schema), "students": held.map(|h| h.students),
        "observations": held.map(|h| h.observations), "alerts": held.map(|h| h.alerts), "put_aside": aside,
    });
    print(&answer.to_string());
    Ok(ExitCode::SUCCESS)
}

/// Whether a plain backup is whole and of the kind of this database; what a dump of PostgreSQL holds is known afterwards.
async fn examine(target: &Target, plain: &Path) -> anyhow::Result<Option<Holdings>> {
    match target {
        Target::Sqlite { .. } => {
            let held = storage::examine_sqlite(plain).await;
            Ok(Some(held.context("不是可用的 SQLite 备份 / is no backup of an SQLite database that could be used")?))
        }
        Target::Postgres { .. } => {
            let sound = postgres_tools::examine(plain);
            sound.context("不是可用的 PostgreSQL 备份 / is no backup of a PostgreSQL database that could be used")?;
            Ok(None)
        }
    }
}

/// What is there now, if anything of ours is.
async fn present(target: &Target) -> Option<Holdings> {
    match target {
        Target::Sqlite { file, .. } if file.exists() => Some(storage::examine_sqlite(file).await.unwrap_or(UNKNOWN)),
        Target::Sqlite { .. } => None,
        Target::Postgres { url, .. } => storage::examine_url(url).await.ok(),
    }
}

/// A file that cannot be read is something all the same.
const UNKNOWN: Holdings = Holdings { schema: String::new(), students: 1, observations: 0, alerts: 0, last_tick: None };

/// Keeps what is there under another name.
async fn out_of_the_way(args: &RestoreArgs, target: &Target, there: &Holdings) -> anyhow::Result<PathBuf> {
    let now = SystemClock.now();
    if there.last_tick.is_some_and(|at| (now - at).abs() < AT_WORK) {
        bail!("服务正在运行，请先停止 / the service is at work on this database: stop it first, and wait a minute");
    }
    if there.students + there.observations > 0 && !args.replace {
        bail!(
            "现有数据库不是空的（学生 {}），确要覆盖请加 --replace / the database holds something ({} students): say --replace \
             to put it aside",
            there.students,
            there.students
        );
    }
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    match target {
        Target::Sqlite { file, .. } => {
            let aside = named(file, &stamp.to_string());
            for (from, to) in
                [("", ""), ("-wal", "-wal"), ("-shm", "-shm")].map(|(a, b)| (with(file, a), with(&aside, b)))
            {
                if from.exists() {
                    std::fs::rename(&from, &to).with_context(|| from.display().to_string())?;
                }
            }
            Ok(aside)
        }
        Target::Postgres { .. } => {
            let aside = named(&args.from, &stamp.to_string());
            backup::copy(target, &aside).await?;
            Ok(aside)
        }
    }
}

fn named(file: &Path, stamp: &str) -> PathBuf {
    with(file, &format!(".before-{stamp}"))
}

fn with(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
