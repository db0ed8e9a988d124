//! Who serves which queue.

use super::super::{Discipline, Rules};
use crate::swarm::case::{Case, NONE};

/// The people of each queue.
pub(super) fn members(case: &Case, rules: &Rules) -> Vec<Vec<u32>> {
    let staff = &case.staff;
    match rules.discipline {
        Discipline::GroupQueue | Discipline::KeptQueue => {
            let mut groups: Vec<Vec<u32>> = Vec::new();
            for person in staff.people().filter(|&p| staff.home(p) != NONE) {
                let home = staff.home(person) as usize;
                if groups.len() <= home {
                    groups.resize(home + 1, Vec::new());
                }
                if let Some(group) = groups.get_mut(home) {
                    group.push(person);
                }
            }
            groups
        }
        Discipline::OneQueue => {
            let mut people: Vec<u32> = staff.people().collect();
            let Some(lane) = &rules.lane else { return vec![people] };
            // The stable sort keeps the order of numbers among equals.
            people.sort_by_key(|&p| core::cmp::Reverse(staff.duty(p).map_or(0, |h| h.between(case.from, case.until))));
            let kept = (lane.people as usize).min(people.len());
            let mut rest = people.split_off(kept);
            rest.sort_unstable();
            vec![rest, people]
        }
        _ => staff.people().map(|person| vec![person]).collect(),
    }
}

/// The queue of each group: its own, or where it has nobody at home, that of those who worked for it most often.
pub(super) fn group_pools(case: &Case, pools: &[Vec<u32>]) -> Vec<u32> {
    let routes = &case.routes;
    let groups = routes.group.iter().filter(|&&g| g != NONE).max().map_or(0, |&g| g as usize + 1);
    let mut found: Vec<u32> = (0..u32::try_from(groups).unwrap_or(0)).collect();
    let mut counts: std::collections::BTreeMap<(u32, u32), u32> = std::collections::BTreeMap::new();
    let lacks = |group: u32| pools.get(group as usize).is_none_or(Vec::is_empty);
    for (&group, &person) in routes.group.iter().zip(&routes.person).filter(|&(&g, &p)| p != NONE && lacks(g)) {
        *counts.entry((group, case.staff.home(person))).or_default() += 1;
    }
    for pool in found.iter_mut().filter(|group| lacks(**group)) {
        let homes = counts.range((*pool, 0)..=(*pool, NONE));
        let best = homes.max_by_key(|&(&(_, home), &n)| (n, core::cmp::Reverse(home)));
        *pool = best.map_or(NONE, |(&(_, home), _)| home);
    }
    found
}
