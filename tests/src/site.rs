//! A real school, set up by the command line, with an SMTP server of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Client;
use crate::database::{Scratch, postgres_url};
use reqwest::StatusCode;
use serde_json::{Value, json};

pub mod doomed;
pub mod plan;
pub mod twins;

pub use plan::Plan;

const PATIENCE: Duration = Duration::from_secs(60);
pub const PASSWORD: &str = "password-of-a-test";

/// Waits until something is there.
pub async fn await_some<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    await_ok(what, async || look().await.ok_or_else(String::new)).await
}

/// Waits until something is there; in vain, it says what was there instead.
pub async fn await_ok<T>(what: &str, mut look: impl AsyncFnMut() -> Result<T, String>) -> T {
    let began = Instant::now();
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) => assert!(began.elapsed() < PATIENCE, "in vain: {what} {seen}"),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What the rig says.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the rig says where its peers are")]
pub fn rig(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name}: start the rig, see CONTRIBUTING"))
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// An SMTP server that ends with the test.
pub struct Smtp {
    child: Child,
    _stdin: ChildStdin,
    port: u16,
    dir: PathBuf,
}

impl Smtp {
    /// Starts one that keeps its mail in a folder; port 0 is any.
    #[must_use]
    pub fn start(dir: &Path, port: u16) -> Self {
        Self::start_with(dir, port, &[])
    }

    /// The same, where somebody has to sign in: `user:password`.
    #[must_use]
    pub fn start_asking(dir: &Path, login: &str) -> Self {
        Self::start_with(dir, 0, &["--login", login])
    }

    fn start_with(dir: &Path, port: u16, more: &[&str]) -> Self {
        let mut child = Command::new(rig("XINDENG_TEST_SMTP_PYTHON"))
            .arg(rig("XINDENG_TEST_SMTP_SCRIPT"))
            .args(["--until-eof", "--dir"])
            .arg(dir)
            .args(["--port", &port.to_string()])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("port ").unwrap().parse().unwrap();
        let stdin = child.stdin.take().unwrap();
        Self { child, _stdin: stdin, port, dir: dir.to_owned() }
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every mail so far, as received.
    #[must_use]
    pub fn mails(&self) -> Vec<String> {
        mails(&self.dir)
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every mail in a folder.
#[must_use]
pub fn mails(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
    let mut names: Vec<_> = names.filter(|p| p.extension().is_some_and(|e| e == "eml")).collect();
    names.sort();
    names.iter().map(|p| String::from_utf8_lossy(&std::fs::read(p).unwrap()).into_owned()).collect()
}

/// The value of a header of a mail.
#[must_use]
pub fn header(mail: &str, name: &str) -> String {
    let line = mail.lines().find(|l| l.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
    line.and_then(|l| l.split_once(':')).map(|(_, v)| v.trim().to_owned()).unwrap_or_default()
}

/// A school and its program.
pub struct Site {
    pub scratch: Scratch,
    pub base: String,
    pub smtp_port: u16,
    pub mail_dir: PathBuf,
    pub students: Vec<String>,
    pub database: String,
    plan: Plan,
    config: PathBuf,
    under: Vec<String>,
    server: Option<Child>,
}

/// Which database a site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Site {
    /// Sets up a school of forty pupils by the command line; `marker` makes its addresses unlike all others.
    pub async fn found(kind: Kind, marker: u64) -> Self {
        Self::of_size(kind, marker, 40).await
    }

    /// Sets up a school of any size.
    pub async fn of_size(kind: Kind, marker: u64, pupils: usize) -> Self {
        Self::planned(kind, marker, pupils, Plan::default()).await
    }

    /// Sets up a school with settings of its own.
    pub async fn planned(kind: Kind, marker: u64, pupils: usize, plan: Plan) -> Self {
        let scratch = Scratch::new();
        let database = match kind {
            Kind::Sqlite => format!("sqlite:{}", scratch.0.join("xindeng.db").display()),
            Kind::Postgres => postgres_url().await,
        };
        let mut site = Self::on(scratch, database, plan);
        site.set_up(marker, pupils).await;
        site
    }

    /// Sets up a school in an empty database.
    pub async fn in_database(database: String, marker: u64, plan: Plan) -> Self {
        let mut site = Self::on(Scratch::new(), database, plan);
        site.set_up(marker, 40).await;
        site
    }

    /// A site on a database that is there, on ports of its own.
    fn on(scratch: Scratch, database: String, plan: Plan) -> Self {
        let mail_dir = scratch.0.join("mail");
        let (port, smtp_port) = (free_port(), free_port());
        let base = format!("http://127.0.0.1:{port}");
        std::fs::write(scratch.0.join("key"), "07".repeat(32)).unwrap();
        std::fs::write(scratch.0.join("password"), PASSWORD).unwrap();
        std::fs::write(scratch.0.join("kannel-password"), rig("XINDENG_TEST_KANNEL_PASSWORD")).unwrap();
        let config = scratch.0.join("xindeng.toml");
        std::fs::write(&config, settings(&scratch.0, &base, &database, smtp_port, &plan)).unwrap();
        Self {
            scratch,
            base,
            smtp_port,
            mail_dir,
            students: Vec::new(),
            database,
            plan,
            config,
            under: Vec::new(),
            server: None,
        }
    }

    async fn set_up(&mut self, marker: u64, pupils: usize) {
        let password = self.scratch.0.join("password").display().to_string();
        self.run(&[
            "init",
            "--district",
            "示例区教育局",
            "--school",
            "示例一中",
            "--admin",
            "admin",
            "--duty-phone",
            "0393-5550110",
            "--password-file",
            &password,
        ]);
        let roster = self.scratch.0.join("roster.csv");
        let class = |n: usize| (n - 1) / self.plan.class + 1;
        let rows: String = (1..=pupils).map(|n| format!("学生{},七年级,{}\n", chinese(n), class(n))).collect();
        std::fs::write(&roster, format!("姓名,年级,班级\n{rows}")).unwrap();
        self.run(&["import", "roster", &roster.display().to_string(), "--school", "示例一中"]);
        if !self.plan.canary {
            self.rest_canary().await;
        }
        self.start().await;
        let admin = Client::sign_in_with(&self.base, "admin", PASSWORD).await;
        let students = admin.get("/api/v1/students?limit=200").await.expect(200).items();
        assert_eq!(students.len(), pupils);
        let unit = |kind: &str| students[0][kind]["id"].as_str().unwrap().to_owned();
        for (n, (login, role, unit)) in [
            ("teacher", "class_teacher", unit("class")),
            ("grade", "grade_lead", unit("grade")),
            ("counsellor", "counsellor", "示例一中".to_owned()),
            ("vice", "vice_principal", "示例一中".to_owned()),
            ("principal", "principal", "示例一中".to_owned()),
            ("district", "district_officer", "示例区教育局".to_owned()),
        ]
        .into_iter()
        .enumerate()
        {
            let mail = format!("{login}-{marker}@school.example");
            let mobile = (marker * 10 + n as u64).to_string();
            self.run(&[
                "staff",
                "add",
                "--login",
                login,
                "--name",
                login,
                "--role",
                role,
                "--unit",
                &unit,
                "--mail",
                &mail,
                "--mobile",
                &mobile,
                "--password-file",
                &password,
            ]);
        }
        self.students = students.iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect();
    }

    /// Adds to its settings, for the next start.
    pub fn add_settings(&self, text: &str) {
        let before = std::fs::read_to_string(&self.config).unwrap();
        std::fs::write(&self.config, before + text).unwrap();
    }

    /// Runs a command to its end; gives what it put out.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> String {
        let out = self.try_run(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// Runs a command to its end.
    pub fn try_run(&self, args: &[&str]) -> std::process::Output {
        Command::new(rig("XINDENG_TEST_BIN")).args(args).arg("--config").arg(&self.config).output().unwrap()
    }

    /// A program beside, for instance `work`.
    pub fn beside(&self, verb: &str) -> Child {
        let log = std::fs::File::create(self.scratch.0.join(format!("{verb}-beside.log"))).unwrap();
        let mut command = Command::new(rig("XINDENG_TEST_BIN"));
        command.arg(verb).arg("--config").arg(&self.config).stdin(Stdio::null()).stdout(log.try_clone().unwrap());
        command.stderr(log).spawn().unwrap()
    }

    /// From here on it starts under another program that becomes it, for instance `env`.
    pub fn under(&mut self, prefix: &[&str]) {
        self.under = prefix.iter().map(ToString::to_string).collect();
    }

    /// Starts it, and waits until it answers.
    pub async fn start(&mut self) {
        let program = rig("XINDENG_TEST_BIN");
        let mut words = self.under.iter().chain([&program]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words).arg("serve").arg("--config").arg(&self.config);
        self.start_with(command).await;
    }

    async fn start_with(&mut self, mut command: Command) {
        let log = std::fs::File::options().create(true).append(true).open(self.scratch.0.join("log")).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap());
        self.server = Some(command.stderr(log).spawn().unwrap());
        let url = format!("{}/health/ready", self.base);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        await_some("the program answers", async || {
            // What does not answer yet has other things to do.
            tokio::time::sleep(Duration::from_millis(20)).await;
            let answer = http.get(&url).send().await.ok()?;
            (answer.status() == StatusCode::OK).then_some(())
        })
        .await;
    }

    /// The process that serves.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.server.as_ref().unwrap().id()
    }

    /// Kills it where it stands.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// A filing about a student.
    #[must_use]
    pub fn filing(&self, student: usize, level: u8) -> Value {
        json!({
            "students": [{ "student": self.students[student], "part": "subject" }],
            "observed_at": "2026-11-20T10:00:00+08:00",
            "signs": [crate::sign(level)],
            "narrative": "",
            "safe_now": "yes",
            "where_now": "school",
        })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.scratch.0.join("log")).unwrap_or_default();
            let lines: Vec<&str> = log.lines().rev().take(20).collect();
            eprintln!("the end of the program's log:\n{}", lines.join("\n"));
        }
    }
}

/// A number in Chinese digits: names hold no others.
fn chinese(n: usize) -> String {
    n.to_string().chars().map(|c| "零一二三四五六七八九".chars().nth(c as usize - '0' as usize).unwrap()).collect()
}

fn settings(dir: &Path, base: &str, database: &str, smtp_port: u16, plan: &Plan) -> String {
    let (listen, dir) = (base.trim_start_matches("http://"), dir.display());
    format!(
        r#"
[server]
listen = "{listen}"
public_url = "{base}"
address_in_messages = "xd.example.edu.cn/a"

[database]
url = "{database}"
connections = {connections}

[secrets]
key_file = "{dir}/key"

[passwords]
memory_kib = 19456
passes = 1
at_once = 2

[mail]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
from = "心灯 <xindeng@school.example>"

[sms]
kannel_url = "{kannel}"
user = "{user}"
password_file = "{dir}/kannel-password"
from = "10690000"
receipts_url = "{base}"
replies = true

[workers]
{workers}

[routine]
class_reports = false

[watch]
{watch}
"#,
        kannel = plan.kannel,
        connections = plan.connections,
        workers = plan.workers,
        watch = plan.watch,
        user = rig("XINDENG_TEST_KANNEL_USERNAME"),
    )
}
