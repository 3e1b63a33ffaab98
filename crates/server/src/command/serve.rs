//! The service, the workers, the demonstration.

use std::net::TcpListener;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use notifier::Workers;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::say;
use crate::args::DemonstrationArgs;
use crate::assemble::Service;
use crate::demonstration_service::Demonstration;
use crate::loops::{self, Turns};
use crate::settings::Settings;
use crate::{http, telemetry, watch};

/// The real service.
pub(crate) async fn serve(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    telemetry::start(&settings.log.format, &settings.log.filter);
    serve_with(&settings, &Service::from_settings(&settings).await?).await
}

/// Serves until it is told to stop, with loops and auditor.
///
/// # Errors
/// When the address is taken, or the server breaks.
pub async fn serve_with(settings: &Settings, service: &Service) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(&settings.server.listen).with_context(|| settings.server.listen.clone())?;
    tracing::info!(listen = %settings.server.listen, "serving");
    run(service, Some((listener, settings.server.threads)), turns(settings)).await
}

/// Workers alone.
pub(crate) async fn work(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    telemetry::start(&settings.log.format, &settings.log.filter);
    let service = Service::from_settings(&settings).await?;
    anyhow::ensure!(
        service.post.storage.is_shared(),
        "`work` 需要 PostgreSQL：SQLite 只能由一个进程使用 / `work` needs PostgreSQL: SQLite belongs to one process"
    );
    run(&service, None, turns(&settings)).await
}

fn turns(settings: &Settings) -> Turns {
    let w = &settings.workers;
    Turns {
        tick: Duration::from_millis(w.tick_ms),
        workers: Workers { red: w.red, normal: w.normal, ..Workers::default() },
        class_reports: settings.routine.class_reports,
    }
}

/// A demonstration school on the loopback.
pub(crate) async fn demonstration(args: &DemonstrationArgs) -> anyhow::Result<ExitCode> {
    telemetry::start("text", "warn,server=info");
    let began = Instant::now();
    let Demonstration { service, listener, lock: _lock } = crate::demonstration_service::prepare(args).await?;
    let live = async {
        crate::demonstration::live::live_red(&service.desk, began).await;
        std::future::pending().await
    };
    tokio::select! {
        ended = run(&service, Some((listener, 2)), Turns::default()) => ended,
        never = live => never,
    }
}

/// Runs until it is told to stop; then stops accepting, finishes what is under way, and ends within ten seconds.
async fn run(service: &Service, edge: Option<(TcpListener, usize)>, turns: Turns) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    let mut loops = loops::start(service, turns, &stop);
    let auditor = watch::start(service, &stop)?;
    let server = edge.map(|(listener, threads)| http::listen(&service.api, listener, threads)).transpose()?;
    let handle = server.as_ref().map(actix_web::dev::Server::handle);
    let answering = async {
        match server {
            Some(server) => server.await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = answering => ended?,
        () = told_to_stop() => {}
        _ = loops.join_next() => say("后台任务意外结束，正在停止 / a loop ended; stopping"),
    }
    stop.cancel();
    if let Some(handle) = handle {
        handle.stop(true).await;
    }
    while loops.join_next().await.is_some() {}
    if let Some(auditor) = auditor {
        let _ = tokio::task::spawn_blocking(move || auditor.join()).await;
    }
    Ok(ExitCode::SUCCESS)
}

async fn told_to_stop() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
