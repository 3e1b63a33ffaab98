//! Whether documents can be printed, and whose names cannot.

use std::collections::BTreeSet;

use paper::Fonts;
use storage::Storage;

use super::print;
use crate::seams::SystemClock;
use crate::settings::Paper;
use domain::time::Clock;

/// So many are named; the rest is counted.
const NAMED: usize = 20;

/// The fonts; says why there are none.
pub(crate) fn fonts(settings: &Paper) -> Option<Fonts> {
    let files = settings.files();
    match files.read() {
        Ok(fonts) => {
            print(&format!("ok      font {} / 打印字体", files.font.display()));
            Some(fonts)
        }
        Err(err) => {
            print(&format!("WARNING [font_missing] 没有打印字体，不能打印档案 / nothing can be printed: {err}"));
            None
        }
    }
}

/// Pupils and staff whose names no font prints whole, by their ids.
pub(crate) async fn names(storage: &Storage, fonts: &Fonts) -> anyhow::Result<()> {
    let (read, now) = (storage.read(), SystemClock.now());
    let mut ids = Vec::new();
    let mut characters = BTreeSet::new();
    let mut look = |id: String, name: &str| {
        let missing = fonts.missing(name);
        if !missing.is_empty() {
            ids.push(id);
            characters.extend(missing);
        }
    };
    for school in read.schools().await? {
        read.roster_of(school.id).await?.iter().for_each(|s| look(s.id.to_string(), &s.name));
        read.staff_of(school.id, now).await?.iter().for_each(|p| look(p.id.to_string(), &p.name));
    }
    if ids.is_empty() {
        return Ok(());
    }
    let codes: Vec<String> = characters.iter().take(NAMED).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    print(&format!(
        "WARNING [name_not_printable] {} 个姓名含字库没有的字，打印为〓：{} / names with characters that no font has",
        ids.len(),
        codes.join(" ")
    ));
    ids.iter().take(NAMED).for_each(|id| print(&format!("  {id}")));
    Ok(())
}
