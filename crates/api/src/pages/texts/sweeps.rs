//! Sweeps.

use super::texts;

texts! {
    /// The page of sweeps.
    SweepTexts {
        title: "排查", "Sweep";
        hint: "开学、期中各一次：列出您关注的学生，或零报告", "At the opening and the middle of a term: whom you are concerned about, or nobody";
        none: "这个学期的排查还没有开始。", "No sweep has begun yet.";
        from_to: "起止", "From and to";
        earlier: "上一次", "The one before";
        later: "下一次", "The one after";
        own_first: "请先按您自己的观察填写：这份名单在看到任何测评结果之前提交，提交时间会保存。", "Write down what you have seen yourself: this list is taken before any result of a screening is shown, and when it was taken is kept.";
        taken: "首次提交", "First taken";
        student: "学生", "Student";
        sign: "看到了什么", "What was seen";
        choose_student: "请选择学生", "Choose a student";
        choose_sign: "请选择表现", "Choose what was seen";
        note: "补充说明", "In words";
        concern: "关注学生", "Student of concern";
        more: "再加几行", "More lines";
        remarks: "班级整体情况", "The class as a whole";
        nil: "零报告：本班没有需要关注的学生", "Nobody in this class";
        signed: "以上是我本人的观察，签名确认", "This is what I have seen myself, and I sign it";
        file: "签名并提交", "Sign and file";
        correct: "提交更正（原版本保留）", "File a correction; the earlier version stays";
        no_alarm: "名单不会通知任何人。有危险的，请立即报告。", "A list alarms nobody. Report danger at once.";
        danger_title: "以下学生有危险表现，还没有报告", "In danger on this list, and not reported yet";
        report_now: "立即报告", "Report now";
        coverage: "各班情况", "The classes";
        named: "列出学生", "students named";
        is_nil: "零报告", "nobody";
        unreported: "名有危险表现的学生还没有报告，请向班主任核实", "in danger and not reported: ask the class teacher";
        words: "本次小结", "What the sweep came to";
        done: "已提交。谢谢，名单已经保存。", "Filed. Thank you: the list is kept.";
    }
}
