//! *A* and *an*.

/// Whether the sound of `word` asks for *an*; `None` where speakers differ or nothing can be known.
///
/// ```
/// use fauxami::text::takes_an;
/// assert_eq!(takes_an("Iranian"), Some(true));
/// assert_eq!(takes_an("European"), Some(false));
/// ```
#[must_use]
pub fn takes_an(word: &str) -> Option<bool> {
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        let digits: String =
            word.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
        // eleven, eighteen, with thousands and millions behind them
        let teens = (digits.starts_with("11") || digits.starts_with("18")) && digits.len() % 3 == 2;
        let year = digits.len() == 4 && digits.starts_with("18");
        return (!year).then_some(digits.starts_with('8') || teens);
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let mut rest = word.chars().skip(1);
    let second = rest.next();
    if second.is_none_or(|c| c.is_uppercase() || !c.is_alphabetic()) {
        // Letters one by one, unless it is read as a word.
        return match first.to_ascii_uppercase() {
            'A' | 'E' | 'I' | 'O' => Some(true),
            'B' | 'C' | 'D' | 'G' | 'J' | 'K' | 'P' | 'Q' | 'T' | 'V' | 'W' | 'Y' | 'Z' => Some(false),
            _ => None,
        };
    }
    let lower = word.to_lowercase();
    let starts = |list: &[&str]| list.iter().any(|head| lower.starts_with(head));
    match first.to_ascii_lowercase() {
        'h' if starts(&["hono", "hour", "heir", "honest"]) => Some(true),
        'h' if starts(&["hist", "hotel", "horrif", "hyst", "herb", "homage", "hallu", "habit", "hero"]) => None,
        'e' => Some(!starts(&["eu", "ew"])),
        'a' | 'i' => Some(true),
        'o' if starts(&["one", "once", "oui"]) => {
            if lower.starts_with("oner") {
                None
            } else {
                Some(false)
            }
        }
        'o' => Some(true),
        'u' if starts(&["unin", "unim", "unid", "unil", "unir"]) => {
            if lower.starts_with("unil") {
                Some(false)
            } else {
                Some(true)
            }
        }
        'u' if starts(&[
            "unanim", "uni", "use", "usu", "usa", "ute", "uti", "uto", "ura", "uro", "ubi", "uk", "uga",
        ]) =>
        {
            Some(false)
        }
        'u' if starts(&["un", "up", "ul", "um", "ut", "urb", "urg", "ush", "ug"]) => Some(true),
        'u' => None,
        // Foreign names and clusters that no English word begins with.
        _ => {
            let vowel = lower.bytes().take(3).any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
            vowel.then_some(false)
        }
    }
}
