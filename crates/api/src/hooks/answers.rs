//! Answers of people that come in by a gateway: a text sent back, a key pressed in a call.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, CodeAnswer, CodeHolder, CodeState, CodeView, answer_by_code};
use domain::code::replied_code;
use domain::id::MessageId;
use serde::Deserialize;

use super::knows;
use crate::problem::Problem;
use crate::state::Api;

/// What came in by SMS. Kannel's `sms-service` asks `…/reply?from=%p&text=%a`, or with `%b` and `charset=%C&coding=%c`.
/// The answer is the text that goes back; empty for none.
#[get("/hooks/kannel/{secret}/reply")]
pub(crate) async fn reply(
    api: web::Data<Api>,
    secret: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    let (from, text) = incoming(request.query_string());
    let text = take_reply(&api, &from, &text).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

/// Whatever is answered about a drill says that it is one, and sends nobody to the telephone.
const DRILL_NOTED: &str = "演练：已记下，谢谢，无需其他操作。";
const DRILL_OVER: &str = "演练已经结束，无需操作。";
const DRILL_NOT_NOTED: &str = "演练：没有记下，请登录处理。";
const NOTED: &str = "已记下。请立即拨值班电话，报编号，口头告知。";
const TAKEN: &str = "已有同事接手，请保持电话畅通。";
const OFFERED: &str = "有同事想转交给您，请登录答复。";
const OVER: &str = "这件事已经结束，谢谢。";
/// It may be said of nothing that was not noted that it was.
const NOT_NOTED: &str = "没有记下。请登录处理，或直接拨值班电话。";
const REOPENED: &str = "没有记下。这件事已重新打开，请用最新短信里的编号。";
const HELP: &str = "没有看懂。请只回复六位编号。";

/// "I take it", by SMS; anything that is not a number of this telephone takes nothing.
async fn take_reply(api: &Api, from: &str, text: &str) -> Result<&'static str, Problem> {
    let help = || if api.helped.may_help(from, api.desk.real_now()) { HELP } else { "" };
    let Some(code) = replied_code(text) else { return Ok(help()) };
    match answer_by_code(&api.desk, CodeHolder::Telephone(from), &code, CodeAnswer::Take).await {
        Ok(view) if view.drill.is_some() => Ok(of_a_drill(&view)),
        Ok(view) => Ok(match view.state {
            CodeState::Yours => NOTED,
            CodeState::Waiting | CodeState::Declined => NOT_NOTED,
            CodeState::Reopened => REOPENED,
            CodeState::Others => TAKEN,
            CodeState::Offered => OFFERED,
            CodeState::Over | CodeState::Recheck => OVER,
        }),
        Err(CaseError::Invalid(_)) => Ok(help()),
        Err(err) => Err(err.into()),
    }
}

fn of_a_drill(view: &CodeView) -> &'static str {
    match view.state {
        CodeState::Over | CodeState::Recheck => DRILL_OVER,
        CodeState::Yours | CodeState::Declined | CodeState::Others | CodeState::Offered => DRILL_NOTED,
        CodeState::Waiting | CodeState::Reopened => DRILL_NOT_NOTED,
    }
}

/// The sender and the text of a query; a text in UCS-2 is read as such.
fn incoming(query: &str) -> (String, String) {
    let field = |name: &str| {
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        bytes_of(pair.unwrap_or_default())
    };
    let plain = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    let raw = field("text");
    let charset = plain(field("charset")).to_ascii_uppercase();
    let wide = charset.starts_with("UTF-16") || (plain(field("coding")) == "2" && charset != "UTF-8");
    let text = if wide {
        let units = raw.chunks_exact(2).map(|pair| pair.iter().fold(0_u16, |word, b| (word << 8) | u16::from(*b)));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        plain(raw)
    };
    (plain(field("from")), text)
}

fn bytes_of(text: &str) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text.bytes());
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            out.extend(u8::from_str_radix(&digits, 16).ok());
        } else {
            out.push(if byte == b'+' { b' ' } else { byte });
        }
    }
    out
}

/// Which call a key was pressed in.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    message: MessageId,
}

/// A key pressed in a call by Twilio: 1 takes it, 2 cannot. What is said then ends the call.
#[post("/hooks/twilio/{secret}/keys")]
pub(crate) async fn keys(
    api: web::Data<Api>,
    secret: web::Path<String>,
    pressed: web::Query<Pressed>,
    request: HttpRequest,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    super::twilio::check(&api, &request, &form)?;
    let digit = form.iter().find(|(n, _)| n == "Digits").map_or("", |(_, v)| v.as_str());
    let said = match answer_of(digit) {
        Some(answer) => spoken(answer_by_code(&api.desk, CodeHolder::Called(pressed.message), "", answer).await)?,
        None => "没有听清，请登录处理。",
    };
    let script = format!("<Response><Say language=\"zh-CN\">{said}</Say></Response>");
    Ok(HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(script))
}

pub(super) fn answer_of(digit: &str) -> Option<CodeAnswer> {
    match digit {
        "1" => Some(CodeAnswer::Take),
        "2" => Some(CodeAnswer::Cannot),
        _ => None,
    }
}

/// What is said after a key.
fn spoken(done: Result<CodeView, CaseError>) -> Result<&'static str, Problem> {
    match done {
        Ok(view) if view.drill.is_some() => Ok(of_a_drill(&view)),
        Ok(view) => Ok(match view.state {
            CodeState::Yours => "已记下。请立即拨值班电话，报编号，口头告知。",
            CodeState::Declined => "已记下，您无法处理，会通知下一位。",
            CodeState::Waiting => "没有记下，请登录处理，或直接拨值班电话。",
            CodeState::Reopened => "没有记下。这件事已重新打开，请用最新的编号，或登录处理。",
            CodeState::Others => "已有同事接手，请保持电话畅通。",
            CodeState::Offered => "有同事想转交给您，请登录答复。",
            CodeState::Over | CodeState::Recheck => "这件事已经结束，谢谢。",
        }),
        Err(CaseError::Invalid(_)) => Ok("这个编号已失效，请登录处理。"),
        Err(err) => Err(err.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::incoming;

    #[test]
    fn a_text_is_read_in_each_coding() {
        let want = ("13800000012".to_owned(), "收到482913".to_owned());
        let utf8 = "from=13800000012&text=%E6%94%B6%E5%88%B0482913";
        assert_eq!(incoming(utf8), want);
        let ucs2 = "from=13800000012&to=1&text=%65%36%52%30%004%008%002%009%001%003&charset=UTF-16BE&coding=2";
        assert_eq!(incoming(ucs2), want);
        assert_eq!(incoming("from=%2B8613800000012&text=482913%20"), ("+8613800000012".into(), "482913".into()));
        assert_eq!(incoming(""), (String::new(), String::new()));
    }
}
