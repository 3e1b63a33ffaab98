use serde_json::{Value, json};

use super::super::super::class::{agree, walk};
use super::super::super::http::Answer;
use super::super::classify;
use super::*;

fn number(code: &str) -> i64 {
    code.parse().unwrap_or(99_999)
}

#[test]
fn every_code_has_its_class_at_once_and_under_201() {
    let answer = |status, json: Value| classify(&Answer { status, json: Some(json) });
    walk(&[CODES], |code| answer(400, json!({ "code": number(code), "message": "", "status": 400 })));
    walk(&[CODES], |code| answer(201, json!({ "sid": "SM1", "status": "failed", "error_code": number(code) })));
    agree(CODES, Elsewhere, &["30003", "30006", "13224", "21214"]);
    agree(CODES, Refused, &["21610", "21216", "13225"]);
    agree(CODES, BadAddress, &["21211", "21217", "21614", "30005"]);
    let made = answer(201, json!({ "sid": "SM1", "status": "queued", "error_code": null }));
    assert_eq!(made.key(), "accepted");
    assert_eq!(answer(500, json!({})).key(), "ambiguous");
    assert_eq!(classify(&Answer { status: 201, json: None }).key(), "ambiguous");
}
