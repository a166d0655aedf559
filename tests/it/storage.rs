//! The database is damaged, foreign, locked, not to be written, on a full disk, or not there: one
//! sentence says which database, what is wrong and what to do; no byte of it is changed.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use product_tests::{Desk, files, is_root, skipped};

/// A desk on which 120 figures are known.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put(
        "unodc.xlsx",
        files::unodc(&files::COUNTRIES, 2000..2020, |country, year| 1_000 * country as u32 + year),
    );
    desk.run(&["import", "unodc", "unodc.xlsx"]).worked();
    desk.put("new.csv", files::national(&[&files::oat(2023, "66")]));
    desk
}

/// What people do most, each of which opens the database.
const COMMANDS: [&[&str]; 5] = [
    &["get", "/api/facts"],
    &["brief", "MDA", "--json"],
    &["demo"],
    &["import", "template", "new.csv"],
    &["serve", "--listen", "127.0.0.1:0"],
];

/// Holds that every command fails with these words and that the file stays as it was.
fn refused_untouched(desk: &Desk, words: &[&str]) {
    let before = fs::read(desk.database()).expect("the database");
    for line in COMMANDS {
        desk.run(line).failed(words);
        assert!(fs::read(desk.database()).expect("the database") == before, "{line:?} wrote to it");
    }
}

/// Changes a database with Python's own SQLite; false, said loudly, where there is no Python.
fn sql(database: &Path, statements: &str) -> bool {
    let script = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.executescript(sys.argv[2])\nc.commit()\nc.close()";
    match Command::new("python3").args(["-c", script]).arg(database).arg(statements).status() {
        Ok(status) => {
            assert!(status.success(), "{statements}");
            true
        }
        Err(error) => {
            skipped!("python3 is needed to change a database from outside: {error}");
            false
        }
    }
}

#[test]
fn a_database_of_random_bytes() {
    let desk = desk();
    let noise: Vec<u8> =
        (0..100_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    fs::write(desk.database(), &noise).expect("written");
    refused_untouched(&desk, &["sqlite:throughcare.db", "damaged", "backup", "DATABASE_URL"]);
}

#[test]
fn a_table_or_text_where_the_database_should_be() {
    let desk = desk();
    fs::write(desk.database(), files::national(&[&files::oat(2023, "66")]).repeat(20))
        .expect("written");
    refused_untouched(&desk, &["sqlite:throughcare.db", "not a Throughcare database"]);
}

#[test]
fn a_database_with_pages_overwritten() {
    let desk = desk();
    let whole = fs::read(desk.database()).expect("the database");
    let page = 4_096;
    assert!(whole.len() > 4 * page, "{} bytes", whole.len());
    // All but the first page, as when half of a copy failed: the tables cannot be read at all.
    let mut bytes = whole.clone();
    bytes[page..].fill(0x5A);
    fs::write(desk.database(), &bytes).expect("written");
    for line in [&["get", "/api/facts"][..], &["import", "template", "new.csv"], &["demo"]] {
        desk.run(line).failed(&["sqlite:throughcare.db", "damaged", "backup"]);
    }
    // Cut in the middle.
    fs::write(desk.database(), &whole[..whole.len() / 2]).expect("written");
    for line in [&["import", "template", "new.csv"][..], &["demo"]] {
        desk.run(line).failed(&["sqlite:throughcare.db", "damaged", "backup"]);
    }
    // With the backup in its place all is as it was.
    let _ = fs::remove_file(desk.path("throughcare.db-wal"));
    let _ = fs::remove_file(desk.path("throughcare.db-shm"));
    fs::write(desk.database(), &whole).expect("the backup");
    assert_eq!(desk.facts("").len(), 120);
}

/// Damage that is met only while answering: a page of the site says so without a word of SQL.
#[test]
fn damage_that_is_met_while_serving() {
    let desk = desk();
    let whole = fs::read(desk.database()).expect("the database");
    let mut server = desk.serve();
    let mut bytes = whole.clone();
    for page in 4..whole.len() / 4_096 {
        bytes[page * 4_096..(page + 1) * 4_096].fill(0x5A);
    }
    fs::write(desk.database(), &bytes).expect("written");
    let answer = server.get("/countries/MDA");
    let text = answer.text();
    assert!([500, 503].contains(&answer.status), "{}: {text}", answer.status);
    for never in ["malformed", "SELECT", "sqlx", "throughcare.db"] {
        assert!(!text.contains(never), "the page tells {never:?}: {text}");
    }
    assert!(text.contains("Nothing"), "the reader is told that nothing was lost: {text}");
    assert!(
        server.complains_of("malformed", Duration::from_secs(5)),
        "the log tells the operator: {}",
        server.complaints()
    );
    server.terminate();
    // Its workers may be waiting for a database that does not answer; they are given ten seconds.
    assert!(server.ended_within(Duration::from_secs(20)).is_some());
}

#[test]
fn the_database_of_another_program() {
    let desk = desk();
    fs::remove_file(desk.database()).expect("removed");
    if !sql(
        &desk.database(),
        "CREATE TABLE changes (id INTEGER); CREATE TABLE facts (id INTEGER); INSERT INTO facts VALUES (1)",
    ) {
        return;
    }
    for line in COMMANDS {
        desk.run(line).failed(&["sqlite:throughcare.db", "another program", "DATABASE_URL"]);
    }
    assert!(sql(&desk.database(), "INSERT INTO facts VALUES (2)"), "its own program can go on");
}

#[test]
fn the_database_of_another_version() {
    let desk = desk();
    let whole = fs::read(desk.database()).expect("the database");
    if !sql(
        &desk.database(),
        "UPDATE migrations SET sql = sql || ' -- otherwise' WHERE part = 'facts'",
    ) {
        return;
    }
    refused_untouched(
        &desk,
        &["sqlite:throughcare.db", "facts/0001_facts", "another version of the program"],
    );
    // From a newer program: a step that this one has never heard of.
    fs::write(desk.database(), &whole).expect("written");
    assert!(sql(
        &desk.database(),
        "INSERT INTO migrations (part, name, sql) VALUES ('facts', '9999_later', 'x')"
    ));
    refused_untouched(
        &desk,
        &["sqlite:throughcare.db", "facts/9999_later", "newer version of the program"],
    );
    fs::write(desk.database(), &whole).expect("written");
    assert_eq!(desk.facts("").len(), 120);
}

#[test]
fn a_database_in_a_folder_that_is_not_there_or_that_is_a_folder() {
    let desk = desk();
    for line in COMMANDS {
        desk.run_with(&[("DATABASE_URL", "sqlite:away/x.db")], line).failed(&[
            "sqlite:away/x.db",
            "cannot be opened",
            "folder exists",
        ]);
    }
    assert!(!desk.path("away").exists());
    fs::create_dir(desk.path("folder")).expect("a folder");
    desk.run_with(&[("DATABASE_URL", "sqlite:folder")], &["demo"])
        .failed(&["sqlite:folder", "cannot be opened"]);
}

#[test]
fn a_database_opened_for_reading_only() {
    let desk = desk();
    let before = fs::read(desk.database()).expect("the database");
    for line in [&["demo"][..], &["import", "template", "new.csv"]] {
        let said = desk.run_with(&[("DATABASE_URL", "sqlite:throughcare.db?mode=ro")], line);
        said.failed(&["sqlite:throughcare.db", "can be read but not written"]);
    }
    assert!(fs::read(desk.database()).expect("the database") == before);
    assert_eq!(desk.facts("").len(), 120);
}

#[test]
fn a_file_and_a_folder_that_may_not_be_written() {
    if !is_root() {
        return skipped!("only root can act as somebody else, whom rights bind");
    }
    // The folder is root's, and so is the file: another user may only look.
    let desk = desk().as_nobody();
    for line in COMMANDS {
        desk.run(line).failed(&["sqlite:throughcare.db", "ights of the file and of its folder"]);
    }
    // The file may be written, its folder may not.
    fs::set_permissions(desk.database(), fs::Permissions::from_mode(0o666)).expect("rights");
    desk.run(&["demo"]).failed(&["sqlite:throughcare.db", "folder"]);
    // The folder may, the file may not.
    fs::set_permissions(desk.database(), fs::Permissions::from_mode(0o444)).expect("rights");
    fs::set_permissions(desk.folder(), fs::Permissions::from_mode(0o777)).expect("rights");
    desk.run(&["import", "template", "new.csv"])
        .failed(&["sqlite:throughcare.db", "rights of the file"]);
    let desk = desk.as_oneself();
    assert_eq!(desk.facts("").len(), 120);
}

/// A small disk of its own, unmounted when dropped.
pub struct Disk(pub PathBuf);

impl Disk {
    pub fn mount(at: PathBuf, size: &str) -> Option<Disk> {
        fs::create_dir(&at).expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(&at)
            .output();
        match done {
            Ok(output) if output.status.success() => Some(Disk(at)),
            Ok(output) => {
                skipped!(
                    "no disk can be mounted: {}",
                    String::from_utf8_lossy(&output.stderr).trim()
                );
                None
            }
            Err(error) => {
                skipped!("no disk can be mounted: {error}");
                None
            }
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_disk_that_fills_up_during_an_import() {
    let desk = desk();
    let Some(disk) = Disk::mount(desk.path("disk"), "2m") else { return };
    let on_disk = [("DATABASE_URL", "sqlite:disk/small.db")];
    desk.run_with(&on_disk, &["import", "template", "new.csv"])
        .worked()
        .line_with(&["1 figure added"]);
    let figures = || desk.run_with(&on_disk, &["get", "/api/facts"]).worked().out;
    let before = figures();
    assert!(before.contains("\"total\":1,"), "{before}");
    for _ in 0..2 {
        desk.run_with(&on_disk, &["demo"]).failed(&[
            "sqlite:disk/small.db",
            "disk is full",
            "Nothing of this change was kept",
            "make room",
        ]);
        assert_eq!(figures(), before, "half of an import was kept");
    }
    // No room at all: not even for the first table.
    fs::remove_file(disk.0.join("small.db")).expect("removed");
    for name in ["small.db-wal", "small.db-shm"] {
        let _ = fs::remove_file(disk.0.join(name));
    }
    fill(&disk.0.join("films"));
    desk.run_with(&on_disk, &["import", "template", "new.csv"])
        .failed(&["sqlite:disk/small.db", "disk is full"]);
    // Room again.
    fs::remove_file(disk.0.join("films")).expect("removed");
    desk.run_with(&on_disk, &["import", "template", "new.csv"])
        .worked()
        .line_with(&["1 figure added"]);
}

/// Writes until no byte more fits.
pub fn fill(path: &Path) {
    let mut file = fs::File::create(path).expect("a file");
    let mut size = 1 << 16;
    while size > 0 {
        if file.write_all(&vec![0; size]).is_err() {
            size /= 2;
        }
    }
}

/// A quota says "no more" in other words than a full disk, and needs no root to be tried.
#[test]
fn a_user_who_may_use_no_more_of_the_disk() {
    let desk = desk();
    let before = desk.state();
    // 1,024 blocks of 1 kB to a file; without the signal the write fails as a quota lets it fail.
    desk.run_in_shell("trap '' XFSZ; ulimit -f 1024; exec \"$0\" demo").failed(&[
        "sqlite:throughcare.db",
        "cannot be read or written",
        "may use no more of it",
        "Nothing of this change was kept",
    ]);
    assert_eq!(desk.state(), before);
}

#[test]
fn a_database_in_a_folder_of_any_name() {
    let desk = Desk::new();
    desk.put("new.csv", files::national(&[&files::oat(2023, "66")]));
    fs::create_dir(desk.path("Мои документы")).expect("a folder");
    for path in ["Мои документы/данные.db", "100% true #1.db", "{a}.db"] {
        let here = format!("sqlite:{path}");
        desk.run(&["import", "template", "new.csv", "--database", &here])
            .worked()
            .line_with(&["1 figure added"]);
        assert!(desk.path(path).is_file(), "the database is not where it was to be: {path}");
        let absolute = format!("sqlite://{}", desk.path(path).display());
        desk.run(&["import", "template", "new.csv", "--database", &absolute])
            .worked()
            .line_with(&["1 as they were"]);
    }
}

/// A paper, a template or a table on a full disk: the same, and no half of a file that looks whole.
#[test]
fn a_disk_that_is_full_when_a_paper_is_written() {
    let desk = desk();
    let Some(disk) = Disk::mount(desk.path("disk"), "64k") else { return };
    fill(&disk.0.join("films"));
    for line in [
        &["brief", "MDA", "-o", "disk/MDA.pdf"][..],
        &["get", "/countries/MDA/figures.csv", "-o", "disk/x.csv"],
    ] {
        desk.run(line).failed(&["disk/", "cannot be written", "No space left"]);
    }
    for name in ["MDA.pdf", "x.csv"] {
        let left = fs::metadata(disk.0.join(name)).map_or(0, |file| file.len());
        assert_eq!(left, 0, "half of {name} was left behind");
    }
}

#[test]
fn a_database_that_another_program_holds() {
    let desk = desk();
    let Some(mut holder) = hold(&desk.database()) else { return };
    let started = Instant::now();
    desk.run(&["import", "template", "new.csv"]).failed(&[
        "sqlite:throughcare.db",
        "held by another program",
        "try again",
    ]);
    assert!((9..30).contains(&started.elapsed().as_secs()), "it waited {:?}", started.elapsed());
    let _ = holder.kill();
    let _ = holder.wait();
    desk.run(&["import", "template", "new.csv"]).worked().line_with(&["1 figure added"]);
}

/// Another program with the write lock on the database.
fn hold(database: &Path) -> Option<Child> {
    let script = "import sqlite3, sys, time\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\nc.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\ntime.sleep(120)";
    let child =
        Command::new("python3").args(["-c", script]).arg(database).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        skipped!("python3 is needed to hold a database from outside");
        return None;
    };
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("a line");
    assert_eq!(line.trim(), "held");
    Some(child)
}

#[test]
fn a_postgresql_that_does_not_answer() {
    let desk = desk();
    // Port 1 of this machine: nobody is there. And a name that can never be (RFC 6761).
    for host in ["127.0.0.1:1", "db.invalid"] {
        let url = format!("postgres://anna:s3cret@{host}/throughcare");
        let said = desk.run_with(&[("DATABASE_URL", &url)], &["demo"]);
        assert!(said.took < Duration::from_secs(20), "{:?}", said.took);
        let shown = format!("postgres://anna@{host}/throughcare");
        let said = said.failed(&[&shown, "does not answer", "DATABASE_URL"]);
        assert!(!said.err.contains("s3cret"), "the password is told");
    }
}

#[test]
fn an_address_of_a_database_that_is_none() {
    let desk = desk();
    for url in ["mysql://anna:s3cret@db/throughcare", "throughcare.db", ""] {
        let said = desk.run(&["demo", "--database", url]);
        let said =
            said.failed(&["neither sqlite:PATH nor postgres://", "DATABASE_URL", "--database"]);
        assert!(!said.err.contains("s3cret"), "the password is told");
    }
    desk.run(&["demo", "--database", "postgres://db:port/x"])
        .failed(&["postgres://db:port/x", "port"]);
    desk.run(&["demo", "--database", "sqlite:x.db?mode=sideways"])
        .failed(&["sqlite:x.db?mode=sideways", "mode"]);
}
