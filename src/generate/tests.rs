//! What must hold of every log that the desk writes.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use super::hours::{DAY, HOUR, START};
use super::staff::{TEAMS, Tier};
use super::{Desk, audit_log};

type Row = Vec<String>;

const NUMBER: usize = 0;
const STATE: usize = 1;
const MOVES: usize = 2;
const REOPENS: usize = 3;
const CHANGES: usize = 4;
const OPENED: usize = 6;
const UPDATED: usize = 7;
const GROUP: usize = 12;
const PERSON: usize = 13;
const TEXT: usize = 15;
const RESOLVED: usize = 16;
const CLOSED: usize = 17;

fn generate(tickets: u32, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    audit_log(&Desk { tickets, seed }, &mut |chunk| bytes.extend_from_slice(chunk));
    bytes
}

/// A reader of its own: every cell is quoted, quotes are doubled.
fn rows(csv: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Row::new();
    let mut cell = String::new();
    let mut quoted = false;
    let text = std::str::from_utf8(csv).unwrap();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty());
    rows
}

fn instant(cell: &str) -> u64 {
    let parsed = NaiveDateTime::parse_from_str(cell, "%Y-%m-%d %H:%M:%S").unwrap();
    u64::try_from(parsed.and_utc().timestamp()).unwrap()
}

fn histories(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut tickets: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        tickets.entry(&row[NUMBER]).or_default().push(row);
    }
    tickets
}

#[test]
fn the_same_seed_gives_the_same_bytes_everywhere() {
    let hash = Sha256::digest(generate(500, 1)).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    assert_eq!(hash, "d0ccc20b10895cbbe31f157c2cf6065c28a5629fe86b00f78c620731a992ffde");
    assert_ne!(generate(500, 1), generate(500, 2));
}

#[test]
fn a_desk_without_tickets_is_a_header() {
    assert_eq!(rows(&generate(0, 1)).len(), 1);
}

#[test]
fn rows_are_in_order_of_time_and_number() {
    let all = rows(&generate(2_000, 3));
    assert!(all.iter().all(|row| row.len() == 18));
    let key = |row: &Row| (row[UPDATED].clone(), row[NUMBER].clone(), row[CHANGES].parse::<u32>().unwrap());
    assert!(all[1..].windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
}

#[test]
fn tickets_take_allowed_steps_and_their_counts_add_up() {
    let all = rows(&generate(2_000, 3));
    let tickets = histories(&all[1..]);
    assert_eq!(tickets.len(), 2_000);
    for (number, history) in tickets {
        assert_eq!(history[0][STATE], "New");
        assert_eq!(history[0][OPENED], history[0][UPDATED]);
        let (mut moves, mut reopens) = (0, 0);
        for (changes, row) in history.iter().enumerate() {
            assert_eq!(row[CHANGES], (changes + 1).to_string());
            assert_eq!(row[OPENED], history[0][OPENED]);
            assert_eq!(row[TEXT], history[0][TEXT]);
        }
        for pair in history.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let allowed: &[&str] = match before[STATE].as_str() {
                "New" | "Assigned" => &["In Progress", "Canceled"],
                "In Progress" => &["Assigned", "Awaiting User Info", "Awaiting Vendor", "Resolved"],
                "Awaiting User Info" | "Awaiting Vendor" => &["Assigned", "Canceled"],
                "Resolved" => &["Assigned", "Closed"],
                _ => &[],
            };
            assert!(allowed.contains(&after[STATE].as_str()), "{number}: {} to {}", before[STATE], after[STATE]);
            assert!(before[UPDATED] <= after[UPDATED]);
            moves += u32::from(before[GROUP] != after[GROUP]);
            reopens += u32::from(before[STATE] == "Resolved" && after[STATE] == "Assigned");
            assert_eq!(after[MOVES], moves.to_string());
            assert_eq!(after[REOPENS], reopens.to_string());
        }
        let mut resolved = "";
        for row in history {
            match row[STATE].as_str() {
                "Resolved" => resolved = &row[UPDATED],
                "Closed" => {}
                _ => resolved = "",
            }
            assert_eq!(row[RESOLVED], resolved);
            let ended = matches!(row[STATE].as_str(), "Closed" | "Canceled");
            assert_eq!(row[CLOSED], if ended { row[UPDATED].as_str() } else { "" });
        }
    }
}

/// Spells in progress: person, start, end.
fn work(all: &[Row], end: u64) -> Vec<(&str, u64, u64)> {
    let mut spells = Vec::new();
    for history in histories(all).values() {
        for (n, row) in history.iter().enumerate().filter(|(_, row)| row[STATE] == "In Progress") {
            let till = history.get(n + 1).map_or(end, |next| instant(&next[UPDATED]));
            spells.push((row[PERSON].as_str(), instant(&row[UPDATED]), till));
        }
    }
    spells.sort_unstable();
    spells
}

#[test]
fn nobody_works_on_two_tickets_at_once() {
    let all = rows(&generate(2_000, 3));
    let end = instant(&all[all.len() - 1][UPDATED]);
    for pair in work(&all[1..], end).windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "{pair:?}");
    }
}

#[test]
fn large_desks_have_more_sites_over_the_same_years() {
    let all = rows(&generate(40_001, 1));
    let end = instant(&all[all.len() - 1][UPDATED]);
    assert!((end - START) / DAY < 560);
    assert!(all.iter().any(|row| row[GROUP] == "Service Desk 2" && row[PERSON].ends_with(" 2")));
}

/// Share of working time that each person spent on tickets.
fn use_of_people(body: &[Row], end: u64) -> Vec<(Tier, f64)> {
    let mut touched: HashMap<&str, Vec<(u64, u64)>> = HashMap::new();
    for (person, from, till) in work(body, end) {
        touched.entry(person).or_default().push((from, till));
    }
    let members = TEAMS.iter().flat_map(|team| team.members.iter().map(move |member| (team.tier, member)));
    members
        .map(|(tier, member)| {
            let busy: u64 = touched[member.name].iter().map(|&(from, till)| member.shift.between(from, till)).sum();
            (tier, busy as f64 / member.shift.between(START, end) as f64)
        })
        .collect()
}

#[test]
fn the_sample_looks_like_a_busy_desk() {
    let all = rows(&generate(10_000, 1));
    let body = &all[1..];
    let end = instant(&body[body.len() - 1][UPDATED]);
    let last: Vec<&Row> = histories(body).values().map(|history| history[history.len() - 1]).collect();
    let cancelled = last.iter().filter(|row| row[STATE] == "Canceled").count();
    let reopened = last.iter().filter(|row| row[REOPENS] != "0").count();
    let mut leads: Vec<u64> = last
        .iter()
        .filter(|row| !row[RESOLVED].is_empty())
        .map(|row| instant(&row[RESOLVED]) - instant(&row[OPENED]))
        .collect();
    leads.sort_unstable();
    let open = last.len() - leads.len() - cancelled;
    let (half, most) = (leads[leads.len() / 2] / HOUR, leads[leads.len() * 85 / 100] / HOUR);
    assert!((4..10).contains(&half), "{half}");
    assert!((48..120).contains(&most), "{most}");
    assert!((20..400).contains(&open), "{open}");
    assert!((50..150).contains(&cancelled), "{cancelled}");
    assert!((300..500).contains(&reopened), "{reopened}");
    let people = use_of_people(body, end);
    for tier in [Tier::First, Tier::Second, Tier::Third] {
        let of_tier: Vec<f64> = people.iter().filter(|person| person.0 == tier).map(|person| person.1).collect();
        let mean = of_tier.iter().sum::<f64>() / of_tier.len() as f64;
        assert!((0.72..0.88).contains(&mean), "{tier:?}: {mean}");
    }
}
