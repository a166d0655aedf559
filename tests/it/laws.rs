//! The laws of the house, read from the `Cargo.toml` files: who may use whom. Cargo itself forbids
//! cycles; the rest is here. ARCHITECTURE.md says why.

use std::collections::BTreeMap;
use std::fs;

use product_tests::root;

/// Which other parts a part may use; every other arrow is forbidden.
const ARROWS: &[(&str, &[&str])] =
    &[("statistics", &["instruments"]), ("scenarios", &["facts", "evidence"])];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Engine,
    Records,
    Language,
    Mail,
    Base,
    Files,
    Part,
    Client,
    Web,
    Cli,
    Tests,
}

struct Member {
    room: Room,
    name: String,
    uses: Vec<String>,
}

#[test]
fn every_member_keeps_the_laws() {
    let members = members();
    let room_of: BTreeMap<&str, Room> = members.iter().map(|m| (m.name.as_str(), m.room)).collect();
    let mut broken = Vec::new();
    for member in &members {
        for used in &member.uses {
            let room = room_of.get(used.as_str()).copied();
            if !may(member, used, room) {
                broken.push(format!("{} may not use {used}", member.name));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new(), "see ARCHITECTURE.md, “Laws”");
}

#[test]
fn the_laws_can_be_broken() {
    let part = Member { room: Room::Part, name: "facts".into(), uses: vec![] };
    assert!(!may(&part, "evidence", Some(Room::Part)));
    assert!(!may(&part, "web", Some(Room::Web)));
    let scenarios = Member { room: Room::Part, name: "scenarios".into(), uses: vec![] };
    assert!(may(&scenarios, "facts", Some(Room::Part)));
    let engine = Member { room: Room::Engine, name: "chart".into(), uses: vec![] };
    assert!(!may(&engine, "tokio", None));
    let base = Member { room: Room::Base, name: "base".into(), uses: vec![] };
    assert!(!may(&base, "chart", Some(Room::Engine)));
    let records = Member { room: Room::Records, name: "records".into(), uses: vec![] };
    assert!(!may(&records, "base", Some(Room::Base)));
    assert!(!may(&part, "records", Some(Room::Records)));
    let files = Member { room: Room::Files, name: "files".into(), uses: vec![] };
    assert!(!may(&files, "members", Some(Room::Part)));
    assert!(!may(&base, "files", Some(Room::Files)));
}

#[test]
fn base_and_records_stay_small() {
    for room in ["base", "records"] {
        let lines: usize = fs::read_dir(root().join(room).join("src"))
            .expect("the room has sources")
            .map(|entry| {
                fs::read_to_string(entry.expect("readable").path()).expect("text").lines().count()
            })
            .sum();
        assert!(lines < 3_000, "{room} has {lines} lines; what of it belongs in a part?");
    }
}

#[test]
fn web_has_no_sql() {
    for entry in fs::read_dir(root().join("web/src")).expect("web has sources") {
        let path = entry.expect("readable").path();
        let text = fs::read_to_string(&path).expect("text");
        let sql = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"]
            .iter()
            .find(|word| text.contains(*word));
        assert_eq!(sql, None, "{}", path.display());
    }
}

fn may(member: &Member, used: &str, room: Option<Room>) -> bool {
    let foreign = |forbidden: &[&str]| !forbidden.contains(&used);
    match (member.room, room) {
        (Room::Engine, None) => foreign(&["tokio", "sqlx", "axum", "minijinja", "reqwest"]),
        (Room::Engine, Some(room)) => room == Room::Engine,
        (Room::Records, None) => foreign(&["axum", "minijinja"]),
        (Room::Language, None) => foreign(&["tokio", "sqlx", "axum", "minijinja"]),
        (Room::Records | Room::Language, Some(_)) => false,
        (Room::Base, room) => matches!(room, None | Some(Room::Records | Room::Language)),
        (Room::Part, Some(Room::Part)) => {
            ARROWS.iter().any(|(from, to)| *from == member.name && to.contains(&used))
        }
        (Room::Files, room) => matches!(room, None | Some(Room::Base)),
        (Room::Part, Some(room)) => matches!(room, Room::Engine | Room::Base | Room::Files),
        (Room::Client | Room::Mail, room) => room.is_none(),
        (Room::Web, None) => foreign(&["sqlx"]),
        (Room::Web, Some(room)) => matches!(room, Room::Base | Room::Files | Room::Part),
        (Room::Cli, None) => foreign(&["sqlx"]),
        (Room::Cli, Some(_)) | (Room::Part, None) | (Room::Tests, _) => true,
    }
}

fn members() -> Vec<Member> {
    let mut folders = vec![
        (Room::Records, "records".to_owned()),
        (Room::Language, "language".into()),
        (Room::Mail, "mail".into()),
        (Room::Base, "base".into()),
        (Room::Files, "files".into()),
        (Room::Client, "client".into()),
        (Room::Web, "web".into()),
        (Room::Cli, "cli".into()),
        (Room::Tests, "tests".into()),
    ];
    for (room, folder) in [(Room::Engine, "engines"), (Room::Part, "parts")] {
        for entry in fs::read_dir(root().join(folder)).expect("the room is there") {
            let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
            folders.push((room, format!("{folder}/{name}")));
        }
    }
    folders.into_iter().map(|(room, folder)| member(room, &folder)).collect()
}

fn member(room: Room, folder: &str) -> Member {
    let path = root().join(folder).join("Cargo.toml");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let table: toml::Table =
        text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let uses = table.get("dependencies").and_then(|d| d.as_table());
    Member {
        room,
        name: folder.rsplit('/').next().unwrap_or(folder).to_owned(),
        uses: uses.map(|uses| uses.keys().cloned().collect()).unwrap_or_default(),
    }
}
