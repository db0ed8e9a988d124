//! Names of months and weekdays in English, German, French, Spanish, Italian, Portuguese and Dutch, full and short.
//!
//! Names with an accent stand twice: without the letter, as where it is one of the encoding's own, and with the bare
//! letter, as where the accent stands apart or was left out. Both tables are sorted.

use super::cursor::Cursor;

const MONTHS: [(&[u8], i64); 119] = [
    (b"abr", 4),
    (b"abril", 4),
    (b"ago", 8),
    (b"agosto", 8),
    (b"aot", 8),
    (b"aout", 8),
    (b"apr", 4),
    (b"april", 4),
    (b"aprile", 4),
    (b"aug", 8),
    (b"august", 8),
    (b"augustus", 8),
    (b"avr", 4),
    (b"avril", 4),
    (b"dc", 12),
    (b"dcembre", 12),
    (b"dec", 12),
    (b"december", 12),
    (b"decembre", 12),
    (b"dez", 12),
    (b"dezember", 12),
    (b"dezembro", 12),
    (b"dic", 12),
    (b"dicembre", 12),
    (b"diciembre", 12),
    (b"ene", 1),
    (b"enero", 1),
    (b"feb", 2),
    (b"febbr", 2),
    (b"febbraio", 2),
    (b"feber", 2),
    (b"febr", 2),
    (b"febrero", 2),
    (b"februar", 2),
    (b"februari", 2),
    (b"february", 2),
    (b"fev", 2),
    (b"fevereiro", 2),
    (b"fevr", 2),
    (b"fevrier", 2),
    (b"fv", 2),
    (b"fvr", 2),
    (b"fvrier", 2),
    (b"gen", 1),
    (b"genn", 1),
    (b"gennaio", 1),
    (b"giu", 6),
    (b"giugno", 6),
    (b"jan", 1),
    (b"janeiro", 1),
    (b"janner", 1),
    (b"januar", 1),
    (b"januari", 1),
    (b"january", 1),
    (b"janv", 1),
    (b"janvier", 1),
    (b"jn", 1),
    (b"jnner", 1),
    (b"juil", 7),
    (b"juill", 7),
    (b"juillet", 7),
    (b"juin", 6),
    (b"jul", 7),
    (b"julho", 7),
    (b"juli", 7),
    (b"julio", 7),
    (b"july", 7),
    (b"jun", 6),
    (b"june", 6),
    (b"junho", 6),
    (b"juni", 6),
    (b"junio", 6),
    (b"lug", 7),
    (b"luglio", 7),
    (b"maa", 3),
    (b"maart", 3),
    (b"maerz", 3),
    (b"mag", 5),
    (b"maggio", 5),
    (b"mai", 5),
    (b"maio", 5),
    (b"mar", 3),
    (b"march", 3),
    (b"marco", 3),
    (b"maro", 3),
    (b"mars", 3),
    (b"marz", 3),
    (b"marzo", 3),
    (b"may", 5),
    (b"mayo", 5),
    (b"mei", 5),
    (b"mr", 3),
    (b"mrt", 3),
    (b"mrz", 3),
    (b"nov", 11),
    (b"november", 11),
    (b"novembre", 11),
    (b"novembro", 11),
    (b"noviembre", 11),
    (b"oct", 10),
    (b"october", 10),
    (b"octobre", 10),
    (b"octubre", 10),
    (b"okt", 10),
    (b"oktober", 10),
    (b"ott", 10),
    (b"ottobre", 10),
    (b"out", 10),
    (b"outubro", 10),
    (b"sep", 9),
    (b"sept", 9),
    (b"september", 9),
    (b"septembre", 9),
    (b"septiembre", 9),
    (b"set", 9),
    (b"setembro", 9),
    (b"setiembre", 9),
    (b"sett", 9),
    (b"settembre", 9),
];

const WEEKDAYS: [&[u8]; 108] = [
    b"di",
    b"die",
    b"dienstag",
    b"dim",
    b"dimanche",
    b"din",
    b"dinsdag",
    b"do",
    b"dom",
    b"domenica",
    b"domingo",
    b"don",
    b"donderdag",
    b"donnerstag",
    b"fr",
    b"fre",
    b"freitag",
    b"fri",
    b"friday",
    b"gio",
    b"gioved",
    b"giovedi",
    b"jeu",
    b"jeudi",
    b"jue",
    b"jueves",
    b"lun",
    b"lundi",
    b"luned",
    b"lunedi",
    b"lunes",
    b"ma",
    b"maa",
    b"maandag",
    b"mar",
    b"mardi",
    b"marted",
    b"martedi",
    b"martes",
    b"mer",
    b"mercoled",
    b"mercoledi",
    b"mercredi",
    b"mi",
    b"mie",
    b"miercoles",
    b"mircoles",
    b"mit",
    b"mittwoch",
    b"mo",
    b"mon",
    b"monday",
    b"montag",
    b"qua",
    b"quarta",
    b"qui",
    b"quinta",
    b"sa",
    b"sab",
    b"sabado",
    b"sabato",
    b"sam",
    b"samedi",
    b"samstag",
    b"sat",
    b"saturday",
    b"sb",
    b"sbado",
    b"seg",
    b"segunda",
    b"sex",
    b"sexta",
    b"so",
    b"son",
    b"sonnabend",
    b"sonntag",
    b"sun",
    b"sunday",
    b"ter",
    b"tera",
    b"terca",
    b"thu",
    b"thur",
    b"thurs",
    b"thursday",
    b"tue",
    b"tues",
    b"tuesday",
    b"ven",
    b"vendredi",
    b"venerd",
    b"venerdi",
    b"vie",
    b"viernes",
    b"vr",
    b"vrij",
    b"vrijdag",
    b"wed",
    b"wednesday",
    b"wo",
    b"woe",
    b"woensdag",
    b"za",
    b"zat",
    b"zaterdag",
    b"zo",
    b"zon",
    b"zondag",
];

/// Words between the parts of a date: "5 de março de 2025", "le 3 mars", "Montag, den 3. März".
const BETWEEN: [&[u8]; 12] = [b"de", b"del", b"do", b"da", b"di", b"of", b"the", b"le", b"den", b"el", b"il", b"van"];

/// Takes a month's name and the dot of an abbreviation; 1 to 12.
pub fn month(c: &mut Cursor<'_>) -> Option<i64> {
    let mut ahead = *c;
    let word = ahead.word()?;
    let letters = word.letters();
    let month = match MONTHS.binary_search_by(|(name, _)| (*name).cmp(letters)) {
        Ok(at) => MONTHS.get(at).map(|(_, month)| *month)?,
        Err(_) => shortened(letters)?,
    };
    ahead.eat(b'.');
    *c = ahead;
    Some(month)
}

/// English names cut after any letter from the third on.
fn shortened(letters: &[u8]) -> Option<i64> {
    const NAMES: [&[u8]; 12] = [
        b"january",
        b"february",
        b"march",
        b"april",
        b"may",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
    ];
    let at = NAMES.iter().position(|name| letters.len() >= 3 && name.starts_with(letters))?;
    i64::try_from(at).ok().map(|month| month + 1)
}

/// Takes a weekday's name with what follows it up to the date; whether there was one.
pub fn weekday(c: &mut Cursor<'_>) -> bool {
    let mut ahead = *c;
    if ahead.word().is_none_or(|word| WEEKDAYS.binary_search(&word.letters()).is_err()) {
        return false;
    }
    // "segunda-feira"
    if ahead.eat(b'-') && !ahead.eat_word(&[b"feira"]) {
        return false;
    }
    ahead.eat(b'.');
    ahead.eat(b',');
    ahead.spaces();
    between(&mut ahead);
    *c = ahead;
    true
}

/// Takes the words that may stand between the parts of a date, and the spaces after them.
pub fn between(c: &mut Cursor<'_>) {
    while c.eat_word(&BETWEEN) {
        c.spaces();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(MONTHS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(WEEKDAYS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn accents_are_read_in_every_form() {
        for (text, expected) in [
            ("février".as_bytes(), 2),
            (b"f\xE9vrier", 2),
            (b"f\x8Evrier", 2),
            (b"fe\xCC\x81vrier", 2),
            (b"FEVRIER", 2),
            ("août".as_bytes(), 8),
            (b"ao\xFBt", 8),
            (b"D\xC9C.", 12),
            (b"M\xE4rz", 3),
            (b"M\x8Arz", 3),
            ("mar\u{E7}o".as_bytes(), 3),
            (b"mar\xE7o", 3),
            (b"Septem", 9),
        ] {
            assert_eq!(month(&mut Cursor { rest: text }), Some(expected), "{}", text.escape_ascii());
        }
        for text in ["", "ma", "xyz", "m", "é", "marchand"] {
            assert_eq!(month(&mut Cursor { rest: text.as_bytes() }), None, "{text}");
        }
    }
}
