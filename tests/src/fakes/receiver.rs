//! A school's own system that is told by Standard Webhooks, on a port of its own.

use std::collections::{HashMap, VecDeque};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::Value;

/// What it was told, as it came.
#[derive(Debug, Clone)]
pub struct Told {
    /// By which headers.
    pub headers: HashMap<String, String>,
    /// In which words.
    pub body: String,
}

impl Told {
    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The words, read.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

#[derive(Default)]
struct Book {
    told: Vec<Told>,
    answers: VecDeque<u16>,
}

/// A system that is told.
pub struct Receiver {
    /// Its address.
    pub url: String,
    book: Arc<Mutex<Book>>,
    handle: actix_web::dev::ServerHandle,
}

impl Receiver {
    /// Starts one that takes everything.
    #[must_use]
    pub fn start() -> Self {
        let book: Arc<Mutex<Book>> = Arc::default();
        let state = web::Data::new(Arc::clone(&book));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let app = move || App::new().app_data(state.clone()).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        #[allow(clippy::disallowed_methods, reason = "it is stopped when the stand-in ends")]
        tokio::spawn(server);
        Self { url, book, handle }
    }

    /// What it answers next, by number; everything after that is taken.
    pub fn then(&self, answers: impl IntoIterator<Item = u16>) {
        self.book.lock().unwrap().answers.extend(answers);
    }

    /// What it was told since the last look.
    #[must_use]
    pub fn take(&self) -> Vec<Told> {
        std::mem::take(&mut self.book.lock().unwrap().told)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn answer(book: web::Data<Arc<Mutex<Book>>>, request: HttpRequest, body: String) -> HttpResponse {
    let headers = request.headers().iter();
    let headers = headers.map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
    let mut book = book.lock().unwrap();
    book.told.push(Told { headers, body });
    let status = StatusCode::from_u16(book.answers.pop_front().unwrap_or(200)).unwrap();
    HttpResponse::build(status).insert_header(("location", "/elsewhere")).finish()
}
