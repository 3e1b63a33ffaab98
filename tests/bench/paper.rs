//! How long a growth file of 200 entries takes on its way to paper, with the font already read.

use std::time::Instant;

use api::FontFiles;
use paper::{Block, Column, Document, Words};

use super::{Figure, percentile};

const TELLS: &str =
    "情绪低落，持续三天没有和同学说话；午饭没有吃。今天第二节课后我和她在走廊谈了十分钟，她说“没什么，就是睡不着”。";

pub(super) fn figure() -> Figure {
    let fonts = FontFiles::default().read().unwrap();
    let row = |n: usize| {
        let text = TELLS.repeat(1 + n % 6);
        vec![format!("2026-11-{:02}\n10:00", 1 + n % 28), "观察\n李静".to_owned(), text]
    };
    let columns = vec![Column::new("时间", 17), Column::new("类别／记录人", 13), Column::new("内容", 70)];
    let document = Document {
        school: "示例一中".to_owned(),
        name: "成长档案".to_owned(),
        reader: "李静".to_owned(),
        printed_at: "2026-11-23 10:00".to_owned(),
        words: Words::ZH,
        blocks: vec![Block::Title("成长档案".to_owned()), Block::Table { columns, rows: (0..200).map(row).collect() }],
    };
    let (mut times, mut sheets) = (Vec::new(), 0);
    for _ in 0..20 {
        let began = Instant::now();
        sheets = paper::print(&document, &fonts).unwrap().sheets;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let p95 = percentile(&mut times, 0.95);
    let what = format!("a growth file of 200 entries as PDF, {sheets} sheets, p95 of 20");
    Figure::new(what, format!("{p95:.0} ms"), "≤ 300 ms", Some(p95 <= 300.0))
}
