//! Bodies: read field by field, so that everything that is wrong is named in one answer.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use domain::fault::{Fault, merged};
use serde_json::{Map, Value};

use crate::body::is_late;
use crate::problem::Problem;

/// So many entries of a list are looked at: more than any list may have.
const MOST_ENTRIES: usize = 201;

/// What can be read from a JSON object.
pub(crate) trait FromFields: Sized + 'static {
    /// Whether the body may be left out.
    const MAY_BE_EMPTY: bool = false;

    /// Takes its fields; what is missing or of another type is noted and left empty.
    fn from_fields(fields: &mut Fields) -> Self;
}

/// A body, with everything in it that could not be read.
#[derive(Debug)]
pub(crate) struct Body<T> {
    value: T,
    faults: Vec<Fault>,
    /// As it was sent, for the fingerprint of an idempotency key.
    pub(crate) sent: Value,
}

impl<T> Body<T> {
    /// The value, unless something could not be read: then that and whatever `more` finds wrong with the rest.
    pub(crate) fn sound(self, more: impl FnOnce(&T) -> Vec<Fault>) -> Result<T, Problem> {
        if self.faults.is_empty() {
            return Ok(self.value);
        }
        let more = more(&self.value);
        Err(Problem::invalid(merged(self.faults, more)))
    }

    /// The value, and what could not be read.
    pub(crate) fn into_parts(self) -> (T, Vec<Fault>) {
        (self.value, self.faults)
    }
}

impl<T: FromFields> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, bytes) = (request.clone(), web::Bytes::from_request(request, payload));
        Box::pin(async move {
            let bytes = bytes.await.map_err(|err| unread(&err))?;
            let empty = T::MAY_BE_EMPTY && bytes.iter().all(u8::is_ascii_whitespace);
            if !T::MAY_BE_EMPTY && !is_json(request.content_type()) {
                return Err(Problem::malformed("Content-Type", "需要 application/json", "application/json is wanted"));
            }
            of(if empty { b"{}" } else { &bytes })
        })
    }
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type.to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

fn unread(err: &actix_web::Error) -> Problem {
    match err.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Problem::too_large(),
        Some(cause) if is_late(cause) => Problem::too_slow(),
        _ => Problem::malformed("", "请求没有完整送达", "the request did not arrive whole"),
    }
}

/// Only what is no JSON at all is malformed.
fn of<T: FromFields>(bytes: &[u8]) -> Result<Body<T>, Problem> {
    let sent: Value =
        serde_json::from_slice(bytes).map_err(|err| Problem::malformed("", "JSON 有误", &err.to_string()))?;
    let Value::Object(given) = sent.clone() else {
        return Err(Problem::invalid(vec![wrong_type("", "对象", "an object")]));
    };
    let mut fields = Fields { given, path: String::new(), faults: Vec::new() };
    let value = T::from_fields(&mut fields);
    Ok(Body { value, faults: fields.faults, sent })
}

fn wrong_type(field: &str, zh: &str, en: &str) -> Fault {
    Fault::new(field, "wrong_type", format!("这里应为{zh}"), format!("{en} is wanted here"))
}

/// The fields of an object. What is null counts as left out.
#[derive(Debug)]
pub(crate) struct Fields {
    given: Map<String, Value>,
    path: String,
    faults: Vec<Fault>,
}

impl Fields {
    fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.given.remove(name).filter(|v| !v.is_null())
    }

    fn wrong(&mut self, field: &str, zh: &str, en: &str) {
        self.faults.push(wrong_type(field, zh, en));
    }

    /// A text that may be missing.
    pub(crate) fn maybe_text(&mut self, name: &str) -> Option<String> {
        if let Value::String(text) = self.take(name)? {
            return Some(text);
        }
        let field = self.at(name);
        self.wrong(&field, "文字", "a string");
        None
    }

    /// A text; whether it may be empty is looked at later.
    pub(crate) fn text(&mut self, name: &str) -> String {
        self.maybe_text(name).unwrap_or_default()
    }

    /// A text that has to be there.
    pub(crate) fn required_text(&mut self, name: &str) -> String {
        if self.given.get(name).is_none_or(Value::is_null) {
            let field = self.at(name);
            self.faults.push(Fault::new(field, "required", "请填写", "this is required"));
        }
        self.text(name)
    }

    /// A small whole number; one that is out of every range comes out as the largest.
    pub(crate) fn whole(&mut self, name: &str) -> Option<u8> {
        let value = self.take(name)?;
        if value.is_i64() || value.is_u64() {
            return Some(value.as_u64().and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX));
        }
        let field = self.at(name);
        self.wrong(&field, "整数", "a whole number");
        None
    }

    /// A whole number; one that is out of every range comes out as the largest.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        let value = self.take(name)?;
        if value.is_i64() || value.is_u64() {
            return Some(value.as_i64().unwrap_or(i64::MAX));
        }
        let field = self.at(name);
        self.wrong(&field, "整数", "a whole number");
        None
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.take(name)?;
        if value.as_bool().is_none() {
            let field = self.at(name);
            self.wrong(&field, " true 或 false", "true or false");
        }
        value.as_bool()
    }

    /// An object that may be missing.
    pub(crate) fn object<T: FromFields>(&mut self, name: &str) -> Option<T> {
        let value = self.take(name)?;
        let field = self.at(name);
        self.within(value, field)
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut out = Vec::new();
        for (field, value) in self.list(name) {
            let Value::String(text) = value else {
                self.wrong(&field, "文字", "a string");
                out.push(String::new());
                continue;
            };
            out.push(text);
        }
        out
    }

    /// A list of objects; one that cannot be read keeps its place.
    pub(crate) fn objects<T: FromFields + Default>(&mut self, name: &str) -> Vec<T> {
        self.list(name).into_iter().map(|(field, value)| self.within(value, field).unwrap_or_default()).collect()
    }

    /// A list of objects, or of texts that each stand for one.
    pub(crate) fn objects_or<T: FromFields + Default>(&mut self, name: &str, bare: impl Fn(String) -> T) -> Vec<T> {
        let mut out = Vec::new();
        for (field, value) in self.list(name) {
            let text = value.as_str().map(str::to_owned);
            out.push(match text {
                Some(text) => bare(text),
                None => self.within(value, field).unwrap_or_default(),
            });
        }
        out
    }

    fn list(&mut self, name: &str) -> Vec<(String, Value)> {
        let field = self.at(name);
        match self.take(name) {
            Some(Value::Array(values)) => {
                let numbered = values.into_iter().take(MOST_ENTRIES).enumerate();
                numbered.map(|(i, value)| (format!("{field}[{i}]"), value)).collect()
            }
            Some(_) => {
                self.wrong(&field, "列表", "a list");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn within<T: FromFields>(&mut self, value: Value, field: String) -> Option<T> {
        let Value::Object(given) = value else {
            self.wrong(&field, "对象", "an object");
            return None;
        };
        let mut inner = Self { given, path: field, faults: Vec::new() };
        let value = T::from_fields(&mut inner);
        self.faults.append(&mut inner.faults);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Letter {
        to: Vec<String>,
        text: String,
        level: Option<u8>,
        inner: Option<Box<Letter>>,
        more: Vec<Letter>,
    }

    impl FromFields for Letter {
        fn from_fields(f: &mut Fields) -> Self {
            Self {
                to: f.texts("to"),
                text: f.required_text("text"),
                level: f.whole("level"),
                inner: f.object("inner").map(Box::new),
                more: f.objects("more"),
            }
        }
    }

    fn faults(text: &str) -> Vec<(String, &'static str)> {
        let body = of::<Letter>(text.as_bytes());
        let faults = match body {
            Ok(body) => body.faults,
            Err(problem) => problem.faults,
        };
        faults.into_iter().map(|f| (f.field, f.code)).collect()
    }

    #[test]
    fn every_wrong_field_is_named_with_its_place() {
        let text = r#"{"to": ["a", 1], "text": 5, "level": "3", "inner": {"to": "b"}, "more": [7, {"text": null}]}"#;
        let found = faults(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(f, c)| (f.as_str(), *c)).collect();
        assert_eq!(
            found,
            [
                ("to[1]", "wrong_type"),
                ("text", "wrong_type"),
                ("level", "wrong_type"),
                ("inner.to", "wrong_type"),
                ("inner.text", "required"),
                ("more[0]", "wrong_type"),
                ("more[1].text", "required"),
            ]
        );
    }

    #[test]
    fn what_is_no_object_is_refused_and_what_is_no_json_is_malformed() {
        assert_eq!(faults("[\"a\"]"), [(String::new(), "wrong_type")]);
        assert_eq!(faults("{"), [(String::new(), "malformed")]);
        assert_eq!(faults(r#"{"text": "a", "level": -1}"#), []);
    }

    #[test]
    fn a_list_is_looked_at_as_far_as_any_may_go() {
        let text = format!(r#"{{"text": "a", "to": [{}]}}"#, vec!["1"; 5_000].join(","));
        assert_eq!(faults(&text).len(), MOST_ENTRIES);
    }
}
