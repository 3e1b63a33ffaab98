//! A growth file on paper.

use casework::{GrowthEntry, MembershipRecord, PaperFile, PlanGlance, PrintDraft, Signed, StudentRecord};
use domain::growth_file::Sight;
use domain::id::StudentId;
use domain::lang::Lang;
use paper::{Block, Column, Document};

use super::words_for;
use crate::pages::texts::GrowthFileTexts;
use crate::present::{class_of, entry_text};
use crate::problem::Problem;
use crate::state::Api;

/// So much goes on paper at once, some 300 sheets: more would take the processor and the memory from others.
const MOST_CHARACTERS: usize = 500_000;

/// Prints it; gives the number of the print and the PDF.
pub(crate) async fn print(
    api: &Api,
    by: &Signed,
    student: StudentId,
    draft: &PrintDraft,
    lang: Lang,
) -> Result<(String, Vec<u8>), Problem> {
    let _turn = api.press.turn().await?;
    let fonts = api.press.fonts().await?;
    let mut file = casework::print_growth_file(&api.desk, by, student, draft).await?;
    let document = document(api, &by.name, &mut file, lang);
    Ok((file.number, api.press.print(document, fonts).await?))
}

/// What was asked for, from the pairs of a query.
pub(crate) fn draft(query: &[(String, String)]) -> PrintDraft {
    let all =
        |name: &'static str| query.iter().filter(move |(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.clone());
    PrintDraft { kinds: all("kind").collect(), from: all("from").next(), to: all("to").next() }
}

fn document(api: &Api, reader: &str, of: &mut PaperFile, lang: Lang) -> Document {
    let t = texts(lang);
    let mut blocks = vec![Block::Title(t.title.to_owned()), Block::Form(about(api, of, lang))];
    blocks.extend(lists(api, of, lang));
    blocks.extend(plan(of, lang));
    blocks.push(Block::Heading(t.timeline.to_owned()));
    if of.file.restricted == Sight::Nothing {
        blocks.push(Block::Note(t.ask_counsellor.to_owned()));
    }
    let entries = std::mem::take(&mut of.file.entries);
    let mut room = MOST_CHARACTERS;
    let rows = entries.iter().map(|(e, sight)| row(api, of, e, *sight, lang)).take_while(|cells| {
        let size = cells.iter().map(|c| c.chars().count()).sum();
        room.checked_sub(size).map(|left| room = left).is_some()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let (printed, more) = (rows.len(), of.file.more || rows.len() < entries.len());
    if rows.is_empty() {
        blocks.push(Block::Paragraph(t.empty.to_owned()));
    } else {
        let columns = [(t.when, 17), (t.kind, 13), (t.what, 70)];
        let columns = columns.into_iter().map(|(title, share)| Column::new(title, share)).collect();
        blocks.push(Block::Table { columns, rows });
    }
    if more {
        blocks.push(Block::Paragraph(t.more_than_printed.replace('#', &printed.to_string())));
    }
    blocks.push(Block::Note(t.names_hidden.to_owned()));
    Document {
        school: of.school.clone(),
        name: t.title.to_owned(),
        reader: reader.to_owned(),
        printed_at: super::printed_at(api),
        words: words_for(lang),
        blocks,
    }
}

fn texts(lang: Lang) -> GrowthFileTexts {
    match lang {
        Lang::Zh => GrowthFileTexts::ZH,
        Lang::En => GrowthFileTexts::EN,
    }
}

/// Whose it is, and which part of it was asked for.
fn about(api: &Api, of: &PaperFile, lang: Lang) -> Vec<Vec<(String, String)>> {
    let t = texts(lang);
    let student: &StudentRecord = &of.file.student;
    let day = |day: Option<chrono::NaiveDate>, open: &str| day.map_or_else(|| open.to_owned(), |d| d.to_string());
    let days = match (of.query.from, of.query.to) {
        (None, None) => t.all_days.to_owned(),
        (from, to) => format!("{} – {}", day(from, t.first_day), day(to, t.today)),
    };
    let kinds: Vec<&str> = of.query.kinds.iter().map(|k| k.name(lang)).collect();
    let kinds = if kinds.is_empty() { t.all.to_owned() } else { kinds.join(lang.pick("、", ", ")) };
    let class = class_of(&student.class, api.desk.calendar.date(api.desk.now()), lang);
    let response = of.file.level.map_or(t.no_open_alert, |l| l.name(lang)).to_owned();
    let pair = |label: &str, value: String| (label.to_owned(), value);
    vec![
        vec![pair(t.student, student.name.clone()), pair(t.class, class)],
        vec![pair(t.response, response), pair(t.number, of.number.clone())],
        vec![pair(t.days, days), pair(t.kinds, kinds)],
    ]
}

/// The lists that the reader may know of, each with its days.
fn lists(api: &Api, of: &mut PaperFile, lang: Lang) -> Vec<Block> {
    let t = texts(lang);
    let members = std::mem::take(&mut of.file.lists);
    let line = |m: &MembershipRecord| {
        let name = api.desk.watch_lists.get(&m.list).map(|l| l.name(lang))?;
        let evidence = m.evidence.as_ref().map(|e| of.hide(e)).unwrap_or_default();
        Some(vec![(
            name.to_owned(),
            format!("{} – {}　{evidence}", m.from, t.review_by.replace('#', &m.review_at.to_string())),
        )])
    };
    let rows: Vec<_> = members.iter().filter_map(line).collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::Heading(t.lists.to_owned()), Block::Form(rows)] }
}

/// The plan, or what is the reader's own to do in it.
fn plan(of: &mut PaperFile, lang: Lang) -> Vec<Block> {
    let t = texts(lang);
    let Some(glance) = of.file.plan.take() else { return Vec::new() };
    let mut rows = Vec::new();
    let measures = match glance {
        PlanGlance::Own(measures) => measures,
        PlanGlance::Whole(r, measures) => {
            let goals: Vec<String> = r.plan.goals.iter().map(|g| of.hide(&g.text)).collect();
            rows.push(vec![(t.goal.to_owned(), goals.join("\n"))]);
            rows.push(vec![
                (t.responsible.to_owned(), r.responsible.clone()),
                (t.review.to_owned(), r.plan.review_at.to_string()),
            ]);
            measures
        }
    };
    let said: Vec<String> = measures.iter().map(|m| format!("{}（{}）", of.hide(&m.measure.text), m.owner)).collect();
    rows.push(vec![(t.measures.to_owned(), said.join("\n"))]);
    vec![Block::Heading(t.plan.to_owned()), Block::Form(rows)]
}

fn row(api: &Api, of: &mut PaperFile, e: &GrowthEntry, sight: Sight, lang: Lang) -> Vec<String> {
    let t = texts(lang);
    let mut text = match entry_text(&api.desk.catalogue, e, sight, lang) {
        Some(text) => of.hide(&text),
        None => t.restricted.to_owned(),
    };
    for file in e.attachments.iter().filter(|a| a.withdrawn.is_none()) {
        text.push('\n');
        text.push_str(&t.attached.replace('#', &of.hide(&file.name)));
    }
    let by = e.by.as_ref().map(|by| of.writer(by)).unwrap_or_default();
    let at = api.desk.calendar.local(e.at).format("%Y-%m-%d\n%H:%M").to_string();
    vec![at, format!("{}\n{by}", e.kind.name(lang)), text]
}
