//! Mailboxes of one person: the job takes weeks, and its notices should reach somebody all the time.

const PRIVATE: [&str; 12] = [
    "gmail.",
    "googlemail.",
    "outlook.",
    "hotmail.",
    "live.",
    "yahoo.",
    "icloud.",
    "me.com",
    "gmx.",
    "web.de",
    "proton.",
    "aol.",
];

/// That every mailbox looks like one person's.
pub(super) fn doubt(emails: &[String]) -> Option<String> {
    let words = match emails {
        [] => return None,
        [_] => {
            "This looks like one person's mailbox. The job takes weeks and notices go only here; a group mailbox is safer."
        }
        _ => "These look like mailboxes of single persons. The job takes weeks; a group mailbox among them is safer.",
    };
    emails.iter().all(|email| is_personal(email)).then(|| words.to_owned())
}

/// Whether a mailbox looks like one person's: at a mail provider for private persons, or named `first.last`.
fn is_personal(email: &str) -> bool {
    let Some((name, domain)) = email.split_once('@') else { return false };
    let domain = domain.to_lowercase();
    let letters = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let person = name.split_once('.').is_some_and(|(first, last)| letters(first) && letters(last));
    person || PRIVATE.iter().any(|private| domain.starts_with(private))
}
