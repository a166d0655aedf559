//! What a group writes: documents, notes and outputs, each in languages, each with every version it
//! had. Text is Markdown; nothing that a writer types becomes markup or script of a page.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

/// Kinds of paper. Anyone in the group who may speak writes notes; documents and outputs need the
/// right to propose.
pub const KINDS: [&str; 3] = ["document", "note", "output"];

#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    pub id: i64,
    pub group: String,
    pub meeting: i64,
    pub item: i64,
    pub kind: String,
    pub title: String,
    /// Whether everybody may read it.
    pub published: bool,
    pub made_by: i64,
    pub made_at: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Version {
    pub language: String,
    pub number: i64,
    pub text: String,
    /// The id of a file; empty where there is text.
    pub file: String,
    pub made_by: i64,
    pub made_at: i64,
}

const PAPER: &str =
    "SELECT id, grp, meeting, item, kind, title, published, made_by, made_at FROM papers";

/// Papers of a group, the newest first.
pub async fn of_group(pool: &AnyPool, group: &str) -> sqlx::Result<Vec<Paper>> {
    let sql = sqlx::AssertSqlSafe(format!("{PAPER} WHERE grp = $1 ORDER BY id DESC"));
    sqlx::query(sql).bind(group).fetch_all(pool).await?.iter().map(paper).collect()
}

pub async fn find(pool: &AnyPool, id: i64) -> sqlx::Result<Option<Paper>> {
    let sql = sqlx::AssertSqlSafe(format!("{PAPER} WHERE id = $1"));
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(paper).transpose()
}

fn paper(row: &AnyRow) -> sqlx::Result<Paper> {
    Ok(Paper {
        id: row.try_get(0)?,
        group: row.try_get(1)?,
        meeting: row.try_get(2)?,
        item: row.try_get(3)?,
        kind: row.try_get(4)?,
        title: row.try_get(5)?,
        published: row.try_get::<i64, _>(6)? != 0,
        made_by: row.try_get(7)?,
        made_at: row.try_get(8)?,
    })
}

/// Every version, by language, the newest first.
pub async fn versions(pool: &AnyPool, paper: i64) -> sqlx::Result<Vec<Version>> {
    let rows = sqlx::query(
        "SELECT language, number, text, file, made_by, made_at FROM paper_versions
         WHERE paper = $1 ORDER BY language, number DESC",
    )
    .bind(paper)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Version {
                language: row.try_get(0)?,
                number: row.try_get(1)?,
                text: row.try_get(2)?,
                file: row.try_get(3)?,
                made_by: row.try_get(4)?,
                made_at: row.try_get(5)?,
            })
        })
        .collect()
}

/// In which languages each paper of a group is there, as (paper, language).
pub async fn languages(pool: &AnyPool, group: &str) -> sqlx::Result<Vec<(i64, String)>> {
    let sql = "SELECT DISTINCT papers.id, paper_versions.language FROM papers
               JOIN paper_versions ON paper_versions.paper = papers.id
               WHERE papers.grp = $1 ORDER BY 1, 2";
    sqlx::query_as(sql).bind(group).fetch_all(pool).await
}

/// Adds a paper without a version within an audited change. `paper.id` is not looked at.
pub async fn add(change: &mut Transaction, paper: &Paper, by: &By, now: i64) -> sqlx::Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO papers (id, grp, meeting, item, kind, title, published, made_by, made_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM papers RETURNING id",
    )
    .bind(&paper.group)
    .bind(paper.meeting)
    .bind(paper.item)
    .bind(&paper.kind)
    .bind(&paper.title)
    .bind(i64::from(paper.published))
    .bind(paper.made_by)
    .bind(now)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({ "group": paper.group, "meeting": paper.meeting, "kind": paper.kind });
    told(change, by, "paper.added", id, detail, now).await?;
    Ok(id)
}

/// Adds a version of a paper in a language; earlier ones stay. Gives its number.
pub async fn add_version(
    change: &mut Transaction,
    paper: i64,
    new: &Version,
    by: &By,
    now: i64,
) -> sqlx::Result<i64> {
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO paper_versions (paper, language, number, text, file, made_by, made_at)
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6 FROM paper_versions
         WHERE paper = $1 AND language = $2 RETURNING number",
    )
    .bind(paper)
    .bind(&new.language)
    .bind(&new.text)
    .bind(&new.file)
    .bind(new.made_by)
    .bind(now)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({ "language": new.language, "number": number, "file": new.file });
    told(change, by, "paper.version-added", paper, detail, now).await?;
    Ok(number)
}

/// Publishes a paper, or takes it back into the group.
pub async fn publish(
    change: &mut Transaction,
    paper: i64,
    published: bool,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let sql = "UPDATE papers SET published = $1 WHERE id = $2";
    sqlx::query(sql).bind(i64::from(published)).bind(paper).execute(&mut **change).await?;
    let act = if published { "paper.published" } else { "paper.withdrawn" };
    told(change, by, act, paper, json!({}), now).await
}

async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    paper: i64,
    detail: serde_json::Value,
    now: i64,
) -> sqlx::Result<()> {
    let record = paper.to_string();
    audit::write(change, by, Act { act, kind: "paper", record: &record, detail }, now).await?;
    Ok(())
}

/// Markdown (CommonMark with tables) as HTML. Markup in the text is shown as text; links lead to
/// http, https, mailto or within the site, and nowhere else; pictures are named, not fetched.
pub fn to_html(text: &str) -> String {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let dest_url = if is_safe(&dest_url) { dest_url } else { CowStr::Borrowed("#") };
            Some(Event::Start(Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id }))
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        // A page has one heading of the first order, and it is not the writer's.
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Heading {
            level: pulldown_cmark::HeadingLevel::H3,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(_)) => {
            Some(Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H3)))
        }
        other => Some(other),
    });
    let mut shown = String::new();
    html::push_html(&mut shown, events);
    shown
}

fn is_safe(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| plain.starts_with(scheme))
        || (plain.starts_with('/') && !plain.starts_with("//") && !plain.contains('\\'))
        || plain.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn what_a_writer_types_is_no_markup() {
        let hostile = [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1)) [y](JaVa\tScript:alert(1)) [z](data:text/html,x) [w](//evil.example)",
            "[x](vbscript:msgbox)\n\n[ref]\n\n[ref]: javascript:alert(1)",
            "![x](https://evil.example/pixel.png)",
            "<a href=\"javascript:alert(1)\">x</a>\n\n<style>*{display:none}</style>",
            "`<script>` \"onmouseover=alert(1)",
            "<javascript:alert(1)>",
        ];
        for text in hostile {
            let shown = to_html(text).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<style",
                "<a href=\"java",
                "<a href=\"data",
                "<a href=\"vb",
                "<a href=\"//",
            ] {
                assert!(!shown.contains(bad), "{text:?} became {shown:?}");
            }
        }
    }

    #[test]
    fn plain_markdown_reads_as_it_should() {
        let shown =
            to_html("# Aim\n\nTo *treat*, see [rules](https://example.org/a?b=1).\n\n- one\n- two");
        assert!(shown.contains("<h3>Aim</h3>"), "{shown}");
        assert!(shown.contains("<em>treat</em>") && shown.contains("<li>two</li>"), "{shown}");
        assert!(shown.contains("<a href=\"https://example.org/a?b=1\">rules</a>"), "{shown}");
    }
}
