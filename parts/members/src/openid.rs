//! Another site's word for who somebody is: OpenID Connect, code flow with PKCE, state and nonce. It
//! opens the account of somebody who was invited, by the e-mail address that the provider has verified;
//! it makes none.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base::storage::Transaction;
use base::{Refusal, Site, chance};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::http::Response;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::asked::{self, Kind};

/// Where the provider sends people back to.
pub const BACK: &str = "/sign-in/openid/back";
/// A provider that is slower than this is away.
const WAIT: Duration = Duration::from_secs(10);
/// No answer of a provider is larger.
const LARGEST: usize = 1 << 20;

/// What the button at the door says; `None` where no provider is set.
pub fn name(site: &Site) -> Option<String> {
    let issuer = Url::parse(site.settings.openid_issuer.as_deref()?).ok()?;
    let host = issuer.host_str().unwrap_or_default().to_owned();
    Some(site.settings.openid_name.clone().unwrap_or(host))
}

/// What waits for the provider's word.
#[derive(Serialize, Deserialize)]
struct Begun {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    then: String,
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Asks the provider who it is and which keys it signs with: anew each time, so that keys may change.
async fn client(site: &Site) -> Result<Client> {
    let settings = &site.settings;
    let issuer = settings.openid_issuer.clone().context("no OpenID provider is set")?;
    let provider = CoreProviderMetadata::discover_async(IssuerUrl::new(issuer)?, &fetch).await?;
    let secret = settings.openid_secret.clone().map(ClientSecret::new);
    let back = RedirectUrl::new(format!("{}{BACK}", settings.public_url()))?;
    let id = ClientId::new(settings.openid_client.clone());
    Ok(CoreClient::from_provider_metadata(provider, id, secret).set_redirect_uri(back))
}

/// Where the browser goes, and the secret for its cookie: only the browser that asked may come back.
pub async fn begin(site: &Site, then: &str) -> Result<(Url, String)> {
    let client = client(site).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (address, state, nonce) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .add_scope(Scope::new("email".into()))
        .set_pkce_challenge(challenge)
        .url();
    let begun = Begun { state, nonce, verifier, then: then.into() };
    let secret = chance::hex(32)?;
    asked::keep_as(site, Kind::OpenId, 0, &begun, &secret)
        .await
        .map_err(|_| anyhow::anyhow!("what was asked could not be kept"))?;
    Ok((address, secret))
}

/// What came back in the address.
pub struct Back<'a> {
    /// Of the cookie.
    pub secret: &'a str,
    pub state: &'a str,
    pub code: &'a str,
}

/// What the provider says.
pub enum Said {
    /// Nothing that was asked for: another browser, twice, or too late.
    NotAsked,
    /// Nobody whose address it has verified.
    Nobody,
    /// The verified address of somebody, and where they wanted to go.
    Email { email: String, then: String },
}

/// Uses up what was asked and takes the provider's word.
pub async fn finish(
    site: &Site,
    change: &mut Transaction,
    back: &Back<'_>,
) -> Result<Option<(AuthorizationCode, Waited)>, Refusal> {
    let begun: Option<Begun> =
        asked::answered(change, Kind::OpenId, 0, back.secret, site.now()).await?;
    // Both are secrets of 16 bytes or more, used up by this look: its time tells nothing.
    let begun = begun.filter(|begun| begun.state.secret() == back.state);
    Ok(begun.map(|begun| (AuthorizationCode::new(back.code.into()), Waited(begun))))
}

/// What was asked, once it has been used up.
pub struct Waited(Begun);

/// Asks the provider who came, and holds its word to what was asked: its signature, that it is for us,
/// for this question, and not over.
pub async fn word(site: &Site, code: AuthorizationCode, waited: Waited) -> Result<Said> {
    let Waited(begun) = waited;
    let client = client(site).await?;
    let tokens =
        client.exchange_code(code)?.set_pkce_verifier(begun.verifier).request_async(&fetch).await?;
    let id = tokens.id_token().context("the provider gave no ID token")?;
    let verifier = client.id_token_verifier();
    let claims = id.claims(&verifier, &begun.nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let (algorithm, key) = (id.signing_alg()?, id.signing_key(&verifier)?);
        let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)?;
        ensure!(found == *expected, "the access token is not the one that the ID token names");
    }
    let mut email = claims.email().cloned();
    let mut verified = claims.email_verified();
    if email.is_none() {
        // Many providers tell it only there.
        let subject = Some(claims.subject().clone());
        let more: CoreUserInfoClaims =
            client.user_info(tokens.access_token().clone(), subject)?.request_async(&fetch).await?;
        (email, verified) = (more.email().cloned(), more.email_verified());
    }
    Ok(match (email, verified) {
        (Some(email), Some(true)) => Said::Email { email: email.to_string(), then: begun.then },
        _ => Said::Nobody,
    })
}

/// A request to the provider failed.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Asked(#[from] reqwest::Error),
    #[error("the provider's answer is larger than {LARGEST} bytes")]
    Large,
    #[error(transparent)]
    Http(#[from] openidconnect::http::Error),
}

/// Follows no redirect: the provider's addresses are what its settings say, and nothing behind them.
async fn fetch(request: HttpRequest) -> Result<HttpResponse, Failed> {
    // The first to come decides for the whole program; all bring the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(WAIT)
        .build()?;
    let mut answer = client.execute(reqwest::Request::try_from(request)?).await?;
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(Failed::Large);
        }
    }
    Ok(response.body(body)?)
}
