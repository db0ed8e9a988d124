//! Days of the proleptic Gregorian calendar, as dates, ordinal dates and ISO weeks.

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `None` where there is no such date.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) || !(1..=9999).contains(&year) {
        return None;
    }
    // Hinnant 2013, "chrono-compatible low-level date algorithms": March-based years make leap days the last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The date (year, month, day) of a day number since 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The day number of an ordinal date: day 1 is 1 January.
pub fn days_from_ordinal(year: i64, day: i64) -> Option<i64> {
    let most = if leap(year) { 366 } else { 365 };
    if !(1..=most).contains(&day) {
        return None;
    }
    Some(days_from_civil(year, 1, 1)? + day - 1)
}

/// The day number of an ISO 8601 week date; Monday is day 1.
pub fn days_from_week(year: i64, week: i64, day: i64) -> Option<i64> {
    if !(1..=7).contains(&day) || week < 1 {
        return None;
    }
    let first = first_monday(year)?;
    // Week 53 exists only where the next year's first week begins after it.
    if first + (week - 1) * 7 >= first_monday(year + 1)? {
        return None;
    }
    Some(first + (week - 1) * 7 + day - 1)
}

/// The Monday of week 1: the week that holds 4 January.
fn first_monday(year: i64) -> Option<i64> {
    let fourth = days_from_civil(year, 1, 4)?;
    // 1970-01-01 was a Thursday.
    Some(fourth - (fourth + 3).rem_euclid(7))
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The same wall-clock value with day and month exchanged; unchanged where that is no date.
pub fn swap_day_month(seconds: i64) -> i64 {
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    days_from_civil(year, day, month).map_or(seconds, |d| d * 86_400 + time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-400_000..400_000).step_by(17) {
            let (y, m, d) = civil_from_days(days);
            assert_eq!(days_from_civil(y, m, d), Some(days).filter(|_| (1..=9999).contains(&y)));
        }
    }

    /// Every day of 400 years, against chrono.
    #[test]
    fn weeks_and_ordinals_agree_with_chrono() {
        use chrono::{Datelike, NaiveDate};
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for days in -70_000..76_000 {
            let date = epoch + chrono::Duration::days(days);
            let week = date.iso_week();
            let day = i64::from(date.weekday().number_from_monday());
            assert_eq!(days_from_week(i64::from(week.year()), i64::from(week.week()), day), Some(days), "{date}");
            assert_eq!(days_from_ordinal(i64::from(date.year()), i64::from(date.ordinal())), Some(days), "{date}");
        }
        assert_eq!(days_from_week(2025, 53, 1), None);
        assert!(days_from_week(2026, 53, 7).is_some());
        assert_eq!(days_from_ordinal(2025, 366), None);
    }
}
