//! A backup is whole, sealed and put back by the compiled program; what is wrong with one changes nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::time::{Clock, to_micros};
use sea_orm::ConnectionTrait;
use storage::Target;
use tests::database::{behind, postgres_url};
use tests::site::rig;
use tests::{World, on_both};

const KEY: &str = "age1lmmuq7z4thzavcv8dqme74upf3eetpjlt4q3szp6ea9m6z6rtfyq5ftczr";
const SECRET: &str = "AGE-SECRET-KEY-12457JHZJ0DJJXMK3640US64EU48VTJ7DUH0DTYVF9AV7VG2LMXRS0AG2DK";
const OTHER: &str = "AGE-SECRET-KEY-1HZHYTCKG4TVG4FK3Y8FUJ0LKKR06KY609RG8KA8YJMHWV2UNFLPQKVNF3F";

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The program over a database of its own or of the world.
struct Program {
    dir: PathBuf,
    config: PathBuf,
}

impl Program {
    fn over(world: &World, name: &str, url: &str) -> Self {
        let dir = world.scratch().to_owned();
        let config = dir.join(format!("{name}.toml"));
        std::fs::write(&config, format!("[database]\nurl = \"{url}\"\n")).unwrap();
        Self { dir, config }
    }

    fn run(&self, args: &[&str]) -> Said {
        let mut command = Command::new(rig("XINDENG_TEST_BIN"));
        let out = command.arg(args[0]).arg("--config").arg(&self.config).args(&args[1..]).current_dir(&self.dir);
        let out = out.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: out.status.code(), out: text(out.stdout), err: text(out.stderr) }
    }

    fn done(&self, args: &[&str]) -> serde_json::Value {
        let said = self.run(args);
        assert_eq!(said.code, Some(0), "{args:?}: {}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }

    fn refused(&self, args: &[&str], why: &str) {
        let said = self.run(args);
        assert_eq!(said.code, Some(1), "{args:?}: {} {}", said.out, said.err);
        assert!(said.err.contains(why), "{args:?}: {}", said.err);
    }
}

fn url(target: &Target) -> String {
    match target {
        Target::Sqlite { file, .. } => format!("sqlite:{}", file.display()),
        Target::Postgres { url, .. } => url.clone(),
    }
}

async fn another(world: &World) -> Target {
    match &world.target {
        Target::Sqlite { .. } => Target::Sqlite { file: world.scratch().join("restored.db"), group_commit: true },
        Target::Postgres { .. } => Target::Postgres { url: postgres_url().await, connections: 2 },
    }
}

async fn count(target: &Target, table: &str) -> i64 {
    let db = behind(target).await;
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

async fn report(world: &World, words: &str) {
    let mut filing = world.filing(world.town.student(0, 0, 0), 2);
    filing["narrative"] = words.into();
    world.file("subject", filing).await;
    world.settle().await;
    let _ = world.letters();
}

const PAPER: &[u8] = b"%PDF-1.4 opinion \x00\xff\n%%EOF";

/// A file is attached to an entry of a growth file.
async fn paper(world: &World) {
    let (teacher, student) = (world.client("teacher").await, world.town.student(0, 0, 0));
    let path = format!("/api/v1/students/{student}/growth-file/entries");
    let body = serde_json::json!({ "kind": "life_event", "event": "own_illness", "at": "2026-11-20", "text": "住院" });
    let entry = teacher.post(&path, body).await.expect(201).str("id");
    let _ = teacher.attach(student, &entry, "意见.pdf", PAPER).await.expect(201);
}

async fn content(target: &Target) -> Vec<u8> {
    let db = behind(target).await;
    let sql = "SELECT content AS c FROM attachment";
    let row = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "c").unwrap()
}

fn leftovers(dir: &Path) -> Vec<PathBuf> {
    let names = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    names.filter(|p| p.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}

on_both!(a_sealed_backup_of_a_running_service_is_put_back_whole, |world| {
    report(&world, "连续三天没有和任何人说话").await;
    let (dir, program) = (world.scratch().to_owned(), Program::over(&world, "here", &url(&world.target)));
    std::fs::write(dir.join("key"), format!("# invented\n{SECRET}\n")).unwrap();
    std::fs::write(dir.join("other"), OTHER).unwrap();

    paper(&world).await;

    let made = program.done(&["backup", "--to", "one.age", "--recipient", KEY]);
    assert_eq!((&made["sealed"], &made["observations"]), (&true.into(), &1.into()), "{made}");
    let bytes = std::fs::read(dir.join("one.age")).unwrap();
    assert!(!bytes.windows(6).any(|w| w == "说话".as_bytes()) && !bytes.windows(6).any(|w| w == b"SQLite"));
    assert_eq!(std::fs::metadata(dir.join("one.age")).unwrap().permissions().mode() & 0o777, 0o600);
    program.refused(&["backup", "--to", "one.age", "--recipient", KEY], "已存在");
    program.refused(&["backup", "--to", "two.age", "--recipient", "age1nobody"], "--recipient");

    report(&world, "备份之后的观察").await;
    let new = another(&world).await;
    let elsewhere = Program::over(&world, "there", &url(&new));
    elsewhere.refused(&["restore", "--from", "one.age"], "--identity");
    elsewhere.refused(&["restore", "--from", "one.age", "--identity", "other"], "私钥与备份不符");
    let mut bad = bytes.clone();
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    std::fs::write(dir.join("bad.age"), bad).unwrap();
    elsewhere.refused(&["restore", "--from", "bad.age", "--identity", "key"], "已损坏");
    std::fs::write(dir.join("short.age"), &bytes[..bytes.len() - 100]).unwrap();
    elsewhere.refused(&["restore", "--from", "short.age", "--identity", "key"], "已损坏");
    let sound = elsewhere.done(&["restore", "--from", "one.age", "--identity", "key", "--verify"]);
    assert_eq!(sound["sound"], true);
    assert!(matches!(&new, Target::Postgres { .. }) || !dir.join("restored.db").exists(), "nothing was put there");

    let back = elsewhere.done(&["restore", "--from", "one.age", "--identity", "key"]);
    assert_eq!((&back["observations"], &back["put_aside"]), (&1.into(), &serde_json::Value::Null), "{back}");
    assert_eq!((count(&new, "observation").await, count(&world.target, "observation").await), (1, 2));
    assert_eq!(content(&new).await, PAPER, "a file that was attached is put back with everything else");
    assert_eq!(count(&new, "session").await, 0, "everybody signs in again");
    assert!(count(&world.target, "session").await > 0, "where it came from nobody is signed out");
    assert_eq!(leftovers(&dir), Vec::<PathBuf>::new());
});

on_both!(a_database_that_holds_something_is_only_replaced_when_told_so_and_never_under_a_service, |world| {
    report(&world, "第一条").await;
    let program = Program::over(&world, "here", &url(&world.target));
    let said = program.run(&["backup", "--to", "plain"]);
    assert!(said.code == Some(0) && said.err.contains("未加密"), "{}", said.err);

    let new = another(&world).await;
    let elsewhere = Program::over(&world, "there", &url(&new));
    let _ = elsewhere.done(&["restore", "--from", "plain"]);
    elsewhere.refused(&["restore", "--from", "plain"], "--replace");
    let db = behind(&new).await;
    let tick = |at: i64| format!("UPDATE heartbeat SET at = {at} WHERE name = 'tick'");
    let absent = "INSERT INTO heartbeat (name, at) SELECT 'tick', 0 WHERE NOT EXISTS (SELECT 1 FROM heartbeat WHERE name = 'tick')";
    db.execute_unprepared(absent).await.unwrap();
    db.execute_unprepared(&tick(to_micros(server::seams::SystemClock.now()))).await.unwrap();
    elsewhere.refused(&["restore", "--from", "plain", "--replace"], "正在运行");
    db.execute_unprepared(&tick(0)).await.unwrap();
    drop(db);
    let back = elsewhere.done(&["restore", "--from", "plain", "--replace"]);
    let aside = back["put_aside"].as_str().unwrap();
    assert!(world.scratch().join(aside).exists(), "{aside}");
    std::fs::write(world.scratch().join("no-backup"), "students").unwrap();
    elsewhere.refused(&["restore", "--from", "no-backup", "--replace"], "不是可用的");
    assert_eq!(count(&new, "observation").await, 1);
});
