//! A stand-in for Kannel that several sites can share: it keeps the id of every text with the time at which it was taken,
//! holds its answers back or refuses when it is told to, and reports nothing by itself.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use domain::time::Clock;
use server::seams::SystemClock;

#[derive(Default)]
struct Book {
    taken: Mutex<HashMap<String, Vec<i64>>>,
    holding: AtomicBool,
    refused: Mutex<Option<String>>,
}

/// A gateway.
pub struct Gateway {
    /// Its `sendsms` address.
    pub url: String,
    book: Arc<Book>,
    handle: actix_web::dev::ServerHandle,
}

impl Gateway {
    /// One that takes everything.
    #[must_use]
    pub fn start() -> Self {
        let book: Arc<Book> = Arc::default();
        let state = web::Data::from(Arc::clone(&book));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/sendsms", listener.local_addr().unwrap());
        let app = move || App::new().app_data(state.clone()).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        #[allow(clippy::disallowed_methods, reason = "it is stopped when the gateway ends")]
        tokio::spawn(server);
        Self { url, book, handle }
    }

    /// Whether it holds its answers back: what it has taken by then it has taken.
    pub fn hold(&self, holding: bool) {
        self.book.holding.store(holding, Ordering::SeqCst);
    }

    /// It says of every number that there is none, save those with an ending.
    pub fn refuse_all_but(&self, ending: &str) {
        *self.book.refused.lock().unwrap() = Some(ending.to_owned());
    }

    /// When it took a message, in microseconds: once for each time.
    #[must_use]
    pub fn taken(&self, id: &str) -> Vec<i64> {
        self.book.taken.lock().unwrap().get(id).cloned().unwrap_or_default()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn answer(book: web::Data<Book>, query: web::Query<HashMap<String, String>>) -> HttpResponse {
    let to = query.get("to").map_or("", String::as_str);
    if book.refused.lock().unwrap().as_ref().is_some_and(|spared| !to.ends_with(spared)) {
        return HttpResponse::BadRequest().body("Missing receiver number, rejected");
    }
    let report = query.get("dlr-url").map_or("", String::as_str);
    let id = report.split(['?', '&']).find_map(|p| p.strip_prefix("id=")).unwrap_or_default().to_owned();
    book.taken.lock().unwrap().entry(id).or_default().push(SystemClock.now().timestamp_micros());
    while book.holding.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    HttpResponse::Accepted().body("0: Accepted for delivery")
}
