//! Hyperlinks (OSC 8): a text on the screen that the terminal opens in a browser. A cell has no place for an address, and a sequence within its
//! text would shift the row. So the cells of a link get an underline colour that stands for its address, which the comparison of two
//! frames sees as any other change; the backend takes it off again and writes the sequence around the cells.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

/// A text and the address it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// The text as it is drawn, underlined, in one row.
    pub text: String,
    /// The address.
    pub address: String,
}

impl Hyperlink {
    /// The colour that stands for the address. It is never drawn.
    pub(super) fn colour(&self) -> Color {
        self.digest().into()
    }

    fn digest(&self) -> [u8; 3] {
        let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let [_, digest @ ..] = self.address.bytes().fold(0x811c_9dc5, mix).to_be_bytes();
        digest
    }

    /// The sequence before the text. The id joins what is written in several pieces.
    pub(super) fn open(&self) -> String {
        let [red, green, blue] = self.digest();
        let address: String = self.address.chars().filter(char::is_ascii_graphic).collect();
        format!("\x1b]8;id=bf{red:02x}{green:02x}{blue:02x};{address}\x1b\\")
    }
}

/// The sequence after the text of a link.
pub(super) const CLOSE: &str = "\x1b]8;;\x1b\\";

/// By the variables of the terminal. `FORCE_HYPERLINK` decides where it is set, 0 means none. Old consoles and screen readers in Emacs would
/// show the sequence; VTE before 0.50 had faults with it.
pub(super) fn from_env(value: impl Fn(&str) -> Option<String>) -> bool {
    if let Some(wish) = value("FORCE_HYPERLINK") {
        return wish != "0";
    }
    let term = value("TERM").unwrap_or_default();
    let old = ["dumb", "linux", "vt", "cons25", "eterm", "screen"].iter().any(|name| term.starts_with(name));
    let old_vte = value("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).is_some_and(|one| one < 5000);
    let tmux = value("TMUX").is_some();
    !term.is_empty() && !old_vte && (!old || (tmux && term.starts_with("screen")))
}

/// Marks the cells of each link: where its text stands in a row, underlined.
pub(super) fn mark(buffer: &mut Buffer, links: &[Hyperlink]) {
    let area = buffer.area;
    for link in links.iter().filter(|link| !link.text.is_empty()) {
        let letters: Vec<String> = link.text.chars().map(String::from).collect();
        for y in area.top()..area.bottom() {
            let mut x = area.left();
            while usize::from(area.right().saturating_sub(x)) >= letters.len() {
                let at = |offset: usize| (x.saturating_add(u16::try_from(offset).unwrap_or(u16::MAX)), y);
                let stands = letters.iter().enumerate().all(|(offset, letter)| {
                    let cell = &buffer[at(offset)];
                    cell.symbol() == letter && cell.modifier.contains(Modifier::UNDERLINED)
                });
                if stands {
                    (0..letters.len()).for_each(|offset| buffer[at(offset)].underline_color = link.colour());
                }
                x += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(environment: &[(&str, &str)]) -> bool {
        from_env(|name| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn w87_links_are_written_where_the_terminal_takes_them_and_nobody_forbids_it() {
        assert!(on(&[("TERM", "xterm-256color")]));
        assert!(on(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux,1,0")]));
        for without in [
            &[("TERM", "dumb")][..],
            &[("TERM", "linux")],
            &[("TERM", "vt220")],
            &[("TERM", "screen.xterm-256color")],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "4803")],
            &[("TERM", "xterm-256color"), ("FORCE_HYPERLINK", "0")],
            &[],
        ] {
            assert!(!on(without), "{without:?}");
        }
        assert!(on(&[("TERM", "linux"), ("FORCE_HYPERLINK", "1")]));
    }

    #[test]
    fn w87_nothing_in_an_address_ends_the_sequence() {
        let link = Hyperlink { text: "x".into(), address: "https://a.example/\u{7}\u{1b}\\é b".into() };
        assert!(link.open().ends_with(";https://a.example/\\b\x1b\\"), "{:?}", link.open());
    }
}
