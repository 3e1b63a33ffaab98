//! The program is killed at the system calls by which it writes: to files, to sockets, to its own other threads. Whatever
//! stands between a filing and its delivery, one of them comes before it and one after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tests::letters::Letters;
use tests::site::{Kind, Plan, Site, Smtp, await_some, rig};
use tokio::task::{JoinSet, LocalSet};

use super::acts::{FIRST, told};
use super::scene::{LEASE, Scene};

/// System calls by which something leaves a thread.
const WRITES: &str = "write,writev,pwrite64,sendto,sendmsg,fsync,fdatasync,ftruncate";
/// So many are tried by default, spread over all of them.
const SAMPLE: usize = 12;
/// So many programs die at once, or more where there are more points than one school has pupils for.
const LANES: usize = 2;
const PUPILS: usize = 200;
/// A point that has not come by then does not come this time.
const PATIENCE: Duration = Duration::from_secs(6);

/// The n-th call of a name that any one thread makes after the filing has begun.
type Point = (String, usize);

/// strace, at work on a program.
struct Tracer {
    child: Child,
    said: PathBuf,
}

impl Tracer {
    async fn attach(site: &Site, expressions: &[&str], out: &Path) -> Self {
        let said = site.scratch.0.join("strace.log");
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &site.pid().to_string(), "-o"]).arg(out);
        command.args(expressions.iter().flat_map(|e| ["-e", e]));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(std::fs::File::create(&said).unwrap());
        let child = command.spawn().unwrap_or_else(|err| panic!("strace: {err}: see tests/rig/packages"));
        let mut tracer = Self { child, said };
        await_some("strace attaches", async || {
            let ended = tracer.child.try_wait().unwrap().is_some();
            let said = std::fs::read_to_string(&tracer.said).unwrap();
            // It has ended as well when the first call of all was the one.
            let attached = said.contains(" attached");
            assert!(attached || !ended, "no process may be traced here (ptrace, kernel.yama.ptrace_scope): {said}");
            attached.then_some(())
        })
        .await;
        tracer
    }

    /// Lets the program go on alone.
    fn detach(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }
}

/// The calls of a trace, each as often as the busiest thread makes it.
fn points(trace: &str) -> Vec<Point> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        // `<... write resumed>` ends a call that was counted when it began.
        if let Some((name, _)) = call.trim_start().split_once('(').filter(|(n, _)| WRITES.split(',').any(|w| w == *n)) {
            *counts.entry((thread, name)).or_default() += 1;
        }
    }
    let all: BTreeSet<Point> =
        counts.into_iter().flat_map(|((_, name), most)| (1..=most).map(|n| (name.to_owned(), n))).collect();
    all.into_iter().collect()
}

/// Some of many, from one end to the other.
fn sample(all: &[Point], most: usize) -> Vec<Point> {
    let most = most.min(all.len());
    (0..most).map(|n| all[n * all.len() / most].clone()).collect()
}

/// One death and what follows; whether the program died by itself.
async fn round(scene: &mut Scene, student: usize, point: &Point) -> bool {
    let inject = format!("inject={}:signal=KILL:when={}", point.0, point.1);
    let trace = format!("trace={}", point.0);
    let out = scene.site.scratch.0.join("trace");
    let mut tracer = Tracer::attach(&scene.site, &[&trace, &inject], &out).await;
    let first = scene.try_file(student).await.map(|answer| answer.expect(201).str("id"));
    let died = scene.site.await_death_for(PATIENCE).await;
    scene.site.kill();
    tracer.child.wait().unwrap();

    let since = scene.restart().await;
    let (alert, id) = scene.file(student).await;
    assert!(first.is_none_or(|first| first == id), "the same key, the same answer");
    scene.all_sent(alert, 0, FIRST, since).await;
    scene.due(alert, false).await;
    died
}

async fn sweep(kind: Kind, marker: u64, most: usize) {
    let began = Instant::now();
    let mut site = Site::planned(kind, marker, PUPILS, Plan::hasty(&rig("XINDENG_TEST_KANNEL"))).await;
    site.kill();
    let smtp = Arc::new(Smtp::start(&site.mail_dir, 0));
    let letters = Arc::new(Letters::of(&site.mail_dir));
    let all = {
        let mut scene = Scene::twin(&site, &smtp, &letters).await;
        scene.start().await;
        let out = scene.site.scratch.0.join("trace");
        let tracer = Tracer::attach(&scene.site, &[&format!("trace={WRITES}")], &out).await;
        told(&mut scene, 0).await;
        tracer.detach();
        points(&std::fs::read_to_string(out).unwrap())
    };
    assert!(all.len() >= SAMPLE, "{all:?}");
    let chosen = sample(&all, most);
    let (mut lanes, count) = (JoinSet::new(), chosen.len().div_ceil(PUPILS).max(LANES));
    for lane in 0..count {
        let mine: Vec<Point> = chosen.iter().skip(lane).step_by(count).cloned().collect();
        let mut scene = Scene::twin(&site, &smtp, &letters).await;
        lanes.spawn_local(async move {
            let mut died = 0;
            scene.start().await;
            for (student, point) in mine.iter().enumerate() {
                died += usize::from(round(&mut scene, student, point).await);
            }
            tokio::time::sleep(LEASE + LEASE / 2).await;
            let (messages, again, slow) = scene.duplicates(1).await;
            (died, messages, again, slow, scene.slowest)
        });
    }
    let (mut died, mut messages, mut again, mut slow, mut slowest) = (0, 0, 0, 0, Duration::ZERO);
    for lane in lanes.join_all().await {
        died += lane.0;
        messages += lane.1;
        again += lane.2;
        slow += lane.3;
        slowest = slowest.max(lane.4);
    }
    println!(
        "{kind:?}: {} calls that write, {} tried, {died} deaths there, 0 lost, {messages} messages, {again} of them once more \
         ({slow} answers were late), all sent within {} ms of the restart, in {} s",
        all.len(),
        chosen.len(),
        slowest.as_millis(),
        began.elapsed().as_secs(),
    );
    assert!(
        died * 2 > chosen.len(),
        "{died} of {} points were met: the sweep misses the way of an alert",
        chosen.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_system_call_loses_a_red_on_sqlite() {
    LocalSet::new().run_until(sweep(Kind::Sqlite, 1_380_001_021, SAMPLE)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_system_call_loses_a_red_on_postgres() {
    LocalSet::new().run_until(sweep(Kind::Postgres, 1_380_001_022, SAMPLE)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn no_system_call_at_all_loses_a_red_at_every_point_on_sqlite() {
    LocalSet::new().run_until(sweep(Kind::Sqlite, 1_380_001_023, usize::MAX)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn no_system_call_at_all_loses_a_red_at_every_point_on_postgres() {
    LocalSet::new().run_until(sweep(Kind::Postgres, 1_380_001_024, usize::MAX)).await;
}
