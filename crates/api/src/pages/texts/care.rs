//! Tasks, and what is written about the care of a student.

use super::texts;

texts! {
    /// Tasks and forms.
    CareTexts {
        tasks: "我的任务", "My tasks";
        tasks_hint: "要做什么、何时之前", "What is to be done, and by when";
        mine: "我的", "Mine";
        watched: "我班、我年级、我校的", "Of those I look after";
        filter: "按范围和状态看", "Show";
        none: "没有待办的任务。", "Nothing is waiting.";
        none_state: "没有这样的任务。", "No such tasks.";
        task: "任务", "Task";
        owner: "责任人", "Owner";
        from: "交办人", "Given by";
        service: "系统", "The service";
        due: "办理期限", "Due";
        what: "要做什么", "What is to be done";
        hidden: "内容只有心理老师和责任人可以查看。", "For its owner and the counsellor only.";
        done: "办结", "Done";
        done_title: "办好了", "It is done";
        done_note: "做了什么、情况如何", "What was done, and how it went";
        hand_on: "转交", "Hand on";
        hand_on_hint: "转交后由对方负责，期限不变。", "It is theirs then, due when it was due.";
        to: "交给谁", "To whom";
        reason: "理由", "Why";
        note: "办理结果", "What came of it";
        handed_to: "已转交，见新任务", "Handed on: the task it is now";
        write: "记录与安排", "Write down";
        choose: "请选择", "Choose";
        kind: "种类", "Kind";
        save: "保存", "Save";
        give: "交办", "Give it";
        watch: "专人监护（24 小时）", "Watch around the clock";
        by_law: "涉嫌侵害：强制报告", "A crime against the child? Mandatory report";
        go_record: "去登记", "Go and write it down";
        affected: "受影响的同伴", "Whom it may have touched";
        open_file: "打开成长档案", "Open the growth file";
    }
}
