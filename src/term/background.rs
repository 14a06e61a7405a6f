//! Asks the terminal for its background colour (OSC 11), so that text is drawn in colours that can be read on it.

use std::time::Duration;

use terminal_colorsaurus::QueryOptions;

use crate::protocol::palette::Background;

/// How long an answer may take. A terminal that cannot answer says so at once, by the question that is sent behind this one (DA1); one
/// behind a slow line needs the time.
const WAIT: Duration = Duration::from_millis(500);

/// The background of the terminal; `None` when neither it nor the variable `COLORFGBG` says. Call it while nothing else reads the
/// terminal.
pub fn background() -> Option<Background> {
    ask().or_else(|| std::env::var("COLORFGBG").ok().and_then(|value| by_numbers(&value)))
}

fn ask() -> Option<Background> {
    let mut options = QueryOptions::default();
    options.timeout = WAIT;
    let colour = terminal_colorsaurus::background_color(options).ok()?;
    Some(if colour.perceived_lightness() > 0.5 { Background::Light } else { Background::Dark })
}

/// `15;0` or `15;default;0`: the last of the numbers is the background, one of the 16 colours. Of these, 7 and those from 9 on are light.
fn by_numbers(value: &str) -> Option<Background> {
    let (_, number) = value.rsplit_once(';')?;
    match number.trim().parse::<u8>().ok()? {
        0..=6 | 8 => Some(Background::Dark),
        7 | 9..=15 => Some(Background::Light),
        16.. => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_is_the_background() {
        assert_eq!(by_numbers("15;0"), Some(Background::Dark));
        assert_eq!(by_numbers("0;default;15"), Some(Background::Light));
        assert_eq!(by_numbers("7;8"), Some(Background::Dark));
        for odd in ["", "15", "15;default", "1;99", "a;b"] {
            assert_eq!(by_numbers(odd), None, "{odd}");
        }
    }
}
