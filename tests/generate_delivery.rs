//! A made-up desk with its changes and deployments: the same everywhere, its links lead somewhere, its shares are plausible.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use flowgauge::generate::{Delivery, Desk, SampleFile, audit_log, sample_files, snapshot};
use flowgauge::worklog::{Field, Role};
use flowgauge::{Engine, Options, Session};

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
    assert_eq!(hashes, ["64cbc905d2e9d0fe", "d53664601ddaaa59", "586713ef223ad161"]);
}

#[test]
fn a_desk_without_tickets_is_three_headers() {
    for file in sample_files(&Desk { tickets: 0, seed: 1 }) {
        assert_eq!(file.bytes.iter().filter(|b| **b == b'\n').count(), 1, "{}", file.name);
    }
}

/// The incidents are those of the plain log, but for two more columns and the names of groups.
#[test]
fn incidents_are_those_of_the_plain_desk() {
    let delivery = Delivery::new(&DESK);
    let both: [(fn(&Desk, &mut dyn FnMut(&[u8])), fn(&Delivery, &mut dyn FnMut(&[u8]))); 2] =
        [(audit_log, Delivery::incidents), (snapshot, Delivery::snapshot)];
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
        // A deployment without a commit time may lack what reading takes for its opening.
        let least = rows.iter().filter(|r| r.get("commit_time").is_none_or(|at| !at.is_empty())).count();
        let expected = if file == 0 { 1_500..=1_500 } else { least..=rows.len() };
        assert!(expected.contains(&log.len()), "{role:?}: {} {:?}", log.len(), engine.rejects(file));
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
