//! Serving: listens, answers, and stops without breaking off an answer.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::{Context, Result};
use base::App;
use base::work::{Pace, Workers};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

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
    let router = base::site::router(&site)?;
    let workers = Workers::start(&site, Pace::default());
    let (asked, stopping) = oneshot::channel();
    let stop = async move {
        stop.await;
        let _ = asked.send(());
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop);
    let patience = async {
        match stopping.await {
            Ok(()) => tokio::time::sleep(LAST_ANSWERS).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = serving => served.context("serving ended")?,
        () = patience => tracing::warn!(seconds = LAST_ANSWERS.as_secs(), "some readers were still connected; stopped without them"),
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
