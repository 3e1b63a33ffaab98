//! Dates as rosters write them.

use chrono::{Datelike, Days, NaiveDate};

use crate::clean;
use crate::table::{Cell, Kind};

/// A whole date: `20130101`, `2013-1-1`, `2013/1/1`, `2013.1.1`, `2013年1月1日`, a date cell, or the serial number of
/// one.
pub(crate) fn date(cell: &Cell) -> Option<NaiveDate> {
    let text = day_part(&cell.text);
    if let Some(date) = parts(&text, 3).and_then(|p| ymd(p.first()?, p.get(1)?, p.get(2)?)) {
        return Some(date);
    }
    let digits = text.strip_suffix(".0").unwrap_or(&text);
    match digits.len() {
        8 => compact(digits),
        // Five digits cover 1954 to 2064.
        5 if cell.kind != Kind::Imprecise => serial(digits),
        _ => None,
    }
}

/// The year of a month: `202409`, `2024-09`, `2024年9月`, `2024`, or any whole date.
pub(crate) fn month_year(cell: &Cell) -> Option<i32> {
    if let Some(date) = date(cell) {
        return Some(date.year());
    }
    let text = day_part(&cell.text);
    let (year, month) = match parts(&text, 2) {
        Some(parts) => (parts.first()?.clone(), parts.get(1)?.clone()),
        None => match text.len() {
            6 => (text.get(..4)?.to_owned(), text.get(4..)?.to_owned()),
            4 => (text.clone(), "9".to_owned()),
            _ => (text.strip_suffix('年')?.to_owned(), "9".to_owned()),
        },
    };
    ymd(&year, &month, "1").map(|d| d.year())
}

/// The text without a time of day.
fn day_part(text: &str) -> String {
    let text = text.trim();
    let day = match text.find(['T', ' ']) {
        Some(at) if text.get(at + 1..).is_some_and(is_time) => text.get(..at).unwrap_or(text),
        _ => text,
    };
    clean::compact(day)
}

fn is_time(text: &str) -> bool {
    text.contains(':') && text.chars().next().is_some_and(|c| c.is_ascii_digit())
}

fn parts(text: &str, count: usize) -> Option<Vec<String>> {
    let plain = text.trim_end_matches(['日', '号', '月']).replace(['年', '月', '/', '.', '-', '—', '–'], "-");
    let parts: Vec<String> = plain.split('-').map(str::to_owned).collect();
    let digits = |p: &String| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == count && parts.iter().all(digits)).then_some(parts)
}

fn compact(digits: &str) -> Option<NaiveDate> {
    ymd(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?)
}

fn ymd(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let plain =
        |text: &str, most: usize| !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    // Two digits of a year could be a day as well.
    if year.len() != 4 || !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Days since the last day of 1899, as spreadsheet programs count them after February 1900.
fn serial(digits: &str) -> Option<NaiveDate> {
    let days = digits.parse::<u64>().ok().filter(|d| (20_000..=60_000).contains(d))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Cell {
        Cell::new(text, Kind::Text)
    }

    fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(y, m, d)
    }

    #[test]
    fn ways_to_write_a_date() {
        let ways = [
            "20130109",
            "2013-1-9",
            "2013-01-09",
            "2013/1/9",
            "2013.1.9",
            "2013年1月9日",
            "２０１３年０１月０９日",
            "2013-01-09T00:00:00",
            "2013/1/9 0:00:00",
            " 2013 年 1 月 9 日 ",
            "'20130109",
            "41283",
        ];
        for way in ways {
            assert_eq!(date(&text(way)), day(2013, 1, 9), "{way}");
        }
        assert_eq!(date(&Cell::new("41283", Kind::Number)), day(2013, 1, 9));
        assert_eq!(date(&Cell::new("20130109", Kind::Number)), day(2013, 1, 9));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for way in [
            "",
            "2013",
            "201301",
            "2013-13-1",
            "20130230",
            "13-1-9",
            "1/9/2013",
            "2013年",
            "12",
            "九月",
            "2013-1-9-1",
            "99999",
        ] {
            assert_eq!(date(&text(way)), None, "{way}");
        }
    }

    #[test]
    fn months() {
        for way in ["202409", "2024-09", "2024年9月", "2024.9", "2024", "2024年", "20240901", "2024/9/1"] {
            assert_eq!(month_year(&text(way)), Some(2024), "{way}");
        }
        for way in ["", "九月", "202413", "24", "9月"] {
            assert_eq!(month_year(&text(way)), None, "{way}");
        }
    }

    proptest! {
        #[test]
        fn every_date_comes_back_from_every_way_of_writing_it(days in 20_000_u64..60_000) {
            let d = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().checked_add_days(Days::new(days)).unwrap();
            for way in ["%Y%m%d", "%Y-%m-%d", "%Y-%-m-%-d", "%Y/%-m/%-d", "%Y.%m.%d", "%Y年%-m月%-d日", "%Y-%m-%d 00:00:00"] {
                prop_assert_eq!(date(&text(&d.format(way).to_string())), Some(d));
            }
            prop_assert_eq!(date(&Cell::new(&days.to_string(), Kind::Number)), Some(d));
        }

        #[test]
        fn no_text_breaks_it(any in "\\PC*", digits in "[0-9./年月日T: -]{0,20}") {
            let _ = (date(&text(&any)), month_year(&text(&any)), date(&text(&digits)), month_year(&text(&digits)));
        }
    }
}
