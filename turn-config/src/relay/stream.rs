//! The relay over TCP and TLS: accepts, shakes hands, and runs one client a connection, each step within its time.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;

use super::Core;
use super::client::Client;
use super::counters::{down, up};
use super::frame::Frames;
use super::way::{Carrier, Way};

/// Packets waiting for a slow client.
const QUEUE: usize = 256;
/// A client that takes nothing for this long is gone.
const WRITE_TIME: Duration = Duration::from_secs(10);
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
const READ_SIZE: usize = 4096;

/// Runs until the relay stops. Without `tls` the connections are plain.
pub(super) async fn serve(core: Arc<Core>, listener: TcpListener, tls: Option<TlsAcceptor>) {
    loop {
        let accepted = tokio::select! {
            () = core.stopped.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, address)) = accepted else {
            // Out of descriptors: the next try would fail at once too.
            let _ = timeout(ACCEPT_PAUSE, pending::<()>()).await;
            continue;
        };
        match Arc::clone(&core.connections).try_acquire_owned() {
            Ok(permit) => {
                core.tasks.spawn(admit(Arc::clone(&core), stream, address, tls.clone(), permit));
            }
            Err(_) => up(&core.counters.connections_refused),
        }
    }
}

async fn admit(core: Arc<Core>, stream: TcpStream, address: SocketAddr, tls: Option<TlsAcceptor>, permit: OwnedSemaphorePermit) {
    let Ok(local) = stream.local_addr() else { return };
    let _ = stream.set_nodelay(true);
    up(&core.counters.connections);
    match tls {
        None => converse(&core, stream, address, local).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = timeout(core.limits.handshake, acceptor.accept(stream)).await {
                converse(&core, stream, address, local).await;
            }
        }
    }
    down(&core.counters.connections);
    drop(permit);
}

async fn converse<S>(core: &Arc<Core>, stream: S, address: SocketAddr, local: SocketAddr)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (reader, writer) = tokio::io::split(stream);
    let (queue, packets) = mpsc::channel(QUEUE);
    let way = Way::new(Carrier::Stream(queue), address, local);
    let writing = write(writer, packets);
    tokio::pin!(writing);
    let reading = read(core, reader, Client::new(Arc::clone(core), way, address));
    tokio::select! {
        // Its queue's last end goes with the client: what is queued is still written.
        () = reading => writing.await,
        () = &mut writing => {}
    }
}

async fn read(core: &Core, mut reader: impl AsyncRead + Unpin, mut client: Client) {
    let (mut frames, mut buffer) = (Frames::default(), vec![0; READ_SIZE]);
    let mut idle_until = Instant::now() + core.limits.idle;
    loop {
        let slot = client.slot().cloned();
        if slot.is_some() {
            idle_until = Instant::now() + core.limits.idle;
        }
        let length = tokio::select! {
            biased;
            () = core.stopped.cancelled() => return,
            () = async { match &slot { Some(slot) => slot.closed.cancelled().await, None => tokio::time::sleep_until(idle_until).await } } => {
                if slot.is_some_and(|slot| !slot.killed.is_cancelled()) {
                    continue;
                }
                return;
            }
            read = reader.read(&mut buffer) => match read {
                Ok(0) | Err(_) => return,
                Ok(length) => length,
            },
        };
        frames.push(&buffer[..length]);
        loop {
            match frames.next() {
                Ok(Some(frame)) => client.handle(&frame).await,
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}

/// Writes until every sender is gone or the client stops taking.
async fn write(mut writer: impl AsyncWrite + Unpin, mut packets: mpsc::Receiver<Vec<u8>>) {
    let mut batch = Vec::new();
    while packets.recv_many(&mut batch, QUEUE).await > 0 {
        let bytes = batch.concat();
        batch.clear();
        let written = timeout(WRITE_TIME, async {
            writer.write_all(&bytes).await?;
            writer.flush().await
        });
        if !matches!(written.await, Ok(Ok(()))) {
            return;
        }
    }
    let _ = timeout(WRITE_TIME, writer.shutdown()).await;
}
