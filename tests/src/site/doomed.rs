//! Programs that die, or fall asleep, where they are told to.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit};

use super::{Site, await_some, rig};

impl Site {
    /// Starts the service that is told to die or to fall asleep: `kill` or `stop`, at the n-th of a moment, once it is armed.
    pub async fn start_doomed(&mut self, deed: &str, moment: &str, nth: u64) {
        let _ = std::fs::remove_file(self.sign());
        let mut command = Command::new(Path::new(&rig("XINDENG_TEST_BIN")).with_file_name("doomed"));
        command.args([deed, moment, &nth.to_string()]).arg(self.sign()).arg(&self.config);
        self.start_with(command).await;
    }

    /// From here on moments count.
    pub fn arm(&self) {
        let part = self.scratch.0.join("sign.part");
        std::fs::write(&part, self.mail_dir.display().to_string()).unwrap();
        std::fs::rename(part, self.sign()).unwrap();
    }

    fn sign(&self) -> std::path::PathBuf {
        self.scratch.0.join("sign")
    }

    /// Waits until the program has died by SIGKILL.
    pub async fn await_death(&mut self) {
        let mut server = self.server.take().unwrap();
        let ended = await_some("the program dies", async || server.try_wait().unwrap()).await;
        assert_eq!(ended.signal(), Some(9), "{ended}");
    }

    /// Waits for a while whether the program dies by SIGKILL.
    pub async fn await_death_for(&mut self, long: Duration) -> bool {
        let began = Instant::now();
        while began.elapsed() < long {
            if let Some(ended) = self.server.as_mut().unwrap().try_wait().unwrap() {
                assert_eq!(ended.signal(), Some(9), "{ended}");
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }

    /// Its files end at so many bytes, as on a full disk; nothing: wherever they like. Start it under `env
    /// --ignore-signal=XFSZ`, since a disk sends no signals.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let maximum = getrlimit(Resource::Fsize).maximum;
        prlimit(Some(pid(self.pid())), Resource::Fsize, Rlimit { current: bytes, maximum }).unwrap();
    }

    /// Waits until a process sleeps where SIGSTOP found it.
    pub async fn await_sleep(&self) {
        await_some("the program sleeps", async || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
            stat.rsplit_once(')').unwrap().1.trim_start().starts_with('T').then_some(())
        })
        .await;
    }

    /// Lets a sleeping process go on.
    pub fn wake(&self) {
        kill_process(pid(self.pid()), Signal::CONT).unwrap();
    }
}

fn pid(id: u32) -> Pid {
    Pid::from_raw(i32::try_from(id).unwrap()).unwrap()
}
