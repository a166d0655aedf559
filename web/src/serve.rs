//! Serving: listens, answers, and stops without breaking off an answer.

use anyhow::{Context, Result};
use base::App;
use tokio::net::TcpListener;

/// Listens on the settings' address. Fails saying what holds the port.
pub async fn listen(site: &App) -> Result<TcpListener> {
    let address = &site.settings.listen;
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}: another program may hold this port. Stop it, or set THROUGHCARE_LISTEN (or --listen) to another address, such as 127.0.0.1:8081")
    })
}

/// Serves until `stop` ends; answers that have begun are finished.
pub async fn serve(site: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let router = base::site::router(&site)?;
    axum::serve(listener, router).with_graceful_shutdown(stop).await?;
    site.storage.pool.close().await;
    Ok(())
}
