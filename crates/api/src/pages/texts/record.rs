//! What is written into a growth file, and who stands on which list with which plan.

use super::texts;

texts! {
    /// Entries, lists, plans.
    RecordTexts {
        write_title: "写入成长档案", "Write into the growth file";
        write: "写一条", "Write an entry";
        entry_title: "档案记录", "An entry of the file";
        kind: "类别", "Kind";
        event: "发生了什么", "What happened";
        event_hint: "只有生活事件才选。", "For life events alone.";
        at: "日期", "Date";
        text: "内容", "In words";
        text_hint: "写看到、听到、做了什么，不写诊断。", "What was seen, heard and done; no diagnosis.";
        source: "来源", "Where it comes from";
        restricted: "只有心理老师能看到", "For the counsellor alone";
        restricted_hint: "选上以后，班主任等人不知道有这条记录；您自己也可能再也看不到。", "Once chosen, others do not learn that it exists; you yourself may not see it again.";
        save: "保存", "Save";
        back_to_file: "回到成长档案", "Back to the growth file";
        versions: "全部版本", "Every version";
        version: "第 # 版", "Version #";
        stands: "现行", "in force";
        correct_title: "更正", "Correct it";
        correct_hint: "原来的内容保留，更正以后看到的是新的一版。", "What was written stays; the new version takes its place.";
        overtaken: "刚才有人先更正了。现行的内容在下面，您写的还在表格里；请看过以后再保存。", "Somebody was quicker. What stands now is below, and what you wrote is still in the form: look at both, then save.";
        written_at: "写于", "Written";
        happened_at: "时间", "When";
        by: "记录人", "By";
        confirm_title: "请确认是哪一名学生", "Which student is meant?";
        confirm_lead: "还没有保存。本校有姓名相同或相近的学生，请对照班级和座位。", "Nothing was saved yet. There are students with the same or a similar name: compare class and seat.";
        confirm_this: "要写的是", "You are writing about";
        confirm_similar: "姓名相近的学生", "Students with a similar name";
        confirm_yes: "就是这名学生，保存", "This is the student: save";
        from: "从", "From";
        to: "到", "To";
        words: "查找", "Search";
        search: "查找", "Search";
        key_dates: "近期要留意的日子", "Days that come round soon";
        correct: "查看或更正", "Versions, correction";
        lists_title: "清单与帮扶", "Lists and support";
        lists_lead: "列入清单只是为了不漏掉这名学生，不会改变任何预警的等级。", "Being on a list only keeps the student in view; it changes no level of any alert.";
        lists: "清单", "Lists";
        no_lists: "不在任何清单上。", "On no list.";
        put_title: "列入清单", "Put on a list";
        put: "列入", "Put on the list";
        list: "清单", "List";
        since: "起止", "Since";
        evidence: "依据", "Evidence";
        evidence_hint: "写看过什么材料、谁提供的；医院意见只写原话，不自己下诊断。", "Which paper was seen and who gave it; of a hospital's opinion its own words, no diagnosis of ours.";
        review_at: "下次复核", "Next review";
        overdue: "复核已过期", "review overdue";
        ended: "已移出", "ended";
        review_title: "复核", "Review";
        review_text: "复核情况", "What was found";
        end_title: "移出清单", "Take off the list";
        end_on: "到哪一天", "The last day";
        end_reason: "原因", "Why";
        support: "一人一案：帮扶", "One student, one case: support";
        support_title: "安排帮扶", "Name support";
        support_hint: "写清帮扶目标、措施和责任人；以前的安排保留。", "What for, what is done, who answers for it; what was named before stays.";
        no_support: "还没有安排帮扶", "no support named";
        target: "目标", "Target";
        measures: "措施", "Measures";
        responsible: "责任人", "Responsible";
        cases_title: "一人一案", "One student, one case";
        cases_lead: "在清单上，或有橙色、红色预警的学生，都要有帮扶目标、措施和责任人。", "Everybody on a list or with an orange or red alert has a target, measures and somebody who answers for it.";
        all_cases: "全部", "All";
        without: "还没有安排帮扶的", "Without support";
        no_cases: "没有。", "None.";
        members: "名单", "Members";
        no_members: "没有人在这份清单上。", "Nobody is on this list.";
    }
}
