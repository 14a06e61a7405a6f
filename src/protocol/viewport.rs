//! The part of a page that is in view: which line is the first, and what a key that scrolls does to that.
//!
//! The screen alone knows how many lines a page has at its width. It tells after each frame ([`Drawn`]), so that the first line is
//! never beyond what can be shown and a key that moves back works at once after the end was reached.

use serde::{Deserialize, Serialize};

use crate::protocol::action::Motion;

/// How a page was laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Lines there is room for.
    pub rows: usize,
    /// Lines of the whole page.
    pub lines: usize,
    /// The line with the focus, and the line after the last one that is to be seen with it.
    pub focus: Option<(usize, usize)>,
    /// The lines that can get the focus by moving up and down, in order.
    pub stops: Vec<usize>,
    /// The last line of each thing that the step wants to know to have been in view, in order.
    pub marks: Vec<usize>,
}

/// What a frame showed of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The first line in view.
    pub top: usize,
    /// How the page was laid out.
    pub extent: Extent,
}

impl Drawn {
    /// Whether a line was in view.
    pub fn shows(&self, line: usize) -> bool {
        (self.top..self.top.saturating_add(self.extent.rows)).contains(&line)
    }
}

/// The part of a page that is in view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The person scrolled: the focus may be out of view until a key is for it again.
    loose: bool,
    /// A key scrolled since the last frame: what that key left in `drawn` was not on the screen yet.
    ahead: bool,
    drawn: Drawn,
}

impl Viewport {
    /// The first line to show of a page laid out like this.
    pub fn first_of(&self, extent: &Extent) -> usize {
        let last = extent.lines.saturating_sub(extent.rows);
        let top = self.drawn.top.min(last);
        let Some((line, until)) = extent.focus.filter(|_| !self.loose) else { return top };
        let enough = until.min(extent.lines).saturating_sub(extent.rows);
        // What stands above the first row is seen with it where there is room.
        let first = extent.stops.first().is_none_or(|stop| *stop >= line);
        let most = if first && line < extent.rows { 0 } else { line };
        top.clamp(enough.min(most), most).min(line).min(last)
    }

    /// Takes in what the last frame showed.
    pub fn take(&mut self, drawn: Drawn) {
        (self.drawn, self.ahead) = (drawn, false);
    }

    /// Whether a frame shows the same as the last one this knows of. Such a frame needs no message.
    pub fn knows(&self, drawn: &Drawn) -> bool {
        !self.ahead && self.drawn == *drawn
    }

    /// What the last frame showed.
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// The focus comes into view with the next frame.
    pub fn follow(&mut self) {
        self.loose = false;
    }

    /// Whether the focus is on a line that is out of view: a key for that line would act on something unseen.
    pub fn hides_focus(&self) -> bool {
        self.drawn.extent.focus.is_some_and(|(line, _)| self.drawn.extent.rows > 0 && !self.drawn.shows(line))
    }

    /// Whether the focus is on the last line that can have it.
    pub fn is_on_last_stop(&self) -> bool {
        self.focus().is_some() && self.focus() == self.drawn.extent.stops.last().copied()
    }

    /// Scrolls, and says by how many stops the focus goes along, down if positive. `None` if the key is for the focus alone:
    /// there is nothing to scroll, or the next line that can get the focus is in view.
    pub fn scroll(&mut self, motion: Motion) -> Option<isize> {
        let Extent { rows, lines, .. } = self.drawn.extent;
        let meets_stop = match motion {
            Motion::Up => self.has_stop_before(),
            Motion::Down => self.has_stop_after(),
            _ => false,
        };
        if rows == 0 || lines <= rows || meets_stop {
            self.follow();
            return None;
        }
        let (top, last) = (self.drawn.top, lines - rows);
        let page = rows.saturating_sub(1).max(1);
        let half = (rows / 2).max(1);
        let target = match motion {
            Motion::Up if top == 0 => return None,
            Motion::Down if top == last => return None,
            Motion::Left | Motion::Right => return None,
            Motion::Up => top.saturating_sub(1),
            Motion::Down => top + 1,
            Motion::PageUp => top.saturating_sub(page),
            Motion::PageDown => top + page,
            Motion::HalfUp => top.saturating_sub(half),
            Motion::HalfDown => top + half,
            Motion::First => 0,
            Motion::Last => last,
        };
        (self.drawn.top, self.loose) = (target.min(last), true);
        self.ahead |= self.drawn.top != top;
        Some(self.carried(motion, top))
    }

    /// Scrolls by the wheel, and leaves the focus where it is.
    pub fn roll(&mut self, down: bool, lines: usize) {
        let last = self.drawn.extent.lines.saturating_sub(self.drawn.extent.rows);
        let top = self.drawn.top;
        let target = if down { top.saturating_add(lines).min(last) } else { top.saturating_sub(lines) };
        if target != top {
            (self.drawn.top, self.loose, self.ahead) = (target, true, true);
        }
    }

    /// Whether going up would move the focus to a line in view, or to the one just above.
    fn has_stop_before(&self) -> bool {
        let here = self.focus().unwrap_or(0);
        let stop = self.drawn.extent.stops.iter().rfind(|stop| **stop < here);
        stop.is_some_and(|stop| self.drawn.shows(*stop) || stop + 1 == self.drawn.top)
    }

    /// Whether going down would move the focus to a line in view, or to the one just below.
    fn has_stop_after(&self) -> bool {
        let here = self.focus();
        let stop = self.drawn.extent.stops.iter().find(|stop| here.is_none_or(|here| **stop > here));
        stop.is_some_and(|stop| self.drawn.shows(*stop) || *stop == self.drawn.top + self.drawn.extent.rows)
    }

    fn focus(&self) -> Option<usize> {
        self.drawn.extent.focus.map(|(line, _)| line)
    }

    /// By how many stops the focus goes along with a page, so that it stays in view where there is a stop in view.
    fn carried(&self, motion: Motion, before: usize) -> isize {
        let stops = &self.drawn.extent.stops;
        let (top, end) = (self.drawn.top, self.drawn.top + self.drawn.extent.rows);
        let last = stops.len().saturating_sub(1);
        let target = match motion {
            Motion::First => 0,
            Motion::Last => last,
            Motion::PageDown | Motion::HalfDown if top == before => last,
            Motion::PageUp | Motion::HalfUp if top == before => 0,
            Motion::PageDown | Motion::HalfDown => match stops.iter().position(|stop| *stop >= top) {
                Some(index) if stops[index] < end => index,
                // None in view: the one before, so that going on down leads to the one after.
                Some(index) => index.saturating_sub(1),
                None => last,
            },
            Motion::PageUp | Motion::HalfUp => match stops.iter().rposition(|stop| *stop < end) {
                Some(index) if stops[index] >= top => index,
                Some(index) => (index + 1).min(last),
                None => 0,
            },
            _ => return 0,
        };
        let Some(target) = stops.get(target) else { return 0 };
        let number = |line: usize| stops.iter().filter(|stop| **stop <= line).count().cast_signed();
        number(*target) - self.focus().map_or(0, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A page of lines with the focus on a stop, as a screen and a step would move through it.
    struct Page {
        view: Viewport,
        extent: Extent,
        /// Number of the stop with the focus.
        stop: usize,
    }

    impl Page {
        fn new(rows: usize, lines: usize, stops: &[usize]) -> Self {
            let extent = Extent { rows, lines, stops: stops.to_vec(), ..Extent::default() };
            let mut page = Self { view: Viewport::default(), extent, stop: 0 };
            page.draw();
            page
        }

        fn draw(&mut self) -> std::ops::Range<usize> {
            let focus = self.extent.stops.get(self.stop).map(|line| (*line, (line + 3).min(self.extent.lines)));
            self.extent.focus = focus;
            let top = self.view.first_of(&self.extent);
            self.view.take(Drawn { top, extent: self.extent.clone() });
            top..(top + self.extent.rows).min(self.extent.lines)
        }

        fn press(&mut self, motion: Motion) -> std::ops::Range<usize> {
            let last = self.extent.stops.len().saturating_sub(1);
            match self.view.scroll(motion) {
                Some(by) => self.stop = self.stop.saturating_add_signed(by).min(last),
                None => {
                    self.stop = match motion {
                        Motion::Up => self.stop.saturating_sub(1),
                        Motion::Down => (self.stop + 1).min(last),
                        _ => self.stop,
                    };
                }
            }
            self.draw()
        }
    }

    #[test]
    fn a_page_without_rows_to_choose_scrolls_by_line_page_and_end() {
        let mut page = Page::new(10, 35, &[]);
        assert_eq!(page.press(Motion::Down), 1..11);
        assert_eq!(page.press(Motion::PageDown), 10..20);
        assert_eq!(page.press(Motion::Last), 25..35);
        assert_eq!(page.press(Motion::Down), 25..35);
        assert_eq!(page.press(Motion::Up), 24..34, "the first key back works");
        assert_eq!(page.press(Motion::First), 0..10);
    }

    #[test]
    fn a_list_longer_than_the_screen_moves_its_cursor_with_every_key() {
        let rows: Vec<usize> = (0..30).collect();
        let mut page = Page::new(10, 30, &rows);
        for key in 1..30 {
            page.press(Motion::Down);
            assert_eq!(page.stop, key);
        }
        for key in (0..29).rev() {
            page.press(Motion::Up);
            assert_eq!(page.stop, key);
        }
    }

    #[test]
    fn a_page_takes_the_cursor_along() {
        let rows: Vec<usize> = (0..30).collect();
        let mut page = Page::new(10, 30, &rows);
        assert_eq!((page.press(Motion::PageDown), page.stop), (9..19, 9));
        assert_eq!((page.press(Motion::Last), page.stop), (20..30, 29));
        assert_eq!((page.press(Motion::PageUp), page.stop), (11..21, 20));
        assert_eq!((page.press(Motion::First), page.stop), (0..10, 0));
    }

    #[test]
    fn a_page_that_got_shorter_is_shown_from_what_it_has() {
        let mut page = Page::new(10, 35, &[]);
        page.press(Motion::Last);
        page.extent.lines = 12;
        assert_eq!(page.draw(), 2..12);
        assert_eq!(page.press(Motion::Up), 1..11);
    }

    proptest! {
        #[test]
        fn going_down_shows_every_line_and_going_up_again_as_well(
            rows in 1usize..12, lines in 0usize..60, places in prop::collection::btree_set(0usize..60, 0..9),
        ) {
            let stops: Vec<usize> = places.into_iter().filter(|stop| *stop < lines).collect();
            let mut page = Page::new(rows, lines, &stops);
            page.press(Motion::First);
            for (motion, end) in [(Motion::Down, lines.saturating_sub(rows)), (Motion::Up, 0)] {
                let mut seen: std::collections::BTreeSet<usize> = page.draw().collect();
                for _ in 0..200 {
                    seen.extend(page.press(motion));
                }
                prop_assert_eq!(seen.len(), lines);
                prop_assert_eq!(page.view.drawn().top, end);
            }
        }

        #[test]
        fn after_any_keys_one_key_back_from_the_end_changes_the_view(
            rows in 1usize..12, lines in 1usize..60, keys in prop::collection::vec(0usize..6, 0..40),
        ) {
            let mut page = Page::new(rows, lines, &[]);
            let all = [Motion::Up, Motion::Down, Motion::PageUp, Motion::PageDown, Motion::First, Motion::Last];
            for key in keys {
                page.press(all[key]);
            }
            let end = page.press(Motion::Last);
            prop_assert_eq!(page.press(Motion::Up) == end, lines <= rows);
        }
    }
}
