//! A made-up desk with its changes and deployments: the same everywhere, its links lead somewhere, its shares are plausible.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use flowgauge::generate::{Delivery, Desk, SampleFile, audit_log, sample_files, snapshot};
use flowgauge::query::{Part, Query};
use flowgauge::report::Changes;
use flowgauge::worklog::{Field, Role};
use flowgauge::{Engine, Options, Session};

type Plain = fn(&Desk, &mut dyn FnMut(&[u8]));
type Linked = fn(&Delivery, &mut dyn FnMut(&[u8]));
type Row = BTreeMap<String, String>;

fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

fn read(files: &[SampleFile]) -> Engine {
    let mut session = Session::new(Options::default()).unwrap();
    for file in files {
        session.start_file(file.name).unwrap();
        session.push(&file.bytes).unwrap();
        session.finish_file().unwrap();
    }
    session.finish().unwrap()
}

const DESK: Desk = Desk { tickets: 4_000, seed: 1 };

#[test]
fn the_same_seed_gives_the_same_files() {
    let desk = Desk { tickets: 400, seed: 7 };
    let files = sample_files(&desk);
    assert_eq!(files, sample_files(&desk));
    for (one, other) in files.iter().zip(&sample_files(&Desk { seed: 8, ..desk })) {
        assert_ne!(one.bytes, other.bytes, "{}", one.name);
    }
}

/// FNV-1a of all bytes: another platform, or a slip of a float, would give another one.
#[test]
fn the_bytes_are_those_of_every_platform() {
    let hash = |bytes: &[u8]| {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
    };
    let hashes = sample_files(&Desk { tickets: 400, seed: 1 }).map(|file| format!("{:016x}", hash(&file.bytes)));
    assert_eq!(hashes, ["aed4167124108634", "d51812ad9693bdbe", "586713ef223ad161"]);
}

#[test]
fn a_desk_without_tickets_is_three_headers() {
    for file in sample_files(&Desk { tickets: 0, seed: 1 }) {
        assert_eq!(file.bytes.split(|b| *b == b'\n').count(), 2, "{}", file.name);
    }
}

/// The incidents are those of the plain log, but for two more columns and the names of groups.
#[test]
fn incidents_are_those_of_the_plain_desk() {
    let delivery = Delivery::new(&DESK);
    let both: [(Plain, Linked); 2] = [(audit_log, Delivery::incidents), (snapshot, Delivery::snapshot)];
    for (write, write_linked) in both {
        let (mut plain, mut linked) = (Vec::new(), Vec::new());
        write(&DESK, &mut |chunk| plain.extend_from_slice(chunk));
        write_linked(&delivery, &mut |chunk| linked.extend_from_slice(chunk));
        let (plain, linked) = (rows(&plain), rows(&linked));
        assert_eq!(plain.len(), linked.len());
        for (one, other) in plain.iter().zip(&linked) {
            for (name, value) in one.iter().filter(|(name, _)| *name != "assignment_group") {
                assert_eq!(value, &other[name], "{name}");
            }
        }
    }
}

#[test]
fn every_link_leads_to_a_change_and_their_times_agree() {
    let files = sample_files(&DESK);
    let [incidents, changes, deployments] = files.each_ref().map(|file| rows(&file.bytes));
    let by_number: BTreeMap<&str, &Row> = changes.iter().map(|c| (c["Number"].as_str(), c)).collect();
    assert_eq!(by_number.len(), changes.len());
    let mut latest: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in &incidents {
        latest.insert(&row["number"], row);
    }
    let (mut caused, mut repaired) = (0, 0);
    for incident in latest.values() {
        if let Some(change) = Some(&incident["caused_by"]).filter(|id| !id.is_empty()) {
            let change = by_number[change.as_str()];
            assert_eq!(change["Service"], incident["business_service"]);
            assert!(change["Actual start date"] < incident["opened_at"], "{incident:?} {change:?}");
            caused += 1;
        }
        if let Some(change) = Some(&incident["rfc"]).filter(|id| !id.is_empty()) {
            let change = by_number[change.as_str()];
            assert_eq!(change["Type"], "Emergency");
            assert!(change["Opened"] > incident["opened_at"]);
            let resolved = &incident["resolved_at"];
            assert!(resolved.is_empty() || change["Actual end date"] <= *resolved, "{incident:?} {change:?}");
            repaired += 1;
        }
    }
    assert!(caused > 20 && repaired > 15, "{caused} {repaired}");
    let emergencies = changes.iter().filter(|c| c["Type"] == "Emergency").count();
    assert_eq!(emergencies, repaired);
    for deployment in deployments.iter().filter(|d| !d["change"].is_empty()) {
        let change = by_number[deployment["change"].as_str()];
        assert_eq!(change["Service"], deployment["service"]);
        let plain = |text: &str| text.replace('T', " ").replace('Z', "");
        if deployment["environment"] == "production" {
            assert!(plain(&deployment["started"]) >= change["Actual start date"]);
        }
        assert!(deployment["commit_time"] < deployment["started"]);
    }
}

#[test]
fn changes_go_through_their_states_in_order() {
    let [_, changes, deployments] = sample_files(&DESK).map(|file| rows(&file.bytes));
    for c in &changes {
        let (approved, started, ended, closed) =
            (&c["Approval set"], &c["Actual start date"], &c["Actual end date"], &c["Closed"]);
        let expected = match c["State"].as_str() {
            "Assess" | "Authorize" => (false, false, false, false),
            "Scheduled" => (true, false, false, false),
            "Implement" => (true, true, false, false),
            "Review" => (true, true, true, false),
            "Closed" => (true, true, true, true),
            "Canceled" => (c["Approval"] == "Approved", false, false, true),
            other => unreachable!("{other}"),
        };
        let there = (!approved.is_empty(), !started.is_empty(), !ended.is_empty(), !closed.is_empty());
        assert_eq!(there, expected, "{c:?}");
        assert!(c["Planned start date"] < c["Planned end date"] && c["Opened"] < c["Planned start date"], "{c:?}");
        assert!(
            approved.is_empty() || (c["Opened"] < *approved && (started.is_empty() || approved <= started)),
            "{c:?}"
        );
        assert!(ended.is_empty() || started <= ended, "{c:?}");
        assert!(closed.is_empty() || ended.is_empty() || ended <= closed, "{c:?}");
    }
    let states: BTreeSet<&str> = changes.iter().map(|c| c["State"].as_str()).collect();
    assert!(states.contains("Scheduled") && states.contains("Canceled") && states.contains("Closed"), "{states:?}");
    for d in &deployments {
        assert!(d["finished"].is_empty() == (d["result"] == "in progress"), "{d:?}");
        assert!(d["finished"].is_empty() || d["started"] < d["finished"], "{d:?}");
        assert_eq!(d["commit_sha"].len(), 40);
    }
}

#[test]
fn shares_are_plausible() {
    let [_, changes, deployments] = sample_files(&Desk { tickets: 8_000, seed: 1 }).map(|file| rows(&file.bytes));
    let share = |rows: &[Row], column: &str, values: &[&str]| {
        rows.iter().filter(|r| values.contains(&r[column].as_str())).count() as f64 / rows.len() as f64
    };
    for (column, values, low, high) in [
        ("Type", &["Emergency"][..], 0.04, 0.15),
        ("Type", &["Standard"], 0.38, 0.52),
        ("State", &["Canceled"], 0.03, 0.09),
        ("Close code", &["Unsuccessful", "Backed out"], 0.03, 0.10),
        ("Close code", &["Successful with issues"], 0.02, 0.10),
        ("Close code", &["Successful"], 0.65, 0.90),
    ] {
        let share = share(&changes, column, values);
        assert!((low..high).contains(&share), "{values:?}: {share}");
    }
    let production: Vec<Row> = deployments.iter().filter(|d| d["environment"] == "production").cloned().collect();
    for (rows, column, values, low, high) in [
        (&deployments, "environment", "staging", 0.4, 0.6),
        (&production, "result", "failure", 0.03, 0.12),
        (&production, "commit_time", "", 0.01, 0.06),
        (&production, "change", "", 0.2, 0.6),
    ] {
        let share = share(rows, column, &[values]);
        assert!((low..high).contains(&share), "{column} {values}: {share}");
    }
    let of = |rows: &[Row], column: &str| rows.iter().map(|r| r[column].clone()).collect::<BTreeSet<_>>();
    assert!(of(&deployments, "service").is_subset(&of(&changes, "Service")));
}

#[test]
fn the_engine_reads_all_three_and_links_them() {
    let files = sample_files(&Desk { tickets: 1_500, seed: 3 });
    let engine = read(&files);
    for (role, file) in [(Role::Tickets, 0), (Role::Changes, 1), (Role::Deployments, 2)] {
        let log = engine.log_of(role).unwrap();
        let rows = rows(&files[file].bytes);
        let expected = if file == 0 { 1_500 } else { rows.len() };
        assert_eq!(log.len(), expected, "{role:?} {:?}", engine.rejects(file));
        assert!(log.dimension("service").is_some(), "{role:?}");
    }
    let tickets = engine.log_of(Role::Tickets).unwrap();
    for field in [Field::CausedBy, Field::Rfc] {
        let link = engine.links().iter().find(|l| l.from == Role::Tickets && l.field == field).unwrap();
        let named: Vec<_> = (0..tickets.len()).filter_map(|t| link.of(t)).collect();
        assert!(named.len() > 3, "{field:?}");
        assert!(named.iter().all(|(_, target)| matches!(target, Some((Role::Changes, _)))), "{field:?}: {named:?}");
    }
}

#[test]
fn every_group_stands_on_a_side_and_tickets_cross_the_wall() {
    let engine = read(&sample_files(&Desk { tickets: 300, seed: 3 })[..1]);
    let log = engine.log_of(Role::Tickets).unwrap();
    let groups = &log.dimensions[log.group.unwrap()];
    let side = |code: usize| log.side_of(u32::try_from(code).unwrap());
    let sides: BTreeMap<&str, _> = groups.dictionary.iter().enumerate().map(|(n, name)| (name, side(n))).collect();
    assert!(sides.values().all(Option::is_some), "{sides:?}");
    let spells = log.spells.as_ref().unwrap();
    let crossed = (0..log.len())
        .filter(|&ticket| spells.of(ticket).map(|spell| log.side_of(spell.group)).collect::<BTreeSet<_>>().len() > 1);
    assert!(crossed.count() > 10);
}

/// What the engine says of the sample against a count of its rows by other means.
#[test]
fn figures_of_changes_are_those_of_a_plain_count() {
    let files = sample_files(&DESK);
    let all = rows(&files[1].bytes);
    let engine = read(&files);
    let query = |of| Query {
        of: Some(of),
        parts: Some(vec![Part::Changes]),
        as_of: Some("2030-01-01".to_owned()),
        ..Query::default()
    };
    let found: Changes = engine.report(&query(Role::Changes)).unwrap().changes.unwrap();
    let count = |asked: &dyn Fn(&Row) -> bool| all.iter().filter(|row| asked(row)).count() as u64;
    let coded = |code: &'static str| count(&move |r| r["Close code"] == code);
    let outcomes = &found.outcomes;
    assert_eq!(found.n, all.len() as u64);
    assert_eq!(outcomes.succeeded, coded("Successful"));
    assert_eq!(outcomes.with_issues, coded("Successful with issues"));
    assert_eq!(outcomes.failed, coded("Unsuccessful"));
    assert_eq!(outcomes.backed_out, coded("Backed out"));
    assert_eq!(outcomes.cancelled, count(&|r| r["State"] == "Canceled"));
    // A review that is not over says that the change is open, whatever its actual end.
    let done = |r: &Row| r["State"] == "Closed";
    assert_eq!(outcomes.unknown, count(&|r| done(r) && r["Close code"].is_empty()));
    assert!(outcomes.unknown > 0 && outcomes.open > 0);
    let kinds: BTreeMap<&str, u64> = found.kinds.iter().map(|k| (k.kind.as_str(), k.n)).collect();
    for (kind, value) in [("normal", "Normal"), ("standard", "Standard"), ("emergency", "Emergency")] {
        assert_eq!(kinds[kind], count(&|r| r["Type"] == value), "{kind}");
    }
    assert_eq!(found.to_approval.as_ref().map(|t| t.n), Some(count(&|r| !r["Approval set"].is_empty())));
    assert_eq!(found.to_start.as_ref().map(|t| t.n), Some(count(&|r| !r["Actual start date"].is_empty())));
    let window = found.window.as_ref().unwrap();
    assert_eq!((window.n, window.without_plan), (count(&done), 0));
    let inside = |r: &Row| {
        done(r) && r["Actual start date"] >= r["Planned start date"] && r["Actual end date"] <= r["Planned end date"]
    };
    assert_eq!(window.inside.count, count(&inside));
    assert_eq!(window.ended_late, count(&|r| done(r) && r["Actual end date"] > r["Planned end date"]));
    let mut pairs = 0;
    for (n, a) in all.iter().enumerate().filter(|(_, a)| a["State"] != "Canceled") {
        let meets = |b: &&Row| {
            b["State"] != "Canceled"
                && a["Service"] == b["Service"]
                && a["Planned start date"] < b["Planned end date"]
                && b["Planned start date"] < a["Planned end date"]
        };
        pairs += all[n + 1..].iter().filter(meets).count() as u64;
    }
    assert_eq!(found.collisions.as_ref().map(|c| (c.dimension.as_str(), c.pairs)), Some(("service", pairs)));
    assert!(pairs > 0);
    assert_eq!(found.behaviour.len(), 2);
    // A question about the incidents gives the same changes.
    assert_eq!(engine.report(&query(Role::Tickets)).unwrap().changes.unwrap(), found);
}
