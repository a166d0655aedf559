//! Letters, by SMTP or into a folder while one tries things out. Stands apart, as the typesetter does,
//! so that only the executable is built with it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Message, SmtpTransport, Transport};

/// A letter to one person, as text and as the same in HTML.
pub struct Letter<'a> {
    pub to_name: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

/// A name or subject as a header may hold it: a line break in it would begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A server that does not answer within this is not there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends a letter by `way`: `smtp://USER:PASSWORD@HOST:587?tls=required`, `smtps://…` or
/// `folder:PATH`, in which each letter becomes a file that any mail program opens. Waits until the
/// server has taken it. Fails naming the way without its password.
pub fn send(way: &str, from: &str, letter: &Letter) -> Result<()> {
    let from: Mailbox = from
        .parse()
        .with_context(|| format!("the setting mail_from, {from:?}, is no address of mail"))?;
    let to = letter.to.parse().with_context(|| format!("{:?} is no address", letter.to))?;
    let message = Message::builder()
        .from(from)
        .to(Mailbox::new(Some(one_line(letter.to_name)), to))
        .subject(one_line(letter.subject))
        .multipart(MultiPart::alternative_plain_html(
            letter.text.to_owned(),
            letter.html.to_owned(),
        ))?;
    match way.strip_prefix("folder:") {
        Some(folder) => put(Path::new(folder), &message),
        None => {
            let shown = without_password(way);
            let server = SmtpTransport::from_url(way)
                .with_context(|| format!("the setting mail, {shown}, is no way to send letters; it looks like smtp://USER:PASSWORD@HOST:587?tls=required"))?
                .timeout(Some(PATIENCE))
                .build();
            server.send(&message).with_context(|| format!("{shown} did not take the letter"))?;
            Ok(())
        }
    }
}

fn put(folder: &Path, message: &Message) -> Result<()> {
    let shown = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("the folder {shown} cannot be made"))?;
    // The first number that is free: letters stand in the order in which they were sent.
    for number in 1..1_000_000 {
        let path = folder.join(format!("{number:06}.eml"));
        match fs::File::create_new(&path) {
            Ok(mut file) => {
                std::io::Write::write_all(&mut file, &message.formatted())
                    .with_context(|| format!("{} cannot be written", path.display()))?;
                return Ok(());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be written", path.display()));
            }
        }
    }
    anyhow::bail!("the folder {shown} holds a million letters")
}

fn without_password(way: &str) -> String {
    match (way.find("://"), way.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => {
            let user = way[start + 3..end].split(':').next().unwrap_or("");
            format!("{}{user}{}", &way[..start + 3], &way[end..])
        }
        _ => way.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Letter = Letter {
        to_name: "Ștefan „X” \r\nBcc: eve@example.org",
        to: "stefan@example.org",
        subject: "Invitație\r\nX-Evil: 1",
        text: "Bună ziua",
        html: "<p>Bună ziua</p>",
    };

    #[test]
    fn letters_stand_in_a_folder_and_no_header_is_smuggled_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let way = format!("folder:{}", folder.path().display());
        for _ in 0..2 {
            send(&way, "Throughcare <no-reply@example.org>", &LETTER).expect("put");
        }
        let text = fs::read_to_string(folder.path().join("000002.eml")).expect("the second letter");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        assert!(
            !head.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")),
            "{head}"
        );
        assert!(
            head.contains("stefan@example.org") && head.contains("multipart/alternative"),
            "{head}"
        );
        assert!(body.contains("text/plain") && body.contains("text/html"), "{body}");
    }

    #[test]
    fn a_wrong_way_is_said_without_its_password() {
        for (way, from) in [
            ("smtp://anna:s3cret@127.0.0.1:1", "a@example.org"),
            ("pigeon://anna:s3cret@loft", "a@example.org"),
        ] {
            let error = format!("{:#}", send(way, from, &LETTER).expect_err("no way"));
            assert!(!error.contains("s3cret") && error.contains("anna@"), "{error}");
        }
        let error = send("folder:x", "nobody", &LETTER).expect_err("no sender");
        assert!(error.to_string().contains("mail_from"), "{error}");
    }
}
