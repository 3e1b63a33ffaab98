//! The register of a class, on paper and as a spreadsheet.

use casework::{Register, Signed};
use domain::id::ClassId;
use domain::lang::Lang;
use paper::{Block, Column, Document, Spreadsheet};

use super::{printed_at, words_for};
use crate::pages::texts::RegisterTexts;
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

/// Prints it; gives the number of the print and the PDF.
pub(crate) async fn print(api: &Api, by: &Signed, class: ClassId, lang: Lang) -> Result<(String, Vec<u8>), Problem> {
    let _turn = api.press.turn().await?;
    let fonts = api.press.fonts().await?;
    let register = casework::print_register(&api.desk, by, class).await?;
    let t = texts(lang);
    let columns = columns(&register, lang).into_iter().map(|(title, wide)| Column::new(title, wide)).collect();
    let document = Document {
        school: register.school.clone(),
        name: t.title.to_owned(),
        reader: by.name.clone(),
        printed_at: printed_at(api),
        words: words_for(lang),
        blocks: vec![
            Block::Title(format!("{} {}", title(api, &register, lang), t.title)),
            Block::Note(format!("{} {}", t.number, register.number)),
            Block::Table { columns, rows: rows(&register, lang) },
        ],
    };
    Ok((register.number, api.press.print(document, fonts).await?))
}

/// Writes it as a spreadsheet; gives the number of the print and the file.
pub(crate) async fn spreadsheet(
    api: &Api,
    by: &Signed,
    class: ClassId,
    lang: Lang,
) -> Result<(String, Vec<u8>), Problem> {
    let register = casework::print_register(&api.desk, by, class).await?;
    let t = texts(lang);
    let words = words_for(lang);
    let taken_out = format!("{} {} · {} · {}", words.reader, by.name, printed_at(api), register.number);
    let table = Spreadsheet {
        name: t.title.to_owned(),
        head: vec![
            format!("{} {} {}", register.school, title(api, &register, lang), t.title),
            taken_out,
            words.confidential.to_owned(),
        ],
        columns: columns(&register, lang),
        rows: rows(&register, lang),
    };
    let bytes = paper::spreadsheet(&table).map_err(|err| {
        tracing::error!(error = %err, "a spreadsheet could not be written");
        Problem::internal()
    })?;
    Ok((register.number, bytes))
}

fn texts(lang: Lang) -> RegisterTexts {
    match lang {
        Lang::Zh => RegisterTexts::ZH,
        Lang::En => RegisterTexts::EN,
    }
}

fn title(api: &Api, register: &Register, lang: Lang) -> String {
    class_of(&register.class, api.desk.calendar.date(api.desk.now()), lang)
}

/// The columns, each with its width.
fn columns(register: &Register, lang: Lang) -> Vec<(String, u16)> {
    let t = texts(lang);
    let mut all = vec![(t.row, 7), (t.name, 18), (t.seat, 12), (t.student_number, 24), (t.boards, 10)];
    all.extend(register.guardians.then_some((t.guardians, 24)));
    all.into_iter().map(|(title, wide)| (title.to_owned(), wide)).collect()
}

fn rows(register: &Register, lang: Lang) -> Vec<Vec<String>> {
    let t = texts(lang);
    let row = |(n, p): (usize, &casework::NewStudent)| {
        let mut cells = vec![
            n.to_string(),
            p.name.clone(),
            p.seat.clone().unwrap_or_default(),
            p.student_number.clone().unwrap_or_default(),
            (if p.boards { t.boarder } else { t.day_pupil }).to_owned(),
        ];
        if register.guardians {
            let names: Vec<&str> = p.guardians.iter().map(|(name, _)| name.as_str()).collect();
            cells.push(names.join(lang.pick("、", ", ")));
        }
        cells
    };
    (1..).zip(&register.pupils).map(row).collect()
}
