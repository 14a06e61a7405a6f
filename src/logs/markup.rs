//! Characters to tags and texts. A state machine of one character at a time: a log may be cut into pieces anywhere. It takes several
//! roots and `<` or `&` in texts, and holds one tag or text at a time, of a bounded length.

use super::attributes::attributes;
use super::entities::unescape;

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// `<name a="b">`.
    Open { name: String, attributes: Vec<(String, String)> },
    /// `</name>`, and after `Open` also the end of `<name/>`.
    Close(String),
    /// Text between tags; one text may come in several pieces.
    Text(String),
    /// What was longer than any tag or text of a log. Its end is left away.
    TooLong,
}

/// Bytes of a tag or text. Azure's longest path has 1,088 characters; escaped, each takes 10 at most.
pub(super) const LONGEST: usize = 16 << 10;

/// Bytes of character data that are given on at once.
const PIECE: usize = 1 << 10;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum MarkupState {
    #[default]
    Text,
    Tag,
    Comment,
    CharacterData,
    /// `<?…?>`.
    Instruction,
    /// `<!…>`.
    Declaration,
}

/// The state machine.
#[derive(Debug, Default)]
pub(super) struct MarkupReader {
    state: MarkupState,
    text: String,
    tag: String,
    /// There is a quote in the tag.
    is_quoted: bool,
    is_too_long: bool,
}

impl MarkupReader {
    /// Takes a character.
    pub(super) fn push(&mut self, character: char, on_markup: &mut impl FnMut(Markup)) {
        match self.state {
            MarkupState::Text if character == '<' => self.state = MarkupState::Tag,
            MarkupState::Text => self.push_text(character, on_markup),
            MarkupState::Tag => self.push_tag(character, on_markup),
            MarkupState::Comment => self.skip_until("-->", character),
            MarkupState::Instruction => self.skip_until("?>", character),
            MarkupState::Declaration => self.skip_until(">", character),
            MarkupState::CharacterData => self.push_character_data(character, on_markup),
        }
    }

    /// The log ends here. Returns what is open, as a clause.
    pub(super) fn finish(&mut self, on_markup: &mut impl FnMut(Markup)) -> Option<&'static str> {
        if self.state == MarkupState::Tag && self.tag.is_empty() {
            self.push_text('<', on_markup);
            self.state = MarkupState::Text;
        }
        self.flush_text(on_markup);
        match self.state {
            MarkupState::Text => None,
            MarkupState::Tag => Some("inside a tag"),
            MarkupState::Comment => Some("inside a comment"),
            MarkupState::CharacterData => Some("inside a text"),
            MarkupState::Instruction | MarkupState::Declaration => Some("inside a declaration"),
        }
    }

    fn push_text(&mut self, character: char, on_markup: &mut impl FnMut(Markup)) {
        if self.text.len() < LONGEST {
            self.text.push(character);
        } else {
            self.tell_too_long(on_markup);
        }
    }

    fn push_character_data(&mut self, character: char, on_markup: &mut impl FnMut(Markup)) {
        self.tag.push(character);
        let is_end = self.tag.ends_with("]]>");
        if is_end || self.tag.len() > PIECE {
            let mark = if is_end { 3 } else { 2 };
            let kept = self.tag.char_indices().rev().nth(mark - 1).map_or(0, |(at, _)| at);
            let rest = self.tag.split_off(kept);
            let data = std::mem::replace(&mut self.tag, rest);
            self.flush_text(on_markup);
            on_markup(Markup::Text(data));
        }
        if is_end {
            self.begin_text();
        }
    }

    fn tell_too_long(&mut self, on_markup: &mut impl FnMut(Markup)) {
        if !self.is_too_long {
            self.is_too_long = true;
            on_markup(Markup::TooLong);
        }
    }

    fn push_tag(&mut self, character: char, on_markup: &mut impl FnMut(Markup)) {
        let opens = self.tag.is_empty() && !(character.is_alphabetic() || matches!(character, '_' | '/' | '!' | '?'));
        if opens || (character == '<' && !self.is_quoted) {
            return self.tag_is_text(character, on_markup);
        }
        if character == '>' && self.close_tag(on_markup) {
            return;
        }
        self.tag.push(character);
        self.is_quoted |= matches!(character, '"' | '\'');
        if self.tag.len() > LONGEST {
            // A quote is missing. What follows is read again as text, so that the next entries are found.
            self.begin_text();
            on_markup(Markup::TooLong);
            return;
        }
        if !self.tag.starts_with(['!', '?']) {
            return;
        }
        let next = match self.tag.as_str() {
            "!--" => MarkupState::Comment,
            "![CDATA[" => MarkupState::CharacterData,
            tag if tag.starts_with('?') => MarkupState::Instruction,
            tag if tag.starts_with('!') && !"!--".starts_with(tag) && !"![CDATA[".starts_with(tag) => {
                MarkupState::Declaration
            }
            _ => return,
        };
        self.state = next;
        self.tag.clear();
    }

    /// What began with `<` was no tag: a writer that did not escape.
    fn tag_is_text(&mut self, character: char, on_markup: &mut impl FnMut(Markup)) {
        let tag = std::mem::take(&mut self.tag);
        self.is_quoted = false;
        for text in std::iter::once('<').chain(tag.chars()) {
            self.push_text(text, on_markup);
        }
        if character != '<' {
            self.push_text(character, on_markup);
            self.state = MarkupState::Text;
        }
    }

    /// Gives the tag, if the `>` after it is its end. Otherwise it stands in a value.
    fn close_tag(&mut self, on_markup: &mut impl FnMut(Markup)) -> bool {
        if let Some(name) = self.tag.strip_prefix('/') {
            let name = name.trim().to_owned();
            self.flush_text(on_markup);
            on_markup(Markup::Close(name));
            self.begin_text();
            return true;
        }
        let body = self.tag.trim_end();
        let (body, is_empty) = body.strip_suffix('/').map_or((body, false), |body| (body, true));
        let end = body.find(char::is_whitespace).unwrap_or(body.len());
        let (name, rest) = body.split_at(end);
        let Some(attributes) = attributes(rest) else { return false };
        let name = name.to_owned();
        self.flush_text(on_markup);
        on_markup(Markup::Open { name: name.clone(), attributes });
        if is_empty {
            on_markup(Markup::Close(name));
        }
        self.begin_text();
        true
    }

    fn begin_text(&mut self) {
        self.state = MarkupState::Text;
        self.tag.clear();
        (self.is_quoted, self.is_too_long) = (false, false);
    }

    fn flush_text(&mut self, on_markup: &mut impl FnMut(Markup)) {
        if !self.text.is_empty() {
            on_markup(Markup::Text(unescape(&self.text)));
            self.text.clear();
        }
    }

    fn skip_until(&mut self, end: &str, character: char) {
        self.tag.push(character);
        if self.tag.ends_with(end) {
            self.begin_text();
        } else if self.tag.len() > 8 {
            let keep = self.tag.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
            self.tag.replace_range(..keep, "");
        }
    }
}
