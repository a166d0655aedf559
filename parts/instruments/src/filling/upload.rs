//! A file as the answer to a question: whether it is of the kind that is asked for, by its first bytes, and what it is
//! called from then on. Neither its name nor what a browser says of it is believed.

use super::layout::Question;

/// Letters of a name that are kept.
const NAME: usize = 60;

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Image,
    Audio,
    Video,
    /// Documents and whatever else.
    Other,
    /// What no browser makes (OpenMapKit).
    Device,
}

/// What a file is by its first bytes: what it can be, and the ending of its name.
type Known = (&'static [Wanted], &'static str);

const PICTURE: &[Wanted] = &[Wanted::Image];
const SOUND: &[Wanted] = &[Wanted::Audio];
const FILM: &[Wanted] = &[Wanted::Video];
/// Containers in which phones put either.
const EITHER: &[Wanted] = &[Wanted::Audio, Wanted::Video];

/// Endings that a document may keep. Others are named `.bin`: a page or a program must not open by a double click.
const DOCUMENTS: [&str; 22] = [
    "pdf", "txt", "csv", "tsv", "rtf", "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx",
    "odp", "zip", "json", "geojson", "gpx", "kml", "eml", "sav", "dta",
];

/// Why a file is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    Empty,
    /// Not of the kind that is asked for.
    Kind(Wanted),
}

/// A file as it came.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub name: &'a str,
    pub mime: &'a str,
    pub size: u64,
    /// Its first bytes.
    pub head: &'a [u8],
}

impl Wanted {
    pub fn of(question: &Question) -> Wanted {
        match question.media.split('/').next().unwrap_or_default() {
            "image" => Wanted::Image,
            "audio" => Wanted::Audio,
            "video" => Wanted::Video,
            "osm" => Wanted::Device,
            _ => Wanted::Other,
        }
    }

    /// The word by which messages choose.
    pub fn word(self) -> &'static str {
        match self {
            Wanted::Image => "image",
            Wanted::Audio => "audio",
            Wanted::Video => "video",
            Wanted::Other | Wanted::Device => "other",
        }
    }
}

/// What the field of a browser offers: `image/*`, `.pdf`.
pub fn accept(question: &Question) -> &str {
    match (question.accept.as_str(), Wanted::of(question)) {
        ("", Wanted::Other | Wanted::Device) => "",
        ("", _) => &question.media,
        (accept, _) => accept,
    }
}

/// Which camera, where the form wants a new recording and none from the shelf.
pub fn capture(question: &Question) -> &'static str {
    let has = |word: &str| question.appearance.iter().any(|it| it == word);
    match () {
        () if has("new-front") => "user",
        () if has("new") => "environment",
        () => "",
    }
}

/// The name under which a file is kept; `lot` keeps two of one name apart.
pub fn judge(question: &Question, given: &Given<'_>, lot: &str) -> Result<String, Unfit> {
    if given.size == 0 {
        return Err(Unfit::Empty);
    }
    let wanted = Wanted::of(question);
    let known = known(given.head);
    let (stem, own) = parts(given.name);
    let ending = match known {
        Some((_, ending)) => ending.to_owned(),
        None if DOCUMENTS.contains(&own.as_str()) => own.clone(),
        None => "bin".to_owned(),
    };
    let of_kind = match wanted {
        Wanted::Other | Wanted::Device => true,
        kind => known.is_some_and(|(can_be, _)| can_be.contains(&kind)),
    };
    let tokens = question.accept.split(',').map(|it| it.trim().to_lowercase());
    let tokens: Vec<String> = tokens.filter(|it| !it.is_empty()).collect();
    let named = |token: &String| named(token, &own, known, given);
    if !of_kind || (!tokens.is_empty() && !tokens.iter().any(named)) {
        return Err(Unfit::Kind(wanted));
    }
    Ok(format!("{stem}-{lot}.{ending}"))
}

/// Whether a file is what one word of `accept` names: `.pdf`, `image/*`, `application/pdf`.
fn named(token: &str, own: &str, known: Option<Known>, given: &Given<'_>) -> bool {
    let can_be = |kind| known.is_some_and(|(can_be, _)| can_be.contains(&kind));
    let ending = known.map_or("", |(_, ending)| ending);
    match token {
        "*/*" | "*" | "application/*" => true,
        "image/*" => can_be(Wanted::Image),
        "audio/*" => can_be(Wanted::Audio),
        "video/*" => can_be(Wanted::Video),
        "application/pdf" | ".pdf" => ending == "pdf",
        "image/jpeg" | "image/jpg" | ".jpg" | ".jpeg" => ending == "jpg",
        "image/png" | ".png" => ending == "png",
        "text/*" => !given.head.contains(&0),
        // What we cannot tell by its bytes is believed by its name, or by what the machine says of it.
        _ => match token.strip_prefix('.') {
            Some(wanted) => own == wanted,
            None => {
                let mime = given.mime.split(';').next().unwrap_or_default().trim().to_lowercase();
                mime == token || ["", "application/octet-stream"].contains(&mime.as_str())
            }
        },
    }
}

/// The first part of a name and its ending, without anything that a disk, a page or a console could stumble over.
fn parts(name: &str) -> (String, String) {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let plain = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' };
    let stem: String = stem.chars().take(NAME).map(plain).collect();
    let stem = stem.trim_matches('-');
    let ending: String = ending.chars().take(10).filter(char::is_ascii_alphanumeric).collect();
    (if stem.is_empty() { "file" } else { stem }.to_owned(), ending.to_lowercase())
}

/// A name to be shown in a message.
pub fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    match plain.chars().count() {
        0 => "?".to_owned(),
        count if count > NAME => format!("{}…", plain.chars().take(NAME).collect::<String>()),
        _ => plain,
    }
}

/// What a file is, where its first bytes tell.
fn known(head: &[u8]) -> Option<Known> {
    let at = |from: usize, bytes: &[u8]| head.get(from..).is_some_and(|it| it.starts_with(bytes));
    Some(match () {
        () if at(0, b"\xff\xd8\xff") => (PICTURE, "jpg"),
        () if at(0, b"\x89PNG\r\n\x1a\n") => (PICTURE, "png"),
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => (PICTURE, "gif"),
        () if at(0, b"RIFF") && at(8, b"WEBP") => (PICTURE, "webp"),
        () if at(0, b"II*\0") || at(0, b"MM\0*") => (PICTURE, "tif"),
        () if at(0, b"BM") && head.len() > 26 && at(6, &[0; 4]) => (PICTURE, "bmp"),
        () if at(4, b"ftyp") => of_brand(head.get(8..12).unwrap_or_default()),
        () if at(0, b"RIFF") && at(8, b"WAVE") => (SOUND, "wav"),
        () if at(0, b"ID3") => (SOUND, "mp3"),
        () if at(0, b"fLaC") => (SOUND, "flac"),
        () if at(0, b"#!AMR") => (SOUND, "amr"),
        () if at(0, b"FORM") && at(8, b"AIF") => (SOUND, "aiff"),
        () if at(0, b"OggS") => (EITHER, "ogg"),
        () if at(0, b"\x1a\x45\xdf\xa3") => (EITHER, "webm"),
        () if at(0, b"RIFF") && at(8, b"AVI ") => (FILM, "avi"),
        () if at(0, b"\0\0\x01\xba") || at(0, b"\0\0\x01\xb3") => (FILM, "mpg"),
        () if at(0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11") => (EITHER, "wmv"),
        () if at(0, b"%PDF-") => (&[], "pdf"),
        // A frame of MPEG audio: eleven bits, then a layer that exists (ISO/IEC 11172-3, 2.4.1.3), or AAC's none.
        () if frame(head) => (SOUND, if head[1] & 0x06 == 0 { "aac" } else { "mp3" }),
        () => return None,
    })
}

fn frame(head: &[u8]) -> bool {
    matches!(head, [0xff, second, third, ..]
        if second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && third & 0xf0 != 0xf0)
}

/// What a file of the ISO base format is, by its brand.
fn of_brand(brand: &[u8]) -> Known {
    match brand {
        b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => (PICTURE, "heic"),
        b"avif" | b"avis" => (PICTURE, "avif"),
        b"M4A " | b"M4B " => (SOUND, "m4a"),
        b"qt  " => (FILM, "mov"),
        [b'3', b'g', ..] => (EITHER, "3gp"),
        _ => (EITHER, "mp4"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(media: &str, accept: &str) -> Question {
        Question {
            control: "upload".into(),
            data_type: "binary".into(),
            appearance: Vec::new(),
            bounds: None,
            step: None,
            media: media.into(),
            accept: accept.into(),
        }
    }

    fn named(question: &Question, name: &str, head: &[u8]) -> Result<String, Unfit> {
        let given = Given { name, mime: "image/jpeg", size: head.len() as u64, head };
        judge(question, &given, "a1b2c3")
    }

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";

    #[test]
    fn the_first_bytes_say_what_a_file_is() {
        let image = question("image/*", "");
        assert_eq!(named(&image, "register.JPG", JPEG).as_deref(), Ok("register-a1b2c3.jpg"));
        assert_eq!(named(&image, "a.jpg", b"some words"), Err(Unfit::Kind(Wanted::Image)));
        assert_eq!(named(&image, "a.svg", b"<svg onload=x>"), Err(Unfit::Kind(Wanted::Image)));
        assert_eq!(named(&image, "a.jpg", b""), Err(Unfit::Empty));
        let audio = question("audio/*", "");
        let phone = b"\0\0\0\x18ftyp3gp4....";
        assert_eq!(named(&audio, "v.3gp", phone).as_deref(), Ok("v-a1b2c3.3gp"));
        assert_eq!(named(&audio, "v.jpg", JPEG), Err(Unfit::Kind(Wanted::Audio)));
        assert_eq!(named(&audio, "v.mp3", b"\xff\xfb\x90\x64").as_deref(), Ok("v-a1b2c3.mp3"));
        let video = question("video/*", "");
        assert_eq!(named(&video, "v", b"\0\0\0\x14ftypqt  ....").as_deref(), Ok("v-a1b2c3.mov"));
    }

    #[test]
    fn a_hostile_name_is_a_name() {
        let image = question("image/*", "");
        let of = |name: &str| named(&image, name, JPEG).expect("a name");
        assert_eq!(of("../../etc/passwd"), "passwd-a1b2c3.jpg");
        assert_eq!(of("C:\\fakepath\\page.html"), "page-a1b2c3.jpg");
        assert_eq!(of("a\r\nb\0\u{202e}c.jpg"), "a--b--c-a1b2c3.jpg");
        assert_eq!(of(".."), "file-a1b2c3.jpg");
        assert_eq!(of("Реєстр 2026.jpg"), "Реєстр-2026-a1b2c3.jpg");
        assert!(of(&"x".repeat(300)).len() < 80);
        let other = question("application/*", "");
        let of = |name: &str| named(&other, name, b"<script>").expect("a name");
        assert_eq!(of("page.html"), "page-a1b2c3.bin");
        assert_eq!(of("run.exe"), "run-a1b2c3.bin");
        assert_eq!(of("list.csv"), "list-a1b2c3.csv");
        assert_eq!(shown("a\u{7}b/\u{1b}[31mred"), "[31mred");
    }

    #[test]
    fn an_author_can_ask_for_one_kind() {
        let pdf = question("application/*", ".pdf, image/*");
        assert_eq!(accept(&pdf), ".pdf, image/*");
        assert!(named(&pdf, "a.pdf", b"%PDF-1.7").is_ok());
        assert!(named(&pdf, "a.jpg", JPEG).is_ok());
        assert_eq!(named(&pdf, "a.pdf", b"words"), Err(Unfit::Kind(Wanted::Other)));
        assert!(named(&question("application/*", ".docx"), "a.docx", b"PK").is_ok());
        assert_eq!(accept(&question("image/*", "")), "image/*");
        assert_eq!(accept(&question("application/*", "")), "");
    }
}
