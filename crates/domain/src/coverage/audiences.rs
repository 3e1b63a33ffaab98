//! Whether what not everybody may hear of is heard by somebody, at every level.

use super::{Found, SchoolFacts, Severity};
use crate::directory::{Audience, Directory, Sources};
use crate::lang::Lang;
use crate::level::Level;
use crate::policy::Policy;

/// Says, for each audience, at which levels nobody hears, and which levels stand higher because nobody of the school does.
pub(super) fn audiences(policy: &Policy, school: &SchoolFacts, out: &mut Vec<Found>) {
    for audience in Audience::ALL {
        let sources = Sources { audience, ..school.sources.clone() };
        let directory = Directory::of(&sources, &school.units, school.now);
        let heard = |level: &Level| directory.is_on_ladder(policy, directory.heard_at(policy, *level));
        let (heard, unheard): (Vec<Level>, Vec<Level>) = Level::ALL.into_iter().partition(heard);
        if !unheard.is_empty() {
            let (zh, en) = (of(audience, Lang::Zh), of(audience, Lang::En));
            out.push(Found {
                severity: Severity::Refusing,
                code: "nobody_hears",
                zh: format!("{zh}：{}级没有任何人可通知", names(&unheard, Lang::Zh)),
                en: format!("{en}: at {} there is nobody who can be told", names(&unheard, Lang::En)),
            });
        }
        // What concerns the principal is the district's, in every school.
        let higher = |level: &Level| directory.heard_at(policy, *level) > *level;
        let higher: Vec<Level> = heard.into_iter().filter(higher).collect();
        if audience == Audience::Confidants && !higher.is_empty() {
            let (zh, en) = (of(audience, Lang::Zh), of(audience, Lang::En));
            out.push(Found {
                severity: Severity::Warning,
                code: "heard_higher",
                zh: format!("{zh}：本校没有人能研判，{}级将升级，由教育局处理", names(&higher, Lang::Zh)),
                en: format!(
                    "{en}: nobody of the school can assess; {} is raised to the district",
                    names(&higher, Lang::En)
                ),
            });
        }
    }
}

fn of(audience: Audience, lang: Lang) -> &'static str {
    match audience {
        Audience::Everyone => lang.pick("一般的报告", "ordinary reports"),
        Audience::Confidants => lang.pick("涉及教职工、没有写姓名的报告", "reports about staff without a name"),
        Audience::DistrictOnly => lang.pick("涉及校长的报告", "reports about the principal"),
    }
}

fn names(levels: &[Level], lang: Lang) -> String {
    let name = |level: &Level| match level {
        Level::Blue => lang.pick("蓝", "blue"),
        Level::Yellow => lang.pick("黄", "yellow"),
        Level::Orange => lang.pick("橙", "orange"),
        Level::Red => lang.pick("红", "red"),
    };
    levels.iter().map(name).collect::<Vec<_>>().join(lang.pick("、", ", "))
}
