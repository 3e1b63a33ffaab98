//! Names of states, tiers, roles and channels.

use super::texts;

texts! {
    /// Names of states, tiers, roles and channels, as the handlers put them into the views.
    VocabularyTexts {
        level_red: "红色响应", "Red";
        level_orange: "橙色响应", "Orange";
        level_yellow: "黄色响应", "Yellow";
        level_blue: "蓝色响应", "Blue";
        level_none: "待分级", "Not graded";
        untriaged: "等待确认", "Unacknowledged";
        acknowledged: "已接手", "Acknowledged";
        assessed: "已评估", "Assessed";
        responding: "处置中", "Responding";
        monitoring: "持续关注", "Monitoring";
        closed: "已结案", "Closed";
        false_alarm: "经核实，暂不需响应", "Verified, no response needed";
        tier_class: "班级", "Class";
        tier_grade: "年级", "Grade";
        tier_school: "学校", "School";
        tier_district: "区县", "District";
        class_teacher: "班主任", "Class teacher";
        subject_teacher: "科任老师", "Subject teacher";
        dorm_supervisor: "宿管", "Dormitory supervisor";
        nurse: "校医", "School nurse";
        peer_monitor: "心理委员", "Peer monitor";
        grade_lead: "年级主任", "Grade lead";
        counsellor: "心理老师", "Counsellor";
        vice_principal: "德育副校长", "Vice-principal";
        clinical_vice_principal: "心理健康副校长", "Clinical vice-principal";
        principal: "校长", "Principal";
        party_secretary: "书记", "Party secretary";
        duty_leader: "值班领导", "Duty leader";
        district_officer: "区县值班员", "District officer";
        administrator: "管理员", "Administrator";
        channel_sms: "短信", "SMS";
        channel_voice: "电话", "Voice call";
        channel_mail: "邮件", "E-mail";
        channel_wecom: "企业微信", "WeCom";
        channel_dingtalk: "钉钉", "DingTalk";
        channel_screen: "站内", "On screen";
        message_pending: "等待发送", "Waiting";
        message_sending: "发送中", "Sending";
        message_accepted: "已交运营商", "Accepted by the carrier";
        message_delivered: "已送达", "Delivered";
        message_failed: "没有送达", "Failed";
        message_unknown: "结果不明", "Outcome unknown";
        message_cancelled: "已取消", "Cancelled";
        message_bundled: "已合并", "Bundled";
        kind_observation: "观察", "Observation";
        kind_screening: "筛查", "Screening";
        kind_interview: "谈话", "Interview";
        kind_alert: "预警", "Alert";
        kind_home: "家校联系", "Home contact";
        kind_referral: "转介", "Referral";
        kind_plan: "方案", "Plan";
        kind_life_event: "生活事件", "Life event";
        kind_watch_list: "名单", "List";
        kind_leave: "休复学", "Leave and return";
        kind_handover: "交接", "Hand-over";
    }
}
