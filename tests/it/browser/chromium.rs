//! Chromium, driven by its own driver on a port of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tests::database::Scratch;
use thirtyfour::prelude::*;

#[allow(clippy::disallowed_methods, reason = "the rig says where its programs are")]
fn rig(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name}: start the rig, see CONTRIBUTING"))
}

/// A browser that ends with the test.
pub(super) struct Chromium {
    pub(super) page: WebDriver,
    driver: Child,
    port: String,
    _profile: Scratch,
}

impl Chromium {
    /// Opens a window of a size.
    pub(super) async fn start(width: u32, height: u32) -> Self {
        let profile = Scratch::new();
        let mut driver = Command::new(rig("XINDENG_TEST_CHROMEDRIVER"))
            .arg("--port=0")
            .env("HOME", &profile.0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .map(Result::unwrap)
            .find_map(|l| {
                l.split_once("started successfully on port ").map(|(_, p)| p.trim_end_matches('.').to_owned())
            })
            .unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&rig("XINDENG_TEST_CHROMIUM")).unwrap();
        for arg in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] {
            wanted.add_arg(arg).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.0.join("profile").display())).unwrap();
        wanted.add_arg(&format!("--window-size={width},{height}")).unwrap();
        wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        if width < 500 {
            let metrics = json!({ "width": width, "height": height, "pixelRatio": 1.0, "touch": true });
            wanted.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": metrics })).unwrap();
        }
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.unwrap();
        Self { page, driver, port, _profile: profile }
    }

    /// Ends it; fails when the console has an error, a refusal of the content policy among them.
    pub(super) async fn quit_without_errors(mut self) {
        let log = format!("http://127.0.0.1:{}/session/{}/se/log", self.port, self.page.session_id());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let said = http.post(log).json(&json!({ "type": "browser" })).send().await.unwrap();
        let said: serde_json::Value = said.json().await.unwrap();
        let lines = said["value"].as_array().unwrap().clone();
        let errors: Vec<_> = lines.iter().filter(|l| l["level"] == "SEVERE").collect();
        assert!(errors.is_empty(), "{errors:#?}");
        self.page.clone().quit().await.unwrap();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
