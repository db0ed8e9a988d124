//! Figures in words.

/// A duration in the unit that fits: `45 s`, `12 min`, `9 h`, `4.2 days`.
pub fn duration(seconds: f64) -> String {
    let size = seconds.abs();
    let (value, unit) = if size < 60.0 {
        (seconds, "s")
    } else if size < 3_600.0 {
        (seconds / 60.0, "min")
    } else if size < 172_800.0 {
        (seconds / 3_600.0, "h")
    } else {
        (seconds / 86_400.0, "days")
    };
    let digits = usize::from(value.abs() < 9.95 && unit != "s");
    let number = format!("{value:.digits$}");
    format!("{} {unit}", number.strip_suffix(".0").unwrap_or(&number))
}

/// A count with commas between thousands.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_the_unit_that_fits() {
        let cases = [
            (0.0, "0 s"),
            (45.4, "45 s"),
            (90.0, "1.5 min"),
            (7_200.0, "2 h"),
            (33_000.0, "9.2 h"),
            (362_880.0, "4.2 days"),
        ];
        for (seconds, words) in cases {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn counts_have_commas() {
        assert_eq!(count(7), "7");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
    }
}
