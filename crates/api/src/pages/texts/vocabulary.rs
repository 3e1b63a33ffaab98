//! Names of states, tiers, roles and channels.

use super::texts;

texts! {
    /// Names of states, tiers, roles and channels, as the handlers put them into the views.
    VocabularyTexts {
        level_red: "红色响应", "Red";
        level_orange: "橙色响应", "Orange";
        level_yellow: "黄色响应", "Yellow";
        level_blue: "蓝色响应", "Blue";
        counsellor: "心理老师", "Counsellor";
        duty_leader: "值班领导", "Duty leader";
    }
}
