//! Who receives the drives, among pasted lines: a person or office, and a company.

use crate::form::country::fold;

/// The receiver. One of the two may be empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Receiver {
    pub(super) contact: String,
    pub(super) company: String,
}

/// Words that end the name of a company, as `fold` makes them.
const FORMS: &str = "ab ag aps as asa bv bvba co company corp corporation ev fze fzco fzllc gmbh inc incorporated kft kg kk limited llc llp \
    lp ltd mbh nv oy oyj plc pte pty pvt rt sa sab sarl sas sasu se sl spa sro srl ug zrt";

/// Words of companies in scripts without blanks.
const FOREIGN_FORMS: [&str; 8] = ["株式会社", "有限会社", "合同会社", "公司", "주식회사", "(주)", "ооо", "зао"];

/// Words before a person or office: `Attn: Ana Keller`.
const ATTENTION: [&str; 7] = ["attention", "attn", "att", "fao", "z hd", "zhd", "z h"];

/// Words before the company at whose address a person is reached: `c/o Contoso`.
const CARE_OF: [&str; 2] = ["c/o", "care of"];

/// Titles before the name of a person.
const TITLES: [&str; 10] = ["mr", "mrs", "ms", "dr", "prof", "herr", "frau", "mme", "sr", "sra"];

/// Removes the lines of the receiver: the first line, and those after it that continue the name. At least one line stays.
pub(super) fn take(lines: &mut Vec<String>) -> Receiver {
    if lines.is_empty() {
        return Receiver::default();
    }
    let mut receiver = Receiver::default();
    place(&mut receiver, &lines.remove(0));
    while lines.len() > 1 {
        let next = lines.first().map(String::as_str).unwrap_or_default();
        let belongs = after(next, &ATTENTION).is_some()
            || after(next, &CARE_OF).is_some()
            || (receiver.company.is_empty() && is_company(next) && !next.chars().any(|c| c.is_ascii_digit()))
            || (receiver.contact.is_empty() && is_person(next));
        if !belongs {
            break;
        }
        let next = lines.remove(0);
        place(&mut receiver, &next);
    }
    receiver
}

/// The receiver in lines that are all names.
pub(super) fn of(lines: &[String]) -> Receiver {
    let mut receiver = Receiver::default();
    for line in lines {
        place(&mut receiver, line);
    }
    receiver
}

/// Puts a line where it belongs. A name that is neither marked nor looks like a company is the contact, and a second one joins it.
fn place(receiver: &mut Receiver, line: &str) {
    if let Some(name) = after(line, &ATTENTION) {
        // `Contoso`, `Attn: Ana Keller`: the first line is the company after all.
        if receiver.company.is_empty() {
            receiver.company = std::mem::take(&mut receiver.contact);
        }
        join(&mut receiver.contact, name);
    } else if after(line, &CARE_OF).is_some() || is_company(line) {
        join(&mut receiver.company, line);
    } else {
        join(&mut receiver.contact, line);
    }
}

fn join(name: &mut String, more: &str) {
    if !name.is_empty() {
        name.push_str(", ");
    }
    name.push_str(more);
}

/// The text after one of these words at the start of a line.
fn after<'a>(line: &'a str, words: &[&str]) -> Option<&'a str> {
    let folded = fold(line);
    let word =
        words.iter().find(|word| folded.strip_prefix(**word).is_some_and(|rest| rest.starts_with([' ', ':'])))?;
    // Folding drops dots, so the word is counted in letters: `z. Hd.` is as long as `z hd`.
    let letters = word.chars().filter(|c| !c.is_whitespace()).count();
    let end = line.char_indices().filter(|(_, c)| !c.is_whitespace() && *c != '.').nth(letters - 1)?;
    let rest = line.get(end.0 + end.1.len_utf8()..)?.trim_start_matches([' ', '.', ':']);
    (!rest.is_empty()).then_some(rest)
}

/// Whether a line is named like a company: by its legal form, at the end of the line or before a comma.
fn is_company(line: &str) -> bool {
    let folded = fold(line);
    let is_form = |name: &str| {
        let mut words = name.split([' ', '/']);
        let last = words.next_back().unwrap_or_default();
        words.next().is_some() && FORMS.split_whitespace().any(|form| form == last)
    };
    folded.split(',').any(|part| is_form(part.trim())) || FOREIGN_FORMS.iter().any(|form| folded.contains(form))
}

/// Whether a line is surely the name of a person: it begins with a title.
fn is_person(line: &str) -> bool {
    after(line, &TITLES).is_some() && !line.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (String, String, Vec<String>) {
        let mut lines: Vec<String> = text.split('/').map(str::to_owned).collect();
        let receiver = take(&mut lines);
        (receiver.contact, receiver.company, lines)
    }

    #[test]
    fn a_person_and_a_company_come_apart_in_either_order() {
        for (text, contact, company) in [
            ("Contoso Ltd/1 Way", "", "Contoso Ltd"),
            ("Contoso/1 Way", "Contoso", ""),
            ("Ana Keller/Contoso GmbH/1 Way", "Ana Keller", "Contoso GmbH"),
            ("Contoso B.V./Attn: Ana Keller/1 Way", "Ana Keller", "Contoso B.V."),
            ("Contoso/z. Hd. Ana Keller/1 Way", "Ana Keller", "Contoso"),
            ("Contoso S.p.A./Dr. Ana Keller/1 Way", "Dr. Ana Keller", "Contoso S.p.A."),
            ("Contoso Ltd, IT storeroom/1 Way", "", "Contoso Ltd, IT storeroom"),
            ("Example Co., Ltd./1 Way", "", "Example Co., Ltd."),
        ] {
            assert_eq!(taken(text), (contact.into(), company.into(), vec!["1 Way".into()]), "{text}");
        }
    }

    #[test]
    fn a_street_is_never_taken_for_a_name() {
        for text in [
            "Contoso/Example Tower/1 Way",
            "Ana Keller/1 Contoso Street/Gate 2",
            "Contoso Ltd/Dr. Example Street 4/x",
            "Ana Keller/400 Pine Ave SE/Gate 2",
        ] {
            assert_eq!(taken(text).2.len(), 2, "{text}");
        }
        assert_eq!(taken("Contoso Ltd").2, Vec::<String>::new());
    }

    #[test]
    fn care_of_a_company_keeps_its_words() {
        let mut lines = vec!["Ana Keller".to_owned(), "c/o Contoso".to_owned(), "1 Way".to_owned()];
        let expected = Receiver { contact: "Ana Keller".into(), company: "c/o Contoso".into() };
        assert_eq!(take(&mut lines), expected);
    }
}
