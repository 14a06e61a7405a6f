//! Named sets of characters that nobody sees. Text that is typed, pasted or received is cleaned of them, or they are made visible.

/// Marks that change the writing direction of a line: the Unicode property `Bidi_Control`. They can make a line read as another one.
pub fn is_bidirectional_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The joiner and the non-joiner, which emoji and some scripts need between characters.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Characters without a width that are pasted along with a text: bidirectional marks, joiners, the soft hyphen, the zero width space,
/// invisible operators and the byte order mark.
pub fn is_zero_width(c: char) -> bool {
    is_bidirectional_mark(c)
        || is_joiner(c)
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}')
}

/// All characters that are drawn as nothing, other control characters of Unicode and fillers included. Terminals disagree on how many
/// columns they take.
pub fn is_invisible(c: char) -> bool {
    is_zero_width(c)
        || matches!(c,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2028}' | '\u{2029}'
            | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0e}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether it is one of the 66 noncharacters of Unicode, e.g. U+FFFE. Unicode will never assign them.
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_set_holds_a_letter_a_digit_or_a_space() {
        let sets = [is_bidirectional_mark, is_joiner, is_zero_width, is_invisible, is_noncharacter];
        for c in ('\0'..=char::MAX).filter(|c| c.is_numeric() || matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}')) {
            assert!(!sets.iter().any(|set| set(c)), "{c:?}");
        }
        let filler = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];
        let letters = ('\0'..=char::MAX).filter(|c| c.is_alphabetic() && !filler.contains(c));
        assert_eq!(letters.filter(|c| sets.iter().any(|set| set(*c))).collect::<String>(), "");
        assert_eq!(('\0'..=char::MAX).filter(|c| is_noncharacter(*c)).count(), 66);
    }
}
