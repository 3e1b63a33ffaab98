//! 一生一策: the plan of one student, as it is signed.

use super::{Head, pair, signatures};
use crate::document::{Block, Column, Document};

/// Something that somebody does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// What.
    pub what: String,
    /// How often.
    pub frequency: String,
    /// Who answers for it.
    pub owner: String,
}

/// A plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What it says of its print and of the student.
    pub head: Head,
    /// Its version.
    pub version: String,
    /// The present response.
    pub level: String,
    /// What it is about.
    pub problem: String,
    /// Causes by dimension: biological, psychological, social, school, family.
    pub causes: Vec<(String, String)>,
    /// What protects.
    pub protective: String,
    /// What is to be reached, so that it can be checked.
    pub goals: Vec<String>,
    /// What is done.
    pub measures: Vec<Measure>,
    /// The safety plan: triggers, warning signs, contacts, means, escort.
    pub safety: Vec<(String, String)>,
    /// When it is looked at again.
    pub review_on: String,
    /// Days to be kept in mind.
    pub key_days: Vec<(String, String)>,
    /// Who answers for it.
    pub responsible: String,
    /// What came of it so far.
    pub effect: String,
    /// Who signed this version, and when.
    pub signed: Vec<(String, String)>,
}

/// Prints a plan.
#[must_use]
pub fn plan(plan: &Plan) -> Document {
    let head = &plan.head;
    let row = |(label, value): &(String, String)| vec![(label.clone(), value.clone())];
    let goals: Vec<String> = (1..).zip(&plan.goals).map(|(n, goal)| format!("{n}. {goal}")).collect();
    let measures = plan.measures.iter().map(|m| vec![m.what.clone(), m.frequency.clone(), m.owner.clone()]).collect();
    let columns = vec![Column::new("措施", 60), Column::new("频次", 20), Column::new("责任人", 20)];
    let mut blocks = vec![
        Block::Title("一生一策帮扶方案".to_owned()),
        Block::Form(vec![
            head.student_row(),
            vec![pair("当前响应", &plan.level), pair("版本", &plan.version)],
            vec![pair("复核日", &plan.review_on), pair("责任人", &plan.responsible)],
            vec![pair("编号", &head.number)],
            vec![pair("主要问题", &plan.problem)],
        ]),
        Block::Heading("成因".to_owned()),
        Block::Form(plan.causes.iter().map(row).chain([vec![pair("保护因素", &plan.protective)]]).collect()),
        Block::Heading("目标".to_owned()),
        Block::Paragraph(goals.join("\n")),
        Block::Heading("措施".to_owned()),
        Block::Table { columns, rows: measures },
    ];
    for (title, rows) in [("安全计划", &plan.safety), ("关键日期", &plan.key_days)] {
        if !rows.is_empty() {
            blocks.extend([Block::Heading(title.to_owned()), Block::Form(rows.iter().map(row).collect())]);
        }
    }
    if !plan.effect.is_empty() {
        blocks.extend([Block::Heading("效果".to_owned()), Block::Paragraph(plan.effect.clone())]);
    }
    blocks.push(Block::Heading("签字".to_owned()));
    let signed = |(name, at): &(String, String)| vec![pair("签字人", name), pair("签字时间", at)];
    if plan.signed.is_empty() {
        blocks.push(Block::Paragraph("本版尚未签字，未生效。".to_owned()));
    } else {
        blocks.push(Block::Form(plan.signed.iter().map(signed).collect()));
    }
    blocks.push(signatures(&["责任人签字", "日期", "监护人签字", "分管校长签字"]));
    head.document("一生一策帮扶方案", blocks)
}
