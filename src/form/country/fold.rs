//! Text as countries and their parts are compared: lower case, without accents and dots.

/// Lower case without accents and dots, `&` and `St.` written out, so that `Turkiye` finds `Türkiye` and `U.A.E.` is `UAE`. A
/// combining accent (as some keyboards and clipboards send it) counts like the composed letter.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '.' | '\u{2bb}' | '\u{2bc}' | '\u{300}'..='\u{36f}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            '&' => folded.push_str("and"),
            '\u{2018}' | '\u{2019}' | '`' | '´' => folded.push('\''),
            '\u{2010}'..='\u{2015}' => folded.push('-'),
            other => folded.push(bare(other)),
        }
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    let alone = words.len() == 1;
    let words = words.into_iter().map(|word| if word == "st" && !alone { "saint" } else { word });
    words.collect::<Vec<_>>().join(" ").replace("people's", "peoples")
}

/// A letter of a Latin alphabet without its accent.
fn bare(c: char) -> char {
    const BARE: [(char, &str); 23] = [
        ('a', "áàâãäåāăąạảấầẩẫậắằẳẵặ"),
        ('c', "çćč"),
        ('d', "ďđ"),
        ('e', "éèêëēėęěếềểễệẹẻẽə"),
        ('g', "ğģ"),
        ('i', "íìîïīįıịỉĩ"),
        ('l', "łľļ"),
        ('n', "ñńňņ"),
        ('o', "óòôõöøōőơọỏốồổỗộớờởỡợ"),
        ('r', "řŕ"),
        ('s', "śšşș"),
        ('t', "ťţț"),
        ('u', "úùûüūůűųưụủứừửữự"),
        ('y', "ýÿỳỷỹ"),
        ('z', "źżž"),
        ('α', "ά"),
        ('ε', "έ"),
        ('η', "ή"),
        ('ι', "ίϊΐ"),
        ('ο', "ό"),
        ('υ', "ύϋΰ"),
        ('ω', "ώ"),
        ('σ', "ς"),
    ];
    if c.is_ascii() {
        return c;
    }
    BARE.iter().find(|(_, accented)| accented.contains(c)).map_or(c, |(plain, _)| *plain)
}
