//! What can be wrong with a file of instruments.

use std::collections::BTreeSet;

use super::{CriticalItem, Instrument};
use crate::fault::{Fault, Faults};
use crate::level::Level;

/// Everything that is wrong with them.
pub(super) fn faults(all: &[Instrument]) -> Faults {
    let (mut faults, mut seen) = (Faults::new(), BTreeSet::new());
    faults.when(all.is_empty(), || Fault::new("instrument", "empty", "一种量表也没有", "there is no instrument"));
    for i in all {
        let field = format!("instrument[{}]", i.code);
        faults.when(!seen.insert(i.code.as_str()), || {
            Fault::new(&field, "duplicate_code", "代码重复", "this code stands twice")
        });
        named(i, &field, &mut faults);
        scored(i, &field, &mut faults);
        if let Some(critical) = &i.critical {
            heard(critical, i, &format!("{field}.critical"), &mut faults);
        }
    }
    faults
}

fn named(i: &Instrument, field: &str, faults: &mut Faults) {
    let small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    faults.when(i.code.is_empty() || !i.code.bytes().all(small), || {
        let en = "a code has small letters, digits, - and _ alone";
        Fault::new(field, "bad_code", "代码只能用小写字母、数字、连字符和下划线", en)
    });
    faults.when(i.zh.trim().is_empty() || i.en.trim().is_empty(), || {
        Fault::new(field, "no_name", "缺少中文或英文名称", "a name is missing in one language")
    });
    faults.when(i.source.trim().is_empty(), || {
        Fault::new(format!("{field}.source"), "no_source", "没有写出处：作者、年份、出版物", "its source is missing")
    });
    let distinct: BTreeSet<&str> = i.versions.iter().map(|v| v.trim()).collect();
    // A space would part the version from the code on the form.
    let unreadable = |v: &String| v.is_empty() || v.contains(char::is_whitespace);
    faults.when(distinct.len() != i.versions.len() || distinct.is_empty() || i.versions.iter().any(unreadable), || {
        let zh = "至少写一个版本，不能空白、重复或带空格";
        Fault::new(format!("{field}.versions"), "bad_versions", zh, "name each version once, without spaces")
    });
    faults.when(i.stages.is_empty(), || {
        Fault::new(format!("{field}.stages"), "no_stage", "没有写可用的学段", "no stage at which it may be used")
    });
}

fn scored(i: &Instrument, field: &str, faults: &mut Faults) {
    faults.when(i.least >= i.most, || {
        Fault::new(field, "bad_range", "最低分必须小于最高分", "the lowest score must be below the highest")
    });
    faults.when(i.positive_from <= i.least || i.positive_from > i.most, || {
        let zh = "分界分须在量表的分数范围之内，且高于最低分";
        Fault::new(format!("{field}.positive_from"), "out_of_range", zh, "the cut-off lies within the range")
    });
    faults.when(i.validity.is_some_and(|v| !(1..=v.most).contains(&v.invalid_from)), || {
        let zh = "作废的分数须在效度量表的范围之内";
        Fault::new(format!("{field}.validity"), "out_of_range", zh, "the score lies within the validity scale")
    });
}

/// Every answer but the lowest is heard, and the highest one opens an alert.
fn heard(c: &CriticalItem, i: &Instrument, field: &str, faults: &mut Faults) {
    faults.when(c.least >= c.most || c.item == 0, || {
        Fault::new(
            field,
            "bad_range",
            "最低答案必须小于最高答案，题号从 1 起",
            "the lowest answer is below the highest",
        )
    });
    faults.when(c.next_day_from != c.least.saturating_add(1), || {
        let zh = "最低答案以外的每一个答案都要有人谈";
        Fault::new(format!("{field}.next_day_from"), "unheard", zh, "every answer but the lowest leads to an interview")
    });
    faults.when(
        c.today_from < c.next_day_from || c.today_from > c.next_day_from.max(c.alert_from.saturating_sub(1)),
        || {
            let zh = "须在“下一个上课日”与“立即预警”之间";
            Fault::new(
                format!("{field}.today_from"),
                "unheard",
                zh,
                "it lies between the next school day and the alert",
            )
        },
    );
    faults.when(c.alert_from > c.most || c.alert_from < c.next_day_from, || {
        Fault::new(
            format!("{field}.alert_from"),
            "unheard",
            "最高答案必须立即预警",
            "the highest answer opens an alert",
        )
    });
    faults.when(c.alert_with_total_from.is_some_and(|t| t > i.most), || {
        let zh = "合并的总分须在量表的分数范围之内";
        Fault::new(format!("{field}.alert_with_total_from"), "out_of_range", zh, "the score lies within the range")
    });
    faults.when(c.level < Level::Orange, || {
        Fault::new(format!("{field}.level"), "too_low", "预警至少为橙色（3）", "the alert is orange (3) at least")
    });
}
