//! The changes around a desk: when they are asked for, decided on, planned and carried out, what they break and repair.

use std::collections::BTreeSet;

use super::change::{Change, Fate, Kind};
use super::desk::{Ended, Seen};
use super::draw::Draw;
use super::hours::{DAY, HOUR, START, Shift, weekday};
use super::links::Links;
use super::subject::SERVICES;

/// Hours in which changes are asked for.
const OFFICE: Shift = Shift::from_minute(480);
/// How often a service is changed, relative to the others.
const WEIGHTS: [u64; 10] = [7, 18, 22, 8, 4, 3, 7, 9, 14, 8];
/// Fewest and most requests of a site by day of the week, Monday first.
const REQUESTS: [(u64, u64); 7] = [(2, 5), (3, 6), (2, 6), (2, 5), (1, 3), (0, 0), (0, 0)];
const MINUTE: u64 = 60;

/// Draws changes.
#[derive(Debug)]
pub struct Planner<'a> {
    draw: &'a mut Draw,
    end: u64,
}

/// All changes in the order of their requests, and the links of incidents to them.
#[derive(Debug, Default)]
pub struct Plan {
    /// The changes; a position is a number.
    pub changes: Vec<Change>,
    /// The links.
    pub links: Links,
}

impl<'a> Planner<'a> {
    /// For a desk whose log breaks off at `end`.
    pub fn new(draw: &'a mut Draw, end: u64) -> Self {
        Self { draw, end }
    }

    /// The changes around a desk with so many sites.
    pub fn plan(mut self, ended: &Ended, sites: u64) -> Plan {
        let mut changes = self.requested(sites);
        self.break_things(&mut changes, &ended.seen);
        changes.extend(self.repairs(&changes, &ended.seen));
        changes.sort_by_key(|change| change.opened);
        let mut links = Links::default();
        for (number, change) in (0_u32..).zip(&changes) {
            links.caused_by.extend(change.causes.iter().map(|incident| (*incident, number)));
            links.rfc.extend(change.repairs.map(|incident| (incident, (change.opened, number))));
        }
        Plan { changes, links }
    }

    /// Standard and normal changes, day by day.
    fn requested(&mut self, sites: u64) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut day = START;
        while day < self.end {
            let requests = usize::try_from(weekday(day)).ok().and_then(|n| REQUESTS.get(n)).copied();
            for _ in 0..sites {
                let (fewest, most) = requests.unwrap_or_default();
                for _ in 0..self.draw.between(fewest, most) {
                    let opened = OFFICE.after(day, self.draw.between(1, 8 * HOUR - 1));
                    if opened < self.end {
                        changes.push(self.request(opened));
                    }
                }
            }
            day += DAY;
        }
        changes
    }

    fn request(&mut self, opened: u64) -> Change {
        let service = self.draw.weighted(WEIGHTS.into_iter());
        let kind = if self.draw.chance(480) { Kind::Standard } else { Kind::Normal };
        let risk = match kind {
            Kind::Standard => 2,
            _ => self.draw.weighted([12, 38, 50].into_iter()),
        };
        let decided = match kind {
            Kind::Standard => opened + self.draw.between(1, 10) * MINUTE,
            _ => self.board(opened),
        };
        let planned = self.window(kind, decided);
        let luck = self.draw.below(1000);
        let fate = match kind {
            Kind::Normal if luck < 30 => Fate::Rejected,
            _ if luck < 65 => Fate::Cancelled,
            _ => self.fate(kind, risk),
        };
        let actual = self.carry_out(planned);
        let closed = match fate {
            Fate::Rejected => decided,
            Fate::Cancelled => decided + self.draw.below((planned.0 - decided).max(1)),
            _ => OFFICE.after(actual.1, self.draw.between(HOUR, 14 * HOUR)),
        };
        // Who runs a service carries out what is routine; the rest comes from those who build it.
        let team = SERVICES.get(service).map_or(0, |s| if kind == Kind::Standard { s.second } else { s.third });
        let told = !self.draw.chance(25);
        let texts = self.texts();
        let causes = Vec::new();
        Change {
            kind,
            service,
            team,
            risk,
            opened,
            decided,
            planned,
            actual,
            closed,
            fate,
            told,
            causes,
            repairs: None,
            texts,
        }
    }

    fn texts(&mut self) -> [usize; 3] {
        [self.draw.pick(12), self.draw.pick(2), self.draw.pick(5)]
    }

    /// When the board decides: it sits on Tuesdays and Thursdays at two, and needs half a day to prepare. One request in six
    /// has to come again.
    fn board(&mut self, opened: u64) -> u64 {
        let mut sitting = opened - opened % DAY + 14 * HOUR;
        let mut sittings = 1 + u64::from(self.draw.chance(160));
        loop {
            if matches!(weekday(sitting), 1 | 3) && sitting >= opened + 4 * HOUR {
                sittings -= 1;
                if sittings == 0 {
                    return sitting + self.draw.between(5, 90) * MINUTE;
                }
            }
            sitting += DAY;
        }
    }

    /// The planned window: in the evening, some on Saturday morning, routine also at noon.
    fn window(&mut self, kind: Kind, decided: u64) -> (u64, u64) {
        let routine = kind == Kind::Standard;
        let days = if routine { self.draw.between(0, 3) } else { self.draw.between(1, 9) };
        let mut day = decided - decided % DAY + days * DAY;
        let saturday = !routine && self.draw.chance(120);
        while if saturday { weekday(day) != 5 } else { weekday(day) > 4 } {
            day += DAY;
        }
        let hour = match (saturday, routine && self.draw.chance(400)) {
            (true, _) => self.draw.between(7, 10),
            (false, true) => 12,
            (false, false) => self.draw.between(17, 20),
        };
        let mut start = day + hour * HOUR;
        if start <= decided + HOUR {
            start += DAY;
        }
        let lengths: [u64; 4] = if routine { [30, 30, 60, 60] } else { [60, 120, 180, 240] };
        let length = lengths.get(self.draw.pick(4)).copied().unwrap_or(60) * MINUTE;
        (start, start + length)
    }

    fn fate(&mut self, kind: Kind, risk: usize) -> Fate {
        let [unsuccessful, backed_out, issues] = match (kind, risk) {
            (Kind::Standard, _) => [10, 12, 30],
            (Kind::Emergency, _) => [50, 50, 120],
            (Kind::Normal, 0) => [60, 90, 100],
            (Kind::Normal, 1) => [35, 45, 70],
            (Kind::Normal, _) => [18, 24, 50],
        };
        let luck = self.draw.below(1000);
        if luck < unsuccessful {
            Fate::Unsuccessful
        } else if luck < unsuccessful + backed_out {
            Fate::BackedOut
        } else if luck < unsuccessful + backed_out + issues {
            Fate::Issues
        } else {
            Fate::Successful
        }
    }

    /// Actual start and end: most begin on time and end before the window does; a few begin early, or when it is over.
    fn carry_out(&mut self, planned: (u64, u64)) -> (u64, u64) {
        let start = match self.draw.below(1000) {
            0..60 => planned.0 - self.draw.between(5, 40) * MINUTE,
            60..90 => planned.1 + self.draw.between(10, 120) * MINUTE,
            _ => planned.0 + self.draw.between(0, 12) * MINUTE,
        };
        let percent = if self.draw.chance(130) { self.draw.between(100, 190) } else { self.draw.between(25, 85) };
        let length = (planned.1 - planned.0) * percent / 100;
        // Seconds as people note them down.
        (start, start + length - length % MINUTE)
    }

    /// What a change breaks shows as incidents of its service within a day.
    fn break_things(&mut self, changes: &mut [Change], seen: &[Seen]) {
        let mut by_service: Vec<Vec<(u64, u32)>> = vec![Vec::new(); SERVICES.len()];
        for (number, incident) in (0_u32..).zip(seen).filter(|(_, incident)| incident.looked_at) {
            if let Some(list) = by_service.get_mut(incident.service) {
                list.push((incident.opened, number));
            }
        }
        let mut blamed = BTreeSet::new();
        for change in changes.iter_mut().filter(|change| change.fate.carried_out()) {
            let most = match change.fate {
                Fate::Unsuccessful => self.draw.between(1, 3),
                Fate::BackedOut => self.draw.between(1, 2),
                Fate::Issues => u64::from(self.draw.chance(500)),
                _ => u64::from(self.draw.chance(25)),
            };
            let Some(list) = by_service.get(change.service) else { continue };
            // Incidents come in the order of time.
            let first = list.partition_point(|(opened, _)| *opened <= change.actual.0);
            let day = list.iter().skip(first).take_while(|(opened, _)| *opened <= change.actual.0 + DAY);
            for (_, incident) in day {
                if (change.causes.len() as u64) < most && blamed.insert(*incident) {
                    change.causes.push(*incident);
                }
            }
        }
    }

    /// Emergency changes: what a change broke is often repaired by one, what broke by itself where it is critical. They end
    /// before their incident is resolved, and somebody still writes their number into it.
    fn repairs(&mut self, changes: &[Change], seen: &[Seen]) -> Vec<Change> {
        let caused: BTreeSet<u32> = changes.iter().flat_map(|change| change.causes.iter().copied()).collect();
        let mut repairs = Vec::new();
        for (number, incident) in (0_u32..).zip(seen) {
            let chance = match (caused.contains(&number), incident.priority) {
                (true, 0 | 1) => 700,
                (true, _) => 250,
                (false, 0) => 200,
                (false, 1) => 20,
                (false, _) => 0,
            };
            if chance > 0 && self.draw.chance(chance) {
                let repair = self.repair(number, incident);
                let in_time = incident.resolved.is_none_or(|resolved| repair.actual.1 <= resolved);
                if in_time && repair.opened <= incident.updated {
                    repairs.push(repair);
                }
            }
        }
        repairs
    }

    fn repair(&mut self, number: u32, incident: &Seen) -> Change {
        let opened = incident.opened + self.draw.between(10, 60) * MINUTE;
        let decided = opened + self.draw.between(4, 30) * MINUTE;
        let begins = decided + self.draw.between(5, 40) * MINUTE;
        // Whoever is in haste plans from the next quarter of an hour on.
        let begins = begins.next_multiple_of(15 * MINUTE);
        let planned = (begins, begins + HOUR);
        let start = begins + self.draw.between(0, 8) * MINUTE;
        let actual = (start, start + self.draw.between(12, 75) * MINUTE);
        let service = SERVICES.get(incident.service);
        Change {
            kind: Kind::Emergency,
            service: incident.service,
            team: service.map_or(0, |s| if self.draw.chance(600) { s.third } else { s.second }),
            risk: self.draw.weighted([40, 45, 15].into_iter()),
            opened,
            decided,
            planned,
            actual,
            closed: OFFICE.after(actual.1, self.draw.between(HOUR, 14 * HOUR)),
            fate: self.fate(Kind::Emergency, 0),
            told: !self.draw.chance(25),
            causes: Vec::new(),
            repairs: Some(number),
            texts: self.texts(),
        }
    }
}
