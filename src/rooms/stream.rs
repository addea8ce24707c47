//! The bytes beneath a socket, counted: the library counts a message's size but not the frames around it, so that pieces
//! without content could go on for ever. And it reads as long as there is something: who sends without a pause would have the
//! thread for itself.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use signaling::message::MAX_MESSAGE_BYTES;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The largest message fits twice: with its frames, and with what is read ahead.
const MOST: usize = 2 * MAX_MESSAGE_BYTES;
/// So much is read in a row, some hundred of the smallest frames; then it is others' turn.
const TURN: usize = 4 * 1024;

pub(super) trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Bytes for S {}

pub(super) struct Metered {
    stream: Box<dyn Bytes>,
    /// What may still be read before a message is whole.
    left: usize,
    /// What was read since others had their turn.
    in_a_row: usize,
}

impl Metered {
    pub(super) fn new(stream: impl Bytes + 'static) -> Self {
        Self { stream: Box::new(stream), left: MOST, in_a_row: 0 }
    }

    /// A message was whole.
    pub(super) fn begin_again(&mut self) {
        self.left = MOST;
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// The stream without the count, for reading it to its end.
    pub(super) fn stream(&mut self) -> &mut dyn Bytes {
        &mut self.stream
    }
}

impl AsyncRead for Metered {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.is_spent() {
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        if self.in_a_row >= TURN {
            self.in_a_row = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        let more = buf.filled().len() - before;
        self.left = self.left.saturating_sub(more);
        self.in_a_row = if read.is_ready() { self.in_a_row + more } else { 0 };
        read
    }
}

impl AsyncWrite for Metered {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
