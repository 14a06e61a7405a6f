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

/// That a mailbox looks like one person's: a mail provider for private persons, or `first.last`.
pub(super) fn doubt(email: &str) -> Option<String> {
    let (name, domain) = email.split_once('@')?;
    let domain = domain.to_lowercase();
    let letters = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let person = name.split_once('.').is_some_and(|(first, last)| letters(first) && letters(last));
    (person || PRIVATE.iter().any(|private| domain.starts_with(private))).then(|| {
        "This looks like one person's mailbox. The job takes weeks and notices go only here; a group mailbox is safer.".to_owned()
    })
}
