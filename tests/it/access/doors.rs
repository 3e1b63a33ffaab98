//! Everybody signs in once: a sign-in for each cell would be most of the work of the matrix.

use std::collections::HashMap;
use std::sync::Arc;

use tests::browser::{Browser, Page};
use tests::{Client, World};
use tokio::sync::Mutex;

/// Who is signed in.
#[derive(Default)]
pub(super) struct Doors {
    clients: Mutex<HashMap<String, Client>>,
    browsers: Mutex<HashMap<String, Arc<(Browser, Page)>>>,
}

impl Doors {
    /// A program of somebody's. Whatever ends a session gets one of its own.
    pub(super) async fn client(&self, world: &World, person: &str, operation: &str) -> Client {
        if person == "nobody" {
            return Client::anonymous(&world.base);
        }
        if operation.ends_with("/session") {
            return world.client(person).await;
        }
        let mut clients = self.clients.lock().await;
        if !clients.contains_key(person) {
            clients.insert(person.to_owned(), world.client(person).await);
        }
        clients[person].clone()
    }

    /// A browser of somebody's, with the page that it stands on.
    pub(super) async fn browser(&self, world: &World, person: &str, operation: &str) -> Arc<(Browser, Page)> {
        if operation.ends_with("/sign-out") || operation.ends_with("/sign-in") {
            return Arc::new(enter(world, person).await);
        }
        let mut browsers = self.browsers.lock().await;
        if !browsers.contains_key(person) {
            browsers.insert(person.to_owned(), Arc::new(enter(world, person).await));
        }
        Arc::clone(&browsers[person])
    }
}

async fn enter(world: &World, person: &str) -> (Browser, Page) {
    let browser = Browser::sign_in(&world.base, person).await;
    let home = browser.get("/").await;
    (browser, home)
}
