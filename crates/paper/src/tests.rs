//! Documents on sheets, and what every sheet says.

use std::path::Path;
use std::sync::LazyLock;

use crate::sheet::{BOTTOM, LEFT, Mark, RIGHT, Sheet};
use crate::{
    Block, Column, Document, FontFault, Fonts, Words, draw, frame, layout, print, spreadsheet, template, typeset,
};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let path = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    Fonts::read(std::fs::read(path).expect("fonts-noto-cjk, see tests/rig/packages"), None).unwrap()
});

fn document(blocks: Vec<Block>) -> Document {
    Document {
        school: "示例市第一中学".into(),
        name: "成长档案".into(),
        reader: "李静".into(),
        printed_at: "2026-11-23 10:00".into(),
        words: Words::ZH,
        blocks,
    }
}

fn sheets(document: &Document) -> Vec<Sheet> {
    let mut letters = typeset::Letters::of(&FONTS);
    let mut sheets = layout::lay_out(document, &mut letters);
    frame::around(document, &mut sheets, &mut letters);
    sheets
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    let text = |mark: &'_ Mark| matches!(mark, Mark::Text { .. });
    let all = sheet.marks.iter().filter(|m| text(m));
    all.map(|m| if let Mark::Text { text, .. } = m { text.as_str() } else { "" }).collect()
}

fn table(rows: Vec<Vec<String>>) -> Block {
    Block::Table { columns: vec![Column::new("时间", 20), Column::new("内容", 80)], rows }
}

#[test]
fn every_sheet_says_whose_it_is_who_printed_it_and_which_it_is() {
    let rows = (0..200).map(|n| vec![format!("{n:03}"), "他今天没有来吃午饭。".repeat(1 + n % 7)]).collect();
    let sheets = sheets(&document(vec![Block::Title("成长档案".into()), table(rows)]));
    assert!(sheets.len() > 5, "{}", sheets.len());
    for (n, sheet) in sheets.iter().enumerate() {
        let page = format!("第 {} 页 共 {} 页", n + 1, sheets.len());
        let said = texts(sheet);
        for word in ["示例市第一中学", "成长档案", "打印人 李静 · 2026-11-23 10:00", "内部资料 注意保密", &page, "时间"]
        {
            assert!(said.contains(&word), "{word} is not in {said:?}");
        }
    }
}

#[test]
fn nothing_stands_outside_its_margins() {
    let long = "长".repeat(3_000);
    let rows = vec![vec!["x".repeat(300), long], vec!["短".into(), "https://example.edu.cn/".repeat(20)]];
    let form =
        Block::Form(vec![vec![("很长很长很长很长的标签".into(), "值".repeat(400)), ("空".into(), String::new())]]);
    for sheet in sheets(&document(vec![Block::Title("题".repeat(80)), form, table(rows)])) {
        let mut letters = typeset::Letters::of(&FONTS);
        for mark in &sheet.marks {
            let Mark::Text { x, y, style, text } = mark else { continue };
            let end = x + letters.width(text) * style.size;
            assert!(*x >= LEFT - 0.1 && end <= RIGHT + 0.1, "{text}: {x} to {end}");
            assert!(*y > 30.0 && *y < BOTTOM + 45.0, "{text}: {y}");
        }
    }
}

#[test]
fn a_row_is_kept_whole_and_one_that_is_longer_than_a_sheet_loses_nothing() {
    let rows: Vec<Vec<String>> = (0..40_usize)
        .map(|n| vec![format!("行{n}"), (0..3 + n % 9).map(|l| format!("{n}-{l}")).collect::<Vec<_>>().join("\n")])
        .collect();
    for sheet in sheets(&document(vec![table(rows)])) {
        let said = texts(&sheet);
        for first in said.iter().filter_map(|t| t.strip_prefix("行")) {
            let n: usize = first.parse().unwrap();
            let lines = said.iter().filter(|t| t.starts_with(&format!("{n}-"))).count();
            assert_eq!(lines, 3 + n % 9, "row {n} is broken");
        }
    }
    let long: Vec<String> = (0..200).map(|n| format!("句{n}。")).collect();
    let sheets = sheets(&document(vec![table(vec![vec!["2026-11-23".into(), long.join("\n")]])]));
    let all: Vec<&str> = sheets.iter().flat_map(texts).filter(|t| t.starts_with('句')).collect();
    assert_eq!(all, long);
    for sheet in &sheets[1..] {
        assert!(texts(sheet).contains(&"（续）") && texts(sheet).contains(&"2026-11-23"), "it says what goes on");
    }
}

#[test]
fn a_heading_is_never_the_last_on_its_sheet() {
    for lines in 30..60 {
        let blocks = vec![
            Block::Paragraph(vec!["一行"; lines].join("\n")),
            Block::Heading("标题".into()),
            Block::Paragraph("正文".into()),
        ];
        for sheet in sheets(&document(blocks)) {
            let said = texts(&sheet);
            assert_eq!(said.contains(&"标题"), said.contains(&"正文"), "{lines}");
        }
    }
}

#[test]
fn what_no_font_has_stands_at_the_foot_of_its_sheet_by_its_code_point() {
    let private = '\u{E123}';
    let name = format!("陈{private}然");
    let printed =
        print(&document(vec![Block::Paragraph(name.clone()), table(vec![vec!["𠮷㛃龘".into(), "一".into()]])]), &FONTS);
    let printed = printed.unwrap();
    assert_eq!(printed.missing.into_iter().collect::<Vec<_>>(), [private]);
    assert_eq!(FONTS.missing(&name).len(), 1);
    let sheets = sheets(&document(vec![Block::Paragraph(name)]));
    assert!(texts(&sheets[0]).contains(&"〓 字库缺字：U+E123"), "{:?}", texts(&sheets[0]));
    assert!(
        !texts(&self::sheets(&document(vec![Block::Paragraph("陈一然".into())]))[0]).iter().any(|t| t.contains("字库"))
    );
}

#[test]
fn a_second_font_prints_what_the_first_has_not() {
    let dejavu = std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").expect("fonts-dejavu-core");
    let main = std::fs::read("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").unwrap();
    let hebrew = "שלום";
    assert_eq!(FONTS.missing(hebrew).len(), 4);
    let both = Fonts::read(main, Some(dejavu)).unwrap();
    assert!(both.missing(hebrew).is_empty());
    let printed = print(&document(vec![Block::Paragraph(format!("他写下 {hebrew} 两个字"))]), &both).unwrap();
    assert!(printed.missing.is_empty());
}

#[test]
fn what_is_no_chinese_font_is_refused() {
    assert_eq!(Fonts::read(b"no font".to_vec(), None).unwrap_err(), FontFault::Unreadable);
    let dejavu = std::fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").unwrap();
    assert_eq!(Fonts::read(dejavu, None).unwrap_err(), FontFault::NotChinese);
}

#[test]
fn the_lower_half_of_a_slip_begins_in_the_middle_of_its_sheet() {
    let slip =
        template::referral_slip(&template::ReferralSlip { reason: "三天没有说话".into(), ..Default::default() });
    let sheets = sheets(&slip);
    assert_eq!(sheets.len(), 1);
    let cut = sheets[0]
        .marks
        .iter()
        .find_map(|m| if let Mark::Rule { from, dashed: true, .. } = m { Some(from.1) } else { None });
    assert!(cut.unwrap() >= 420.0, "{cut:?}");
    assert_eq!(texts(&sheets[0]).iter().filter(|t| **t == "编号").count(), 2, "a number on both halves");
}

#[test]
fn a_notice_says_what_became_of_its_signature() {
    let notice = |state| template::guardian_notice(&template::GuardianNotice { state, ..Default::default() });
    let said = |state| sheets(&notice(state)).iter().flat_map(texts).collect::<Vec<_>>().join("|");
    let open = said(template::NoticeState::Open);
    assert!(open.contains("□ 已知悉") && open.contains("见证人签字"));
    let refused = template::NoticeState::Refused {
        by: "王某".into(),
        reason: String::new(),
        witness: "周敏".into(),
        at: "2026-11-23".into(),
    };
    let refused = said(refused);
    assert!(refused.contains("拒绝签字") && refused.contains("周敏") && refused.contains("未说明"), "{refused}");
    assert!(!refused.contains("□"));
}

#[test]
fn a_spreadsheet_is_written_whatever_its_name_and_its_cells() {
    let rows = vec![vec!["=1+1".to_owned(), "@SUM(A1)".to_owned()], vec!["-2".to_owned(), "+3".to_owned()]];
    let table = spreadsheet::Spreadsheet {
        name: "七[1]班/:*?".to_owned(),
        head: vec!["示例".to_owned()],
        columns: vec![("姓名".to_owned(), 12), ("座位".to_owned(), 8)],
        rows,
    };
    assert!(crate::spreadsheet(&table).unwrap().starts_with(b"PK"));
}

#[test]
fn the_same_document_is_the_same_file() {
    let document = document(vec![Block::Title("成长档案".into()), Block::Paragraph("同样的字。".into())]);
    let (one, two) = (print(&document, &FONTS).unwrap(), print(&document, &FONTS).unwrap());
    assert!(one == two && one.bytes.starts_with(b"%PDF-"));
    let sheets = sheets(&document);
    let drawn = draw::draw(&document, &sheets, &FONTS, &mut typeset::Letters::of(&FONTS)).unwrap();
    assert_eq!(drawn, one.bytes);
}
