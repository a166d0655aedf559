//! Serving: listens, answers, and stops without breaking off an answer.

use std::io::ErrorKind;
use std::pin::pin;
use std::time::Duration;

use anyhow::Result;
use base::access::Peer;
use base::work::{Pace, Workers};
use base::{App, Reader};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use crate::{brief, daily};

/// How long a connection may take to send the head of a request, and may lie silent between two: a
/// reader far away on a poor line needs seconds; who needs longer holds a place that others want.
const HEAD: Duration = Duration::from_secs(30);

/// How long answers under way may take once the site is asked to stop: longer than any paper. A
/// reader who sent half a request and fell silent would otherwise keep it from stopping for ever.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// Listens on the settings' address. Fails saying what holds the port.
pub async fn listen(site: &App) -> Result<TcpListener> {
    let address = &site.settings.listen;
    TcpListener::bind(address).await.map_err(|error| {
        let why = match error.kind() {
            ErrorKind::AddrInUse => "another program holds this port",
            ErrorKind::PermissionDenied => "a port below 1024 needs rights that this user lacks",
            ErrorKind::AddrNotAvailable => "that is not an address of this machine",
            _ => "that is no address with a port",
        };
        anyhow::anyhow!("cannot listen on {address}: {why} ({error}). Set THROUGHCARE_LISTEN (or --listen) to another address, such as 127.0.0.1:8081")
    })
}

/// Serves until `stop` ends; answers that have begun are finished.
pub async fn serve(
    site: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let router = TowerToHyperService::new(base::site::router(&site)?);
    let workers = Workers::start(&site, Pace::default());
    tokio::spawn(warm(site.clone()));
    let mornings = tokio::spawn(daily::keep(site.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (connection, peer) = tokio::select! {
            // Who had come before the stop was asked for is still answered.
            biased;
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Most likely too many open connections: some will end in a moment.
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = connection.set_nodelay(true);
        let router = router.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            router.call(request)
        });
        let served = http.serve_connection(TokioIo::new(connection), answer);
        let served = under_way.watch(served);
        tokio::spawn(async move {
            if let Err(error) = served.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    mornings.abort();
    if tokio::time::timeout(LAST_ANSWERS, under_way.shutdown()).await.is_err() {
        let seconds = LAST_ANSWERS.as_secs();
        tracing::warn!(seconds, "some readers were still connected; stopped without them");
    }
    // Jobs under way are given back; the next process goes on with them.
    if tokio::time::timeout(LAST_ANSWERS, workers.stop()).await.is_err() {
        tracing::warn!(
            "a job did not stop in time; it goes on from its last checkpoint at the next start"
        );
    }
    site.storage.pool.close().await;
    Ok(())
}

/// Makes one brief before anybody asks: what it reads of the database is held for all others.
async fn warm(site: App) {
    let reader = Reader::of(site.languages.default(), "/");
    if let Some(place) = facts::places().all().first()
        && brief::brief(&site, &reader, &place.code).await.is_err()
    {
        tracing::debug!("no brief could be made beforehand");
    }
}
