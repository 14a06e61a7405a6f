//! The one field of the step Drives: the sizes of the drives. `plan` computes how many are needed.

use super::spec::TEXT;
use super::{CheckContext, FieldSpec, Form};
use crate::plan::Purchase;

/// The place of the field.
pub const SIZES: usize = 0;

/// Sizes drives are commonly sold in, smallest first.
pub const COMMON: [&str; 9] = ["1TB", "2TB", "4TB", "6TB", "8TB", "10TB", "12TB", "14TB", "16TB"];

static SPECS: [FieldSpec; 1] = [FieldSpec {
    label: "Drive sizes",
    help: "One size for as many as needed: 4TB. Or the drives you have: 2x8TB + 1x4TB. TB as on the box, TiB as in Windows.",
    check,
    ..TEXT
}];

/// The form with the sizes as typed.
pub fn form(sizes: &str) -> Form {
    Form::new(&SPECS, &[sizes], SIZES)
}

/// The next larger or smaller common size; `None` at the end of the list.
pub fn neighbour(sizes: &str, larger: bool) -> Option<&'static str> {
    let typed = Purchase::parse(sizes).map_or(0, |purchase| purchase.largest());
    let size = |text: &&&str| Purchase::parse(text).map_or(0, |purchase| purchase.largest());
    let mut common = COMMON.iter();
    if larger { common.find(|text| size(text) > typed) } else { common.rfind(|text| size(text) < typed) }.copied()
}

fn check(text: &str, _: &CheckContext) -> Result<(), String> {
    let sentence = |error: String| {
        let mut rest = error.chars();
        let first = rest.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", rest.as_str())
    };
    Purchase::parse(text).map(drop).map_err(|error| sentence(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_sizes_are_all_readable_and_follow_each_other() {
        let mut sizes = vec![COMMON[0]];
        while let Some(next) = neighbour(sizes[sizes.len() - 1], true) {
            sizes.push(next);
        }
        assert_eq!(sizes, COMMON);
        assert_eq!(neighbour("3.64 TiB", true), Some("6TB"));
        assert_eq!(neighbour("2x8TB + 1x4TB", false), Some("6TB"));
        assert_eq!(neighbour("1TB", false), None);
    }
}
