//! A stream, piece by piece, as it arrives.

use super::batch::{ArrowBatch, take_dictionary};
use super::dictionary::Dictionaries;
use super::fault::{ArrowFault, ArrowResult};
use super::message::{ArrowMessage, Framed, MessageKind};
use super::schema::ArrowSchema;

/// Room that is made at once for a message, in bytes. For a longer one there is never room for more than four times what came.
const FIRST_ROOM: usize = 256 << 10;

/// Reads one stream.
#[derive(Debug, Default)]
pub(crate) struct ArrowReader {
    /// The beginning of a message that is not here as a whole.
    carry: Vec<u8>,
    /// Bytes that are needed before `carry` is looked at again.
    needed: usize,
    schema: Option<ArrowSchema>,
    dictionaries: Dictionaries,
    ended: bool,
}

impl ArrowReader {
    /// Reads the next piece. Each batch that is here as a whole is given to `on_batch`.
    ///
    /// # Errors
    /// The stream is not read, or `on_batch` says so. Nothing that was taken of it may then be counted.
    pub(crate) fn feed(
        &mut self,
        piece: &[u8],
        on_batch: &mut impl FnMut(&ArrowBatch<'_>) -> ArrowResult<()>,
    ) -> ArrowResult<()> {
        if self.carry.is_empty() {
            let used = self.walk(piece, on_batch)?;
            self.keep(&piece[used..]);
            return Ok(());
        }
        self.keep(piece);
        if self.carry.len() >= self.needed {
            let mut carry = std::mem::take(&mut self.carry);
            let used = self.walk(&carry, on_batch)?;
            carry.drain(..used);
            self.carry = carry;
        }
        Ok(())
    }

    /// Keeps bytes until their message is here as a whole. Room is made in few steps, because each step copies what is here.
    fn keep(&mut self, piece: &[u8]) {
        let length = self.carry.len() + piece.len();
        if length > self.carry.capacity() {
            let room = self.needed.min(FIRST_ROOM.max(length * 4)).max(length);
            self.carry.reserve_exact(room - self.carry.len());
        }
        self.carry.extend_from_slice(piece);
    }

    /// A reader that uses the memory of an earlier one.
    pub(crate) fn reusing(mut memory: Vec<u8>) -> Self {
        memory.clear();
        Self { carry: memory, ..Self::default() }
    }

    /// The memory, for the next reader.
    pub(crate) fn into_memory(self) -> Vec<u8> {
        self.carry
    }

    /// The marker of the next page, once the whole stream was fed; `None` on the last page.
    ///
    /// # Errors
    /// The stream is cut off.
    pub(crate) fn end(&self) -> ArrowResult<Option<&str>> {
        let Some(schema) = &self.schema else { return Err(ArrowFault::damaged("it is empty")) };
        match (self.ended, self.carry.is_empty()) {
            (true, _) => Ok(Some(schema.next_marker.as_str()).filter(|marker| !marker.is_empty())),
            (false, false) => Err(ArrowFault::damaged("it is cut off")),
            // The format allows that, but a stream that was cut between two messages looks the same.
            (false, true) => Err(ArrowFault::unsupported("it does not say where it ends")),
        }
    }

    /// Reads as many whole messages as there are; returns where the first incomplete one begins.
    fn walk(
        &mut self,
        bytes: &[u8],
        on_batch: &mut impl FnMut(&ArrowBatch<'_>) -> ArrowResult<()>,
    ) -> ArrowResult<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.ended {
                return Err(ArrowFault::damaged("it goes on behind its end"));
            }
            match Framed::read(&bytes[at..])? {
                Framed::Short(needed) => {
                    self.needed = needed;
                    break;
                }
                Framed::End(length) => {
                    self.ended = true;
                    at += length;
                }
                Framed::Message(message, length) => {
                    self.take(message, on_batch)?;
                    at += length;
                }
            }
        }
        Ok(at)
    }

    fn take(
        &mut self,
        message: ArrowMessage<'_>,
        on_batch: &mut impl FnMut(&ArrowBatch<'_>) -> ArrowResult<()>,
    ) -> ArrowResult<()> {
        match (message.kind, &self.schema) {
            (MessageKind::Schema, None) => self.schema = Some(ArrowSchema::read(message.header)?),
            (MessageKind::Schema, Some(_)) => return Err(ArrowFault::damaged("its schema changes")),
            (_, None) => return Err(ArrowFault::damaged("it does not begin with a schema")),
            (MessageKind::Dictionary, Some(schema)) => {
                take_dictionary(message.header, message.body, schema, &mut self.dictionaries)?;
            }
            (MessageKind::Batch, Some(schema)) => {
                let batch = ArrowBatch::read(message.header, message.body, schema, &self.dictionaries)?;
                if batch.rows > 0 {
                    on_batch(&batch)?;
                }
            }
        }
        Ok(())
    }
}
