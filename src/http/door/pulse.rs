//! The pulse (脉搏) of a connection: when it waits, reads a head, works or writes, and when that takes too long.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between two requests.
    Idle,
    /// Reading a request head since this instant.
    Head(Instant),
    /// Working on a request.
    Busy,
}

/// What a connection is doing, told by the service to the stream.
#[derive(Debug, Clone)]
pub(super) struct Pulse(Arc<Mutex<Phase>>);

impl Pulse {
    /// The pulse of a new connection, which owes a request head from now on.
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Phase::Head(Instant::now()))))
    }

    fn get(&self) -> Phase {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, phase: Phase) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = phase;
    }

    /// A request head has been read.
    pub(super) fn request_begins(&self) {
        self.set(Phase::Busy);
    }

    /// Wraps the body of the answer: when it is through, the connection idles.
    pub(super) fn until_written(&self, body: Body) -> Answering {
        Answering { body, pulse: self.clone() }
    }
}

/// The body of an answer that tells the pulse when it is through.
#[derive(Debug)]
pub(super) struct Answering {
    body: Body,
    pulse: Pulse,
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.pulse.set(Phase::Idle);
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that gives up on clients who dribble their request head or do not take their answer.
#[derive(Debug)]
pub(super) struct Timed {
    stream: TcpStream,
    pulse: Pulse,
    head: Duration,
    write: Duration,
    reading: Option<Pin<Box<Sleep>>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl Timed {
    /// A stream with these times for a head and for progress of a write.
    pub(super) fn new(stream: TcpStream, pulse: Pulse, head: Duration, write: Duration) -> Self {
        Self { stream, pulse, head, write, reading: None, writing: None }
    }

    /// A read that waits: fails when the request head is overdue.
    fn overdue_head(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Phase::Head(since) = self.pulse.get() else {
            self.reading = None;
            return Poll::Pending;
        };
        expire(&mut self.reading, since + self.head, cx)
    }

    /// A write that waits: fails when nothing was taken for too long.
    fn overdue_write<T>(&mut self, result: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.writing = None;
            return result;
        }
        let deadline = self.writing.as_ref().map_or_else(|| Instant::now() + self.write, |sleep| sleep.deadline());
        match expire(&mut self.writing, deadline, cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            _ => Poll::Pending,
        }
    }
}

/// Fails once the deadline has passed.
fn expire(slot: &mut Option<Pin<Box<Sleep>>>, deadline: Instant, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    let sleep = slot.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
    if sleep.deadline() != deadline {
        sleep.as_mut().reset(deadline);
    }
    sleep.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
}

impl AsyncRead for Timed {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buf) {
            Poll::Pending => self.overdue_head(cx),
            ready => {
                if buf.filled().len() > before && self.pulse.get() == Phase::Idle {
                    self.pulse.set(Phase::Head(Instant::now()));
                }
                ready
            }
        }
    }
}

impl AsyncWrite for Timed {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.overdue_write(result, cx)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        self.overdue_write(result, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.overdue_write(result, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.overdue_write(result, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
