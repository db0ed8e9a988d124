//! Tables of texts and what they read as. Sources: ISO 8601-1:2019 as its examples stand in public (Wikipedia, "ISO 8601"),
//! RFC 3339 section 5.8, RFC 5322 appendix A, the examples of Python's `datetime.fromisoformat` and of `dateutil.parser`,
//! and the exports of the tools themselves.

use proptest::prelude::*;

use super::*;

/// A stamp as text: wall clock, zone.
fn at(text: &[u8]) -> Option<(String, String, OrderHint)> {
    parse(text).map(|s| {
        let (y, m, d) = civil_from_days(s.wall.div_euclid(86_400));
        let t = s.wall.rem_euclid(86_400);
        let time =
            if s.date_only { String::new() } else { format!(" {:02}:{:02}:{:02}", t / 3600, t / 60 % 60, t % 60) };
        (format!("{y:04}-{m:02}-{d:02}{time}"), s.zone.label(), s.hint)
    })
}

fn check(table: &[(&str, &str, &str)]) {
    for (text, expected, zone) in table {
        let Some((wall, label, hint)) = at(text.as_bytes()) else { panic!("{text} is not read") };
        assert_eq!((wall.as_str(), label.as_str(), hint), (*expected, *zone, OrderHint::Free), "{text}");
    }
}

#[test]
fn forms_of_iso_8601() {
    check(&[
        ("2016-02-29", "2016-02-29", ""),
        ("2016-02-29 01:16:00", "2016-02-29 01:16:00", ""),
        ("2016-02-29t01:16", "2016-02-29 01:16:00", ""),
        ("20160229", "2016-02-29", ""),
        ("20160229T0116Z", "2016-02-29 01:16:00", "UTC"),
        ("20111104T000523", "2011-11-04 00:05:23", ""),
        ("2011-W01-2T00:05:23.283", "2011-01-04 00:05:23", ""),
        ("2025-W03-2", "2025-01-14", ""),
        ("2025W032", "2025-01-14", ""),
        ("2009-W53-7", "2010-01-03", ""),
        ("2025-032", "2025-02-01", ""),
        ("2025032", "2025-02-01", ""),
        ("2024-366T10:00", "2024-12-31 10:00:00", ""),
        ("2011-11-04T00:05:23+04:00", "2011-11-04 00:05:23", "+04:00"),
        ("1985-04-12T23:20:50.52Z", "1985-04-12 23:20:50", "UTC"),
        ("1996-12-19T16:39:57-08:00", "1996-12-19 16:39:57", "-08:00"),
        ("1990-12-31T23:59:60Z", "1991-01-01 00:00:00", "UTC"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01 12:00:27", "+00:20"),
        ("2007-04-05T24:00", "2007-04-06 00:00:00", ""),
        ("2007-04-05T14:30,5", "2007-04-05 14:30:30", ""),
        ("2007-04-05T14,25", "2007-04-05 14:15:00", ""),
        ("2007-04-05T14", "2007-04-05 14:00:00", ""),
        ("2007-04-05T14+02", "2007-04-05 14:00:00", "+02:00"),
        ("20070405T143045,123Z", "2007-04-05 14:30:45", "UTC"),
        ("2012/10/09 14:50:17.000", "2012-10-09 14:50:17", ""),
        ("2006-01-11 15:49:42+00:00", "2006-01-11 15:49:42", "UTC"),
        ("2020-06-01T15:49:02.582000+02:00", "2020-06-01 15:49:02", "+02:00"),
        ("2021-01-08T16:38:15.000+0000", "2021-01-08 16:38:15", "UTC"),
        ("2021-04-05T19:46:37Z", "2021-04-05 19:46:37", "UTC"),
        ("2025-03-01T10:00:00.123456789+01:00[Europe/Berlin]", "2025-03-01 10:00:00", "+01:00"),
        ("2025-03-01 10:00 Europe/Berlin", "2025-03-01 10:00:00", "Europe/Berlin"),
        ("20250131103000", "2025-01-31 10:30:00", ""),
        ("202501311030", "2025-01-31 10:30:00", ""),
        ("2025.3.7 9:05", "2025-03-07 09:05:00", ""),
        ("2025-Mar-07 10:22", "2025-03-07 10:22:00", ""),
        ("2025-03-07-10.22.11.000000", "2025-03-07 10:22:11", ""),
    ]);
}

#[test]
fn forms_of_tools_and_programs() {
    check(&[
        ("30/Jun/25 9:54 AM", "2025-06-30 09:54:00", ""),
        ("11/May/24 12:26 PM", "2024-05-11 12:26:00", ""),
        ("11/May/24 12:26\u{202F}AM", "2024-05-11 00:26:00", ""),
        ("Jun 30, 2025 9:54 PM", "2025-06-30 21:54:00", ""),
        ("Jun 30 2025 at 9 p.m.", "2025-06-30 21:00:00", ""),
        ("30 June 2025", "2025-06-30", ""),
        ("June 3rd, 2025", "2025-06-03", ""),
        ("the 3rd of June 2025", "2025-06-03", ""),
        ("Mon, 30 Jun 2025 08:15:00 +0200", "2025-06-30 08:15:00", "+02:00"),
        ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21 09:55:06", "-06:00"),
        ("Thu, 13 Feb 1969 23:32 EST", "1969-02-13 23:32:00", "-05:00"),
        ("Wed Jan 08 16:38:15 UTC 2021", "2021-01-08 16:38:15", "UTC"),
        ("Thu Sep 25 10:36:28 2003", "2003-09-25 10:36:28", ""),
        ("Wed Jan  8 06:38:15 CET 2021", "2021-01-08 06:38:15", "+01:00"),
        ("Fri Mar 07 2025 10:22:11 GMT+0100 (Central European Standard Time)", "2025-03-07 10:22:11", "+01:00"),
        ("07-MAR-25 10.22.11.000000 AM", "2025-03-07 10:22:11", ""),
        ("07-MAR-25 10.22.11.000000 PM +01:00", "2025-03-07 22:22:11", "+01:00"),
        ("10/Oct/2000:13:55:36 -0700", "2000-10-10 13:55:36", "-07:00"),
        ("2025-03-07 10:22:11 PM", "2025-03-07 22:22:11", ""),
        ("2025-03-07 10:22:11 IST", "2025-03-07 10:22:11", "IST"),
        ("2025-08-22 11:45 12,5 %", "2025-08-22 11:45:00", ""),
        ("2025-08-22\n11:45", "2025-08-22 11:45:00", ""),
        ("2025-08-22 - 11:45", "2025-08-22 11:45:00", ""),
        ("05.05.2025 14.35", "2025-05-05 14:35:00", ""),
    ]);
}

/// Month names as `strftime` and `CLDR` print them.
#[test]
fn names_of_seven_languages() {
    check(&[
        ("5. März 2025, 14:35 Uhr", "2025-03-05 14:35:00", ""),
        ("Mi., 5. Mär. 2025 um 14.35 Uhr", "2025-03-05 14:35:00", ""),
        ("Montag, den 3. Februar 2025", "2025-02-03", ""),
        ("1er mars 2025 à 14h35", "2025-03-01 14:35:00", ""),
        ("le 12 févr. 2025 14 h 35", "2025-02-12 14:35:00", ""),
        ("mar. 4 mars 2025", "2025-03-04", ""),
        ("12 fevrier 2025", "2025-02-12", ""),
        ("12 fe\u{301}vrier 2025", "2025-02-12", ""),
        ("15 août 2025 14h", "2025-08-15 14:00:00", ""),
        ("12 de ene. de 2025", "2025-01-12", ""),
        ("lunes, 3 de marzo de 2025, 9:54 p. m.", "2025-03-03 21:54:00", ""),
        ("sábado, 12 de septiembre de 2025 a las 9:54", "2025-09-12 09:54:00", ""),
        ("marzo 3, 2025", "2025-03-03", ""),
        ("lunedì 3 marzo 2025", "2025-03-03", ""),
        ("gio 6 giu 2025 alle ore 8:05", "2025-06-06 08:05:00", ""),
        ("5 de março de 2025 às 14:35", "2025-03-05 14:35:00", ""),
        ("segunda-feira, 3 de fevereiro de 2025", "2025-02-03", ""),
        ("1º de dez. de 2025", "2025-12-01", ""),
        ("maandag 3 maart 2025 om 14:35 uur", "2025-03-03 14:35:00", ""),
        ("5 mrt 2025", "2025-03-05", ""),
        ("di 4 mei 2025", "2025-05-04", ""),
        ("5 okt. 2025 kl. 14", "2025-10-05 14:00:00", ""),
    ]);
    for latin in [
        &b"5. M\xE4rz 2025"[..],
        b"5. M\x8Arz 2025",
        b"5 mar\xE7o 2025",
        b"5\xA0mars\xA02025",
        b"\xC2\xA05 mars 2025\xC2\xA0",
    ] {
        assert_eq!(at(latin).map(|(date, ..)| date).as_deref(), Some("2025-03-05"), "{}", latin.escape_ascii());
    }
}

#[test]
fn numbers_leave_the_order_open_or_prove_it() {
    use OrderHint::{DayFirst, Free, MonthFirst, Open};
    for (text, expected, hint) in [
        ("29/2/2016 01:16", "2016-02-29 01:16:00", DayFirst),
        ("29-02-2016 01:16", "2016-02-29 01:16:00", DayFirst),
        ("29. 2. 2016", "2016-02-29", DayFirst),
        ("29 / 02 / 16", "2016-02-29", DayFirst),
        ("5/3/2016 12:00", "2016-03-05 12:00:00", Open),
        ("02-29-2016 01:16:09", "2016-02-29 01:16:09", MonthFirst),
        ("05.05.2016", "2016-05-05", Free),
        ("8/12/2025 7:00:00 AM", "2025-12-08 07:00:00", Open),
        ("1/2/70", "1970-02-01", Open),
        ("1/2/69", "2069-02-01", Open),
        ("Mo. 03.02.2025", "2025-02-03", Open),
        ("22/08/2025 11:45\n75%", "2025-08-22 11:45:00", DayFirst),
        ("22/08/2025 11:45\n(75%)", "2025-08-22 11:45:00", DayFirst),
    ] {
        assert_eq!(
            at(text.as_bytes()).map(|(wall, _, hint)| (wall, hint)),
            Some((expected.to_owned(), hint)),
            "{text}"
        );
    }
}

#[test]
fn refuses_what_is_no_timestamp() {
    for text in [
        "",
        "12",
        "INC0000045",
        "3 - Moderate",
        "2016-02-30",
        "31/31/2016",
        "1.2.3",
        "10.0.0.1",
        "2016-13-01",
        "25:61",
        "2016-02-29 25:00:00",
        "2016-02-29 24:01",
        "2016-02-29 1:2",
        "2016-02-29 14:35 PM",
        "yesterday",
        "5/3/2016 12",
        "99999999",
        "1735689600",
        "45658.5",
        "2025-03",
        "2025-W03",
        "March 2025",
        "mar",
        "5/3/20251",
        "2025-366",
        "2025-W54-1",
        "2025010110000017",
        "2025-03-01 10:00 Mars/Phobos",
        "2025-03-01 75",
        "50%",
        "2025-03-01 (75%",
        "2025-03-01 75%)",
        "2025-03-0175%",
        "5 days 3 hours",
        "6 dias 6 horas 35 minutos",
        "27 d 19 h",
        "12:34:56",
    ] {
        assert_eq!(at(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn swapping_twice_changes_nothing() {
    let april_third = parse(b"03/04/2025 10:00").unwrap().wall;
    assert_eq!(swap_day_month(april_third), parse(b"2025-03-04 10:00").unwrap().wall);
    assert_eq!(swap_day_month(swap_day_month(april_third)), april_third);
}

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const PORTUGUESE: [&str; 12] = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_instant_in_any_style_reads_back(wall in 0..4_000_000_000_i64, style in 0..14_usize) {
        let (y, m, d) = civil_from_days(wall.div_euclid(86_400));
        let t = wall.rem_euclid(86_400);
        let (h, n, s) = (t / 3600, t / 60 % 60, t % 60);
        let (twelve, half) = ((h + 11) % 12 + 1, if h < 12 { "AM" } else { "PM" });
        let at = usize::try_from(m - 1).unwrap();
        let date = chrono::DateTime::from_timestamp(wall, 0).unwrap();
        let text = match style {
            0 => format!("{y:04}-{m:02}-{d:02}T{h:02}:{n:02}:{s:02}"),
            1 => format!("{y:04}{m:02}{d:02}T{h:02}{n:02}{s:02}"),
            2 => format!("{y:04}{m:02}{d:02}{h:02}{n:02}{s:02}"),
            3 => format!("{y:04}/{m}/{d} {twelve}:{n:02}:{s:02} {half}"),
            4 => format!("{d}. {} {y:04}, {h:02}:{n:02}:{s:02} Uhr", GERMAN[at]),
            5 => format!("{d} de {}. de {y} às {h:02}:{n:02}:{s:02}", PORTUGUESE[at]),
            6 => date.to_rfc2822(),
            7 => date.to_rfc3339(),
            8 => date.format("%c").to_string(),
            9 => date.format("%G-W%V-%u %H:%M:%S").to_string(),
            10 => date.format("%Y-%jT%H:%M:%S,%3f").to_string(),
            11 => date.format("%d-%b-%Y %I.%M.%S.%6f %p").to_string(),
            12 => date.format("%B %e, %Y %l:%M:%S %P").to_string(),
            _ => date.format("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)").to_string(),
        };
        let read = parse(text.as_bytes());
        prop_assert_eq!(read.map(|r| (r.wall, r.date_only)), Some((wall, false)), "{}", text);
    }

    #[test]
    fn numeric_dates_read_back_in_one_of_their_orders(days in 0..47_000_i64, separator in "[-/.]", month_first: bool) {
        let (y, m, d) = civil_from_days(days);
        let (a, b) = if month_first { (m, d) } else { (d, m) };
        let stamp = parse(format!("{a}{separator}{b}{separator}{y}").as_bytes()).unwrap();
        let other = swap_day_month(stamp.wall);
        let expected = days * 86_400;
        let swapped = stamp.hint == OrderHint::Open && month_first;
        prop_assert_eq!(if swapped { other } else { stamp.wall }, expected);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let _ = parse(&bytes);
        let _ = number(&bytes);
    }

    #[test]
    fn no_text_near_a_date_makes_it_panic(text in "[0-9TZtWw:./, +apmMh'%()\\[\\]éçu\\-]{0,40}|(Mon|mar|5|le|12:3|2025|W|Uhr|kl|de|Mai|UTC|GMT|/|:|-|\\.| |é|%|,|\\+){0,14}") {
        let _ = parse(text.as_bytes());
    }
}
