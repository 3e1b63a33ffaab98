//! Memberships of lists from a spreadsheet.

use super::texts;

texts! {
    /// The import of memberships.
    ImportTexts {
        title: "从表格导入清单", "Lists from a spreadsheet";
        lead: "先预览，确认以后才写入。每一条都以您的名义列入清单；系统不会从名册的标记里推断任何人。", "A preview first; nothing is written before you confirm. Every row is your own decision: nothing is inferred from marks in the roster.";
        columns: "需要的列：姓名和年级、班级（或学号）、清单、列入日期、依据、复核日期；依据来源可以不填。", "Columns: name with grade and class (or student number), list, from, evidence, review date; source may be left out.";
        known: "可以填写的清单：", "Lists that can be named: ";
        file: "文件（.xlsx，或 UTF-8、GBK 的 .csv）", "File (.xlsx, or .csv in UTF-8 or GBK)";
        upload: "预览", "Preview";
        preview: "导入预览", "Preview of the import";
        nothing_yet: "还没有写入任何内容。", "Nothing has been written yet.";
        done: "已写入。", "Written.";
        undone: "已撤销：这次列入的名单已移出，记录保留。", "Taken back: these memberships have ended, and stay on record.";
        creates: "将列入", "to be listed";
        created: "已列入", "listed";
        unchanged: "已在清单上", "on it already";
        left_out: "不导入", "left out";
        row: "行", "Row";
        student: "学生", "Student";
        list: "清单", "List";
        from: "列入日期", "From";
        review_at: "复核日期", "Review";
        fate: "结果", "What happens";
        fate_new: "列入", "listed";
        fate_written: "已列入", "listed";
        fate_unchanged: "已在清单上", "on it already";
        fate_error: "不导入", "left out";
        not_sure: "不能确定是谁", "not sure who";
        dropped: "没有用到、已丢弃的列：", "Columns that were dropped: ";
        apply: "以我的名义列入", "List them in my name";
        apply_hint: "有问题的行不会写入，改好文件后可以再次上传；已在清单上的不会重复。", "Rows with faults are left out: mend the file and upload it again; nobody is listed twice.";
        undo: "撤销这次导入", "Take this import back";
        undo_hint: "七天内可以撤销；之后有人复核或移出过的不动。", "Within seven days; what somebody has reviewed or ended since stays.";
        again: "再导入一个文件", "Another file";
    }
}
