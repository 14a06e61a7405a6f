//! What a program asks of its terminal besides showing text, and what the terminal answers.

/// What the program asked of the terminal besides showing text.
#[derive(Default)]
pub(super) struct TerminalRequests {
    pub(super) clipboard: Option<String>,
    /// The colour that the terminal answers when it is asked for its background; `None` for one that has no such answer.
    pub(super) background: Option<&'static str>,
    /// It speaks the kitty keyboard protocol.
    pub(super) kitty: bool,
    /// How often a program put flags of that protocol on the stack of the screen.
    pub(super) pushed: usize,
    /// It draws signs such as `●` two columns wide.
    pub(super) wide_signs: bool,
    /// Bytes that the terminal answers.
    pub(super) answers: Vec<u8>,
}

impl vt100::Callbacks for TerminalRequests {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _kind: &[u8], data: &[u8]) {
        self.clipboard = Some(String::from_utf8_lossy(data).into_owned());
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, params: &[&[u8]]) {
        if let ([b"11", b"?"], Some(background)) = (params, self.background) {
            self.answers.extend_from_slice(format!("\x1b]11;{background}\x1b\\").as_bytes());
        }
    }

    /// DA1: what kind of terminal is this? DSR 6: where is the cursor? Every terminal answers these. `CSI ? u` asks for the flags of the kitty
    /// keyboard protocol.
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        i1: Option<u8>,
        _i2: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        match (i1, c) {
            (None, 'c') => self.answers.extend_from_slice(b"\x1b[?62;c"),
            (Some(b'>'), 'u') => self.pushed += 1,
            (Some(b'<'), 'u') => self.pushed = self.pushed.saturating_sub(1),
            (Some(b'?'), 'u') if self.kitty => self.answers.extend_from_slice(b"\x1b[?0u"),
            (None, 'n') if params == [&[6]] => {
                let (row, column) = screen.cursor_position();
                let column = column + 1 + u16::from(self.wide_signs && column == 1);
                self.answers.extend_from_slice(format!("\x1b[{};{column}R", row + 1).as_bytes());
            }
            _ => {}
        }
    }
}
