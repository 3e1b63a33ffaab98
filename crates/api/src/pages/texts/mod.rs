//! Every word the pages show, in Chinese first and English second.
//!
//! A text is one line with both languages, so neither can be missing: a line with one of them does not compile.

mod alert;
mod attachments;
mod care;
mod code;
mod coverage;
mod decide;
mod drill;
mod growth_file;
mod imports;
mod observation;
mod phrases;
mod plan;
mod record;
mod reports;
mod shell;
mod student_hand_over;
mod sweeps;
mod vocabulary;

pub(crate) use alert::AlertTexts;
pub(crate) use attachments::AttachmentTexts;
pub(crate) use care::CareTexts;
pub(crate) use code::CodeTexts;
pub(crate) use coverage::CoverageTexts;
pub(crate) use decide::DecideTexts;
pub(crate) use drill::DrillTexts;
pub(crate) use growth_file::{DemoTexts, GrowthFileTexts, RegisterTexts};
pub(crate) use imports::ImportTexts;
pub(crate) use observation::ObservationTexts;
pub(crate) use plan::PlanTexts;
pub(crate) use record::RecordTexts;
pub(crate) use reports::ReportTexts;
pub(crate) use shell::{ErrorTexts, HomeTexts, ShellTexts, SignInTexts};
pub(crate) use student_hand_over::StudentHandOverTexts;
pub(crate) use sweeps::SweepTexts;
pub(crate) use vocabulary::VocabularyTexts;

/// Declares a struct of texts and its two languages from lines of `key: "中文", "English";`.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name {
            $(#[doc = $zh] pub(crate) $key: &'static str,)+
        }
        impl $name {
            /// The Chinese texts.
            pub(crate) const ZH: Self = Self { $($key: $zh,)+ };
            /// The English texts.
            pub(crate) const EN: Self = Self { $($key: $en,)+ };
        }
    };
}
use texts;

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    /// Chinese as written on the mainland: the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The value of the `lang` query parameter and cookie.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for the `lang` attribute.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language that the switch in the header leads to.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The texts in this language.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Zh => &Texts::ZH,
            Self::En => &Texts::EN,
        }
    }
}

/// All texts of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts {
    /// Header, footer and what every page shares.
    pub(crate) shell: ShellTexts,
    /// The sign-in page.
    pub(crate) sign_in: SignInTexts,
    /// The home page.
    pub(crate) home: HomeTexts,
    /// The error pages.
    pub(crate) error: ErrorTexts,
    /// Filing an observation: the form, the question before a red, the receipt, the failure.
    pub(crate) observation: ObservationTexts,
    /// The list of alerts and one alert.
    pub(crate) alert: AlertTexts,
    /// Signed decisions on an alert.
    pub(crate) decide: DecideTexts,
    /// The growth file.
    pub(crate) growth_file: GrowthFileTexts,
    /// Entries, lists, plans.
    pub(crate) record: RecordTexts,
    /// Files that belong to an entry.
    pub(crate) attachments: AttachmentTexts,
    /// Plans and measures.
    pub(crate) plan: PlanTexts,
    /// The outbox of the demonstration.
    pub(crate) demo: DemoTexts,
    /// Tasks, and what is written about the care of a student.
    pub(crate) care: CareTexts,
    /// Answering under a number.
    pub(crate) code: CodeTexts,
    /// Who can be told: duty, deputies, contact methods.
    pub(crate) coverage: CoverageTexts,
    /// Weekly reports.
    /// Memberships from a spreadsheet.
    pub(crate) imports: ImportTexts,
    pub(crate) reports: ReportTexts,
    /// Sweeps.
    pub(crate) sweeps: SweepTexts,
    /// Students who pass on.
    pub(crate) student_hand_over: StudentHandOverTexts,
    /// Drills.
    pub(crate) drill: DrillTexts,
    /// Names of states, tiers, roles and channels.
    pub(crate) vocabulary: VocabularyTexts,
}

impl Texts {
    /// The Chinese texts.
    pub(crate) const ZH: Self = Self {
        shell: ShellTexts::ZH,
        sign_in: SignInTexts::ZH,
        home: HomeTexts::ZH,
        error: ErrorTexts::ZH,
        observation: ObservationTexts::ZH,
        alert: AlertTexts::ZH,
        decide: DecideTexts::ZH,
        growth_file: GrowthFileTexts::ZH,
        record: RecordTexts::ZH,
        attachments: AttachmentTexts::ZH,
        plan: PlanTexts::ZH,
        demo: DemoTexts::ZH,
        care: CareTexts::ZH,
        code: CodeTexts::ZH,
        coverage: CoverageTexts::ZH,
        imports: ImportTexts::ZH,
        reports: ReportTexts::ZH,
        sweeps: SweepTexts::ZH,
        student_hand_over: StudentHandOverTexts::ZH,
        drill: DrillTexts::ZH,
        vocabulary: VocabularyTexts::ZH,
    };
    /// The English texts.
    pub(crate) const EN: Self = Self {
        shell: ShellTexts::EN,
        sign_in: SignInTexts::EN,
        home: HomeTexts::EN,
        error: ErrorTexts::EN,
        observation: ObservationTexts::EN,
        alert: AlertTexts::EN,
        decide: DecideTexts::EN,
        growth_file: GrowthFileTexts::EN,
        record: RecordTexts::EN,
        attachments: AttachmentTexts::EN,
        plan: PlanTexts::EN,
        demo: DemoTexts::EN,
        care: CareTexts::EN,
        code: CodeTexts::EN,
        coverage: CoverageTexts::EN,
        imports: ImportTexts::EN,
        reports: ReportTexts::EN,
        sweeps: SweepTexts::EN,
        student_hand_over: StudentHandOverTexts::EN,
        drill: DrillTexts::EN,
        vocabulary: VocabularyTexts::EN,
    };
}
