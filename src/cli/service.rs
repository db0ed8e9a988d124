//! Options of `report` about service levels and cost.

use clap::Args as ClapArgs;
use flowgauge::query::{Rates, Target};

/// Service levels and cost.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Service levels and cost")]
pub struct ServiceArgs {
    /// Time within which tickets of a priority should be resolved, such as "1 - Critical=4h" (units s, min, h, d, w); `*` is
    /// for every other priority; may be given several times.
    #[arg(long = "target", value_name = "PRIORITY=TIME", value_parser = parse_target)]
    pub targets: Vec<Target>,
    /// Cost of an hour of staff.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_rate)]
    pub wage: Option<f64>,
    /// Cost of an hour in which a ticket waits.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_rate)]
    pub delay_rate: Option<f64>,
    /// Name or sign of the amounts, such as EUR.
    #[arg(long, value_name = "NAME")]
    pub currency: Option<String>,
    /// Staff minutes that one handoff takes.
    #[arg(long, value_name = "MINUTES", value_parser = parse_rate)]
    pub minutes_per_handoff: Option<f64>,
}

impl ServiceArgs {
    /// The rates to ask with.
    pub fn rates(&self) -> Rates {
        Rates {
            currency: self.currency.clone(),
            wage_per_hour: self.wage,
            delay_per_hour: self.delay_rate,
            minutes_per_handoff: self.minutes_per_handoff,
        }
    }
}

/// The last `=` divides: priorities may hold one.
fn parse_target(text: &str) -> Result<Target, String> {
    let how = "write it as PRIORITY=TIME, for instance \"1 - Critical=4h\" or \"*=5d\"";
    let (priority, time) = text.rsplit_once('=').filter(|(priority, _)| !priority.is_empty()).ok_or(how)?;
    let seconds = seconds(time.trim()).ok_or(how)?;
    Ok(Target { priority: if priority == "*" { String::new() } else { priority.to_owned() }, seconds })
}

/// A whole number of a unit, in seconds; more than none.
fn seconds(time: &str) -> Option<i64> {
    let (number, unit) = time.split_at(time.find(|c: char| !c.is_ascii_digit())?);
    let each = match unit.trim() {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(each).filter(|&seconds| seconds > 0)
}

fn parse_rate(text: &str) -> Result<f64, String> {
    let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate >= 0.0);
    rate.ok_or_else(|| "write a number from 0 on, for instance 45 or 12.5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read() {
        let target = |priority: &str, seconds| Ok(Target { priority: priority.to_owned(), seconds });
        assert_eq!(parse_target("1 - Critical=4h"), target("1 - Critical", 14_400));
        assert_eq!(parse_target("a=b=90 min"), target("a=b", 5_400));
        assert_eq!(parse_target("*=5d"), target("", 432_000));
        for bad in ["4h", "=4h", "P1=", "P1=4", "P1=0h", "P1=-4h", "P1=h", "P1=4y", "P1=99999999999999999w", "P1=1.5h"]
        {
            assert!(parse_target(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn rates_are_numbers_from_0_on() {
        assert_eq!(parse_rate("12.5"), Ok(12.5));
        for bad in ["-1", "NaN", "inf", "12,5", ""] {
            assert!(parse_rate(bad).is_err(), "{bad}");
        }
    }
}
