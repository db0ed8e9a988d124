//! The number of a change in a text.

/// How numbers of changes begin.
const PREFIXES: [&str; 3] = ["CHANGE", "CHG", "RFC"];

/// The first number of a change that a text names, in capitals and without a blank or `#` inside: `CHG0030001`,
/// `CHANGE-12`, `RFC-7`. A number is a prefix of these three, a `-`, `#` or blank or nothing (after `CHANGE` always a `-`,
/// for "change 3" is an everyday phrase; after `RFC` no blank), and digits up to the end of the word. The text itself goes
/// no further.
pub fn change_number(text: &[u8]) -> Option<Vec<u8>> {
    let begins = |at: &usize| text.get(*at).is_some_and(|b| matches!(b, b'c' | b'C' | b'r' | b'R'));
    (0..text.len()).filter(begins).find_map(|at| {
        let before = at.checked_sub(1).and_then(|b| text.get(b));
        if before.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
            return None;
        }
        let rest = text.get(at..)?;
        PREFIXES.iter().find_map(|prefix| number(rest, prefix))
    })
}

fn number(text: &[u8], prefix: &str) -> Option<Vec<u8>> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    if !head.eq_ignore_ascii_case(prefix.as_bytes()) {
        return None;
    }
    let (joined, tail) = match (prefix, tail.split_first()?) {
        (_, (b'-', tail)) => (true, tail),
        ("CHG", (b'#' | b' ', tail)) | ("RFC", (b'#', tail)) => (false, tail),
        ("CHANGE", _) => return None,
        _ => (false, tail),
    };
    let digits = tail.iter().take_while(|b| b.is_ascii_digit()).count();
    let ends = tail.get(digits).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_');
    if digits == 0 || digits > 20 || !ends {
        return None;
    }
    let hyphen: &[u8] = if joined { b"-" } else { b"" };
    Some([prefix.as_bytes(), hyphen, tail.get(..digits)?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_a_change_is_found_and_nothing_else() {
        for (text, found) in [
            ("Mail is down since CHG0030001 was implemented", "CHG0030001"),
            ("after chg0030001, see also CHG0030002", "CHG0030001"),
            ("(CHG 30001)", "CHG30001"),
            ("CHG#12: retry", "CHG12"),
            ("caused by change-12.", "CHANGE-12"),
            ("rfc-7", "RFC-7"),
            ("RFC7", "RFC7"),
            ("see RFC 2616", ""),
            ("change 3 passwords", ""),
            ("xCHG0030001", ""),
            ("CHG0030001x", ""),
            ("CHG", ""),
            ("", ""),
            ("CHG-", ""),
            ("Änderung CHG5 läuft", "CHG5"),
        ] {
            assert_eq!(change_number(text.as_bytes()).unwrap_or_default(), found.as_bytes(), "{text}");
        }
    }
}
