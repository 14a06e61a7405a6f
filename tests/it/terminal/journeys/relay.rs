//! A server between the program and the simulated Azure: it changes answers on their way and remembers what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What an answer's body becomes.
type Rewrite = Arc<dyn Fn(&str) -> String + Send + Sync>;

pub(super) struct Relay {
    /// `http://127.0.0.1:PORT`.
    pub here: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Relay {
    /// Passes everything on to the server at `to`; `rewrite` makes what changes its answers of the relay's own address.
    pub(super) fn start<R>(to: &str, rewrite: impl FnOnce(String) -> R) -> Self
    where
        R: Fn(&str) -> String + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = format!("http://{}", listener.local_addr().unwrap());
        let (to, rewrite): (_, Rewrite) =
            (to.trim_start_matches("http://").to_owned(), Arc::new(rewrite(here.clone())));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (to, rewrite, log) = (to.clone(), Arc::clone(&rewrite), Arc::clone(&log));
                thread::spawn(move || pass(stream, &to, &rewrite, &log));
            }
        });
        Self { here, heads }
    }

    /// Request line and headers of everything asked so far, in lower case.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

/// One request and its answer; the connection ends with it.
fn pass(mut client: TcpStream, to: &str, rewrite: &Rewrite, log: &Mutex<Vec<String>>) -> Option<()> {
    let (head, body) = message(&mut BufReader::new(&client))?;
    log.lock().unwrap().push(head.to_lowercase());
    let mut azure = TcpStream::connect(to).ok()?;
    azure.write_all(&with_length(&head, body.len())).ok()?;
    azure.write_all(&body).ok()?;
    let (head, body) = message(&mut BufReader::new(&azure))?;
    // Only text is changed; an answer that is none is passed on as it is.
    let body =
        String::from_utf8(body).map_or_else(std::string::FromUtf8Error::into_bytes, |text| rewrite(&text).into_bytes());
    client.write_all(&with_length(&head, body.len())).ok()?;
    client.write_all(&body).ok()
}

/// The head, with the blank line left out, and the body of the announced length.
fn message(stream: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|bytes| *bytes > 0)?;
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn with_length(head: &str, length: usize) -> Vec<u8> {
    let own =
        |line: &&str| !["content-length:", "connection:"].iter().any(|name| line.to_lowercase().starts_with(name));
    let kept: String = head.lines().filter(own).flat_map(|line| [line, "\r\n"]).collect();
    format!("{kept}content-length: {length}\r\nconnection: close\r\n\r\n").into_bytes()
}
