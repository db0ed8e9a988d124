//! Which priority goes first, from its name.

/// Words of names from the most urgent on; words of one level stand together.
const LEVELS: [&[&str]; 5] = [
    &["critical", "highest", "blocker", "immediate", "emergency"],
    &["urgent", "high", "major"],
    &["medium", "moderate", "normal", "standard", "average"],
    &["low", "minor"],
    &["lowest", "trivial", "planning", "planned"],
];

/// The rank of each name, 0 first: by their numbers where all that are not empty have one (`1 - Critical`, `P2`), else by what they say, unknown
/// words in the middle. Equal ranks are one level.
pub fn ranks<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let keys = keys(names).1;
    let mut distinct = keys.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |key: &u32| u8::try_from(distinct.binary_search(key).unwrap_or(0)).unwrap_or(u8::MAX);
    keys.iter().map(rank).collect()
}

/// Which names are urgent: numbers up to 2, or critical and high by what they say.
pub fn urgent<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<bool> {
    let (numbered, keys) = keys(names);
    let last = if numbered { 2 } else { 1 };
    keys.into_iter().map(|key| key <= last).collect()
}

/// Whether all names have numbers, and these; else the level of each.
fn keys<'a>(names: impl IntoIterator<Item = &'a str>) -> (bool, Vec<u32>) {
    let names: Vec<String> = names.into_iter().map(|name| name.trim().to_lowercase()).collect();
    let numbers: Vec<Option<u32>> = names.iter().map(|name| number(name)).collect();
    let numbered = numbers.iter().zip(&names).all(|(number, name)| number.is_some() || name.is_empty());
    let key = |(name, number): (&String, Option<u32>)| match number {
        Some(number) if numbered => number,
        _ if numbered => u32::MAX,
        _ => level(name),
    };
    (numbered, names.iter().zip(numbers).map(key).collect())
}

fn number(name: &str) -> Option<u32> {
    let digits: String =
        name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(6).collect();
    digits.parse().ok()
}

fn level(name: &str) -> u32 {
    let words = || name.split(|c: char| !c.is_alphanumeric());
    let known = LEVELS.iter().position(|level| words().any(|word| level.contains(&word)));
    known.map_or(2, |level| u32::try_from(level).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::{ranks, urgent};

    #[test]
    fn names_have_an_order() {
        assert_eq!(ranks(["2 - High", "1 - Critical", "3 - Moderate", ""]), [1, 0, 2, 3]);
        assert_eq!(ranks(["P3", "P1"]), [1, 0]);
        assert_eq!(ranks(["Low", "High", "Medium", "Lowest", "Whatever", "Urgent"]), [2, 0, 1, 3, 1, 0]);
        assert_eq!(ranks([]), [0_u8; 0]);
        assert_eq!(urgent(["3 - Low", "1 - High", "P2", ""]), [false, true, true, false]);
        assert_eq!(urgent(["Low", "High", "Critical", "Medium", ""]), [false, true, true, false, false]);
    }
}
