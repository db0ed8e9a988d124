//! Working time against a walk over every minute, and the laws that hold for it.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

use chrono::DateTime;
use chrono_tz::Tz;
use flowgauge::ErrorKind;
use flowgauge::calendar::{Calendar, Calendars, Holiday, WorkCalendar};
use proptest::prelude::*;

const OFFICE: &str = "Mon-Fri 09:00-17:00";
const SUNDAY: &str = "Sun 01:00-05:00";
const NIGHT: &str = "Mon-Sun 22:00-06:00";
const SPLIT: &str = "Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00";

fn at(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(&format!("{text}:00Z")).unwrap().timestamp()
}

fn work(zone: &str, hours: &str, holidays: &[&str]) -> WorkCalendar {
    let holiday = |date: &&str| Holiday { date: (*date).to_owned(), name: String::new() };
    WorkCalendar {
        hours: hours.to_owned(),
        holidays: holidays.iter().map(holiday).collect(),
        zone: Some(zone.to_owned()),
    }
}

fn calendar(zone: &str, hours: &str, holidays: &[&str], span: (i64, i64)) -> Calendar {
    Calendar::new(&work(zone, hours, holidays), Tz::UTC, span).unwrap()
}

/// Every value from `python3 tests/fixtures/make/business_time.py` (`CPython` 3, `zoneinfo`), which walks over the minutes.
#[test]
fn working_time_is_that_of_a_walk_over_every_minute() {
    let holidays = &["2025-01-01", "2025-04-18", "2025-12-25"][..];
    for (zone, hours, from, to, holidays, seconds) in [
        // Clocks go forward and back on a Sunday: office hours have as many seconds as ever.
        ("Europe/Berlin", OFFICE, "2025-03-28T10:30", "2025-04-01T14:15", &[][..], 74_700),
        ("Europe/Berlin", OFFICE, "2025-10-24T10:30", "2025-10-28T14:15", &[], 67_500),
        ("America/New_York", OFFICE, "2025-03-07T10:30", "2025-03-11T18:15", &[], 76_500),
        ("America/New_York", OFFICE, "2025-10-31T10:30", "2025-11-04T18:15", &[], 72_900),
        // A shift over the gap has an hour less, one over the fold an hour more.
        ("Europe/Berlin", SUNDAY, "2025-03-29T12:00", "2025-03-30T12:00", &[], 10_800),
        ("Europe/Berlin", SUNDAY, "2025-10-25T12:00", "2025-10-26T12:00", &[], 18_000),
        ("America/New_York", SUNDAY, "2025-03-08T12:00", "2025-03-09T12:00", &[], 10_800),
        ("America/New_York", SUNDAY, "2025-11-01T12:00", "2025-11-02T12:00", &[], 18_000),
        // Over night.
        ("Europe/Berlin", NIGHT, "2025-03-29T12:00", "2025-03-30T12:00", &[], 25_200),
        ("Europe/Berlin", NIGHT, "2025-10-25T12:00", "2025-10-26T12:00", &[], 32_400),
        ("America/New_York", NIGHT, "2025-03-08T12:00", "2025-03-09T17:00", &[], 25_200),
        ("America/New_York", NIGHT, "2025-11-01T12:00", "2025-11-02T17:00", &[], 32_400),
        ("Europe/Berlin", NIGHT, "2025-10-26T00:30", "2025-10-26T01:30", &[], 3600),
        ("America/New_York", "24/7", "2025-03-01T00:00", "2025-12-01T00:00", &[], 23_760_000),
        ("Europe/Berlin", SPLIT, "2025-01-01T00:00", "2026-01-01T00:00", holidays, 7_063_200),
        // A holiday takes the evening of its shift and the morning of the one before.
        ("Europe/Berlin", NIGHT, "2025-12-23T12:00", "2025-12-27T12:00", &["2025-12-25"], 86_400),
        // Midnight comes twice, does not come, and a whole date is left out.
        ("America/Havana", NIGHT, "2023-11-03T12:00", "2023-11-06T12:00", &[], 90_000),
        ("America/Sao_Paulo", NIGHT, "2018-11-02T12:00", "2018-11-06T12:00", &[], 111_600),
        ("Pacific/Apia", OFFICE, "2011-12-26T00:00", "2012-01-04T00:00", &[], 190_800),
    ] {
        let (from, to) = (at(from), at(to));
        let near = calendar(zone, hours, holidays, (from, to));
        let far = calendar(zone, hours, holidays, (at("1990-01-01T00:00"), at("1990-02-01T00:00")));
        assert_eq!(near.between(from, to), seconds, "{zone} {hours}");
        assert_eq!(far.between(from, to), seconds, "outside the span: {zone} {hours}");
    }
}

#[test]
fn no_time_passes_backwards_or_outside_hours() {
    let (friday, monday) = (at("2025-06-06T17:00"), at("2025-06-09T09:00"));
    let office = calendar("UTC", OFFICE, &[], (friday, monday));
    assert_eq!((office.between(friday, monday), office.between(monday, friday)), (0, 0));
    assert_eq!((office.between(friday - 1, monday + 1), office.between(monday + 5, monday + 5)), (2, 0));
    let ever = office.between(i64::MIN, i64::MAX);
    assert_eq!(
        ever,
        office.between(at("1968-12-31T00:00"), at("2107-02-09T00:00")),
        "beyond 1969 and 2107 none passes"
    );
}

#[test]
fn working_time_can_be_added() {
    let (friday, monday) = (at("2025-06-06T16:00"), at("2025-06-09T09:00"));
    let office = calendar("UTC", OFFICE, &[], (friday, monday));
    assert_eq!(office.add(friday, 3600), Some(friday + 3600), "the first instant, not the next morning");
    assert_eq!(office.add(friday, 3601), Some(monday + 1));
    assert_eq!((office.add(friday, 0), office.add(friday, -5)), (Some(friday), Some(friday)));
    assert_eq!(office.add(friday, 8 * 3600 * 5 * 520), Some(at("2035-05-25T16:00")), "520 weeks on, outside the span");
    assert_eq!((office.add(friday, i64::MAX), office.add(i64::MAX, 1)), (None, None));
}

#[test]
fn business_days_are_those_on_which_hours_begin() {
    let night = calendar("UTC", "Mon-Fri 22:00-06:00", &["2025-06-10"], (0, 0));
    let open: Vec<bool> = (7..=14).map(|day| night.open_on(format!("2025-06-{day:02}").parse().unwrap())).collect();
    assert_eq!(open, [false, false, true, false, true, true, true, false], "Saturday has only Friday's rest");
    assert_eq!(night.words(), "Mon-Fri 22:00-06:00 in UTC, 1 holiday");
}

#[test]
fn what_makes_no_calendar_is_refused_with_a_reason() {
    let span = (at("2025-06-02T00:00"), at("2025-06-06T00:00"));
    let refused = |work: &WorkCalendar| Calendar::new(work, Tz::UTC, span).unwrap_err();
    assert!(refused(&work("UTC", "", &[])).message.contains("no working hours"));
    assert_eq!(refused(&work("Mars/Base", OFFICE, &[])).kind, ErrorKind::UnknownZone);
    let error = refused(&work("UTC", OFFICE, &["2025-06-31"]));
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::BadQuery, "The holiday \"2025-06-31\" is no date."));
    let sundays: Vec<String> = (0..4000)
        .map(|week| DateTime::from_timestamp(at("1990-01-07T00:00") + week * 7 * 86_400, 0).unwrap())
        .map(|sunday| sunday.date_naive().to_string())
        .collect();
    let sundays: Vec<&str> = sundays.iter().map(String::as_str).collect();
    let error = refused(&work("UTC", "Sun 9-17", &sundays));
    assert!(error.message.contains("is a holiday"), "{error}");
}

#[test]
fn calendars_are_written_as_they_are_asked_for() {
    let text = r#"{"default":{"hours":"Mon-Fri 8-16","holidays":[{"date":"2025-12-25"}]},"groups":{"Night":{"hours":"24/7","zone":"Asia/Tokyo"}}}"#;
    let calendars: Calendars = serde_json::from_str(text).unwrap();
    assert_eq!(calendars.default.holidays[0].date, "2025-12-25");
    assert_eq!(calendars.groups["Night"].zone.as_deref(), Some("Asia/Tokyo"));
    assert!(serde_json::from_str::<Calendars>(r#"{"default":{"hour":"24/7"}}"#).is_err(), "misspelt");
    assert!(calendars.check().is_ok());
    for (hours, zone, why) in [("Mon 9", "UTC", "no range of times"), (OFFICE, "Mars", "IANA")] {
        let groups = [("Night".to_owned(), work(zone, hours, &[]))].into();
        let error = Calendars { groups, ..calendars.clone() }.check().unwrap_err();
        assert!(error.message.starts_with("Group \"Night\": ") && error.message.contains(why), "{error}");
    }
}

const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca"];
const HOURS: [&str; 6] = [OFFICE, SUNDAY, NIGHT, SPLIT, "24/7", "Fri 20-4; Sat 3-9"];

prop_compose! {
    /// Any calendar with two months of 2010 to 2012 for its span, and three instants of these years.
    fn cases()(zone in 0..ZONES.len(), hours in 0..HOURS.len(), off in prop::bool::ANY, start in 0..60_i64,
               mut times in prop::array::uniform3(1_262_304_000..1_356_998_400_i64)) -> (Calendar, [i64; 3]) {
        let holidays = ["2010-12-24", "2010-12-26", "2011-03-13", "2011-10-30", "2012-01-01"];
        let from = 1_262_304_000 + start * 30 * 86_400;
        times.sort_unstable();
        let calendar = calendar(ZONES[zone], HOURS[hours], if off { &holidays } else { &[] }, (from, from + 60 * 86_400));
        (calendar, times)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn working_time_is_part_of_all_time_and_adds_up((calendar, [a, b, c]) in cases()) {
        prop_assert!((0..=b - a).contains(&calendar.between(a, b)));
        prop_assert_eq!(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
    }

    #[test]
    fn adding_inverts_measuring((calendar, [a, b, _]) in cases(), seconds in 1..20_000_000_i64) {
        let reached = calendar.add(a, seconds).unwrap();
        prop_assert_eq!(calendar.between(a, reached), seconds);
        prop_assert_eq!(calendar.between(a, reached - 1), seconds - 1, "not a second earlier");
        prop_assert!(calendar.add(a, calendar.between(a, b)).unwrap() <= b);
    }

    #[test]
    fn no_text_makes_it_panic(hours in "[a-zA-Z0-9:;,. –/-]{0,40}", zone in "[A-Z][a-z]{0,5}") {
        let _ = Calendar::new(&work(&zone, &hours, &[&hours]), Tz::UTC, (i64::MIN, i64::MAX));
        let _ = flowgauge::calendar::holidays(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{hours}\nRRULE:{zone}={hours}"));
    }
}
