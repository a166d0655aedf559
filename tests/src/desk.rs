//! A person's desk: a folder with a database of its own, in which the executable is run and
//! everything that it says is kept.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::executable;

/// The user and group that own nothing (`nobody`), whatever they are called here.
const NOBODY: u32 = 65_534;
/// The longest that any command may take before it counts as hung.
const HUNG: Duration = Duration::from_secs(180);

/// A folder with a database of its own. Gone when dropped.
pub struct Desk {
    folder: TempDir,
    as_nobody: bool,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk::new()
    }
}

impl Desk {
    /// An empty desk: no database yet.
    pub fn new() -> Desk {
        let folder = TempDir::with_prefix("throughcare-test-").expect("a temporary folder");
        // Others may look in, so that what they may not do is refused for its own reason.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        Desk { folder, as_nobody: false }
    }

    /// A desk with the shipped figures, as `throughcare demo` loads them.
    pub fn with_demo() -> Desk {
        let desk = Desk::new();
        desk.run(&["demo"]).worked();
        desk
    }

    /// From now on commands run as the user `nobody`, who may read here and write nowhere: the
    /// rights of files do not bind root. Only root can do this.
    pub fn as_nobody(mut self) -> Desk {
        self.as_nobody = true;
        self
    }

    /// Commands run as oneself again.
    pub fn as_oneself(mut self) -> Desk {
        self.as_nobody = false;
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where `name` is or would be.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Puts a file on the desk.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file is put on the desk");
    }

    /// A folder in which everybody may write.
    pub fn folder_for_all(&self, name: &str) {
        fs::create_dir(self.path(name)).expect("a folder");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o777)).expect("rights");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The database, which stands where it does without any setting.
    pub fn database(&self) -> PathBuf {
        self.path("throughcare.db")
    }

    /// The command, ready to start: nothing of the tester's own settings reaches it.
    pub fn command(&self, line: &[&str]) -> Command {
        self.program(executable().as_os_str(), line)
    }

    fn program(&self, program: &OsStr, line: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(line)
            .current_dir(self.folder())
            .env("THROUGHCARE_LOG", "warn")
            .stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            let ours =
                name.to_string_lossy().starts_with("THROUGHCARE_") && name != "THROUGHCARE_LOG";
            if ours || name == "DATABASE_URL" || name == "RUST_BACKTRACE" {
                command.env_remove(name);
            }
        }
        if self.as_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Runs `throughcare` with these words. Fails where it hangs or panics, in every test.
    pub fn run(&self, line: &[&str]) -> Said {
        Desk::said(line, self.command(line))
    }

    /// As [`Desk::run`], with variables of the environment.
    pub fn run_with(&self, variables: &[(&str, &str)], line: &[&str]) -> Said {
        let mut command = self.command(line);
        command.envs(variables.iter().copied());
        Desk::said(line, command)
    }

    /// Runs a line of bash, in which `"$0"` is the executable.
    pub fn run_in_shell(&self, script: &str) -> Said {
        let program = executable();
        let words = ["-c", script, program.to_str().expect("a path in UTF-8")];
        Desk::said(&words, self.program(OsStr::new("bash"), &words))
    }

    fn said(line: &[&str], mut command: Command) -> Said {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.unwrap_or_else(|error| {
            panic!("{}: {error}; `make test` builds it first", executable().display())
        });
        Said::of(line, child)
    }

    /// Figures in force that match the query of `/api/facts`, all pages of them.
    pub fn facts(&self, query: &str) -> Vec<Value> {
        let mut facts = Vec::new();
        loop {
            let address = format!("/api/facts?{query}&offset={}", facts.len());
            let answer: Value =
                serde_json::from_str(&self.run(&["get", &address]).worked().out).expect("JSON");
            let page = answer["facts"].as_array().expect("a list of figures");
            facts.extend(page.iter().cloned());
            if page.is_empty() || facts.len() as u64 >= answer["total"].as_u64().expect("a total") {
                return facts;
            }
        }
    }

    /// Everything that an import could change: the figures in force and the list of imports.
    pub fn state(&self) -> State {
        State { facts: self.facts(""), imports: self.run(&["get", "/imports.csv"]).worked().out }
    }
}

/// What is kept, to be compared before and after.
#[derive(Debug, PartialEq)]
pub struct State {
    pub facts: Vec<Value>,
    pub imports: String,
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub line: String,
    /// The exit status; none where a signal ended it.
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
    /// Standard output as it came: PDF and XLSX are no text.
    pub bytes: Vec<u8>,
    pub took: Duration,
}

impl Said {
    fn of(line: &[&str], child: Child) -> Said {
        let started = Instant::now();
        let id = child.id();
        let waiting = std::thread::spawn(move || child.wait_with_output().expect("its end"));
        while !waiting.is_finished() {
            if started.elapsed() > HUNG {
                let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
                panic!("`throughcare {}` hangs", line.join(" "));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let Output { status, stdout, stderr } = waiting.join().expect("its output");
        let said = Said {
            line: format!("throughcare {}", line.join(" ")),
            status: status.code(),
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
            bytes: stdout,
            took: started.elapsed(),
        };
        for never in ["panicked", "RUST_BACKTRACE", "stack backtrace"] {
            assert!(!said.err.contains(never), "{said}");
        }
        said
    }

    /// Holds that the command succeeded.
    pub fn worked(self) -> Said {
        assert_eq!(self.status, Some(0), "{self}");
        self
    }

    /// Holds that the command failed with status 1, said so in one line that holds each of
    /// `words`, and printed no result. Log lines beside it have a date and are not counted.
    pub fn failed(self, words: &[&str]) -> Said {
        assert_eq!(self.status, Some(1), "{self}");
        let complaints: Vec<&str> =
            self.err.lines().filter(|line| line.starts_with("throughcare: ")).collect();
        assert_eq!(complaints.len(), 1, "one sentence says what is wrong: {self}");
        let unexplained: Vec<&str> = self
            .err
            .lines()
            .filter(|line| !line.starts_with("throughcare: ") && !line.starts_with("20"))
            .collect();
        assert_eq!(unexplained, Vec::<&str>::new(), "nothing but that sentence is said: {self}");
        for word in words {
            assert!(complaints[0].contains(word), "{word:?} is not in: {self}");
        }
        assert_eq!(self.out, "", "{self}");
        self
    }

    /// Holds that one line of the output has all of `words`, and returns it.
    pub fn line_with(&self, words: &[&str]) -> &str {
        let found = self.out.lines().find(|line| words.iter().all(|word| line.contains(word)));
        found.unwrap_or_else(|| panic!("no line has {words:?}: {self}"))
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cut = |text: &str| text.chars().take(4_000).collect::<String>();
        write!(
            f,
            "`{}` ended with {:?}\n--- said\n{}\n--- complained\n{}",
            self.line,
            self.status,
            cut(&self.out),
            cut(&self.err)
        )
    }
}
