//! The names a container can have (Microsoft page: Naming and Referencing Containers). A rule with another name matches nothing.

/// Containers of the service itself, whose names begin with a dollar sign.
const SYSTEM: [&str; 4] = ["$root", "$web", "$logs", "$blobchangefeed"];

/// Whether an account can hold a container of this name: 3 to 63 small letters, digits and single hyphens between them.
pub(super) fn is_container_name(name: &str) -> bool {
    SYSTEM.contains(&name) || (name.len() >= 3 && !name.ends_with('-') && begins_container_name(name))
}

/// Whether a container's name can begin with this text.
pub(super) fn begins_container_name(start: &str) -> bool {
    if start.starts_with('$') {
        return SYSTEM.iter().any(|name| name.starts_with(start));
    }
    let letters = start.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
    letters && start.len() <= 63 && !start.starts_with('-') && !start.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_the_service_accepts_are_names() {
        for name in ["abc", "a-b", "2024", "$root", "$web", "$logs", "x23456789", &"a".repeat(63)] {
            assert!(is_container_name(name), "{name}");
        }
        for name in ["", "ab", "Abc", "my_box", "a--b", "-ab", "ab-", "a.b", "$other", "*", "https:", &"a".repeat(64)] {
            assert!(!is_container_name(name), "{name}");
        }
        assert!(
            begins_container_name("a")
                && begins_container_name("$")
                && begins_container_name("ab-")
                && !begins_container_name("a_")
        );
    }
}
