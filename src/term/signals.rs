//! Signals of the operating system. `driver` carries out what follows from one.

use std::io;

/// A signal that the program handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, on Windows a logoff or a shutdown: the program shall end.
    Terminate,
    /// SIGHUP, on Windows a closed window: the terminal is gone.
    HangUp,
    /// SIGINT from outside; Ctrl-C is a key while the terminal is raw.
    Interrupt,
    /// SIGQUIT from outside, on Windows Ctrl-Break.
    Quit,
    /// SIGTSTP from outside; Ctrl-Z is a key while the terminal is raw.
    Suspend,
    /// SIGCONT: the program was continued.
    Continue,
}

impl Signal {
    /// The exit status of a program ended by this signal, 128 plus its number; none for those that do not end it.
    pub const fn exit_status(self) -> Option<u8> {
        match self {
            Self::HangUp => Some(129),
            Self::Interrupt => Some(130),
            Self::Quit => Some(131),
            Self::Terminate => Some(143),
            Self::Suspend | Self::Continue => None,
        }
    }
}

/// Listens for signals. From [`Signals::listen`] on, signals have no default effect, even after this is dropped.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
    suspend: tokio::signal::unix::Signal,
    resume: tokio::signal::unix::Signal,
    /// When the program was continued; `None` once `Signal::Continue` was returned.
    continued: Option<tokio::time::Instant>,
}

/// A signal that ends the program still comes before [`Signal::Continue`] if it arrives at most this long after it.
#[cfg(unix)]
const GRACE: std::time::Duration = std::time::Duration::from_millis(50);

#[cfg(unix)]
impl Signals {
    /// Starts to listen. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// The system refused a handler.
    pub fn listen() -> io::Result<Self> {
        use signal_hook::consts::{SIGCONT, SIGTSTP};
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            suspend: signal(SignalKind::from_raw(SIGTSTP))?,
            resume: signal(SignalKind::from_raw(SIGCONT))?,
            continued: None,
        })
    }

    /// The next signal. Dropping the call loses none. Several of one kind may count as one. Signals that end the program come first:
    /// a stopped program that is killed gets SIGTERM and SIGCONT together, in any order. If SIGCONT came first, the program would
    /// touch the terminal from the background, and the system would stop it again.
    pub async fn next(&mut self) -> Signal {
        loop {
            let settled = self.continued.map(|at| at + GRACE);
            tokio::select! {
                biased;
                Some(()) = self.terminate.recv() => return Signal::Terminate,
                Some(()) = self.hang_up.recv() => return Signal::HangUp,
                Some(()) = self.quit.recv() => return Signal::Quit,
                Some(()) = self.interrupt.recv() => return Signal::Interrupt,
                Some(()) = self.suspend.recv() => return Signal::Suspend,
                Some(()) = self.resume.recv() => self.continued = Some(tokio::time::Instant::now()),
                () = tokio::time::sleep_until(settled.unwrap_or_else(tokio::time::Instant::now)), if settled.is_some() => {
                    self.continued = None;
                    return Signal::Continue;
                }
                else => std::future::pending().await,
            }
        }
    }
}

/// Listens for the events of the console. Windows ends the program some seconds after a closed window, a logoff or a shutdown.
#[cfg(windows)]
#[derive(Debug)]
pub struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    quit: tokio::signal::windows::CtrlBreak,
    close: tokio::signal::windows::CtrlClose,
    logoff: tokio::signal::windows::CtrlLogoff,
    shutdown: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    /// Starts to listen. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// The system refused a handler.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};

        Ok(Self {
            interrupt: ctrl_c()?,
            quit: ctrl_break()?,
            close: ctrl_close()?,
            logoff: ctrl_logoff()?,
            shutdown: ctrl_shutdown()?,
        })
    }

    /// The next signal: a closed window is [`Signal::HangUp`], a logoff or a shutdown [`Signal::Terminate`].
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            biased;
            Some(()) = self.shutdown.recv() => Signal::Terminate,
            Some(()) = self.logoff.recv() => Signal::Terminate,
            Some(()) = self.close.recv() => Signal::HangUp,
            Some(()) = self.quit.recv() => Signal::Quit,
            Some(()) = self.interrupt.recv() => Signal::Interrupt,
            else => std::future::pending().await,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    use super::*;

    #[test]
    fn an_end_by_signal_is_128_and_its_number() {
        for (signal, number) in [
            (Signal::HangUp, SIGHUP),
            (Signal::Interrupt, SIGINT),
            (Signal::Quit, SIGQUIT),
            (Signal::Terminate, SIGTERM),
        ] {
            assert_eq!(signal.exit_status().map(i32::from), Some(128 + number));
        }
        assert_eq!(Signal::Continue.exit_status(), None);
    }

    /// One test, because every listener of a process hears all of its signals.
    #[tokio::test(start_paused = true)]
    async fn a_signal_that_ends_the_program_comes_before_the_continue_it_came_with() {
        let mut signals = Signals::listen().unwrap();
        signal_hook::low_level::raise(SIGCONT).unwrap();
        assert_eq!(signals.next().await, Signal::Continue);

        signal_hook::low_level::raise(SIGCONT).unwrap();
        // The event loop drops the call when a key comes first: the continue is not lost.
        while signals.continued.is_none() {
            tokio::select! { biased; _ = signals.next() => panic!("returned at once"), () = tokio::task::yield_now() => {} }
        }
        signal_hook::low_level::raise(SIGQUIT).unwrap();
        assert_eq!((signals.next().await, signals.next().await), (Signal::Quit, Signal::Continue));
    }
}
