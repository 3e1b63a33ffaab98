//! Importing a roster from the command line, with the same engine as the interface.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use casework::{ImportPreview, UploadedFile};
use domain::lang::Lang;
use domain::org::Unit;
use indicatif::{ProgressBar, ProgressStyle};

use super::staff::{explain, unit};
use super::{print, say};
use crate::args::RosterArgs;
use crate::assemble::Service;
use crate::settings::Settings;

const SHOWN: usize = 50;
/// Rows were left out.
const PARTIAL: u8 = 3;

pub(crate) async fn roster(args: &RosterArgs) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(&args.config.config)?;
    let service = Service::from_settings(&settings).await?;
    let Unit::School(school) = unit(&service.desk.storage, &args.school).await? else {
        bail!("--school: 请给出学校 / a school is wanted");
    };
    let bytes = std::fs::read(&args.file).with_context(|| args.file.display().to_string())?;
    let file_name = args.file.file_name().map(|n| n.to_string_lossy().into_owned());
    let upload = UploadedFile { file_name, bytes };
    let bar = bar("读取 / reading");
    let preview = if args.dry_run {
        casework::preview_roster(&service.desk, school, &upload).await
    } else {
        casework::import_roster(&service.desk, None, school, &upload, None).await
    };
    let preview = preview.map_err(explain)?;
    if let Some(id) = preview.id {
        bar.set_message(format!("写入 / writing {}", preview.creates + preview.updates));
        casework::apply_roster(&service.desk, None, Some(school), id, 1).await.map_err(explain)?;
    }
    bar.finish_and_clear();
    report(&preview, args)?;
    let left_out = preview.errors.iter().any(|e| e.blocks);
    Ok(if left_out { ExitCode::from(PARTIAL) } else { ExitCode::SUCCESS })
}

fn bar(message: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(message.to_owned());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn report(preview: &ImportPreview, args: &RosterArgs) -> anyhow::Result<()> {
    if args.json {
        print(&api::import_as_json(preview, Lang::Zh)?);
        return Ok(());
    }
    let p = preview;
    print(&format!(
        "行 / rows {}  新增 / new {}  更新 / changed {}  不变 / unchanged {}  名册中缺少 / not in the file {}",
        p.rows, p.creates, p.updates, p.unchanged, p.missing
    ));
    for (header, field) in &p.columns {
        print(&format!("  {header} → {field}"));
    }
    if !p.dropped.is_empty() {
        print(&format!("不需要、未保存的列 / columns not needed, not kept: {}", p.dropped.join("、")));
    }
    for e in p.errors.iter().take(SHOWN) {
        let mark = if e.blocks { "✗" } else { "!" };
        print(&format!("  {mark} {} [{}] {} / {}", e.cell, e.code, e.zh, e.en));
    }
    if p.errors.len() > SHOWN {
        say(&format!("… {} / --json", p.errors.len() - SHOWN));
    }
    if args.dry_run {
        say("只是预览，没有改动 / a preview; nothing was changed");
    }
    Ok(())
}
