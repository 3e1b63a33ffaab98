//! The doctor says what the service could not do its work with, and ends with 4.

use std::path::Path;
use std::process::Command;

use sea_orm::ConnectionTrait;
use tests::World;
use tests::database::Scratch;
use tests::site::{Smtp, rig};

fn doctor(dir: &Path, settings: &str) -> (Option<i32>, String) {
    let config = dir.join("xindeng.toml");
    std::fs::write(&config, settings.replace("{dir}", &dir.display().to_string())).unwrap();
    let out = Command::new(rig("XINDENG_TEST_BIN")).arg("doctor").arg("--config").arg(&config).output().unwrap();
    (out.status.code(), String::from_utf8(out.stdout).unwrap())
}

#[test]
fn a_secret_that_cannot_be_read_is_a_fault() {
    let scratch = Scratch::new();
    let dir = &scratch.0;
    std::fs::write(dir.join("key"), "07".repeat(32)).unwrap();
    std::fs::write(dir.join("short"), "0707").unwrap();
    std::fs::write(dir.join("password"), "geheim").unwrap();
    std::fs::write(dir.join("empty"), "\n").unwrap();
    let rest = "[database]\nurl = \"sqlite:{dir}/x.db\"\n[sms]\nkannel_url = \"http://127.0.0.1:1/\"\nuser = \"x\"\n";
    let settings =
        |key: &str, password: &str| format!("[secrets]\nkey_file = \"{key}\"\n{rest}password_file = \"{password}\"\n");
    let (code, said) = doctor(dir, &settings("{dir}/key", "{dir}/password"));
    assert_eq!(code, Some(0), "{said}");
    for (key, password, fault) in [
        ("", "{dir}/password", "secrets.key_file"),
        ("{dir}/absent", "{dir}/password", "secrets.key_file"),
        ("{dir}/short", "{dir}/password", "64"),
        ("{dir}/key", "{dir}/absent", "sms.password_file"),
        ("{dir}/key", "{dir}/empty", "sms.password_file"),
    ] {
        let (code, said) = doctor(dir, &settings(key, password));
        let faults: Vec<&str> = said.lines().filter(|l| l.starts_with("FAULT")).collect();
        assert_eq!((code, faults.len()), (Some(4), 1), "{key} {password}: {said}");
        assert!(faults[0].contains(fault) && faults[0].contains(" / "), "{said}");
        assert!(!said.contains("geheim") && !said.contains("0707"), "{said}");
    }
}

#[test]
fn a_provider_that_does_not_know_us_is_a_fault_and_nothing_is_sent() {
    let scratch = Scratch::new();
    let dir = &scratch.0;
    std::fs::write(dir.join("key"), "07".repeat(32)).unwrap();
    std::fs::write(dir.join("right"), rig("XINDENG_TEST_KANNEL_PASSWORD")).unwrap();
    std::fs::write(dir.join("wrong"), "geheim").unwrap();
    let mail = Smtp::start_asking(&dir.join("mail"), "xindeng:right");
    std::fs::write(dir.join("mail-right"), "right").unwrap();
    let (kannel, user, port) =
        (rig("XINDENG_TEST_KANNEL"), rig("XINDENG_TEST_KANNEL_USERNAME"), mail.port().to_string());
    let settings = |kannel_password: &str, mail_password: &str, fallback: &str| {
        format!(
            "[secrets]\nkey_file = \"{{dir}}/key\"\n[database]\nurl = \"sqlite:{{dir}}/x.db\"\n\
             [sms]\nkannel_url = \"{kannel}\"\nuser = \"{user}\"\npassword_file = \"{{dir}}/{kannel_password}\"\n\
             [mail]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nuser = \"xindeng\"\n\
             password_file = \"{{dir}}/{mail_password}\"\nfallback_host = \"127.0.0.1\"\nfallback_port = {fallback}\n\
             fallback_security = \"none\"\nfallback_user = \"xindeng\"\nfallback_password_file = \"{{dir}}/mail-right\"\n\
             [dingtalk]\nrobot_token_file = \"{{dir}}/wrong\"\nrobot_secret_file = \"{{dir}}/wrong\"\n"
        )
    };
    let lines = |said: &str, begin: &str| -> Vec<String> {
        let of = said.lines().filter(|l| l.starts_with(begin) && l.contains(" (")).map(str::to_owned);
        of.filter(|l| ["kannel", "smtp", "dingtalk"].iter().any(|p| l.contains(p))).collect()
    };
    let (code, said) = doctor(dir, &settings("right", "mail-right", &port));
    assert_eq!((code, lines(&said, "ok").len(), lines(&said, "FAULT").len()), (Some(0), 3, 0), "{said}");
    assert!(lines(&said, "WARNING")[0].contains("dingtalk_robot (dingtalk): 不往群里发消息就无法验证"), "{said}");

    let (code, said) = doctor(dir, &settings("wrong", "wrong", "9"));
    assert_eq!(code, Some(4), "{said}");
    let faults = lines(&said, "FAULT").join("\n");
    assert!(faults.contains("kannel (sms)") && faults.contains("HTTP 403"), "{said}");
    assert!(faults.contains("smtp (mail)") && faults.contains("535"), "{said}");
    assert!(lines(&said, "WARNING").iter().any(|l| l.contains("smtp2 (mail)") && l.contains("refused")), "{said}");
    assert!(!said.contains("geheim"), "{said}");
    assert_eq!(mail.mails(), Vec::<String>::new());
}

#[test]
fn a_secret_of_the_feed_that_is_none_is_a_fault() {
    let scratch = Scratch::new();
    let dir = &scratch.0;
    std::fs::write(dir.join("key"), "07".repeat(32)).unwrap();
    std::fs::write(dir.join("good"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    std::fs::write(dir.join("short"), "whsec_Z2VoZWlt").unwrap();
    let settings = |file: &str, url: &str| {
        format!(
            "[secrets]\nkey_file = \"{{dir}}/key\"\n[database]\nurl = \"sqlite:{{dir}}/x.db\"\n\
             [sms]\nkannel_url = \"http://127.0.0.1:1/\"\n\
             [[webhooks]]\nname = \"oa\"\nurl = \"{url}\"\nsecret_file = \"{{dir}}/{file}\"\n"
        )
    };
    let public = "https://oa.example.edu.cn/hook";
    assert_eq!(doctor(dir, &settings("good", public)).0, Some(0));
    for (file, url, fault) in [
        ("short", public, "whsec_"),
        ("absent", public, "webhooks[0].secret_file"),
        ("good", "http://10.0.0.5/", "[0].url"),
    ] {
        let (code, said) = doctor(dir, &settings(file, url));
        let faults: Vec<&str> = said.lines().filter(|l| l.starts_with("FAULT")).collect();
        assert!(code == Some(4) && faults.iter().any(|f| f.contains(fault)), "{said}");
        assert!(!said.contains("Z2VoZWlt"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_font_is_said_and_so_are_names_that_no_font_prints() {
    let world = World::sqlite().await;
    let dir = world.scratch();
    std::fs::write(dir.join("key"), "07".repeat(32)).unwrap();
    let settings = |font: &str| {
        let rest = "[database]\nurl = \"sqlite:{dir}/test.db\"\n";
        format!("[secrets]\nkey_file = \"{{dir}}/key\"\n{rest}{font}")
    };
    let (_, said) = doctor(dir, &settings(""));
    assert!(said.contains("ok      font /usr/share/fonts/") && !said.contains("name_not_printable"), "{said}");
    let (_, said) = doctor(dir, &settings("[paper]\nfont = \"{dir}/none.ttc\"\n"));
    assert!(said.contains("WARNING [font_missing]") && said.contains("none.ttc"), "{said}");
    let other = tests::database::behind(&world.target).await;
    let rare = "UPDATE student SET name = '赵\u{e123}' WHERE seat = '1排1座'";
    other.execute_unprepared(rare).await.unwrap();
    let (_, said) = doctor(dir, &settings(""));
    assert!(said.contains("WARNING [name_not_printable] 2 ") && said.contains("U+E123"), "{said}");
    for school in 0..2 {
        assert!(said.contains(&world.town.student(school, 0, 0).to_string()), "{said}");
    }
    assert!(!said.contains('赵'), "ids alone: {said}");
}
