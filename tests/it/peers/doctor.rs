//! The doctor says what the service could not do its work with, and ends with 4.

use std::path::Path;
use std::process::Command;

use tests::database::Scratch;
use tests::site::rig;

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
