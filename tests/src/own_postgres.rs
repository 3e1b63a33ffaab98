//! A PostgreSQL of one's own, for whoever wants to stop it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use sea_orm::ConnectionTrait;

use crate::database::{Scratch, behind_url};
use crate::site::{await_some, free_port};

/// A server and its data.
pub struct OwnPostgres {
    scratch: Scratch,
    port: u16,
    server: Option<Child>,
}

impl OwnPostgres {
    /// A new one, running, with a database.
    pub async fn found() -> Self {
        let scratch = Scratch::new();
        // Root gives the server to a user without rights, who keeps the data here.
        std::fs::set_permissions(&scratch.0, PermissionsExt::from_mode(0o777)).unwrap();
        let mut own = Self { scratch, port: free_port(), server: None };
        let mut initdb = own.command("initdb");
        initdb.args(["-U", "xindeng", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
        let made = initdb.arg(own.scratch.0.join("data")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        own.start().await;
        behind_url(&own.address("postgres")).await.execute_unprepared("CREATE DATABASE site").await.unwrap();
        own
    }

    /// The address of its database.
    #[must_use]
    pub fn url(&self) -> String {
        self.address("site")
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://xindeng@127.0.0.1:{}/{database}", self.port)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("rig/as-test-user"));
        command.arg(newest().join(program)).current_dir(&self.scratch.0).stdin(Stdio::null());
        command
    }

    /// Starts it, and waits until it answers.
    pub async fn start(&mut self) {
        let log = std::fs::File::options().create(true).append(true).open(self.scratch.0.join("log")).unwrap();
        let mut server = self.command("postgres");
        server.arg("-D").arg(self.scratch.0.join("data")).args(["-p", &self.port.to_string()]);
        server.args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        self.server = Some(server.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap());
        let url = self.address("postgres");
        await_some("PostgreSQL answers", async || sea_orm::Database::connect(&url).await.ok()).await;
    }

    /// Stops it where it stands: connections are cut, nothing is finished.
    pub fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = kill_process(Pid::from_child(&server), Signal::QUIT);
            server.wait().unwrap();
        }
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The programs of the newest PostgreSQL of this machine.
fn newest() -> PathBuf {
    let all = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL: see tests/rig/packages").flatten();
    let version = |path: &Path| path.file_name().unwrap().to_string_lossy().parse::<u32>().ok();
    let newest = all.map(|e| e.path()).filter(|p| p.join("bin/initdb").exists()).max_by_key(|p| version(p));
    newest.expect("PostgreSQL: see tests/rig/packages").join("bin")
}
