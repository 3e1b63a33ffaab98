//! A browser without script: keeps cookies, sends forms, follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::Method;

use crate::town::PASSWORD;

/// A page that was answered.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    pub html: String,
    pub location: Option<String>,
    pub headers: reqwest::header::HeaderMap,
}

impl Page {
    /// Fails unless it has this status.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.html);
        self
    }

    /// Whether a text stands on it.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The value of the first field of a name.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.html.split_once(&mark).unwrap_or_else(|| panic!("no field {name}:\n{}", self.html)).1;
        rest.split('"').next().unwrap().to_owned()
    }

    /// Where it leads.
    #[track_caller]
    #[must_use]
    pub fn leads_to(self) -> String {
        self.expect(303).location.unwrap()
    }
}

/// A browser of one person.
#[derive(Debug)]
pub struct Browser {
    base: String,
    http: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    /// A new one, without cookies.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { base: base.to_owned(), http, cookies: Mutex::default() }
    }

    /// Signs in by the form.
    pub async fn sign_in(base: &str, login: &str) -> Self {
        let browser = Self::new(base);
        let page = browser.send("/sign-in", &[("login", login), ("password", PASSWORD), ("next", "/")], &[]).await;
        assert_eq!(page.leads_to(), "/");
        browser
    }

    /// Opens an address.
    pub async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, None, &[("Sec-Fetch-Site", "same-origin")]).await
    }

    /// Sends a form with the token of a page.
    pub async fn post(&self, from: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = from.value("csrf");
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        self.send(path, &fields, &[("Sec-Fetch-Site", "same-origin")]).await
    }

    /// Sends the form of a page twice, as a hand does that taps twice; gives where both lead.
    pub async fn post_twice(&self, from: &Page, path: &str, fields: &[(&str, &str)]) -> String {
        let key = from.value("key");
        let fields: Vec<_> = fields.iter().copied().chain([("key", key.as_str())]).collect();
        let first = self.post(from, path, &fields).await.leads_to();
        assert_eq!(self.post(from, path, &fields).await.leads_to(), first, "{path}");
        first
    }

    /// Sends any form.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
        self.ask(Method::POST, path, Some(fields), headers).await
    }

    /// A cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.lock().unwrap().get(name).cloned().unwrap_or_default()
    }

    /// Forgets a cookie, as when a session has ended.
    pub fn forget(&self, cookie: &str) {
        self.cookies.lock().unwrap().remove(cookie);
    }

    async fn ask(&self, method: Method, path: &str, form: Option<&[(&str, &str)]>, headers: &[(&str, &str)]) -> Page {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header("Cookie", cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(form) = form {
            request = request.form(form);
        }
        self.answered(request).await
    }

    /// Uploads a file with the token of a page, which also says for which school.
    pub async fn upload(&self, from: &Page, path: &str, name: &str, bytes: Vec<u8>) -> Page {
        self.upload_with(from, path, &["school"], (name, bytes)).await
    }

    /// Uploads a file with the token of a page and fields that stand on it.
    pub async fn upload_with(&self, from: &Page, path: &str, fields: &[&str], (name, bytes): (&str, Vec<u8>)) -> Page {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("csrf", from.value("csrf"));
        let form = fields.iter().fold(form, |form, f| form.text((*f).to_owned(), from.value(f)));
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = self.http.post(format!("{}{path}", self.base)).header("Cookie", cookies.join("; "));
        self.answered(request.header("Sec-Fetch-Site", "same-origin").multipart(form.part("file", part))).await
    }

    async fn answered(&self, request: reqwest::RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let location = headers.get("location").map(|v| v.to_str().unwrap().to_owned());
        let html = response.text().await.unwrap();
        let twice = named_twice(&html);
        assert!(twice.is_empty(), "a label would point at the wrong element of {twice:?} in {html}");
        Page { status, location, headers, html }
    }
}

/// The ids that a page gives to more than one element.
fn named_twice(html: &str) -> Vec<&str> {
    let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut seen = std::collections::BTreeSet::new();
    ids.filter(|id| !seen.insert(*id)).collect()
}
