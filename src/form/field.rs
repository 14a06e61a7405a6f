//! One line of text under edit: value, cursor by grapheme, undo and redo. Checks of the value are in `spec` and `check`.

use tui_input::{Input, InputRequest};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::Edit;
use crate::characters::{is_joiner, is_zero_width};

/// Characters that a field holds at most. Nobody types more; only a wrong paste has more.
pub const MAX_CHARS: usize = 2_000;

/// Undo steps that are kept.
const MAX_UNDO: usize = 200;

/// A value and the cursor in it, in code points from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
struct EditState {
    value: String,
    cursor: usize,
}

/// The kind of the last change. Several typed or deleted characters in a row are one undo step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum EditRun {
    #[default]
    None,
    Typing,
    Deleting,
}

/// An editable line. The cursor always stands on a grapheme boundary.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
    past: Vec<EditState>,
    future: Vec<EditState>,
    run: EditRun,
    pub(super) touched: bool,
    pub(super) error: Option<String>,
}

impl Field {
    /// A field that holds `value` without its control characters, cursor at the end.
    pub fn new(value: &str) -> Self {
        Self { input: Input::new(clean(value)), ..Self::default() }
    }

    /// The value as typed, not trimmed.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Byte offset of the cursor in [`Self::value`], on a grapheme boundary.
    pub fn cursor(&self) -> usize {
        byte_of(self.value(), self.input.cursor())
    }

    /// Whether it has been left once.
    pub fn touched(&self) -> bool {
        self.touched
    }

    /// Replaces the value as one undo step.
    pub fn set(&mut self, value: &str) {
        let value = clean(value);
        if value != self.value() {
            self.push_undo_of_now(EditRun::None);
            self.input = Input::new(value);
        }
    }

    /// Does one edit; `true` where the value changed. The form acts on choices, so they do nothing here.
    pub fn edit(&mut self, edit: &Edit) -> bool {
        let before = self.state();
        match edit {
            Edit::Insert(c) => return self.insert(&c.to_string(), EditRun::Typing),
            Edit::Paste(text) => return self.insert(&clean(text), EditRun::None),
            Edit::Undo => return self.undo(),
            Edit::Redo => return self.redo(),
            _ => {}
        }
        let Some(request) = request(edit) else { return false };
        self.input.handle(request);
        self.move_to_boundary();
        if self.value() == before.value {
            if self.input.cursor() != before.cursor {
                self.run = EditRun::None;
            }
            return false;
        }
        let run = if matches!(edit, Edit::Backspace | Edit::Delete) { EditRun::Deleting } else { EditRun::None };
        self.push_undo(before, run);
        true
    }

    /// How many more characters fit.
    pub fn room(&self) -> usize {
        MAX_CHARS.saturating_sub(self.value().chars().count())
    }

    fn insert(&mut self, text: &str, run: EditRun) -> bool {
        let count = text.chars().count();
        if count == 0 || count > self.room() {
            return false;
        }
        // A blank ends an undo step, so that undo removes a word and not the whole line.
        let run = if text == " " { EditRun::None } else { run };
        self.push_undo_of_now(run);
        let at = self.cursor();
        let mut value = self.value().to_owned();
        value.insert_str(at, text);
        let cursor = self.input.cursor().saturating_add(count);
        self.input = Input::new(value).with_cursor(cursor);
        self.move_to_boundary();
        true
    }

    fn undo(&mut self) -> bool {
        let Some(state) = self.past.pop() else { return false };
        let now = self.state();
        self.future.push(now);
        self.restore(state)
    }

    fn redo(&mut self) -> bool {
        let Some(state) = self.future.pop() else { return false };
        let now = self.state();
        self.past.push(now);
        self.restore(state)
    }

    fn restore(&mut self, state: EditState) -> bool {
        self.run = EditRun::None;
        self.input = Input::new(state.value).with_cursor(state.cursor);
        true
    }

    fn state(&self) -> EditState {
        EditState { value: self.value().to_owned(), cursor: self.input.cursor() }
    }

    fn push_undo_of_now(&mut self, run: EditRun) {
        let now = self.state();
        self.push_undo(now, run);
    }

    fn push_undo(&mut self, before: EditState, run: EditRun) {
        self.future.clear();
        if run == EditRun::None || run != self.run {
            if self.past.len() >= MAX_UNDO {
                self.past.remove(0);
            }
            self.past.push(before);
        }
        self.run = run;
    }

    /// Moves the cursor to a grapheme boundary: a deletion or a combining character can merge the characters on its two sides.
    fn move_to_boundary(&mut self) {
        let value = self.value();
        let at = byte_of(value, self.input.cursor());
        let mut boundary = GraphemeCursor::new(at, value.len(), true);
        if boundary.is_boundary(value, 0).unwrap_or(true) {
            return;
        }
        let end = value.grapheme_indices(true).map(|(start, _)| start).find(|start| *start > at).unwrap_or(value.len());
        let cursor = value.get(..end).map_or(0, |before| before.chars().count());
        self.input.handle(InputRequest::SetCursor(cursor));
    }
}

fn request(edit: &Edit) -> Option<InputRequest> {
    Some(match edit {
        Edit::Backspace => InputRequest::DeletePrevChar,
        Edit::Delete => InputRequest::DeleteNextChar,
        Edit::Left => InputRequest::GoToPrevChar,
        Edit::Right => InputRequest::GoToNextChar,
        Edit::Home => InputRequest::GoToStart,
        Edit::End => InputRequest::GoToEnd,
        Edit::WordLeft => InputRequest::GoToPrevWord,
        Edit::WordRight => InputRequest::GoToNextWord,
        Edit::DeleteWord => InputRequest::DeletePrevWord,
        Edit::DeleteNextWord => InputRequest::DeleteNextWord,
        Edit::DeleteToStart => InputRequest::DeleteFromStart,
        Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}

/// Text for a field: line ends, tabs and all other white space become a blank each, except a line end at the end, which is dropped.
/// Control characters and invisible marks, e.g. of the writing direction, are dropped.
pub(super) fn clean(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n']).replace("\r\n", "\n");
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect()
}

/// Characters without a width, except joiners, which emoji and some scripts need.
pub(super) fn is_invisible(c: char) -> bool {
    is_zero_width(c) && !is_joiner(c)
}

fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::new("");
        for c in text.chars() {
            field.edit(&Edit::Insert(c));
        }
        field
    }

    #[test]
    fn w28_undo_takes_back_a_word_and_redo_brings_it_again() {
        let mut field = typed("12 Canal Street");
        field.edit(&Edit::Undo);
        assert_eq!(field.value(), "12 Canal ");
        field.edit(&Edit::Redo);
        assert_eq!(field.value(), "12 Canal Street");
        field.edit(&Edit::DeleteToStart);
        assert_eq!(field.value(), "");
        field.edit(&Edit::Undo);
        assert_eq!((field.value(), field.cursor()), ("12 Canal Street", 15));
    }

    #[test]
    fn w28_word_moves_and_word_deletion() {
        let mut field = typed("Rotterdam, Zuid Holland");
        field.edit(&Edit::DeleteWord);
        assert_eq!(field.value(), "Rotterdam, Zuid ");
        field.edit(&Edit::Home);
        field.edit(&Edit::WordRight);
        field.edit(&Edit::DeleteToEnd);
        assert_eq!(field.value(), "Rotterdam, ");
        field.edit(&Edit::WordLeft);
        field.edit(&Edit::DeleteNextWord);
        assert_eq!(field.value(), "");
    }

    #[test]
    fn w29_backspace_takes_a_whole_character_as_seen() {
        let mut field = typed("Zu\u{308}rich e\u{301} 👩‍🚀");
        field.edit(&Edit::Backspace);
        assert_eq!(field.value(), "Zu\u{308}rich e\u{301} ");
        field.edit(&Edit::Backspace);
        field.edit(&Edit::Backspace);
        assert_eq!(field.value(), "Zu\u{308}rich ");
    }

    #[test]
    fn w29_a_deletion_that_merges_two_characters_leaves_the_cursor_behind_them() {
        let mut field = typed("ex\u{301}");
        field.edit(&Edit::Home);
        field.edit(&Edit::Right);
        field.edit(&Edit::Insert('-'));
        assert_eq!(field.value(), "e-x\u{301}");
        let mut field = typed("e\u{200b}");
        field.edit(&Edit::Insert('\u{301}'));
        assert_eq!(field.cursor(), field.value().len());
    }

    #[test]
    fn w27_a_paste_loses_its_last_newline_and_its_control_characters_only() {
        let mut field = Field::new("");
        field.edit(&Edit::Paste("12 Canal\tStreet\u{7}\r\nback door\u{1b}[31m\n".into()));
        assert_eq!(field.value(), "12 Canal Street back door[31m");
    }
}
