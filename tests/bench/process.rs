//! The program from outside: its start, its memory, and how long a red takes to a real mail server.

use std::time::{Duration, Instant};

use domain::time::Clock;
use server::seams::SystemClock;
use tests::Client;
use tests::site::{Kind, PASSWORD, Site, Smtp, await_some, header};

use crate::{Figure, percentile};

const REDS: usize = 200;
const PAUSE: Duration = Duration::from_millis(200);

fn memory_mib(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

async fn starts(site: &mut Site) -> Vec<Figure> {
    let mut times = Vec::new();
    for _ in 0..10 {
        site.kill();
        let began = Instant::now();
        site.start().await;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (start, memory) = (percentile(&mut times, 0.5), memory_mib(site.pid()));
    vec![
        Figure::new(
            "start on an existing database, median of 10",
            format!("{start:.0} ms"),
            "≤ 150 ms",
            Some(start <= 150.0),
        ),
        Figure::new("memory when idle", format!("{memory:.1} MiB"), "≤ 40 MB", Some(memory <= 38.1)),
    ]
}

fn accepted(smtp: &Smtp) -> Vec<i64> {
    let mut times: Vec<i64> = smtp.mails().iter().map(|m| header(m, "X-Rig-Accepted-At").parse().unwrap()).collect();
    times.sort_unstable();
    times
}

async fn reds(site: &Site) -> Figure {
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    let mut began = Vec::new();
    for student in 0..REDS {
        began.push(SystemClock.now().timestamp_micros());
        let _ = teacher.post("/api/v1/observations", site.filing(student, 4)).await.expect(201);
        tokio::time::sleep(PAUSE).await;
    }
    let times = accepted(&smtp);
    let first = |at: &i64| (times[times.partition_point(|t| t < at)] - at) as f64 / 1_000.0;
    let mut waits: Vec<f64> = began.iter().map(first).collect();
    let (p50, p99) = (percentile(&mut waits, 0.5), percentile(&mut waits, 0.99));
    let found = format!("p50 {p50:.1}, p99 {p99:.1} ms");
    Figure::new("red: request to first mail accepted, 200 reds at 5/s", found, "p99 ≤ 20 ms", Some(p99 <= 20.0))
}

async fn away(kind: Kind) -> Figure {
    let site = Site::found(kind, 1_390_000_002).await;
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    for student in 0..20 {
        let _ = teacher.post("/api/v1/observations", site.filing(student, 4)).await.expect(201);
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    let began = Instant::now();
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    await_some("all mails", async || (smtp.mails().len() >= 100).then_some(())).await;
    let seconds = began.elapsed().as_secs_f64();
    let what = format!("20 reds filed while the mail server is away, mailed ({kind:?})");
    Figure::new(what, format!("{seconds:.1} s after"), "≤ 9 s", Some(seconds <= 9.0))
}

pub(crate) async fn figures() -> Vec<Figure> {
    let mut site = Site::of_size(Kind::Sqlite, 1_390_000_001, REDS).await;
    let mut out = starts(&mut site).await;
    out.push(reds(&site).await);
    out.push(away(Kind::Sqlite).await);
    out.push(away(Kind::Postgres).await);
    out
}
