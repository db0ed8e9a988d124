//! Breakdowns, comparisons and explanations of real exports, against figures that others computed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp, reason = "a failing test may panic")]

mod common;

use common::{read, real};
use flowgauge::query::{Include, Part, Query, Selection, Span};

const FILE: &str = "servicenow_incident_event_log.csv.gz";

fn opened(from: &str, to: &str) -> Selection {
    Selection { opened: Span { from: Some(from.to_owned()), to: Some(to.to_owned()) }, ..Selection::default() }
}

#[test]
fn priorities_have_the_medians_of_the_readme() {
    let Some(bytes) = real(FILE) else { return };
    let engine = read(FILE, &bytes).unwrap();
    let query = Query { by: Some(vec!["priority".to_owned()]), ..Query::default() };
    let e = engine.explain("lead_time.p50", &query).unwrap();
    assert_eq!((e.value, e.receipt.n, e.words.as_deref()), (Some(92_700.0), 24_918, Some("1.1 days")));
    let rows: Vec<(&str, u64, Option<f64>)> =
        e.by[0].rows.iter().map(|r| (r.key.as_str(), r.n[0], r.values[0])).collect();
    assert_eq!(
        rows,
        [
            ("3 - Moderate", 23_466, Some(91_230.0)),
            ("4 - Low", 774, Some(90_390.0)),
            ("2 - High", 408, Some(137_640.0)),
            ("1 - Critical", 270, Some(288_870.0))
        ]
    );
    // 19,087 handoffs; 2,628 tickets come back; 11,369 of 24,918 reassigned; 275 reopened.
    let of = |figure: &str| engine.explain(figure, &Query::default()).unwrap();
    let total = |figure: &str| (of(figure).value.unwrap() * of(figure).receipt.n as f64).round();
    assert_eq!((total("handoffs.per_ticket"), total("ping_pong.rate")), (19_087.0, 2_628.0));
    assert_eq!((total("reassigned.rate"), total("reopen.rate")), (11_369.0, 275.0));
    let include = Include { ids: true, ..Include::default() };
    let reopened = engine.explain("reopen.rate", &Query { include, ..Query::default() }).unwrap();
    assert_eq!(reopened.tickets.unwrap().len(), 275);
}

#[test]
fn two_months_are_compared() {
    let Some(bytes) = real(FILE) else { return };
    let engine = read(FILE, &bytes).unwrap();
    let Selection { opened: first, .. } = opened("2016-03-01", "2016-03-31");
    let other = Selection { opened: opened("2016-04-01", "2016-04-30").opened, ..Selection::default() };
    let query = Query { opened: first, compare: Some(other), parts: Some(vec![Part::Comparison]), ..Query::default() };
    let c = engine.report(&query).unwrap().comparison.unwrap();
    assert_eq!(c.shared, 0);
    assert!(c.weeks < 8 && c.sentence.starts_with("Descriptive only"), "{}", c.sentence);

    let whole = Query { compare: Some(Selection::default()), ..Query::default() };
    let c = engine.report(&whole).unwrap().comparison.unwrap();
    assert!(c.differences.iter().all(|d| d.difference.is_none_or(|x| x == 0.0)));
    assert!(c.differences.iter().filter_map(|d| d.verdict.as_deref()).all(|v| v == "no_evidence"));
}
