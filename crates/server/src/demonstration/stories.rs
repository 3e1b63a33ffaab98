//! What is seen of the invented children, as people write it down: behaviour, no diagnosis.

/// One thing that somebody sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// School days after the story began.
    pub(crate) day: usize,
    /// Who sees it: the login without the school's ending; `teacher` is the class teacher.
    pub(crate) who: &'static str,
    pub(crate) signs: &'static [&'static str],
    pub(crate) words: &'static str,
}

const fn scene(day: usize, who: &'static str, signs: &'static [&'static str], words: &'static str) -> Scene {
    Scene { day, who, signs, words }
}

/// The stories; each is about one child.
pub(crate) const STORIES: [&[Scene]; 10] = [
    &[
        scene(0, "teacher", &["bereaved"], "上周外婆去世，请假三天后返校。课间坐在座位上不动。"),
        scene(4, "maths", &["mood_change_after_event"], "数学课上突然流泪，说没事。"),
        scene(11, "teacher", &["sleeps_badly"], "早读趴着，说最近总在半夜醒。"),
        scene(24, "english", &["has_someone_to_talk_to"], "下课和同桌聊了外婆做的菜，聊着聊着笑了。"),
        scene(40, "teacher", &["slowly_better"], "运动会报了接力，和大家一起练。"),
    ],
    &[
        scene(0, "teacher", &["withdraws_from_friends"], "连着两周一个人吃饭，以前有三个好朋友。"),
        scene(3, "english", &["study_slipping"], "作业从工整变成空白，问了只说忘了。"),
        scene(9, "maths", &["low_for_two_weeks"], "说“做什么都没意思”，头一直低着。"),
        scene(15, "teacher", &["eating_changed", "sleeps_badly"], "午饭只喝汤，同学说他一周都这样。"),
        scene(30, "teacher", &["talked_nothing_worrying"], "谈了半小时，愿意周三去心理老师那里。"),
    ],
    &[
        scene(0, "dorm", &["bullied_repeatedly"], "同寝三人把他的被子扔在走廊，不是第一次。"),
        scene(2, "teacher", &["anxious_or_panics"], "晚自习不敢回宿舍，手在抖。"),
        scene(12, "dorm", &["slowly_better"], "换了寝室，新室友一起打球。"),
    ],
    &[
        scene(0, "maths", &["anxious_or_panics"], "月考发卷时脸色发白，写不下去，出去待了十分钟。"),
        scene(10, "teacher", &["sleeps_badly"], "每天学到一点，早上起不来。"),
        scene(21, "english", &["anxious_or_panics"], "听写前说肚子疼，去了两次校医室。"),
        scene(33, "teacher", &["looks_forward_to_something"], "说期中考完要去看画展。"),
    ],
    &[
        scene(0, "teacher", &["returned_to_school"], "休学半年后返校第一天，家长送到校门口。"),
        scene(6, "teacher", &["withdraws_from_friends"], "课间都在座位上，没有和人说话。"),
        scene(13, "english", &["has_someone_to_talk_to"], "和后桌两位同学一起做小组作业。"),
        scene(27, "teacher", &["slowly_better"], "这周全勤，主动举过一次手。"),
    ],
    &[
        scene(0, "teacher", &["family_trouble"], "父母在办离婚，住到爷爷家，每天单程一小时。"),
        scene(8, "maths", &["outbursts"], "被提醒交作业时把书摔在地上，随后哭了。"),
        scene(19, "teacher", &["often_absent"], "本月第四次迟到。"),
        scene(35, "teacher", &["talked_nothing_worrying"], "和妈妈一起来谈，商量好了接送。"),
    ],
    &[
        scene(0, "english", &["dwells_on_death"], "周记连着三篇写告别和葬礼。"),
        scene(1, "teacher", &["low_for_two_weeks"], "说很久没睡好，觉得自己是多余的。"),
        scene(16, "teacher", &["slowly_better"], "按时去心理老师那里，周记写了养的猫。"),
    ],
    &[
        scene(0, "nurse", &["hides_skin"], "体检时不肯卷袖子，天热也穿长袖。"),
        scene(5, "teacher", &["hides_skin", "withdraws_from_friends"], "体育课请假，一个人在看台。"),
    ],
    &[
        scene(0, "maths", &["breakup_or_setback"], "竞赛落选，把奖状撕了。"),
        scene(7, "teacher", &["looks_forward_to_something"], "报名了机器人社团。"),
    ],
    &[
        scene(0, "teacher", &["says_farewell"], "把文具分给同学，说“以后用不着了”。"),
        scene(1, "counsellor", &["has_someone_to_talk_to"], "和妈妈、姑姑都谈过，晚上有人陪。"),
        scene(10, "teacher", &["slowly_better"], "在医院复诊后返校，午休有同学陪着。"),
        scene(26, "counsellor", &["slowly_better"], "约好每周二下午来坐一会儿。"),
    ],
];

/// What is said of many children, now and then.
pub(crate) const SMALL: [(&str, &str); 6] = [
    ("talked_nothing_worrying", "课间聊了聊，最近挺好。"),
    ("looks_forward_to_something", "说周末要去爬山，很期待。"),
    ("has_someone_to_talk_to", "和同桌常在一起，有事会说。"),
    ("slowly_better", "比开学时愿意说话了。"),
    ("talked_nothing_worrying", "作业晚交，问过是在照顾生病的弟弟，已和家长通电话。"),
    ("has_someone_to_talk_to", "遇到难题会去问老师，心情稳定。"),
];
