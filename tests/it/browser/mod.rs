//! A real browser: the pages with script, on a telephone and at a desk, without an error in its console.

mod chromium;

use chromium::Chromium;
use tests::{World, sign};
use thirtyfour::prelude::*;

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

async fn sign_in(page: &WebDriver, base: &str, login: &str) {
    page.goto(format!("{base}/sign-in?lang=zh")).await.unwrap();
    page.find(By::Id("login")).await.unwrap().send_keys(login).await.unwrap();
    page.find(By::Id("password")).await.unwrap().send_keys(tests::town::PASSWORD).await.unwrap();
    press(page, "form.panel button").await;
}

/// Presses what is there or comes, wherever it has scrolled to.
async fn press(page: &WebDriver, css: &str) {
    let began = std::time::Instant::now();
    let script = "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()";
    loop {
        if let Ok(button) = page.query(By::Css(css)).first().await
            && page.execute(script, vec![button.to_json().unwrap()]).await.is_ok()
        {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{css} cannot be pressed");
    }
}

/// Waits until a text stands somewhere; the page may still be the one before.
async fn sees(page: &WebDriver, css: &str, wanted: &str) {
    let began = std::time::Instant::now();
    loop {
        let found = match page.find(By::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        if found.contains(wanted) {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{css} says {found:?}, not {wanted:?}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn fits(page: &WebDriver) {
    let wide = page.execute("return document.documentElement.scrollWidth - innerWidth", vec![]).await.unwrap();
    assert!(wide.json().as_i64().unwrap() <= 0, "it scrolls sideways: {wide:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_red_is_filed_on_a_telephone_with_script() {
    let world = World::sqlite().await;
    let chromium = Chromium::start(390, 844).await;
    let page = &chromium.page;
    sign_in(page, &world.base, "teacher").await;
    fits(page).await;
    press(page, "a[href='/observations/new']").await;
    let search = page.query(By::Id("q")).first().await.unwrap();
    search.send_keys("二鸣").await.unwrap();
    let shown = page.find_all(By::Css("#students .chip:not([hidden])")).await.unwrap();
    assert_eq!(shown.len(), 1, "the list narrows while one types");
    fits(page).await;
    press(page, "#students .chip:not([hidden]) input").await;
    sees(page, "#picked", "赵二鸣").await;
    press(page, &format!("input[name=sign][value={}]", sign(4))).await;
    press(page, "[name=urgency][value=danger]").await;
    sees(page, "#send", "立即通知").await;
    press(page, "[name=safe_now][value=no]").await;
    press(page, "#send").await;
    sees(page, "h1", "赵二鸣").await;
    world.settle().await;
    world.told_exactly(&[]);
    press(page, "[name=step][value=confirmed]").await;
    sees(page, ".receipt h1", "已经收到").await;
    fits(page).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    chromium.quit_without_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_taken_at_a_desk_and_the_screen_can_be_hidden() {
    let world = World::sqlite().await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let chromium = Chromium::start(1280, 900).await;
    let page = &chromium.page;
    sign_in(page, &world.base, "counsellor").await;
    press(page, "nav a[href='/alerts']").await;
    press(page, "ol.alerts a").await;
    press(page, "form[action$='/acknowledge'] button").await;
    sees(page, ".done", "已记下").await;
    fits(page).await;
    press(page, "#blank").await;
    assert!(page.find(By::Id("cover")).await.unwrap().is_displayed().await.unwrap());
    assert_eq!(page.title().await.unwrap(), "心灯", "the tab's title tells nothing either");
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice"]);
    chromium.quit_without_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_can_be_looked_through_without_the_network() {
    let world = World::sqlite().await;
    let chromium = Chromium::start(1280, 900).await;
    let page = &chromium.page;
    page.goto(format!("{}/api/docs", world.base)).await.unwrap();
    sees(page, "#swagger-ui .title", "Xindeng").await;
    sees(page, "#swagger-ui", "/api/v1/observations").await;
    chromium.quit_without_errors().await;
}
