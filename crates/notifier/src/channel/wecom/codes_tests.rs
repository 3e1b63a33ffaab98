use domain::delivery::Outcome;
use serde_json::{Value, json};

use super::super::super::class::{agree, walk};
use super::super::super::http::Answer;
use super::super::{classify, cut};
use super::*;

fn answered(json: Value) -> Outcome {
    classify(&Answer { status: 200, json: Some(json) }, "ZhangSan")
}

#[test]
fn every_code_has_its_class_under_http_200() {
    agree(CODES, Refused, &["50002", "50003", "60020"]);
    agree(CODES, BadAddress, &["60111", "81013"]);
    walk(&[CODES], |code| answered(json!({ "errcode": code.parse::<i64>().unwrap_or(99_999), "errmsg": "" })));
}

#[test]
fn an_ok_that_leaves_the_member_out_is_none() {
    let with = |list: &str, who: &str| answered(json!({ "errcode": 0, "msgid": "m", list: who })).key();
    assert_eq!(with("invaliduser", ""), "accepted");
    assert_eq!(with("invaliduser", "lisi|zhangsan"), "bad_address", "WeCom answers in lower case");
    assert_eq!(with("unlicenseduser", "zhangsan"), "bad_address");
    assert_eq!(with("invaliduser", "zhangsanfeng"), "accepted");
    assert_eq!(answered(json!({ "ok": true })).key(), "ambiguous");
    assert_eq!(classify(&Answer { status: 200, json: None }, "x").key(), "ambiguous");
}

#[test]
fn a_long_text_is_cut_between_characters() {
    assert_eq!(cut("值班"), "值班");
    assert_eq!(cut(&"值".repeat(700)).len(), 2_046);
}
