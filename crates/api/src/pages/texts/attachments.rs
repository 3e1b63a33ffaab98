//! Files that belong to an entry.

use super::texts;

texts! {
    /// Files that belong to an entry.
    AttachmentTexts {
        title: "附件", "Files";
        none: "还没有附件。", "No files.";
        add_title: "添加附件", "Add a file";
        add_hint: "医院意见、签字的告知书等。只收 PDF、JPEG、PNG，最大 10 MB；照片的拍摄地点等信息会去掉。能看到这条记录的人都能看到附件。", "A hospital's opinion, a signed notice. PDF, JPEG or PNG, at most 10 MiB; where a photograph was taken is taken out. Whoever reads this entry reads the file.";
        file: "文件", "File";
        add: "上传", "Upload";
        added: "上传", "Added";
        size: "大小", "Size";
        withdrawn: "已撤下", "withdrawn";
        withdrawn_by: "撤下", "Withdrawn";
        why: "原因", "Why";
        withdraw_title: "放错了？撤下这个附件", "Not the right one? Withdraw it";
        withdraw_hint: "撤下以后谁也打不开；这里仍写明曾有过、由谁为何撤下。", "Nobody opens it any more; that it was here, and who withdrew it why, stays.";
        withdraw: "撤下", "Withdraw";
        open: "添加或撤下附件", "Add or withdraw files";
    }
}
