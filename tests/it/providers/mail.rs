//! A second mail server steps in for the first.

use std::sync::Arc;

use chrono::TimeDelta;
use notifier::{SmtpSecurity, SmtpSettings};
use tests::on_both;
use tests::site::{Smtp, header};

pub(super) fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        security: SmtpSecurity::None,
        credentials: None,
        from: "心灯 <xindeng@school.example>".into(),
        connections: 4,
    }
}

on_both!(while_the_first_mail_server_is_away_the_second_takes_a_red, |world| {
    let second = Smtp::start(&world.scratch().join("mail"), 0);
    let first = notifier::Smtp::new(&settings(9)).unwrap();
    let fallback = notifier::Smtp::new(&settings(second.port())).unwrap().fallback();
    world.service.post.channels = vec![Arc::new(first), Arc::new(fallback), world.sms.clone()];
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert_eq!(second.mails().len(), 0, "the first may only have blinked");
    world.clock.advance(TimeDelta::seconds(2));
    world.settle().await;
    let mails = second.mails();
    assert_eq!(mails.len(), 5);
    assert!(mails.iter().all(|m| header(m, "Message-ID").ends_with("@school.example>")));
    assert_eq!(world.told().len(), 5, "the SMS went out at once");
});
