//! What a column of a roster can mean.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($variant:ident $key:literal $zh:literal $en:literal;)+) => {
        /// A field that a column can be matched with.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $(
                #[doc = $zh]
                #[serde(rename = $key)]
                $variant,
            )+
        }

        impl Field {
            /// Every field, in the order of the page.
            pub const ALL: [Self; 21] = [$(Self::$variant),+];

            /// The word of the contract.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// Its name on Chinese screens.
            #[must_use]
            pub fn label_zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),+ }
            }

            /// Its name on English screens.
            #[must_use]
            pub fn label_en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }
        }
    };
}

fields! {
    Name "name" "姓名" "name";
    Gender "gender" "性别" "gender";
    BirthDate "birth_date" "出生日期" "birth date";
    IdKind "id_kind" "身份证件类型" "kind of id document";
    IdNumber "id_number" "身份证件号" "id number";
    StudentNumber "student_number" "学号" "student number";
    School "school" "学校" "school";
    Grade "grade" "年级" "grade";
    Class "class" "班级" "class";
    Seat "seat" "座号" "seat";
    EntryMonth "entry_month" "入学年月" "entry month";
    Boarding "boarding" "就读方式" "boarding";
    LeftBehind "left_behind" "是否留守儿童" "left-behind child";
    Migrant "migrant" "是否随迁子女" "migrant child";
    Orphan "orphan" "是否孤儿" "orphan";
    Guardian1Name "guardian1_name" "监护人1姓名" "guardian 1 name";
    Guardian1Phone "guardian1_phone" "监护人1电话" "guardian 1 telephone";
    Guardian2Name "guardian2_name" "监护人2姓名" "guardian 2 name";
    Guardian2Phone "guardian2_phone" "监护人2电话" "guardian 2 telephone";
    Dormitory "dormitory" "宿舍" "dormitory";
    Bed "bed" "床位" "bed";
}

impl Field {
    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }

    /// Whether it says who and where the child is: such a value must be readable.
    pub(crate) fn identifies(self) -> bool {
        [Self::Name, Self::BirthDate, Self::Grade, Self::Class].contains(&self)
    }
}
