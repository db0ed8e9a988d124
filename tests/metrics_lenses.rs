//! Figures, breakdowns, lenses, comparisons, receipts and explanations, on small logs.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a failing test may panic"
)]

mod metrics_builder;

use chrono_tz::Tz;
use flowgauge::ErrorKind;
use flowgauge::compute;
use flowgauge::metrics::figures::FIGURES;
use flowgauge::query::{Include, Part, Query, Selection, Span};
use flowgauge::report::{Breakdown, Comparison, Difference, Explanation, Report};
use flowgauge::worklog::{Codes, Dictionary, Dimension, WorkLog, flag};
use metrics_builder::{Ticket, history, input, log, ticket};

/// 2025-01-06, a Monday, 00:00 UTC.
const T0: i64 = 1_736_121_600;
const H: i64 = 3600;
const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

fn report(log: &WorkLog, query: &Query) -> Report {
    compute::report(log, &input(), query).unwrap()
}

fn explain(log: &WorkLog, figure: &str, query: &Query) -> Explanation {
    compute::explain(log, &input(), figure, query).unwrap()
}

fn by(names: &[&str]) -> Query {
    Query { by: Some(names.iter().map(ToString::to_string).collect()), ..Query::default() }
}

fn group(value: &str) -> Selection {
    Selection { filter: [("group".to_owned(), vec![value.to_owned()])].into(), ..Selection::default() }
}

fn only(selection: Selection, compare: Selection) -> Query {
    let Selection { filter, opened, resolved, age, .. } = selection;
    Query {
        filter,
        opened,
        resolved,
        age,
        compare: Some(compare),
        parts: Some(vec![Part::Comparison]),
        ..Query::default()
    }
}

fn opened(from: &str, to: &str) -> Selection {
    Selection { opened: Span { from: Some(from.to_owned()), to: Some(to.to_owned()) }, ..Selection::default() }
}

fn compared(log: &WorkLog, query: &Query) -> Comparison {
    report(log, query).comparison.unwrap()
}

fn of<'a>(comparison: &'a Comparison, figure: &str) -> &'a Difference {
    comparison.differences.iter().find(|d| d.figure.id == figure).unwrap()
}

fn column(breakdown: &Breakdown, figure: &str) -> usize {
    breakdown.figures.iter().position(|f| f.id == figure).unwrap()
}

/// Twenty weeks of two teams, as `tests/reference/comparison.py` makes them.
fn two_teams() -> WorkLog {
    let mut tickets = Vec::new();
    for week in 0..20_i64 {
        for i in 0..6 + week % 5 {
            let at = T0 + week * WEEK + i * 9 * H;
            tickets.push(Ticket {
                group: "A",
                ..ticket(format!("A{week}-{i}"), at, Some(at + (1 + (week * 7 + i * 13) % 40) * H))
            });
        }
        for i in 0..4 + week % 3 {
            let at = T0 + week * WEEK + i * 11 * H;
            tickets.push(Ticket {
                group: "B",
                ..ticket(format!("B{week}-{i}"), at, Some(at + (9 + (week * 5 + i * 17) % 60) * H))
            });
        }
    }
    log(&tickets, Tz::UTC)
}

#[test]
fn names_of_figures_are_unlike_and_belong_to_parts() {
    let mut ids: Vec<&str> = FIGURES.iter().map(|f| f.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), FIGURES.len());
    let parts: Vec<&str> = Part::ALL.iter().map(|p| p.name()).collect();
    for figure in FIGURES {
        let info = figure.info();
        assert!(parts.contains(&info.part.as_str()), "{}", info.id);
        assert!(info.definition.ends_with('.') && info.definition.len() > 40, "{}", info.id);
    }
    // The least sizes of Wilks (1941), as in the method page, section 5.
    let least = |id: &str| FIGURES.iter().find(|f| f.id == id).unwrap().minimum_n();
    assert_eq!((least("lead_time.p50"), least("lead_time.p85"), least("lead_time.p95")), (Some(5), Some(19), Some(59)));
    assert_eq!(least("lead_time.mean"), None);
}

#[test]
fn groups_fold_and_keep_the_window_of_the_whole() {
    let some = |n: i64, priority, from: i64| {
        (0..n).map(move |i| Ticket {
            priority,
            ..ticket(format!("{priority}{i}"), T0 + from, Some(T0 + from + H * (i + 1)))
        })
    };
    let tickets: Vec<_> = some(6, "high", 0)
        .chain(some(7, "low", 5 * DAY))
        .chain(some(2, "odd", 0))
        .chain(some(1, "rare", 0))
        .chain(some(5, "", 0))
        .collect();
    let log = log(&tickets, Tz::UTC);
    let breakdowns = report(&log, &Query::default()).breakdowns.unwrap();
    assert_eq!(breakdowns.len(), 1);
    let rows: Vec<(&str, u64)> = breakdowns[0].rows.iter().map(|r| (r.key.as_str(), r.tickets)).collect();
    assert_eq!(rows, [("low", 7), ("high", 6), ("(none)", 5), ("other", 3)]);
    assert_eq!(breakdowns[0].folded, 2);
    // Six days: 2025-01-06 to 2025-01-11, also for "low", of which none came before the 11th.
    let arrivals = column(&breakdowns[0], "arrivals.per_day");
    assert_eq!(breakdowns[0].rows[0].values[arrivals], Some(7.0 / 6.0));
    // numpy.percentile([1, 2, ..., 7], 85) = 6.1 hours
    let p85 = column(&breakdowns[0], "lead_time.p85");
    assert!((breakdowns[0].rows[0].values[p85].unwrap() - 6.1 * 3600.0).abs() < 1e-6);
    assert_eq!(breakdowns[0].rows[0].n[p85], 7);
}

#[test]
fn at_most_thirty_rows_stand_alone() {
    let names: Vec<&'static str> = (0..40).map(|n| &*Box::leak(format!("team {n}").into_boxed_str())).collect();
    let tickets: Vec<_> = (0..40_usize)
        .flat_map(|n| {
            let group = names[n];
            (0..5 + n).map(move |i| Ticket { group, ..ticket(format!("{n}-{i}"), T0, Some(T0 + H)) })
        })
        .collect();
    let breakdowns = report(&log(&tickets, Tz::UTC), &Query::default()).breakdowns.unwrap();
    let rows = &breakdowns[0].rows;
    assert_eq!((rows.len(), breakdowns[0].folded), (30, 11));
    assert_eq!((rows[0].key.as_str(), rows[0].tickets), ("other", (5..16).sum::<u64>()));
    assert_eq!(rows.iter().map(|r| r.tickets).sum::<u64>(), tickets.len() as u64);
}

#[test]
fn single_people_are_shown_only_by_name() {
    let tickets: Vec<_> = (0..20)
        .map(|i| Ticket { assignee: if i % 2 == 0 { "ann" } else { "bob" }, ..ticket(i, T0, Some(T0 + H)) })
        .collect();
    let log = log(&tickets, Tz::UTC);
    assert!(report(&log, &Query::default()).breakdowns.unwrap().is_empty());
    let asked = report(&log, &by(&["assignee"])).breakdowns.unwrap();
    assert_eq!(asked[0].rows.len(), 2);
    let error = compute::report(&log, &input(), &by(&["lens:organisation"])).unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadQuery);
    assert!(error.message.contains("assignment group"), "{error}");
}

fn with_dimension(mut log: WorkLog, name: &str) -> WorkLog {
    let mut codes = Codes::for_values(1, log.len());
    (0..log.len()).for_each(|_| codes.push(0));
    let dictionary: Dictionary = ["x"].iter().collect();
    log.dimensions.push(Dimension { name: name.into(), label: name.into(), dictionary, codes });
    log
}

#[test]
fn lenses_name_what_the_data_have() {
    let tickets: Vec<_> = (0..6)
        .map(|i| Ticket { priority: "high", assignee: "ann", group: "L1", ..ticket(i, T0, Some(T0 + H)) })
        .collect();
    let log = ["u_country", "vendor", "opened_by", "cmdb_ci"]
        .iter()
        .fold(log(&tickets, Tz::UTC), |log, name| with_dimension(log, name));
    let report = report(&log, &by(&["lens:location", "lens:organisation"]));
    let lenses: Vec<(&str, Vec<&str>)> =
        report.lenses.iter().map(|l| (l.id.as_str(), l.dimensions.iter().map(String::as_str).collect())).collect();
    assert_eq!(
        lenses,
        [
            ("process", vec![]),
            ("organisation", vec!["group", "assignee"]),
            ("location", vec!["u_country"]),
            ("information", vec!["cmdb_ci"]),
            ("supplier", vec!["vendor"]),
            ("management_system", vec!["priority"]),
        ]
    );
    let names: Vec<&str> = report.breakdowns.as_ref().unwrap().iter().map(|b| b.by.as_str()).collect();
    assert_eq!(names, ["u_country", "group"]);
    for (name, part) in [("lens:process", "No column"), ("lens:nothing", "There is no lens")] {
        let error = compute::report(&log, &input(), &by(&[name])).unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadQuery);
        assert!(error.message.contains(part) && error.remedy.contains("lens:location"), "{error}");
    }
}

/// Figure, difference, lower and upper bound.
type Interval = (&'static str, f64, f64, f64);

const PAIRED: [Interval; 5] = [
    ("lead_time.p50", -63_000.0, -79_200.0, -52_200.0),
    ("lead_time.p85", -86_400.0, -99_364.500_000_000_03, -75_600.0),
    ("lead_time.mean", -63_559.090_909_090_91, -72_095.159_021_627_52, -55_256.828_580_226_545),
    ("throughput.per_day", 0.442_028_985_507_246_45, 0.342_857_142_857_142_86, 0.553_153_820_816_864_2),
    ("arrivals.per_day", 0.442_028_985_507_246_45, 0.342_857_142_857_142_86, 0.553_153_820_816_864_2),
];

const INDEPENDENT: [Interval; 4] = [
    ("lead_time.p50", -3600.0, -18_000.0, 7200.0),
    ("lead_time.p85", 540.0, -27_729.0, 22_680.0),
    ("lead_time.mean", -5_278.497_316_636_858, -15_835.559_220_779_222, 5_609.718_205_314_42),
    ("arrivals.per_day", -0.068_907_563_025_210_28, -0.347_095_726_853_791_25, 0.157_258_403_361_344_53),
];

/// Both teams in the same weeks, so that each draw takes the same weeks of both. The numbers are those of
/// `python3 tests/reference/comparison.py`: `NumPy`, with the same stream (splitmix64 of the seed, xoshiro256**).
#[test]
fn numpy_agrees_on_differences_and_their_intervals() {
    let c = compared(&two_teams(), &only(group("A"), group("B")));
    assert_eq!((c.this.tickets, c.other.tickets, c.weeks, c.shared), (160, 99, 20, 0));
    assert!(c.definition.contains("the same ones on both"), "{}", c.definition);
    for (figure, difference, lower, upper) in PAIRED {
        let d = of(&c, figure);
        let found = (d.difference.unwrap(), d.lower.unwrap(), d.upper.unwrap());
        for (found, expected) in [(found.0, difference), (found.1, lower), (found.2, upper)] {
            assert!((found - expected).abs() < 1e-6 * (1.0 + expected.abs()), "{figure}: {d:?}");
        }
    }
    assert_eq!(of(&c, "lead_time.p50").verdict.as_deref(), Some("less"));
    assert_eq!(of(&c, "throughput.per_day").verdict.as_deref(), Some("more"));
    assert_eq!(
        c.sentence,
        "Lead time, 85 %: 1.5 days against 2.5 days (group A against group B), 1 day less; 95 % interval 21 h to 1.2 days less."
    );
    // The bins hold all tickets of both sides.
    assert_eq!(c.bins.iter().map(|b| b.count).sum::<u64>(), 259);
    assert_eq!((c.this.counts.iter().sum::<u64>(), c.other.counts.iter().sum::<u64>()), (160, 99));
}

/// Two periods have different weeks, which are drawn independently.
#[test]
fn numpy_agrees_on_two_periods() {
    let log = two_teams();
    let c = compared(&log, &only(opened("2025-01-06", "2025-03-16"), opened("2025-03-17", "2025-05-25")));
    assert!(c.definition.contains("independently"), "{}", c.definition);
    assert_eq!((c.weeks, c.shared), (10, 0));
    for (figure, difference, lower, upper) in INDEPENDENT {
        let d = of(&c, figure);
        let found = (d.difference.unwrap(), d.lower.unwrap(), d.upper.unwrap());
        for (found, expected) in [(found.0, difference), (found.1, lower), (found.2, upper)] {
            assert!((found - expected).abs() < 1e-6 * (1.0 + expected.abs()), "{figure}: {d:?}");
        }
    }
    // The second span ends with the data, on 2025-05-23: 68 days.
    assert_eq!(of(&c, "arrivals.per_day").other, Some(c.other.tickets as f64 / 68.0));
    // What was opened in a span is not all that was resolved in it.
    let d = of(&c, "throughput.per_day");
    assert!(d.this.is_none() && d.note.as_ref().unwrap().contains("resolved in that time"), "{d:?}");
    assert_eq!(of(&c, "arrivals.per_day").this, Some(c.this.tickets as f64 / 70.0));
}

#[test]
fn a_selection_does_not_differ_from_itself() {
    let c = compared(
        &two_teams(),
        &only(Selection::default(), Selection { label: "again".into(), ..Selection::default() }),
    );
    assert_eq!(c.other.label, "again");
    assert_eq!(c.shared, c.this.tickets);
    for d in &c.differences {
        assert!(d.difference.is_none_or(|x| x == 0.0), "{d:?}");
        assert!(d.verdict.as_deref().is_none_or(|v| v == "no_evidence"), "{d:?}");
        assert!(d.verdict.is_some() || d.note.is_some(), "{d:?}");
    }
    assert_eq!(of(&c, "lead_time.p85").verdict.as_deref(), Some("no_evidence"));
    assert!(c.sentence.contains("the same 259 tickets"), "{}", c.sentence);
}

#[test]
fn few_weeks_are_descriptive_only() {
    let log = two_teams();
    let c = compared(&log, &only(opened("2025-01-06", "2025-02-23"), opened("2025-03-17", "2025-05-25")));
    assert_eq!(c.weeks, 7);
    for d in &c.differences {
        assert!(d.lower.is_none() && d.verdict.is_none() && d.note.is_some(), "{d:?}");
    }
    assert!(of(&c, "lead_time.p50").difference.is_some());
    assert!(c.sentence.starts_with("Descriptive only"), "{}", c.sentence);
}

#[test]
fn an_empty_side_is_named() {
    let log = two_teams();
    let r = report(&log, &only(group("A"), opened("2030-01-01", "2030-02-01")));
    assert!(r.comparison.is_none());
    let why = &r.unavailable["comparison"];
    assert_eq!(why.reason, "The other selection (opened from 2030-01-01 to 2030-02-01) holds no ticket.");
    assert!(!report(&log, &Query::default()).unavailable.contains_key("comparison"));
}

#[test]
fn an_explanation_is_the_report_s_own_figure() {
    let log = two_teams();
    let r = report(&log, &Query::default());
    let lead = r.lead_time.as_ref().unwrap();
    let e = explain(&log, "lead_time.p85", &by(&["group"]));
    assert_eq!(e.value, Some(lead.percentiles[2].seconds));
    assert_eq!((e.receipt.n, e.filter.as_str(), e.zone.as_str()), (259, "all tickets", "UTC"));
    assert_eq!(e.receipt.percentile_method.as_deref(), Some("hyndman_fan_7"));
    assert!(e.receipt.evidence.starts_with("needs E0, data "));
    assert_eq!(e.by[0].figures.len(), 1);
    let rows: Vec<(&str, u64, Option<f64>)> =
        e.by[0].rows.iter().map(|r| (r.key.as_str(), r.n[0], r.values[0])).collect();
    let groups = &lead.by["group"];
    assert_eq!(rows, groups.iter().map(|g| (g.key.as_str(), g.n, Some(g.percentiles[2].seconds))).collect::<Vec<_>>());
    assert_eq!(explain(&log, "lead_time.p85", &Query::default()).by, []);
    assert_eq!(
        explain(&log, "throughput.per_day", &Query::default()).value,
        Some(r.throughput.unwrap().departures_per_day)
    );
    assert_eq!(explain(&log, "wip.average", &Query::default()).value, Some(r.wip.unwrap().time_average));
    let error = compute::explain(&log, &input(), "lead_time.p86", &Query::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadQuery);
    assert!(error.remedy.contains("lead_time.p85, lead_time.p95"), "{error}");
    let none = explain(&log, "reopen.rate", &Query::default());
    assert!(none.value.is_none() && none.words.is_none() && none.tickets.is_none());
    assert!(none.unavailable.unwrap().remedy.contains("reopen count"));
}

#[test]
fn the_tickets_behind_a_figure_come_longest_first() {
    let tickets = [
        Ticket { reopens: Some(0), ..ticket("short", T0, Some(T0 + H)) },
        Ticket { reopens: Some(2), ..ticket("long", T0, Some(T0 + 9 * H)) },
        Ticket { reopens: Some(1), ..ticket("middle", T0 + H, Some(T0 + 6 * H)) },
        ticket("open", T0 + 10 * H, None),
        ticket("older", T0, None),
        Ticket { flags: flag::CANCELLED, closed: Some(T0 + H), ..ticket("gone", T0, None) },
    ];
    let log = log(&tickets, Tz::UTC);
    let ids = |figure: &str, max_points| {
        let include = Include { ids: true, ..Include::default() };
        explain(&log, figure, &Query { include, max_points, as_of: Some("2025-01-07".into()), ..Query::default() })
            .tickets
            .unwrap()
    };
    assert_eq!(ids("lead_time.p50", 10), ["long", "middle", "short"]);
    assert_eq!(ids("lead_time.p50", 2), ["long", "middle"]);
    assert_eq!(ids("reopen.rate", 10), ["long", "middle"]);
    assert_eq!(ids("reopen.rate", 1), ["long"]);
    assert_eq!(ids("wip.now", 10), ["older", "open"]);
    assert_eq!(ids("open.older_than_p85", 10), ["older", "open"]);
    assert_eq!(ids("throughput.per_day", 10), ["long", "middle", "short"]);
    assert_eq!(ids("arrivals.per_day", 10).len(), 6);
    let quiet = explain(&log, "wip.now", &Query::default());
    assert!(quiet.tickets.is_none() && quiet.words.as_deref() == Some("2 tickets"), "{quiet:?}");
}

#[test]
fn every_part_of_a_report_has_a_receipt() {
    let tickets: Vec<_> = (0..30_i64)
        .map(|i| {
            let at = T0 + i * DAY;
            history(
                format!("T{i}"),
                &[
                    (at, "New", "L1", ""),
                    (at + H, "Work in progress", "L2", "ann"),
                    (at + 2 * H, "Resolved", "L1", "ann"),
                ],
            )
        })
        .chain([ticket("open", T0, None)])
        .collect();
    let log = log(&tickets, Tz::UTC);
    let r = report(&log, &Query::default());
    let json = serde_json::to_value(&r).unwrap();
    for part in Part::ALL.iter().map(|p| p.name()).filter(|name| *name != "sentences") {
        let shown = json.get(part).is_some_and(|p| !p.is_null());
        assert_eq!(shown, r.receipts.contains_key(part), "{part}");
    }
    let lead = &r.receipts["lead_time"];
    assert_eq!((lead.n, lead.minimum_n, lead.clock.as_deref()), (30, Some(59), Some("elapsed")));
    assert_eq!(lead.excluded, [("open".to_owned(), 1)].into());
    assert_eq!(lead.definition, r.lead_time.as_ref().unwrap().definition);
    assert_eq!(lead.evidence, format!("needs E0, data {}", r.evidence.level));
    assert_eq!(r.receipts["reopens"].excluded, [("not_known".to_owned(), 1)].into());
    assert!(r.receipts.values().all(|receipt| receipt.definition.len() > 20));
    let asked = Query { parts: Some(vec![Part::Wip]), ..Query::default() };
    assert_eq!(report(&log, &asked).receipts.keys().collect::<Vec<_>>(), ["wip"]);
}

#[test]
fn nothing_breaks_on_nothing() {
    let log = log(&[Ticket { priority: "high", ..ticket("only", T0, None) }], Tz::UTC);
    let r = report(&log, &Query { compare: Some(Selection::default()), ..by(&["priority", "state"][..1]) });
    assert_eq!(r.breakdowns.unwrap()[0].rows[0].key, "other");
    let c = r.comparison.unwrap();
    assert_eq!((c.bins.len(), c.weeks), (0, 0));
    for figure in FIGURES {
        let e = explain(&log, figure.id, &Query { include: Include { ids: true, points: false }, ..Query::default() });
        assert_eq!(e.value.is_some(), e.unavailable.is_none(), "{}", figure.id);
    }
}
