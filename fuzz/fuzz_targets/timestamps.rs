//! Timestamps: any bytes are a date or none, and a date stays within the calendar.
#![no_main]

use flowgauge::mapping::{civil_from_days, parse_timestamp, swap_day_month};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(stamp) = parse_timestamp(data) {
        let (year, month, day) = civil_from_days(stamp.wall.div_euclid(86_400));
        assert!((0..=10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day));
        let swapped = swap_day_month(stamp.wall);
        assert_eq!(swapped.rem_euclid(86_400), stamp.wall.rem_euclid(86_400));
        let around = parse_timestamp(&[b"  ", data, b" "].concat());
        assert_eq!(around.map(|s| s), Some(stamp), "blanks around mean nothing");
    }
});
