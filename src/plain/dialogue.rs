//! The dialogue: says what is new on the page, asks, and turns answers into the keys of the key table. Nothing is said twice: of a page
//! that is known only the lines that are new, and of a figure that counts only now and then how far it is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::answer::understand;
use super::commands::action_of;
use super::page::{self, PagePlace, PlainPage, PlainQuestion, SpokenLine};
use super::place_words;
use super::steps_ahead::{Ahead, KeyStep, StepsAhead};
use super::words::{spoken, without_figures};
use crate::app::{Focus, Model, SaveState};
use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::message::{Msg, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::ui::{text, theme};

/// How long a question waits for an answer of the service that may change it.
const PATIENCE: SignedDuration = SignedDuration::from_millis(1_500);
/// How often figures that change are said: of a count under way, and of anything else.
const EVERY: SignedDuration = SignedDuration::from_secs(10);
const SELDOM: SignedDuration = SignedDuration::from_mins(1);
/// A request that took longer than this has its last figures said at once.
const LONG: SignedDuration = SignedDuration::from_secs(3);

/// What was said and asked so far, and what is still to do for the last answer.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Dialogue {
    place: Option<PagePlace>,
    /// The lines of the page that were said, without their figures, and as they were.
    said: BTreeMap<String, String>,
    asked: Option<PlainQuestion>,
    /// The question is to be asked.
    asks: bool,
    ahead: StepsAhead,
    waits: bool,
    lines: VecDeque<String>,
    at_end: bool,
    remark: Option<String>,
    busy_since: Option<Timestamp>,
    progress_at: Option<Timestamp>,
    counting_since: Option<Timestamp>,
    guided: BTreeSet<Step>,
    colon_told: bool,
    /// The field whose value was refused, and why.
    refused: Option<(usize, String)>,
    /// The page whose form was opened by itself.
    opened: Option<PagePlace>,
    out: Vec<String>,
    /// An answer was taken and nothing said since.
    fresh: bool,
    taken: Option<String>,
}

impl Default for Dialogue {
    /// A dialogue that has not begun: the first page is asked about before an answer counts.
    fn default() -> Self {
        Self {
            place: None,
            said: BTreeMap::new(),
            asked: None,
            asks: true,
            ahead: StepsAhead::default(),
            waits: false,
            lines: VecDeque::new(),
            at_end: false,
            remark: None,
            busy_since: None,
            progress_at: None,
            counting_since: None,
            guided: BTreeSet::new(),
            colon_told: false,
            refused: None,
            opened: None,
            out: Vec::new(),
            fresh: false,
            taken: None,
        }
    }
}

impl Dialogue {
    /// A typed line. It is answered when the question before it was asked, so that lines may come faster than pages.
    pub fn hear(&mut self, line: String) {
        self.lines.push_back(line);
    }

    /// No more lines come.
    pub fn end(&mut self) {
        self.at_end = true;
    }

    /// The next message for `update`: a key of the answer that is carried out, or of the next one. `None` while there is nothing to do.
    pub fn next_message(&mut self, model: &Model) -> Option<Msg> {
        loop {
            self.note_remark(model);
            match self.ahead.next(model) {
                Ahead::Send(msg) => {
                    self.waits = false;
                    return Some(*msg);
                }
                Ahead::Lost => self
                    .out
                    .push("Important: that could not be reached from here. Type again to hear the page.".to_owned()),
                Ahead::Wait => self.waits = true,
                Ahead::Done => self.waits = false,
            }
            if self.asks {
                return None;
            }
            let Some(line) = self.lines.pop_front() else {
                return std::mem::take(&mut self.at_end).then_some(Msg::Terminate);
            };
            self.answer(model, &line);
            (self.fresh, self.taken) = (true, Some(line));
            if self.ahead.is_empty() {
                return None;
            }
        }
    }

    /// Whether an answer was taken since this was last asked: what it comes to is to be said, also where the model has not changed.
    pub fn has_words(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    /// The line that was taken last, once.
    pub fn taken_line(&mut self) -> Option<String> {
        self.taken.take()
    }

    fn answer(&mut self, model: &Model, line: &str) {
        let page = PlainPage::of(model);
        let field = match &page.question {
            PlainQuestion::Field(field) => Some(field.index),
            _ => None,
        };
        let refused = self.refused.take().filter(|(index, _)| Some(*index) == field).map(|(_, why)| why);
        let heard = understand(model, &page, line, refused.as_deref());
        if reveals_keys(model, &heard.steps) {
            self.out.push("Important: keys that are said stay in what the terminal keeps of this session.".to_owned());
        }
        self.asks = true;
        self.busy_since = None;
        self.out.extend(heard.said);
        self.refused = heard.refused.zip(field).map(|(why, index)| (index, why));
        if heard.again {
            (self.place, self.asked) = (None, None);
            self.said.clear();
        }
        self.ahead.begin(heard.steps);
    }

    /// Keeps a remark that is on the screen now: the next key takes it away.
    fn note_remark(&mut self, model: &Model) {
        let unsaved = match &model.save {
            SaveState::Failed(fault) => Some(format!("Important: {}", text::clean(&fault.to_string()))),
            SaveState::Saved | SaveState::Saving => None,
        };
        let remark = model.notice().map(|notice| {
            let words = spoken(&text::clean(&notice.text), false);
            if notice.alarm { format!("Important: {words}") } else { words }
        });
        let remark = remark.or(unsaved);
        if let Some(words) = remark.as_ref().filter(|_| remark != self.remark) {
            self.out.push(words.clone());
        }
        self.remark = remark;
    }

    /// What is to be said now, and what the model learns of the page.
    pub fn speak(&mut self, model: &Model) -> (Vec<String>, Drawn) {
        self.note_remark(model);
        if !self.ahead.is_empty() && !self.waits {
            return (Vec::new(), model.view().drawn().clone());
        }
        let page = PlainPage::of(model);
        if self.opens_form(model, &page) {
            return (Vec::new(), page.drawn);
        }
        let busy = page.lines.iter().any(|line| line.busy) || self.waits || is_busy(model);
        if busy && self.busy_since.is_none() {
            self.busy_since = Some(model.now);
        }
        let patient = busy && self.busy_since.is_some_and(|since| model.now.duration_since(since) < PATIENCE);
        // A page that is on its way is said once it is there.
        if patient && self.asks_or_new(&page) {
            return (Vec::new(), page.drawn);
        }
        let mut out = std::mem::take(&mut self.out);
        if self.place.as_ref() == Some(&page.place) {
            self.say_news(model, &page, busy, &mut out);
        } else {
            self.say_page(model, &page, &mut out);
        }
        if !busy {
            self.busy_since = None;
        }
        self.ask(model, page.question, &mut out);
        (out, page.drawn)
    }

    fn asks_or_new(&self, page: &PlainPage) -> bool {
        self.asks || self.place.as_ref() != Some(&page.place)
    }

    /// A step that is a form asks for its first field at once.
    fn opens_form(&mut self, model: &Model, page: &PlainPage) -> bool {
        let Some(wizard) = model.wizard.as_ref().filter(|_| page.question != PlainQuestion::YesNo) else {
            return false;
        };
        let form = wizard.step().page_form(&wizard.shared);
        let waits = form.is_some_and(|form| form.leads && !form.frozen && !form.focused) && wizard.focus == Focus::Body;
        if !waits || self.opened.as_ref() == Some(&page.place) {
            return false;
        }
        self.opened = Some(page.place.clone());
        self.ahead.begin(vec![KeyStep::Press(KeyPress::plain(Key::Tab))]);
        true
    }

    fn say_page(&mut self, model: &Model, page: &PlainPage, out: &mut Vec<String>) {
        let other_step = self.place.as_ref().and_then(|place| place.step) != page.place.step;
        if other_step || self.place.is_none() {
            out.extend(page.head.iter().cloned());
            if let Some(step) = page.place.step.filter(|_| !page.head.is_empty())
                && self.guided.insert(step)
            {
                out.extend(page::guidance(model));
            }
            self.opened = self.opened.take().filter(|opened| *opened == page.place);
        }
        // On another page of the same step what was said a moment ago still holds.
        let known = |line: &&SpokenLine| {
            !other_step && line.row.is_none() && self.said.get(&without_figures(&line.text)) == Some(&line.text)
        };
        let lines: Vec<&SpokenLine> = page.lines.iter().filter(|line| !known(line)).collect();
        out.extend(lines.into_iter().map(words_of));
        out.extend(rows_left(page));
        self.said = page.lines.iter().map(|line| (without_figures(&line.text), line.text.clone())).collect();
        self.place = Some(page.place.clone());
        self.progress_at = Some(model.now);
        self.asked = None;
        self.asks = true;
    }

    /// The lines that are new, and those whose figures have changed, where that is worth hearing.
    fn say_news(&mut self, model: &Model, page: &PlainPage, busy: bool, out: &mut Vec<String>) {
        let counting = busy || model.requests().is_busy(Slot::Scan);
        let every = if counting { EVERY } else { SELDOM };
        let due = self.progress_at.is_none_or(|at| model.now.duration_since(at) >= every);
        let long = self.counting_since.is_some_and(|since| model.now.duration_since(since) >= LONG);
        let ended = !counting && long;
        self.counting_since = counting.then(|| self.counting_since.unwrap_or(model.now));
        let mut said = BTreeMap::new();
        let mut any = false;
        for line in &page.lines {
            let key = without_figures(&line.text);
            let before = self.said.get(&key);
            let changed = before.is_some_and(|before| *before != line.text);
            let hears_figures = self.asks || ((due || ended) && !line.text.contains(" ago"));
            if before.is_none() && self.is_in_remark(line) {
                said.insert(key, line.text.clone());
            } else if before.is_none() || (changed && hears_figures) {
                out.push(words_of(line));
                any = true;
                said.insert(key, line.text.clone());
            } else {
                said.insert(key, before.cloned().unwrap_or_default());
            }
        }
        self.said = said;
        if any {
            self.progress_at = Some(model.now);
        }
        let rows = rows_left(page).filter(|_| any && self.asks);
        out.extend(rows);
    }

    /// Whether the remark that was just said has the words of this line, e.g. where something was saved to.
    fn is_in_remark(&self, line: &SpokenLine) -> bool {
        let words = line.text.strip_prefix(theme::WORDS.done).unwrap_or(&line.text).trim().trim_end_matches('.');
        let said = |remark: &String| !words.is_empty() && remark.contains(words);
        line.row.is_none() && self.remark.as_ref().is_some_and(said)
    }

    fn ask(&mut self, model: &Model, question: PlainQuestion, out: &mut Vec<String>) {
        let other = self.asked.as_ref() != Some(&question);
        if !self.asks && !other {
            return;
        }
        let typing = matches!(question, PlainQuestion::Field(_) | PlainQuestion::Text);
        if typing && !std::mem::replace(&mut self.colon_told, true) {
            out.push("While text is asked for, a command begins with a colon, e.g. :back or :help.".to_owned());
        }
        let lines = place_words::ask(model, &question);
        let same_field = match (&self.asked, &question) {
            (Some(PlainQuestion::Field(before)), PlainQuestion::Field(now)) => before.index == now.index,
            _ => false,
        };
        // What is known of the field is not said again.
        let from = if same_field { lines.len().saturating_sub(1) } else { 0 };
        out.extend(lines.into_iter().skip(from));
        self.asked = Some(question);
        self.asks = false;
    }
}

/// Whether the keys, which are hidden now, are said by these steps.
fn reveals_keys(model: &Model, steps: &[KeyStep]) -> bool {
    let hidden = model.wizard.as_ref().is_some_and(|wizard| !wizard.steps.keys.revealed);
    let reveals = |step: &KeyStep| match step {
        KeyStep::Press(key) => action_of(model, *key) == Some(Action::Reveal),
        _ => false,
    };
    hidden && steps.iter().any(reveals)
}

fn words_of(line: &SpokenLine) -> String {
    line.row.map_or_else(|| line.text.clone(), |row| format!("{}. {}", row.number, line.text))
}

/// How much of a long list was said.
fn rows_left(page: &PlainPage) -> Option<String> {
    let (all, shown) = page.rows;
    let mut numbers = page.lines.iter().filter_map(|line| line.row).map(|row| row.number);
    let first = numbers.next()?;
    (all > shown)
        .then(|| format!("Rows {first} to {} of {all}. Type more or earlier for the others.", first + shown - 1))
}

/// Whether a request is under way that a question should wait for. A count goes on beside everything else.
fn is_busy(model: &Model) -> bool {
    let beside = |slot: Slot| matches!(slot, Slot::Scan | Slot::Details | Slot::Access | Slot::Listing(_));
    model.requests().slots().any(|(slot, _)| !beside(slot))
}
