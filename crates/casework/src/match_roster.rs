//! Who a pupil of a file is in the roster that is there.
//!
//! A student number alone is never enough, and neither is a name: two things have to agree. The surest pair goes first,
//! and whoever was found by it is not looked at again, so that no pupil stands for two. What fits several stays
//! unmatched: a pupil who is listed twice is mended, two children in one file are not.

use std::collections::HashMap;
use std::hash::Hash;

use domain::id::ClassId;
use domain::org::Stage;
use storage::{ClassRecord, NewStudent};

use crate::import_roster::Planned;

type Place<'a> = (Stage, i32, &'a str);

/// How many pupils of a file are new, changed, or as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) creates: usize,
    pub(crate) updates: usize,
    pub(crate) unchanged: usize,
}

/// For each pupil of the file, who that is.
pub(crate) struct Matched<'a> {
    classes: HashMap<ClassId, Place<'a>>,
    found: Vec<Option<&'a NewStudent>>,
}

impl<'a> Matched<'a> {
    /// Looks for all of them.
    pub(crate) fn of(planned: &'a [Planned], existing: &'a [NewStudent], classes: &'a [ClassRecord]) -> Self {
        let place = |c: &'a ClassRecord| (c.id, (c.grade.stage, c.grade.entry_year, c.name.as_str()));
        let classes: HashMap<ClassId, Place<'a>> = classes.iter().map(place).collect();
        let mut search =
            Search { planned, existing, found: vec![None; planned.len()], taken: vec![false; existing.len()] };
        let there = |s: &NewStudent| classes.get(&s.class).copied();
        let here = |p: &'a Planned| Some((p.stage, p.entry_year, p.class.as_str()));
        search.by(|p| number(&p.student).zip(name(&p.student)), |s| number(s).zip(name(s)));
        // The same number and birth date: the name was changed, or mended.
        search.by(|p| number(&p.student).zip(born(&p.student)), |s| number(s).zip(born(s)));
        search.by(|p| name(&p.student).zip(born(&p.student)).zip(here(p)), |s| name(s).zip(born(s)).zip(there(s)));
        search.by(|p| name(&p.student).zip(here(p)), |s| name(s).zip(there(s)));
        search.by(|p| name(&p.student).zip(born(&p.student)), |s| name(s).zip(born(s)));
        let found = search.found.iter().map(|i| i.and_then(|i| existing.get(i))).collect();
        Self { classes, found }
    }

    /// Each pupil of the file with whoever that is; nobody for a new one.
    pub(crate) fn pairs<'b>(
        &'b self,
        planned: &'b [Planned],
    ) -> impl Iterator<Item = (&'b Planned, Option<&'a NewStudent>)> {
        planned.iter().zip(self.found.iter().copied())
    }

    /// Whether nothing would change.
    pub(crate) fn same(&self, old: &NewStudent, new: &Planned) -> bool {
        let as_old = NewStudent { id: old.id, grade: old.grade, class: old.class, ..new.student.clone() };
        self.classes.get(&old.class) == Some(&(new.stage, new.entry_year, new.class.as_str())) && as_old == *old
    }

    /// How many are new, changed, or as they were.
    pub(crate) fn counts(&self, planned: &[Planned]) -> Counts {
        self.pairs(planned).fold(Counts::default(), |mut counts, (new, old)| {
            match old {
                None => counts.creates += 1,
                Some(old) if self.same(old, new) => counts.unchanged += 1,
                Some(_) => counts.updates += 1,
            }
            counts
        })
    }
}

fn name(s: &NewStudent) -> Option<&str> {
    Some(s.name_key.as_str())
}

fn number(s: &NewStudent) -> Option<&str> {
    s.student_number.as_deref()
}

fn born(s: &NewStudent) -> Option<&str> {
    s.birth_date.as_deref()
}

struct Search<'a> {
    planned: &'a [Planned],
    existing: &'a [NewStudent],
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Search<'a> {
    /// Pairs whoever agree in a key, where one pupil of the file meets one of the roster.
    fn by<K: Hash + Eq>(&mut self, new: impl Fn(&'a Planned) -> Option<K>, old: impl Fn(&'a NewStudent) -> Option<K>) {
        let mut groups: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (i, p) in self.planned.iter().enumerate().filter(|(i, _)| self.found.get(*i) == Some(&None)) {
            if let Some(key) = new(p) {
                groups.entry(key).or_default().0.push(i);
            }
        }
        for (i, s) in self.existing.iter().enumerate().filter(|(i, _)| self.taken.get(*i) == Some(&false)) {
            if let Some(group) = old(s).and_then(|key| groups.get_mut(&key)) {
                group.1.push(i);
            }
        }
        for (rows, pupils) in groups.into_values() {
            let [row] = rows.as_slice() else { continue };
            let fit: Vec<usize> = pupils.into_iter().filter(|i| self.agree(*row, *i)).collect();
            if let ([pupil], Some(slot)) = (fit.as_slice(), self.found.get_mut(*row)) {
                *slot = Some(*pupil);
                if let Some(taken) = self.taken.get_mut(*pupil) {
                    *taken = true;
                }
            }
        }
    }

    /// Two birth dates that differ are two children.
    fn agree(&self, row: usize, pupil: usize) -> bool {
        let (new, old) = (self.planned.get(row), self.existing.get(pupil));
        let dates = new.and_then(|p| born(&p.student)).zip(old.and_then(born));
        dates.is_none_or(|(a, b)| a == b)
    }
}

#[cfg(test)]
#[path = "match_roster_tests.rs"]
mod tests;
