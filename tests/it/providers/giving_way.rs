//! A red goes to the next provider at once, and it never ends while there is one left.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::delivery::Outcome;
use notifier::{Channel, Letter, Limit, Memory};
use tests::fakes::{Act, Fake};
use tests::{World, on_both};

use super::letters::{RUNG, account, aliyun, all_are, found, raise, sms, sms_by, templates, tencent, twilio};

/// Aliyun first, Tencent second, and a red.
async fn red(world: &mut World, act: Act) -> (Fake, Fake, String) {
    let (first, second) = (Fake::aliyun(), Fake::tencent());
    first.always(act);
    let clock = world.clock.clone();
    sms_by(world, vec![aliyun(&first, clock.clone()), tencent(&second, clock)]);
    let alert = raise(world, 4).await;
    (first, second, alert)
}

/// The second one took all of it, without the clock having moved.
async fn second_took_all(world: &World, second: &Fake, alert: &str) {
    all_are(&sms(world, alert).await, "accepted", RUNG);
    let taken = second.taken();
    assert_eq!(taken.len(), RUNG, "each number once: {taken:?}");
    assert!(taken.iter().all(|t| t.fields["body"].contains("T_URGENT") && t.to.starts_with("+86199")), "{taken:?}");
}

on_both!(a_red_goes_to_the_second_provider_at_once_when_the_first_is_over_its_limit, |world| {
    let (first, second, alert) = red(&mut world, Act::Say("isv.BUSINESS_LIMIT_CONTROL")).await;
    second_took_all(&world, &second, &alert).await;
    assert_eq!((first.calls().len(), first.taken().len()), (RUNG, 0));
    assert!(found(&world, "provider_limited", "aliyun").await);
});

on_both!(a_red_goes_to_the_second_provider_at_once_when_the_first_refuses_our_settings, |world| {
    let (first, second, alert) = red(&mut world, Act::Say("isv.SMS_SIGNATURE_ILLEGAL")).await;
    second_took_all(&world, &second, &alert).await;
    assert_eq!(first.calls().len(), RUNG, "who refused is not asked again");
    assert!(found(&world, "provider_refused", "aliyun").await);
});

on_both!(a_red_goes_to_the_second_provider_at_once_when_the_answer_of_the_first_is_lost, |world| {
    let (first, second, alert) = red(&mut world, Act::Lose).await;
    second_took_all(&world, &second, &alert).await;
    assert_eq!(first.count("QuerySendDetails"), RUNG, "asked once each whether it knows of it");
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_red_goes_to_the_second_provider_at_once_when_the_first_mumbles_or_throttles() {
    for act in [Act::Mumble, Act::Throttle] {
        let mut world = World::sqlite().await;
        let (_first, second, alert) = red(&mut world, act).await;
        second_took_all(&world, &second, &alert).await;
    }
}

on_both!(a_red_that_was_taken_although_the_answer_was_lost_is_not_sent_twice, |world| {
    let (first, second, alert) = red(&mut world, Act::TakeSilently).await;
    all_are(&sms(&world, &alert).await, "accepted", RUNG);
    assert_eq!((first.taken().len(), second.calls().len()), (RUNG, 0));
});

on_both!(what_the_provider_says_after_a_lost_answer_is_believed, |world| {
    let (first, second) = (Fake::tencent(), Fake::aliyun());
    first.always(Act::TakeSilently);
    first.fate_of_all(true);
    let clock = world.clock.clone();
    sms_by(&mut world, vec![tencent(&first, clock.clone()), aliyun(&second, clock)]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "delivered", RUNG);
    assert_eq!((first.taken().len(), second.calls().len()), (RUNG, 0));
});

on_both!(what_did_not_arrive_goes_to_the_next_provider, |world| {
    let (first, second) = (Fake::aliyun(), Fake::tencent());
    first.always(Act::TakeSilently);
    first.fate_of_all(false);
    let clock = world.clock.clone();
    sms_by(&mut world, vec![aliyun(&first, clock.clone()), tencent(&second, clock)]);
    let alert = raise(&world, 4).await;
    second_took_all(&world, &second, &alert).await;
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_answer_is_an_answer() {
    let mut world = World::sqlite().await;
    let (first, second, alert) = red(&mut world, Act::TakeSlowly(Duration::from_millis(200))).await;
    all_are(&sms(&world, &alert).await, "accepted", RUNG);
    assert_eq!((first.taken().len(), second.calls().len()), (RUNG, 0));
}

on_both!(a_provider_that_cannot_be_reached_gives_way_after_the_second_time, |world| {
    let (gone, second) = (Fake::aliyun(), Fake::tencent());
    let clock = world.clock.clone();
    let mut dead = account(&gone, clock.clone());
    dead.url = "http://127.0.0.1:9".into();
    let settings =
        notifier::AliyunSmsSettings { account: dead, sign_name: "示例一中".into(), templates: templates() };
    let dead = Arc::new(notifier::AliyunSms::new(settings).unwrap());
    sms_by(&mut world, vec![dead, tencent(&second, clock)]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "pending", RUNG);
    world.clock.advance(TimeDelta::seconds(2));
    world.settle().await;
    second_took_all(&world, &second, &alert).await;
});

on_both!(a_red_that_every_provider_is_too_busy_for_waits_and_comes_back, |world| {
    let (first, second) = (Fake::aliyun(), Fake::tencent());
    first.always(Act::Say("isv.DAY_LIMIT_CONTROL"));
    second.always(Act::Say("LimitExceeded.PhoneNumberDailyLimit"));
    let clock = world.clock.clone();
    sms_by(&mut world, vec![aliyun(&first, clock.clone()), tencent(&second, clock)]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "pending", RUNG);
    assert_eq!((first.calls().len(), second.calls().len()), (RUNG, RUNG), "one round, then a pause");
    second.always(Act::Take);
    world.clock.advance(TimeDelta::seconds(5));
    world.settle().await;
    second_took_all(&world, &second, &alert).await;
});

on_both!(when_every_provider_refuses_the_message_has_failed_and_somebody_hears_of_it, |world| {
    let (first, second) = (Fake::aliyun(), Fake::tencent());
    first.always(Act::Say("isv.SMS_TEMPLATE_ILLEGAL"));
    second.always(Act::Say("FailedOperation.TemplateIncorrectOrUnapproved"));
    let clock = world.clock.clone();
    sms_by(&mut world, vec![aliyun(&first, clock.clone()), tencent(&second, clock)]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "failed", RUNG);
    assert!(found(&world, "message_failed", "tencent/sms").await);
});

on_both!(a_number_that_is_no_number_fails_without_troubling_the_others, |world| {
    let (_first, second, alert) = red(&mut world, Act::Say("isv.MOBILE_NUMBER_ILLEGAL")).await;
    all_are(&sms(&world, &alert).await, "failed", RUNG);
    assert_eq!(second.calls().len(), 0);
});

on_both!(over_a_known_limit_the_provider_is_not_even_asked, |world| {
    let (first, second) = (Fake::aliyun(), Fake::tencent());
    let clock = world.clock.clone();
    let busy = aliyun(&first, clock.clone());
    let now = domain::time::Clock::now(&*clock);
    for person in 0..u64::try_from(world.town.people.len()).unwrap() {
        let number = (19_900_000_000 + person).to_string();
        for _ in 0..50 {
            assert!(world.service.post.windows.lock().unwrap().admit("aliyun", &number, busy.limits(), now));
        }
    }
    sms_by(&mut world, vec![busy, tencent(&second, clock)]);
    let alert = raise(&world, 4).await;
    second_took_all(&world, &second, &alert).await;
    assert_eq!(first.calls().len(), 0);
});

/// As many SMS as these went out to every number today.
fn sent_today(world: &World, limits: &[Limit], many: usize) {
    let now = domain::time::Clock::now(&*world.clock);
    for person in 0..u64::try_from(world.town.people.len()).unwrap() {
        let number = (19_900_000_000 + person).to_string();
        for _ in 0..many {
            assert!(world.service.post.windows.lock().unwrap().admit("aliyun", &number, limits, now));
        }
    }
}

on_both!(our_own_count_of_a_day_keeps_no_red_in, |world| {
    let only = Fake::aliyun();
    let channel = aliyun(&only, world.clock.clone());
    sent_today(&world, channel.limits(), 50);
    sms_by(&mut world, vec![channel]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "accepted", RUNG);
    assert_eq!(only.taken().len(), RUNG, "the provider itself says whether it takes one more");
});

on_both!(what_may_wait_leaves_half_of_the_day_to_what_may_not, |world| {
    let only = Fake::aliyun();
    let channel = aliyun(&only, world.clock.clone());
    sent_today(&world, channel.limits(), 25);
    sms_by(&mut world, vec![channel]);
    let alert = raise(&world, 2).await;
    let waiting = sms(&world, &alert).await;
    all_are(&waiting, "pending", waiting.len());
    assert_eq!((only.calls().len(), waiting.is_empty()), (0, false));
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 1), 3)).await;
    world.settle().await;
    assert_ne!(only.taken().len(), 0, "an orange goes out");
    let _ = world.told();
});

/// One message a minute for each number, and nobody there at first.
struct OnceAMinute(Memory);

#[async_trait::async_trait]
impl Channel for OnceAMinute {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn carries(&self) -> domain::delivery::Channel {
        self.0.carries()
    }

    fn limits(&self) -> &'static [Limit] {
        const { &[Limit::each(1, 60)] }
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        self.0.send(letter).await
    }
}

on_both!(what_did_not_reach_the_provider_does_not_count_against_its_limit, |world| {
    let only = Arc::new(OnceAMinute(Memory::named("only", domain::delivery::Channel::Sms)));
    only.0.then(vec![Outcome::Retry("not there".into()); RUNG]);
    sms_by(&mut world, vec![only.clone()]);
    let alert = raise(&world, 4).await;
    all_are(&sms(&world, &alert).await, "pending", RUNG);
    world.clock.advance(TimeDelta::seconds(2));
    world.settle().await;
    all_are(&sms(&world, &alert).await, "accepted", RUNG);
    assert_eq!(only.0.take().len(), RUNG);
});

on_both!(what_is_no_red_is_not_sent_again_when_nobody_knows, |world| {
    let (first, second) = (Fake::twilio(), Fake::tencent());
    first.always(Act::Lose);
    let clock = world.clock.clone();
    sms_by(&mut world, vec![twilio(&first), tencent(&second, clock)]);
    let alert = raise(&world, 3).await;
    let seen = sms(&world, &alert).await;
    all_are(&seen, "unknown", seen.len());
    assert_eq!((first.calls().len(), second.calls().len()), (seen.len(), 0));
});
