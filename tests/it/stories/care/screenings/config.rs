//! A file of instruments of one's own: it may ask for more, and a bad one refuses to start with every fault.

use server::assemble::{INSTRUMENTS, Rules};
use server::settings::Files;
use tests::database::Scratch;

fn started(text: &str) -> Result<Rules, String> {
    let folder = Scratch::new();
    let path = folder.0.join("instruments.toml");
    std::fs::write(&path, text).unwrap();
    let files = Files { instruments: path.to_str().unwrap().to_owned(), ..Files::default() };
    Rules::read(&files).map_err(|err| format!("{err:#}"))
}

#[test]
fn a_bad_file_of_instruments_refuses_to_start_with_every_fault() {
    let bad = INSTRUMENTS
        .replacen("positive_from = 10", "positive_from = 30", 1)
        .replace("next_day_from = 1", "next_day_from = 2");
    let said = started(&bad.replace("en = \"Mental Health Test (MHT)\"", "en = \"\"")).unwrap_err();
    for fault in [
        "instrument[phq-a].positive_from [out_of_range]",
        "instrument[phq-a].critical.next_day_from [unheard]",
        "instrument[mht] [no_name]",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    let said = started(&INSTRUMENTS.replacen("source =", "sauce =", 1)).unwrap_err();
    assert!(said.contains("instruments"), "{said}");
}

#[test]
fn a_file_of_instruments_that_would_miss_an_answer_refuses_to_start() {
    let softer = INSTRUMENTS.replace("alert_with_total_from = 20", "alert_with_total_from = 25");
    let softer = softer.replace("positive_from = 65", "positive_from = 70");
    let said = started(&softer).unwrap_err();
    for fault in ["instrument[phq-a].critical [softer]", "instrument[mht].positive_from [softer]"] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    let stricter = INSTRUMENTS.replace("alert_with_total_from = 20", "alert_with_total_from = 15");
    assert_eq!(
        started(&stricter).unwrap().instruments.get("phq-a").unwrap().critical.as_ref().unwrap().alert_with_total_from,
        Some(15)
    );
}
