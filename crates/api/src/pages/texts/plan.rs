//! The plan of a child, and its measures.

use super::texts;

texts! {
    /// Plans and measures.
    PlanTexts {
        title: "一生一策", "The plan";
        none: "还没有方案。", "There is no plan yet.";
        write_title: "写新的一版", "Write a new version";
        first_title: "写方案", "Write the plan";
        save: "保存为新的一版", "Save as a new version";
        overtaken: "刚才有人先写了新的一版，现在的内容在上面，您写的还在表格里；请看过以后再保存。", "Somebody was quicker: what stands now is above, and what you wrote is still in the form. Look at both, then save.";
        version: "第 # 版", "Version #";
        signed: "签字齐全，正在执行", "signed by all, in force";
        unsigned: "还没有签齐，暂不执行", "not signed by all, not in force";
        sign: "签字", "Sign";
        sign_hint: "签字以后，措施交给各责任人。橙色、红色由另一名副校长第二签字。", "Once signed, the measures go to those who carry them out. Orange and red need a vice-principal as the second.";
        signatures: "签字", "Signatures";
        problem: "问题", "What is wrong";
        level: "等级", "Level";
        biological: "原因：身体", "Causes: body";
        psychological: "原因：心理", "Causes: mind";
        social: "原因：社会环境", "Causes: surroundings";
        school: "原因：学校", "Causes: school";
        family: "原因：家庭", "Causes: family";
        protective_factors: "有利条件", "What helps";
        goals: "目标", "Goals";
        goal: "目标", "Goal";
        check: "怎样算做到", "How one sees it";
        measures: "措施", "Measures";
        measure: "措施", "Measure";
        owner: "由谁来做", "Who does it";
        times: "次数", "Times";
        per: "频率", "How often";
        week: "每周", "a week";
        month: "每月", "a month";
        until: "做到哪一天", "Until";
        safety: "安全计划", "Keeping the child safe";
        safety_hint: "橙色、红色必须写。", "Needed for orange and red.";
        triggers: "什么会引发", "What sets it off";
        warning_signs: "有什么先兆", "By what it shows";
        contacts: "找谁", "Whom to call";
        means_restriction: "怎样收好能伤人的东西", "How means are kept away";
        escort: "谁接送、陪同", "Who goes along";
        key_day: "要留意的日子", "A day to keep in mind";
        key_text: "那天是什么日子", "What of it";
        starts_at: "开始日期", "First day";
        review_at: "复核日期", "Review on";
        responsible: "责任人", "Who answers for it";
        measures_title: "方案措施", "Measures of plans";
        measures_lead: "分给您做的措施。做了就写一句；过了期限，或太久没有写，会标出来。", "What is yours to do. Say a word when you have done it; what is late or long unheard of is marked.";
        measures_hint: "一生一策里分给您做的事", "What is yours to do in a plan";
        no_measures: "没有分给您的措施。", "Nothing is yours to do.";
        mine: "我的措施", "Mine";
        others: "全部措施", "Everybody's";
        overdue: "已过期", "overdue";
        done: "已完成", "done";
        report: "写进展", "Say what came of it";
        report_text: "做了什么，怎么样", "What was done, and how it went";
        report_done: "这项措施已经完成", "This measure is done";
        last_word: "最近一次记录", "Last word";
        progress: "进展", "Progress";
    }
}
