//! A program that talks to the interface, as other systems do.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::documents::Download;
use crate::town::PASSWORD;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub etag: Option<String>,
    pub text: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// Fails unless it has this status.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The stable code of a problem.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The fields that a problem names.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|e| e["field"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A string in the body.
    #[must_use]
    pub fn str(&self, key: &str) -> String {
        self.body[key].as_str().unwrap_or_default().to_owned()
    }

    /// The faults that a problem names: field and code.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, String)> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let word = |e: &Value, key: &str| e[key].as_str().unwrap_or_default().to_owned();
        errors.iter().map(|e| (word(e, "field"), word(e, "code"))).collect()
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        self.body["items"].as_array().cloned().unwrap_or_default()
    }
}

/// A client, perhaps signed in.
#[derive(Debug, Clone)]
pub struct Client {
    base: String,
    http: reqwest::Client,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

impl Client {
    /// Nobody.
    #[must_use]
    pub fn anonymous(base: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { base: base.to_owned(), http, token: None, headers: Vec::new() }
    }

    /// Signs in.
    pub async fn sign_in(base: &str, login: &str) -> Self {
        Self::sign_in_with(base, login, PASSWORD).await
    }

    /// Signs in with a password.
    pub async fn sign_in_with(base: &str, login: &str, password: &str) -> Self {
        let client = Self::anonymous(base);
        let answer = client.post("/api/v1/session", json!({ "login": login, "password": password })).await.expect(201);
        Self { token: Some(answer.str("token")), ..client }
    }

    /// The same with one header more.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Sends a body as it stands, JSON or not.
    pub async fn post_text(&self, path: &str, body: &str) -> Answer {
        let request = self.request(Method::POST, path).header("Content-Type", "application/json");
        Self::read(request.body(body.to_owned())).await
    }

    /// Sends the parts of a form; none at all is a form as well.
    pub async fn post_parts(&self, path: &str, parts: &[(&str, &str)]) -> Answer {
        let mut form = reqwest::multipart::Form::new();
        for (name, value) in parts {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        Self::read(self.request(Method::POST, path).multipart(form)).await
    }

    /// The answer, unless the line is cut.
    pub async fn try_post(&self, path: &str, body: Value) -> Option<Answer> {
        Self::try_read(self.request(Method::POST, path).json(&body)).await
    }

    /// The same of something that is looked at.
    pub async fn try_get(&self, path: &str) -> Option<Answer> {
        Self::try_read(self.request(Method::GET, path)).await
    }

    async fn try_read(request: reqwest::RequestBuilder) -> Option<Answer> {
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.ok()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Some(Answer { status, body, etag: None, text, headers })
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        Self::read(request).await
    }

    /// A file.
    pub async fn download(&self, path: &str) -> Download {
        let response = self.request(Method::GET, path).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Download { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    /// Uploads a roster.
    pub async fn upload(&self, school: &str, name: &str, bytes: Vec<u8>) -> Answer {
        self.upload_to("/api/v1/roster/imports", school, name, bytes).await
    }

    /// Uploads a file for a school.
    pub async fn upload_to(&self, path: &str, school: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("school", school.to_owned()).part("file", part);
        Self::read(self.request(Method::POST, path).multipart(form)).await
    }

    /// Adds a file to an entry of a growth file.
    pub async fn attach(&self, student: impl std::fmt::Display, entry: &str, name: &str, bytes: &[u8]) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("entry", entry.to_owned()).part("file", part);
        let path = format!("/api/v1/students/{student}/attachments");
        Self::read(self.request(Method::POST, &path).multipart(form)).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    async fn read(request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let status: StatusCode = response.status();
        let headers = response.headers().clone();
        let etag = headers.get("etag").map(|v| v.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status: status.as_u16(), body, etag, text, headers }
    }
}
