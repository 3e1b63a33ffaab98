//! The weekly reports.

use super::texts;

texts! {
    /// The page of weekly reports.
    ReportTexts {
        title: "班级周报", "Weekly class report";
        hint: "全班一屏，只填需要关注的学生", "The whole class on one screen; only exceptions are written down";
        week_of: "本周（周一）", "Week of Monday";
        earlier: "上一周", "The week before";
        later: "下一周", "The week after";
        due: "截止", "Due";
        not_due: "本周不上课，无需提交。", "No school this week: nothing is due.";
        state_not_due: "无需提交", "not due";
        state_open: "待提交", "open";
        state_missing: "未提交", "missing";
        state_filed: "已提交", "filed";
        state_late: "迟交", "filed late";
        sunny: "晴（正常）", "sunny";
        mood: "本周", "This week";
        since: "从哪天开始", "Since";
        note: "看到了什么", "What was seen";
        remarks: "班级整体情况", "The class as a whole";
        nil: "零报告：本周未发现需报告的情况", "Nothing to report this week";
        signed: "以上由我本人填写，签名确认", "I have filled this in myself and sign it";
        register_pdf: "学生名册 PDF", "Class register, PDF";
        register_xlsx: "学生名册 Excel", "Class register, Excel";
        file: "签名并提交", "Sign and file";
        correct: "提交更正（原版本保留）", "File a correction; the earlier version stays";
        filed_by: "提交人", "Filed by";
        danger: "有危险或今天就要谈的，不要写在周报里，请立即报告。", "Danger, or a talk that cannot wait, does not belong here: report it at once.";
        report_now: "立即报告", "Report now";
        coverage: "各班情况", "The classes";
        named: "列出学生", "students named";
        is_nil: "零报告", "nil return";
        same: "已连续多周内容相同，请向班主任核实", "The same words for weeks: ask the class teacher";
        summaries: "年级、学校汇总", "What grades and the school added";
        add: "补充汇总意见（不改动各班原文）", "Add a summary; what the classes wrote stays";
        words: "本周小结", "What the week came to";
        no_summary: "还没有汇总。", "Nothing has been added yet.";
        of_school: "学校", "School";
        choose_unit: "汇总范围", "Of whom";
        overtaken: "刚才已有人提交了新的一版，内容如下；您写的还在表格里。请看过以后再提交。", "Somebody has filed a newer version, which says this. What you wrote is still in the form: look at both, then file.";
        done: "已提交。谢谢，您的记录已经保存。", "Filed. Thank you: it is kept.";
    }
}
