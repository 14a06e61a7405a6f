//! Resource tags as one line of text: `CostCenter=4711, Owner=ana`. Policies of a subscription may ask for some.
//!
//! Limits of a resource (Microsoft page: Use tags to organize your Azure resources): 50 tags, names of 512 characters and values
//! of 256. A name holds none of `< > % & \ ? /`, and names that differ only in case are the same name. The first `=` separates name
//! and value. A value with a comma stands in double quotes, and a double quote in it is written twice: `Team="Media, ""EU"""`.

/// The tag by which the program recognises its own jobs.
pub const DRAFT_TAG: &str = "blobfreight-draft";

/// Tags of one resource at most, with the program's own.
const MOST: usize = 50;
const LONGEST_NAME: usize = 512;
const LONGEST_VALUE: usize = 256;
/// Characters of a name that a message shows.
const SHOWN: usize = 40;
const REFUSED: &str = "<>%&\\?/";

/// The tags in a text, in order; none for an empty one.
///
/// # Errors
/// One sentence: which tag, what is wrong with it, what to write.
pub fn parse(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut tags: Vec<(String, String)> = Vec::new();
    for part in split(text)? {
        let tag = tag(&part)?;
        if let Some((earlier, _)) = tags.iter().find(|(name, _)| name.to_lowercase() == tag.0.to_lowercase()) {
            let same = if *earlier == tag.0 { String::new() } else { format!(" (also as {})", shown(&tag.0)) };
            return Err(format!("The tag {}{same} is written twice; a name counts in any case.", shown(earlier)));
        }
        tags.push(tag);
    }
    if tags.len() >= MOST {
        return Err(format!(
            "These are {} tags; a job can have {MOST}, one of them the program's own. Take some away.",
            tags.len()
        ));
    }
    Ok(tags)
}

/// The tags as one line of text, which [`parse`] reads back.
pub fn written<'a>(tags: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let tag = |(name, value): (&str, &str)| {
        let quoted = value.contains([',', '"']) || value.trim() != value;
        let value = if quoted { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() };
        format!("{name}={value}")
    };
    tags.into_iter().map(tag).collect::<Vec<_>>().join(", ")
}

/// The warning about a value that looks like two tags, or about a name that Azure reserves.
pub fn doubt(text: &str) -> Option<String> {
    let tags = parse(text).ok()?;
    let two = tags.iter().find(|(_, value)| value.split(' ').skip(1).any(|word| word.contains('=')));
    if let Some((name, _)) = two {
        return Some(format!("The value of {} looks like several tags; separate tags by commas.", shown(name)));
    }
    let kept = |name: &str| ["microsoft", "azure", "windows"].iter().any(|own| name.to_lowercase().starts_with(own));
    let (name, _) = tags.iter().find(|(name, _)| kept(name))?;
    Some(format!("Azure keeps names that begin with microsoft, azure or windows; it may refuse {}.", shown(name)))
}

/// The parts between the commas outside quotes, without empty parts.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match parts.last_mut() {
            Some(part) if c != ',' || quoted => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    if quoted {
        return Err("A double quote is open; put another at the end of the value, e.g. Team=\"Media, EU\".".to_owned());
    }
    Ok(parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect())
}

fn tag(part: &str) -> Result<(String, String), String> {
    let Some((name, value)) = part.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
        return Err(format!("\"{}\" has no =; write each tag as name=value, e.g. CostCenter=4711.", shown(part)));
    };
    if name.is_empty() {
        return Err(format!("\"{}\" has no name before the =; write e.g. CostCenter=4711.", shown(part)));
    }
    if let Some(c) = name.chars().find(|c| REFUSED.contains(*c) || *c == '"') {
        return Err(format!("\"{c}\" cannot be in a tag name ({}); leave it out.", shown(name)));
    }
    if name.eq_ignore_ascii_case(DRAFT_TAG) {
        return Err(format!("The tag {DRAFT_TAG} is set by this program to recognise its job; take it away here."));
    }
    let value = unquoted(value).ok_or_else(|| {
        format!("The value of {} has a quote inside; write the whole value in quotes, \"\" for one.", shown(name))
    })?;
    let (letters, most) = (name.chars().count(), value.chars().count());
    if letters > LONGEST_NAME {
        return Err(format!("A tag name has at most {LONGEST_NAME} characters; {} has {letters}.", shown(name)));
    }
    if most > LONGEST_VALUE {
        return Err(format!(
            "A tag value has at most {LONGEST_VALUE} characters; the one of {} has {most}.",
            shown(name)
        ));
    }
    Ok((name.to_owned(), value))
}

/// A value without the quotes around it; `None` where quotes stand elsewhere.
fn unquoted(value: &str) -> Option<String> {
    if !value.contains('"') {
        return Some(value.to_owned());
    }
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.replace("\"\"", "").contains('"')).then(|| inside.replace("\"\"", "\""))
}

fn shown(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        parse(text).unwrap()
    }

    #[test]
    fn names_and_values_of_several_tags() {
        let own = |list: &[(&str, &str)]| {
            list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(pairs(""), []);
        assert_eq!(pairs(" CostCenter = 4711 ,, Owner=ana, "), own(&[("CostCenter", "4711"), ("Owner", "ana")]));
        assert_eq!(pairs("Query=a=b&c=d, Note="), own(&[("Query", "a=b&c=d"), ("Note", "")]));
        assert_eq!(pairs("Team=\"Media, \"\"EU\"\"\", Büro=4"), own(&[("Team", "Media, \"EU\""), ("Büro", "4")]));
    }

    #[test]
    fn what_azure_would_refuse_is_told_with_the_tag() {
        let long = format!("Note={}", "x".repeat(257));
        let name = format!("{}=1", "n".repeat(513));
        let many = (0..50).map(|n| format!("t{n}=1")).collect::<Vec<_>>().join(",");
        for (text, part) in [
            ("CostCenter", "no ="),
            ("=4711", "no name"),
            ("Cost/Center=1", "\"/\""),
            ("a=1, A=2", "twice"),
            ("Blobfreight-Draft=x", "this program"),
            ("Team=\"Media, EU", "open"),
            ("Team=the \"Media\"", "quote inside"),
            (&long, "257"),
            (&name, "513"),
            (&many, "50 tags"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
            assert!(error.chars().count() < 200, "{error}");
        }
        let most = (0..49).map(|n| format!("t{n}=1")).collect::<Vec<_>>().join(",");
        assert_eq!(pairs(&most).len(), 49);
        assert_eq!(pairs(&format!("{}={}", "n".repeat(512), "ü".repeat(256))).len(), 1);
    }

    #[test]
    fn tags_that_lack_a_comma_and_names_azure_keeps_are_doubted() {
        assert!(doubt("CostCenter=4711 Owner=ana").is_some_and(|text| text.contains("commas")));
        assert!(doubt("azureRegion=x").is_some_and(|text| text.contains("azureRegion")));
        assert_eq!(doubt("CostCenter=4711, Note=two words"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_tag_can_be_written_and_read_again(
            tags in proptest::collection::btree_map("[a-zé0-9:. -]{0,8}[a-z]", "[ -~é]{0,12}", 0..6)
        ) {
            let tags: Vec<(String, String)> = tags.into_iter().filter(|(name, _)| name.trim() == name).collect();
            proptest::prop_assert_eq!(parse(&written(tags.iter().map(|(name, value)| (name.as_str(), value.as_str())))), Ok(tags.clone()));
        }
    }
}
