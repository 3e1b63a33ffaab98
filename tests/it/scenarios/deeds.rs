//! What people do in a log, and what happens to them.

use std::sync::Arc;

use casework::{Contact, NewStaff};
use chrono::TimeDelta;
use domain::coverage::{DutyTurn, Period};
use domain::delivery::{Channel, Outcome};
use domain::id::DutyId;
use domain::org::Unit;
use domain::policy::PolicyDraft;
use domain::staff::Role;
use domain::time::{Clock, Timestamp};
use notifier::Memory;
use serde_json::{Value, json};
use tests::Browser;
use tests::world::shanghai;

use super::night::Night;

/// "2026-11-23T10:00" as it stands in a deed.
fn instant(text: &str) -> Timestamp {
    shanghai(&text.replace('T', " "))
}

fn level(word: &str) -> u8 {
    let place = ["blue", "yellow", "orange", "red"].iter().position(|l| *l == word);
    u8::try_from(place.unwrap_or_else(|| panic!("no level: {word}"))).unwrap() + 1
}

impl Night {
    /// Does what a line says.
    pub(super) async fn does(&mut self, deed: &str) {
        if let Some(change) = deed.strip_prefix("policy: ") {
            return self.changes_policy(change).await;
        }
        let words: Vec<&str> = deed.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [who, "reports", what] => self.reports(who, what, 0).await,
            [who, "reports", what, "of", n] => self.reports(who, what, n.parse().unwrap()).await,
            [who, "takes", "it"] => self.decides(who, "acknowledge", json!({}), 200).await,
            [who, "is", "with", "the", "child"] => self.is_with_the_child(who).await,
            [who, "assesses", what] => self.assesses(who, what, 200).await,
            [who, "proposes", what] => self.assesses(who, what, 202).await,
            [who, "signs"] => self.decides(who, "approve", json!({}), 200).await,
            [who, "refuses"] => self.decides(who, "reject", json!({}), 200).await,
            [who, "cannot"] => self.answers(who, "cannot").await,
            [who, "is", "still", "worried"] => self.is_still_worried(who).await,
            [who, "stands", "in", "for", whom, "from", from, "until", to] => {
                self.stands_in(who, whom, instant(from), instant(to)).await;
            }
            [who, "stands", "in", "no", "more"] => self.stands_in_no_more(who).await,
            [who, "joins", "as", role] => self.joins(who, role).await,
            [who, "leaves"] => self.leaves(who, None).await,
            [who, "leaves", "to", heir] => self.leaves(who, Some(heir)).await,
            [who, "loses", channel] => self.loses(who, channel).await,
            [who, "is", "out", "of", "reach"] => self.is_out_of_reach(who).await,
            [channel, "fails", n, "times"] => self.fails(channel, n.parse().unwrap()),
            ["a", "second", "provider", "of", channel] => self.second_provider(channel),
            ["everybody", "has", "a", "telephone"] => self.everybody_has_a_telephone().await,
            ["nobody", "is", "on", "duty"] => self.nobody_is_on_duty().await,
            [who, "is", "on", "duty", "from", from, "until", to] => {
                self.is_on_duty(who, instant(from), instant(to)).await;
            }
            _ => panic!("nobody knows how to do that: {deed}"),
        }
    }

    async fn reports(&mut self, who: &str, what: &str, child: usize) {
        let body = self.world.filing(self.world.town.student(0, 0, child), level(what));
        let filed = self.client(who).await.post("/api/v1/observations", body).await.expect(201).str("id");
        self.filed.insert(who.to_owned(), filed);
    }

    /// The one open alert of the school.
    async fn alert(&self) -> String {
        let read = self.world.service.desk.storage.read();
        let all = read.open_alerts_of(self.world.town.schools[0].id).await.unwrap();
        assert_eq!(all.len(), 1, "one alert is open");
        format!("/api/v1/alerts/{}", all[0])
    }

    async fn decides(&mut self, who: &str, verb: &str, body: Value, status: u16) {
        let (client, path) = (self.client(who).await, self.alert().await);
        let version = client.get(&path).await.expect(200).etag.unwrap();
        let _ = client.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await.expect(status);
    }

    async fn is_with_the_child(&mut self, who: &str) {
        let body = json!({ "adult": "周老师", "since": self.world.clock.now(), "where": "咨询室" });
        self.decides(who, "custody", body, 201).await;
    }

    async fn assesses(&mut self, who: &str, what: &str, status: u16) {
        let body = json!({ "level": level(what), "reason": "谈过", "means_asked": true });
        self.decides(who, "assess", body, status).await;
    }

    /// Under the number of his latest message.
    async fn answers(&mut self, who: &str, act: &str) {
        let browser = Browser::sign_in(&self.world.base, who).await;
        let page = browser.get("/a").await.expect(200);
        let _ = browser.post(&page, "/a", &[("code", &self.codes[who]), ("act", act)]).await.expect(200);
    }

    async fn is_still_worried(&mut self, who: &str) {
        let path = format!("/api/v1/observations/{}/still-worried", self.filed[who]);
        let _ = self.client(who).await.post(&path, json!({ "reason": "还是不放心" })).await.expect(202);
    }

    async fn stands_in(&mut self, who: &str, whom: &str, from: Timestamp, to: Timestamp) {
        let body = json!({ "deputy": self.world.town.person(who), "from": from, "to": to });
        let _ = self.client(whom).await.post("/api/v1/me/deputies", body).await.expect(201);
    }

    async fn stands_in_no_more(&mut self, who: &str) {
        let deputy = self.client(who).await;
        let found = deputy.get("/api/v1/me/deputies").await.expect(200).items().remove(0);
        let whom = found["person"]["id"].as_str().unwrap().to_owned();
        let whom = self.world.town.people.iter().find(|(_, id)| id.to_string() == whom).unwrap().0.clone();
        let path = format!("/api/v1/me/deputies/{}", found["id"].as_str().unwrap());
        let _ = self.client(&whom).await.delete(&path).await.expect(204);
    }

    async fn joins(&mut self, who: &str, role: &str) {
        let (desk, town) = (&self.world.service.desk, &mut self.world.town);
        let role = Role::from_key(role).unwrap();
        let number = (19_900_000_000 + town.people.len() as u64).to_string();
        // Of the class or grade of the children, or of the school, whichever fits.
        let here = [Unit::School(town.schools[0].id), Unit::Grade(town.schools[0].grades[0])];
        let units = here.into_iter().chain([Unit::Class(town.schools[0].classes[0].id)]);
        let unit = units.into_iter().find(|u| role.fits(u.kind())).unwrap();
        let staff = NewStaff {
            login: who.to_owned(),
            name: who.to_owned(),
            role,
            unit,
            lead: false,
            contacts: vec![
                Contact { channel: Channel::Mail, address: format!("{who}@school.example") },
                Contact { channel: Channel::Sms, address: number },
            ],
            password: tests::town::PASSWORD.to_owned(),
        };
        let id = casework::add_staff(desk, &staff).await.unwrap();
        town.people.push((who.to_owned(), id));
    }

    async fn leaves(&mut self, who: &str, heir: Option<&str>) {
        let (desk, town) = (&self.world.service.desk, &self.world.town);
        let actor = desk.storage.read().actor(town.person(who), desk.now()).await.unwrap();
        // On the machine itself: what the successor comes to holds at once.
        let heir = heir.map(|h| town.person(h));
        casework::end_position(desk, None, actor.positions[0].0.id, heir).await.unwrap();
    }

    async fn loses(&mut self, who: &str, channel: &str) {
        let client = self.client(who).await;
        let methods = client.get("/api/v1/me/contact-methods").await.expect(200).items();
        let lost = methods.iter().find(|m| m["channel"] == channel).unwrap();
        let path = format!("/api/v1/me/contact-methods/{}", lost["id"].as_str().unwrap());
        let _ = client.delete(&path).await.expect(204);
    }

    /// Every address of his is gone, though the service would have refused it.
    async fn is_out_of_reach(&self, who: &str) {
        let desk = &self.world.service.desk;
        let methods = desk.storage.read().contact_methods(self.world.town.person(who)).await.unwrap();
        let mut tx = desk.storage.begin().await.unwrap();
        for method in methods {
            tx.remove_contact(method.id).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// The next messages of a channel go to addresses that do not work.
    fn fails(&self, channel: &str, times: usize) {
        let provider = match channel {
            "mail" => &self.world.mail,
            "sms" => &self.world.sms,
            "voice" => &self.world.voice,
            _ => panic!("no channel: {channel}"),
        };
        provider.then(vec![Outcome::BadAddress("no such number".to_owned()); times]);
    }

    /// The provider of a channel is asked second from now on; the first one is too busy for anything.
    fn second_provider(&mut self, channel: &str) {
        let busy = Memory::named("busy", Channel::from_key(channel).unwrap());
        busy.then(vec![Outcome::Elsewhere("limit".to_owned()); 1_000]);
        self.world.service.post.channels.insert(0, Arc::new(busy));
    }

    async fn everybody_has_a_telephone(&self) {
        let all: Vec<&str> = self.world.town.people.iter().map(|(l, _)| l.as_str()).collect();
        self.world.give_telephones(&all).await;
    }

    async fn nobody_is_on_duty(&self) {
        let desk = &self.world.service.desk;
        let period = Period { from: desk.now(), to: desk.now() + TimeDelta::days(1) };
        let turns = desk.storage.read().duty(self.world.town.schools[0].id, period).await.unwrap();
        let mut tx = desk.storage.begin().await.unwrap();
        for turn in turns {
            tx.remove_duty(turn.turn.id).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn is_on_duty(&self, who: &str, from: Timestamp, to: Timestamp) {
        let desk = &self.world.service.desk;
        let turn = DutyTurn {
            id: DutyId::new(desk.ids.uuid()),
            person: self.world.town.person(who),
            period: Period { from, to },
        };
        let mut tx = desk.storage.begin().await.unwrap();
        tx.add_duty(self.world.town.schools[0].id, &turn, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The shipped policy, changed in one place, comes into force.
    async fn changes_policy(&self, change: &str) {
        let (from, to) = change.split_once(" becomes ").unwrap();
        let shipped = tests::world::policy_text(0, false);
        assert!(shipped.contains(from), "the shipped policy has no {from}");
        let draft: PolicyDraft = toml::from_str(&shipped.replacen(from, to, 1)).unwrap();
        let policy = draft.clone().validate().unwrap();
        casework::reconcile_policy(&self.world.service.desk, &draft, &policy).await.unwrap();
    }
}
