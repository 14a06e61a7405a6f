//! The page on screen as it is said: a head, lines, rows with numbers, and a question.

use super::blob_level::{self, BlobLevel};
use super::commands;
use super::field_question::{self, FieldQuestion};
use super::words::spoken;
use crate::app::{Focus, Model, Overlay, Wizard};
use crate::protocol::keymap::Context;
use crate::protocol::step::Step;
use crate::protocol::viewport::{Drawn, Extent};
use crate::tree::NodeId;
use crate::ui::{self, PageText, text};
use crate::wizard::guide::guide;
use crate::wizard::steps::drives;

/// Rows that are said at once.
const PAGE: usize = blob_level::PAGE;

/// A page as it is said.
#[derive(Debug)]
pub(super) struct PlainPage {
    /// Which page it is.
    pub(super) place: PagePlace,
    /// What is said when the page is opened.
    pub(super) head: Vec<String>,
    /// Its lines.
    pub(super) lines: Vec<SpokenLine>,
    /// What is asked.
    pub(super) question: PlainQuestion,
    /// The number of its rows, and how many of them are said.
    pub(super) rows: (usize, usize),
    /// What the model learns of it.
    pub(super) drawn: Drawn,
}

/// Which page it is: a page of another place is said from its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PagePlace {
    pub(super) step: Option<Step>,
    number: usize,
    over: u8,
    kind: Option<Context>,
    level: Option<NodeId>,
}

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SpokenLine {
    /// Its words.
    pub(super) text: String,
    /// The row it is, if it can be taken by number.
    pub(super) row: Option<NumberedRow>,
    /// It is about a request under way.
    pub(super) busy: bool,
}

/// A row that can be taken by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberedRow {
    pub(super) number: usize,
    pub(super) target: RowTarget,
}

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowTarget {
    /// A line that can get the focus, counted from 0.
    Stop(usize),
    /// A node of the tree.
    Node(NodeId),
    /// A field of the form.
    Field(usize),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlainQuestion {
    /// A field of a form.
    Field(FieldQuestion),
    /// A text of its own.
    Text,
    /// Yes or no.
    YesNo,
    /// A row by number, or a command.
    Menu,
    /// A command.
    Command,
}

/// Contexts that make a page of their own.
const KINDS: [Context; 11] = [
    Context::Rules,
    Context::Found,
    Context::TypedRule,
    Context::Filter,
    Context::AccountFilter,
    Context::Details,
    Context::RequestPage,
    Context::Reason,
    Context::Question,
    Context::Sizes,
    Context::Counts,
];

impl PlainPage {
    /// The page on screen.
    pub(super) fn of(model: &Model) -> Self {
        let tree = model.wizard.as_deref().filter(|wizard| model.overlay.is_none() && is_tree(model, wizard));
        let (lines, rows, drawn, level) = if let Some(wizard) = tree {
            let level = blob_level::level(wizard);
            let (lines, rows) = of_level(wizard, &level);
            (lines, rows, Drawn::default(), Some(level.node))
        } else {
            let text = ui::page_text(model);
            let (lines, rows) = of_text(&text);
            (lines, rows, drawn(&text), None)
        };
        let place = place(model, level);
        let head = head(model, tree.is_some());
        let question = question(model, &lines);
        Self { place, head, lines, question, rows, drawn }
    }
}

fn is_tree(model: &Model, wizard: &Wizard) -> bool {
    wizard.shared.draft.step == Step::Blobs && model.asked_in_place().is_none() && blob_level::shows(wizard)
}

fn place(model: &Model, level: Option<NodeId>) -> PagePlace {
    let contexts = model.contexts();
    let over = match &model.overlay {
        Some(Overlay::Help(_)) => 1,
        Some(Overlay::Messages) => 2,
        Some(Overlay::Held { .. }) => 3,
        Some(Overlay::Untold(_)) => 4,
        Some(Overlay::Steps(_)) => 6,
        None if model.asked_in_place().is_some() => 5,
        None => 0,
    };
    let wizard = model.wizard.as_ref();
    PagePlace {
        step: wizard.map(|wizard| wizard.shared.draft.step),
        number: wizard.map_or(0, |wizard| wizard.step().page(&wizard.shared)),
        over,
        kind: contexts.into_iter().find(|context| KINDS.contains(context)),
        level,
    }
}

/// What is said when a page is opened. A page over a step has its own heading among its lines.
fn head(model: &Model, tree: bool) -> Vec<String> {
    let Some(wizard) = model.wizard.as_ref().filter(|_| model.overlay.is_none() && model.asked_in_place().is_none())
    else {
        return Vec::new();
    };
    let shared = &wizard.shared;
    let step = shared.draft.step;
    let rehearsal = if shared.draft.rehearsal { ", rehearsal: never ship" } else { "" };
    let mut head = vec![format!("Step {} of {}: {}{rehearsal}.", step.index() + 1, Step::ALL.len(), step.title())];
    if tree {
        head.push(
            "Type open or check and a number, e.g. open 2; up leaves a folder; add rule takes a path.".to_owned(),
        );
    } else {
        head.push(spoken(&wizard.purpose(), false));
    }
    head
}

/// Why the step is there, what comes next, and when.
pub(super) fn guidance(model: &Model) -> Vec<String> {
    let Some(guide) = model.wizard.as_ref().and_then(|wizard| guide(&wizard.shared)) else { return Vec::new() };
    [("Why", guide.why), ("Next", guide.next), ("When", guide.when)]
        .map(|(label, words)| format!("{label}: {}", spoken(words, false)))
        .to_vec()
}

fn of_level(wizard: &Wizard, level: &BlobLevel) -> (Vec<SpokenLine>, (usize, usize)) {
    let line = |text: String| SpokenLine { text, row: None, busy: false };
    let amount = drives::amount(&wizard.shared, &wizard.steps.drives).map(|amount| amount.parts.join(", "));
    let chosen = amount.unwrap_or_else(|| crate::wizard::steps::blobs::summary::long(&wizard.shared, ",", usize::MAX));
    let filter = wizard.steps.blobs.tree.filter().map(|filter| {
        let (found, among) = (filter.matches, filter.among);
        line(format!("Filter {}: {found} of {among} loaded rows.", text::clean(filter.text)))
    });
    let none = wizard.shared.draft.selection.rules.is_empty();
    let lead = if none { "" } else { "Checked so far: " };
    let mut lines = vec![line(format!("{lead}{}", spoken(&chosen, true)))];
    lines.extend(filter);
    lines.push(line(format!("In {}:", level.path)));
    for (node, number, words) in &level.rows {
        let row = NumberedRow { number: *number, target: RowTarget::Node(*node) };
        lines.push(SpokenLine { text: words.clone(), row: Some(row), busy: false });
    }
    lines.extend(level.status.as_ref().map(|status| SpokenLine {
        text: status.clone(),
        row: None,
        busy: status.ends_with("oading.") || status.ends_with("loading more."),
    }));
    (lines, (level.loaded, level.rows.len()))
}

/// The lines of a page. Of a long list those rows are there that the cursor is among.
fn of_text(page: &PageText) -> (Vec<SpokenLine>, (usize, usize)) {
    let at = page.stops.iter().position(|stop| Some(*stop) == page.focus).unwrap_or(0);
    let first = at / PAGE * PAGE;
    let shown = first..(first + PAGE).min(page.stops.len());
    let mut lines = Vec::new();
    let mut row = None;
    for (index, line) in page.lines.iter().enumerate() {
        let stop = page.stops.iter().position(|stop| *stop == index);
        row = stop.or(row);
        let hidden = row.is_some_and(|row| !shown.contains(&row));
        let beside = stop.is_some() || line.starts_with("  ") || row.is_some_and(|row| row + 1 < page.stops.len());
        if hidden && beside {
            continue;
        }
        let text = spoken(line, stop.is_some());
        if text.is_empty() {
            continue;
        }
        let row = stop.map(|stop| NumberedRow { number: stop + 1, target: RowTarget::Stop(stop) });
        lines.push(SpokenLine { text, row, busy: page.busy.contains(&index) });
    }
    (lines, (page.stops.len(), shown.len()))
}

/// Everything of the page counts as in view.
fn drawn(page: &PageText) -> Drawn {
    let lines = page.lines.len();
    let extent = Extent {
        rows: lines.max(1),
        lines,
        focus: page.focus.map(|line| (line, line + 1)),
        stops: page.stops.clone(),
        marks: page.marks.clone(),
    };
    Drawn { top: 0, extent }
}

fn question(model: &Model, lines: &[SpokenLine]) -> PlainQuestion {
    let contexts = model.contexts();
    if contexts.contains(&Context::Question) {
        return PlainQuestion::YesNo;
    }
    if let Some(question) = field_question::form(model).and_then(field_question::question) {
        return PlainQuestion::Field(question);
    }
    if commands::takes_text(model) {
        return PlainQuestion::Text;
    }
    let on_page = model.wizard.as_ref().is_none_or(|wizard| wizard.focus == Focus::Body);
    let rows = lines.iter().filter(|line| line.row.is_some()).count();
    if rows > 0 && on_page && (commands::takes_rows(model) || rows > 1) {
        PlainQuestion::Menu
    } else {
        PlainQuestion::Command
    }
}
