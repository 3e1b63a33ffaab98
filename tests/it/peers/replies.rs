//! An answer by SMS, from a telephone through a real gateway to the alert.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use serde_json::json;
use tests::Client;
use tests::site::{Kind, PASSWORD, Site, Smtp, await_some, header, rig};

/// The gateway hands each answer to the port that is the number it was sent to: from there it goes on to the site, whose
/// answer becomes the text that goes back.
fn pass_on(base: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let secret = server::secrets::Keys::of(&[7; 32]).hooks;
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            BufReader::new(stream.try_clone().unwrap()).read_line(&mut line).unwrap();
            let query = line.split_once('?').unwrap().1.split(' ').next().unwrap().to_owned();
            let url = format!("{base}/hooks/kannel/{secret}/reply?{query}");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let text = runtime.block_on(async {
                let http = reqwest::Client::builder().no_proxy().build().unwrap();
                http.get(url).send().await.unwrap().text().await.unwrap()
            });
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n";
            write!(stream, "{head}Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        }
    });
    port
}

/// Plays the telephone: sends a text to a number.
async fn telephone(from: &str, to: u16, text: &str) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let fields = [
        ("username", "tester"),
        ("password", "foobar"),
        ("from", from),
        ("to", &to.to_string()),
        ("text", text),
        ("charset", "UTF-8"),
        ("coding", "2"),
    ];
    let answer = http.get(rig("XINDENG_TEST_KANNEL_INBOUND")).query(&fields).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}

async fn answered_by_text(kind: Kind, marker: u64) {
    let mut site = Site::found(kind, marker).await;
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    let _ = teacher.post("/api/v1/observations", site.filing(0, 4)).await.expect(201);
    let address = format!("counsellor-{marker}@school.example");
    let mail = await_some("the counsellor's mail", async || {
        smtp.mails().into_iter().find(|m| header(m, "X-Rig-To") == address)
    })
    .await;
    let code = code_in_base64(&mail);
    let counsellor = Client::sign_in_with(&site.base, "counsellor", PASSWORD).await;
    let alert = counsellor.get("/api/v1/alerts").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/alerts/{alert}");
    let state = async || counsellor.get(&path).await.expect(200).str("state");

    let port = pass_on(site.base.clone());
    telephone("13900000000", port, &format!("收到{code}")).await;
    telephone(&(marker * 10 + 2).to_string(), port, "好的").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(state().await, "untriaged", "neither a stranger nor other words take it");
    telephone(&(marker * 10 + 2).to_string(), port, &format!("收到{code}")).await;
    await_some("the alert is taken", async || (state().await == "acknowledged").then_some(())).await;
    let seen = counsellor.get(&path).await.expect(200);
    assert_eq!(seen.body["owner"]["name"], json!("counsellor"));
    site.kill();
}

/// The number in the mail's text, which is written in base64.
fn code_in_base64(mail: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = mail.replace("\r\n", "\n").split_once("\n\n").unwrap().1.replace('\n', "");
    let sextets = body.bytes().filter_map(|b| LETTERS.iter().position(|l| *l == b));
    let bits: Vec<u8> = sextets.flat_map(|s| (0..6).rev().map(move |n| ((s >> n) & 1) as u8)).collect();
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|c| c.iter().fold(0, |acc, b| (acc << 1) | b)).collect();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.split_once("编号").unwrap().1.chars().take(6).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_by_text_takes_the_alert_on_sqlite() {
    answered_by_text(Kind::Sqlite, 1_380_000_021).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_by_text_takes_the_alert_on_postgres() {
    answered_by_text(Kind::Postgres, 1_380_000_022).await;
}
