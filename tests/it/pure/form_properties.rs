//! Whatever is typed or pasted: the editor never panics, never splits a character, and forgets nothing undo could bring back.

use blobfreight::draft::AddressAnswers;
use blobfreight::form::address::AddressField;
use blobfreight::form::{Edit, Field, Form, FormFacts, form_of, paste, window};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Single words that name a postal code on a label.
const POSTAL_LABELS: [&str; 8] = ["postcode", "zip", "pincode", "pin", "cep", "cp", "pc", "eircode"];

/// An empty form Return address.
fn form(focus: usize) -> Form {
    form_of::<AddressField>(&AddressAnswers::default(), focus, FormFacts::default())
}

/// Text with what makes editors stumble: combining marks, joiners, flags, wide and right-to-left letters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9 ,.]{1,6}",
        1 => Just("e\u{301}".to_owned()),
        1 => Just("\u{301}".to_owned()),
        1 => Just("👩\u{200d}🚀".to_owned()),
        1 => Just("\u{200d}".to_owned()),
        1 => Just("🇳🇱".to_owned()),
        1 => Just("🇩".to_owned()),
        1 => Just("東京".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => text().prop_filter_map("one character", |text| text.chars().next().map(Edit::Insert)),
        2 => text().prop_map(Edit::Paste),
        12 => proptest::sample::select(vec![
            Edit::Backspace,
            Edit::Delete,
            Edit::Left,
            Edit::Right,
            Edit::Home,
            Edit::End,
            Edit::WordLeft,
            Edit::WordRight,
            Edit::DeleteWord,
            Edit::DeleteNextWord,
            Edit::DeleteToStart,
            Edit::DeleteToEnd,
            Edit::Undo,
            Edit::Redo,
            Edit::NextChoice,
            Edit::PreviousChoice,
            Edit::TakeChoice,
        ]),
    ]
}

fn on_a_boundary(text: &str, at: usize) -> bool {
    at == text.len() || text.grapheme_indices(true).any(|(start, _)| start == at)
}

proptest! {
    #[test]
    fn w28_w29_the_cursor_always_stands_between_characters_as_seen(start in text(), edits in proptest::collection::vec(edit(), 0..40)) {
        let mut field = Field::new(&start);
        for edit in edits {
            field.edit(&edit);
            prop_assert!(on_a_boundary(field.value(), field.cursor()), "{:?} at {}", field.value(), field.cursor());
        }
    }

    #[test]
    fn w28_undo_goes_back_to_the_first_text_and_redo_to_the_last(start in text(), edits in proptest::collection::vec(edit(), 0..40)) {
        let mut field = Field::new(&start);
        let first = field.value().to_owned();
        for edit in edits.iter().filter(|edit| !matches!(edit, Edit::Undo | Edit::Redo)) {
            field.edit(edit);
        }
        let last = field.value().to_owned();
        while field.edit(&Edit::Undo) {}
        prop_assert_eq!(field.value(), first);
        while field.edit(&Edit::Redo) {}
        prop_assert_eq!(field.value(), last);
    }

    #[test]
    fn w29_w30_a_window_fits_and_the_cursor_is_in_it(text in text(), place in any::<prop::sample::Index>(), width in 0_usize..24) {
        let field = Field::new(&text);
        let text = field.value();
        let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let cursor = places[place.index(places.len())];
        let seen = window(text, cursor, width);
        let marks = usize::from(seen.cut_left) + usize::from(seen.cut_right);
        let columns: usize = seen.text.graphemes(true).map(UnicodeWidthStr::width).sum();
        prop_assert!(columns + marks <= width);
        prop_assert!(width == 0 || seen.cursor < width);
        prop_assert!(text.contains(&seen.text));
        if !seen.cut_left && !seen.cut_right && width > 3 {
            prop_assert_eq!(seen.text, text);
        }
    }

    #[test]
    fn w27_a_paste_loses_control_characters_only(text in text(), noise in proptest::collection::vec(any::<char>(), 0..6)) {
        let pasted: String = text.chars().chain(noise).collect();
        let mut form = form(1);
        form.edit(Edit::Paste(pasted.clone()));
        let unseen = |c: &char| matches!(*c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        let kept = |text: &str| text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !unseen(c)).collect::<String>();
        prop_assert_eq!(kept(form.value(1_usize)), kept(&pasted));
        prop_assert!(!form.value(1_usize).contains(char::is_control));
    }

    #[test]
    fn a_form_survives_any_edits_in_any_field(steps in proptest::collection::vec((0_usize..14, edit()), 0..30)) {
        let mut form = form(0);
        for (focus, edit) in steps {
            form.set_focus(focus);
            form.edit(edit);
            form.window(focus, 10);
        }
        prop_assert_eq!(form.check_all(), form.wrong());
    }

    #[test]
    fn w26_every_pasted_word_has_a_place_in_the_proposal(lines in proptest::collection::vec("[A-Za-z0-9]{1,7}( [A-Za-z0-9]{1,7}){0,3}", 2..9)) {
        let proposal = paste::propose(&lines.join("\n")).unwrap();
        let values = proposal.values.iter().map(|(_, value)| value).chain(&proposal.left);
        let all: Vec<&str> = values.flat_map(|value| value.split([' ', ','])).collect();
        let country = proposal.value(AddressField::Country).unwrap_or("");
        for line in &lines {
            let is_country = blobfreight::form::country::exact(line).is_some_and(|found| found.service_form() == country);
            // `PIN 110001`: a label before a postal code is read and not kept.
            let is_label = |word: &str| POSTAL_LABELS.contains(&word.to_lowercase().as_str());
            for word in line.split(' ').filter(|word| !is_country && !is_label(word)) {
                // `P1000`: a country's mark before the digits is taken off the code.
                let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
                let is_marked = word.len() - digits.len() <= 3 && all.contains(&digits);
                prop_assert!(is_marked || all.contains(&word), "{} of {:?} is not in {:?}", word, lines, proposal);
            }
        }
    }
}
