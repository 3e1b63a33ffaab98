//! The main job, to the last metre: a report becomes a mail in a real server and a text on a telephone.

use std::time::Duration;

use serde_json::json;
use tests::Client;

use tests::site::{Kind, PASSWORD, Site, Smtp, await_some, header, rig};

/// The texts that arrived at a number, read from the fake SMSC's log: UCS-2, written as in an address.
fn texts(number: &str) -> Vec<String> {
    let log = std::fs::read(rig("XINDENG_TEST_FAKESMSC_LOG")).unwrap();
    let log = String::from_utf8_lossy(&log).into_owned();
    let mark = format!(" {number} ucs-2 ");
    log.lines().filter_map(|l| l.split_once(&mark)).map(|(_, text)| decoded(text.trim_end_matches('>'))).collect()
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            b'+' => b' ',
            other => other,
        });
    }
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

async fn main_job(kind: Kind, marker: u64) {
    let mut site = Site::found(kind, marker).await;
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    let _ = teacher.post("/api/v1/observations", site.filing(0, 4)).await.expect(201);

    let address = format!("counsellor-{marker}@school.example");
    let mail = await_some("the counsellor's mail", async || {
        smtp.mails().into_iter().find(|m| header(m, "X-Rig-To") == address)
    })
    .await;
    assert_eq!(mail.matches("X-Rig-To:").count(), 1, "one recipient for each mail");
    assert!(!header(&mail, "Message-ID").is_empty());

    let number = (marker * 10 + 2).to_string();
    let text = await_some("the counsellor's text", async || texts(&number).pop()).await;
    assert!(text.starts_with("【示例一中】"), "Chinese arrives: {text}");
    assert!(!text.contains("学生"), "no name leaves: {text}");

    let counsellor = Client::sign_in_with(&site.base, "counsellor", PASSWORD).await;
    let alert = counsellor.get("/api/v1/alerts").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/alerts/{alert}");
    await_some("every receipt", async || {
        let seen = counsellor.get(&path).await.expect(200);
        let messages = seen.body["messages"].as_array().unwrap().clone();
        let state = |channel: &str, state: &str| {
            messages.iter().filter(|m| m["channel"] == channel).all(|m| m["state"] == state)
        };
        (messages.len() == 10 && state("sms", "delivered") && state("mail", "accepted")).then_some(())
    })
    .await;

    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    await_some("the others hear that it is taken", async || (smtp.mails().len() == 9).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mails = smtp.mails();
    let taken: Vec<String> = mails[5..].iter().map(|m| header(m, "X-Rig-To")).collect();
    assert_eq!(taken.len(), 4, "nobody else is told: {taken:?}");
    assert!(!taken.contains(&address) && taken.iter().all(|to| !to.starts_with("district")), "{taken:?}");
    site.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_red_reaches_mail_and_telephone_on_sqlite() {
    main_job(Kind::Sqlite, 1_380_000_001).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_red_reaches_mail_and_telephone_on_postgres() {
    main_job(Kind::Postgres, 1_380_000_002).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reds_are_accepted_while_the_mail_server_is_away_and_mailed_when_it_is_back() {
    let site = Site::found(Kind::Sqlite, 1_380_000_003).await;
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    for student in 0..5 {
        let _ = teacher.post("/api/v1/observations", site.filing(student, 4)).await.expect(201);
    }
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    assert_eq!(smtp.port(), site.smtp_port);
    await_some("five reds at five offices", async || (smtp.mails().len() == 25).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(smtp.mails().len(), 25, "and nothing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_the_work_and_tell_nobody_twice() {
    let site = Site::found(Kind::Postgres, 1_380_000_004).await;
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let mut beside = site.beside("work");
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    for student in 0..20 {
        let _ = teacher.post("/api/v1/observations", site.filing(student, 4)).await.expect(201);
    }
    await_some("all mails", async || (smtp.mails().len() >= 100).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut ids: Vec<String> = smtp.mails().iter().map(|m| header(m, "Message-ID")).collect();
    ids.sort();
    ids.dedup();
    let sent = smtp.mails().len();
    beside.kill().unwrap();
    beside.wait().unwrap();
    assert_eq!((sent, ids.len()), (100, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_configuration_is_said_with_its_line() {
    let site = Site::found(Kind::Sqlite, 1_380_000_005).await;
    let config = site.scratch.0.join("xindeng.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("[workers]", "[workers]\nredd = 3")).unwrap();
    let out = site.try_run(&["doctor"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!out.status.success() && said.contains("redd") && said.contains("line"), "{said}");
}
