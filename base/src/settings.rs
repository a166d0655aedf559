//! Everything that an operator may set, in one place: from a file, then from the environment.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

/// The settings. A field `listen` is `listen = "…"` in `throughcare.toml` and `THROUGHCARE_LISTEN`
/// in the environment, which wins; the database is also read from the customary `DATABASE_URL`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on. Default `127.0.0.1:8080`: reachable from this machine only,
    /// until somebody decides otherwise.
    pub listen: String,
    /// Where records are kept: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
    /// Default `sqlite:throughcare.db`, one file beside the program.
    pub database_url: String,
    /// The address that readers type, for links in feeds and papers. Default `http://` + `listen`.
    pub public_url: Option<String>,
    /// Whether a proxy stands before this site and writes the reader's address at the end of
    /// `X-Forwarded-For`. Default false: then that header is anybody's claim.
    pub behind_proxy: bool,
    /// How letters are sent: `smtp://USER:PASSWORD@HOST:587?tls=required`, `smtps://…`, or
    /// `folder:PATH`, in which they are put to be looked at. Default none: links are shown, not sent.
    pub mail: Option<String>,
    /// Who writes the letters. Default `Throughcare <no-reply@localhost>`.
    pub mail_from: String,
    /// Where files that people bring are kept: `folder:PATH`, by default `folder:throughcare-files`, or
    /// `s3://KEY:SECRET@BUCKET?region=…&endpoint=https://…`.
    pub files: String,
    /// An OpenID provider by whose word people may sign in, such as `https://login.ministry.example`;
    /// its redirect address is `public_url` + `/sign-in/openid/back`. Default none.
    pub openid_issuer: Option<String>,
    /// What the provider knows this site by.
    pub openid_client: String,
    /// And the secret between them; never printed.
    pub openid_secret: Option<String>,
    /// What its button says: `Sign in with …`. Default: the provider's host.
    pub openid_name: Option<String>,
    /// A folder of further languages, one folder each: `languages/uk/*.ftl`. Default `languages`.
    pub languages: PathBuf,
    /// The language for readers whose browser asks for none that we have. Default `en`.
    pub default_language: String,
    /// What to log: `error`, `warn`, `info`, `debug` or a filter such as `info,sqlx=warn`.
    pub log: String,
    /// Log lines as `text` for people or `json` for machines. Default `text`.
    pub log_format: LogFormat,
    /// Megabytes of finished pages kept in memory. Default 24; 0 makes every page anew.
    pub kept_megabytes: u32,
    /// Long jobs done at the same time by this process. Default: one for each core but one, so that
    /// pages still answer. 0 leaves them to other processes on the same database.
    pub job_workers: Option<u32>,
    /// Jobs that may wait before further ones are refused. Default 200: at a minute each, some hours.
    pub jobs_waiting: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum LogFormat {
    Text,
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(word: String) -> Result<LogFormat, String> {
        match word.as_str() {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err(format!("{word:?} is no form of log; choose text or json")),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: "127.0.0.1:8080".into(),
            database_url: "sqlite:throughcare.db".into(),
            public_url: None,
            behind_proxy: false,
            mail: None,
            mail_from: "Throughcare <no-reply@localhost>".into(),
            files: "folder:throughcare-files".into(),
            openid_issuer: None,
            openid_client: "throughcare".into(),
            openid_secret: None,
            openid_name: None,
            languages: "languages".into(),
            default_language: "en".into(),
            log: "info,sqlx=warn".into(),
            log_format: LogFormat::Text,
            kept_megabytes: 24,
            job_workers: None,
            jobs_waiting: 200,
        }
    }
}

impl Settings {
    /// Reads `file` (or `throughcare.toml` where none is named and that exists), then the
    /// environment. Fails naming the file or variable that is wrong.
    pub fn read(file: Option<&Path>) -> Result<Settings> {
        let mut builder = config::Config::builder();
        let default = Path::new("throughcare.toml");
        match file {
            Some(path) if !path.exists() => {
                bail!("the settings file {} does not exist", path.display())
            }
            Some(path) => builder = builder.add_source(config::File::from(path)),
            None if default.exists() => builder = builder.add_source(config::File::from(default)),
            None => {}
        }
        if let Ok(url) = std::env::var("DATABASE_URL") {
            builder = builder.set_override("database_url", url)?;
        }
        let settings: Settings = builder
            .add_source(config::Environment::with_prefix("THROUGHCARE").try_parsing(true))
            .build()
            .and_then(config::Config::try_deserialize)
            .with_context(|| {
                let file = file.unwrap_or(default).display();
                format!("the settings cannot be understood (file {file}, variables THROUGHCARE_…; `throughcare settings` prints all with their values)")
            })?;
        Ok(settings)
    }

    /// Puts `***` for what is secret: passwords in the addresses of the database and of the mail server,
    /// the OpenID secret. Whether there was one.
    pub fn hide_password(&mut self) -> bool {
        let hide = |text: &mut String| match url::Url::parse(text) {
            Ok(mut address) if address.password().is_some() => {
                let hidden = address.set_password(Some("***")).is_ok();
                *text = address.into();
                hidden
            }
            _ => false,
        };
        let mut hidden = hide(&mut self.database_url);
        hidden |= hide(&mut self.files);
        let secret = self.openid_secret.as_mut().map(|secret| *secret = "***".into()).is_some();
        self.mail.as_mut().is_some_and(hide) || hidden || secret
    }

    /// Whether readers come by https: then cookies are bound to it.
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// How many jobs this process does at the same time.
    pub fn workers(&self) -> u32 {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as u32;
        self.job_workers.unwrap_or_else(|| cores.saturating_sub(1).max(1))
    }

    /// The address that readers type, without a slash at its end.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }
}
