use super::*;

#[test]
fn a_number_in_a_header_does_not_leave() {
    for (header, seen) in [
        ("身份证号110101201001011234", "身份证号******************"),
        ("学号（２０２６０１）", "学号（******）"),
        ("监护人1电话", "监护人1电话"),
        ("2026级", "2026级"),
        ("①②③④⑤⑥", "******"),
    ] {
        assert_eq!(shown(header), seen);
    }
}

#[test]
fn marks_of_required_columns_do_not_matter() {
    for header in ["姓名", "★姓名", "* 姓 名", "姓名（必填）", "姓名(必填)", "【必填】姓名", "姓\n名：", "姓名＊"]
    {
        assert_eq!(meaning(header), Meaning::Exact(Field::Name, 0), "{header}");
    }
}

#[test]
fn a_remark_is_left_out_unless_it_names_another_person() {
    assert_eq!(meaning("性别（1男/2女）"), Meaning::Likely(Field::Gender, 0));
    assert_eq!(meaning("姓名（父亲）"), Meaning::Unknown);
    assert_eq!(meaning("身份证号(监护人)"), Meaning::Never);
}

#[test]
fn what_is_never_taken_in_is_known_as_such() {
    for header in ["民族", "家庭住址", "家庭成员1身份证件号", "是否低保", "户口所在地", "身高(cm)", "QQ号"]
    {
        assert_eq!(meaning(header), Meaning::Never, "{header}");
    }
}
