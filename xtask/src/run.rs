//! `cargo xtask run`: the app and the local server, built as far as needed, then the server in our place.

use crate::build::{self, Profile};
use crate::{kept, tools};
use anyhow::{Context, Result, ensure};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// What the local server starts from when its data folder is empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seed {
    Demo,
    Nobody,
}

/// Where the local server keeps everything.
#[derive(Clone)]
pub(crate) enum Place {
    /// A SQLite file in this folder.
    Folder(PathBuf),
    /// A DynamoDB table at this address.
    DynamoDb(String),
}

impl Place {
    fn store(&self) -> Store {
        match self {
            Place::Folder(_) => Store::Sqlite,
            Place::DynamoDb(_) => Store::DynamoDb,
        }
    }
}

/// What the local server is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    Sqlite,
    DynamoDb,
}

pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) data: Place,
    pub(crate) seed: Seed,
    /// People sign in by an OpenID Connect provider that is started beside the server.
    pub(crate) oidc: bool,
    pub(crate) profile: Profile,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.oidc {
        tools::npm_packages("tests")?;
    }
    let dist = build::build(options.profile)?;
    let local = server(options.profile, options.data.store())?;
    kept::keep();
    let mut command = Command::new(local);
    command.current_dir(tools::root());
    command.args(["--port", &options.port.to_string()]).arg("--dist").arg(dist);
    let place = match &options.data {
        Place::Folder(folder) => {
            command.arg("--data").arg(folder);
            folder.display().to_string()
        }
        Place::DynamoDb(endpoint) => {
            command.args(["--dynamodb", endpoint]);
            format!("DynamoDB at {endpoint}")
        }
    };
    println!("Starting the server on http://127.0.0.1:{} with its data in {place}", options.port);
    if options.seed == Seed::Nobody {
        command.arg("--empty");
    }
    if options.oidc {
        for (name, value) in provider(options.port)? {
            command.env(name, value);
        }
        command.arg("--oidc");
    }
    become_program(&mut command)
}

/// Starts a provider for the server on this port, and returns what the server must know of it. It ends when this process
/// does, which the server takes over.
fn provider(port: u16) -> Result<[(&'static str, String); 3]> {
    let at = port.checked_add(1).context("--oidc needs a port after this one")?;
    println!("Starting a provider on http://127.0.0.1:{at}");
    let mut command = Command::new("node");
    command.current_dir(tools::root()).arg("tests/support/provider.mjs");
    command.args([format!("http://127.0.0.1:{port}"), at.to_string(), std::process::id().to_string()]);
    let secret = format!("only-on-this-machine-{}", std::process::id());
    command
        .env("HEARD_OIDC_SECRET", &secret)
        .env("NODE_NO_WARNINGS", "1")
        .spawn()
        .context("node is needed for --oidc")?;
    // Whoever follows the server's link at once must find it.
    let answers = || TcpStream::connect((Ipv4Addr::LOCALHOST, at)).is_ok();
    let mut tries = 0;
    while !answers() {
        tries += 1;
        ensure!(tries < 100, "the provider did not start on port {at}: is it taken?");
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok([
        ("HEARD_OIDC_ISSUER", format!("http://127.0.0.1:{at}")),
        ("HEARD_OIDC_CLIENT", "heard".into()),
        ("HEARD_OIDC_SECRET", secret),
    ])
}

/// The programs that the browser tests and the bench run: both can keep everything in DynamoDB.
pub(crate) struct Programs {
    pub(crate) local: PathBuf,
    pub(crate) lambda: PathBuf,
}

impl Programs {
    /// Those in cargo's folder of this name.
    fn of(folder: &str) -> Programs {
        let folder = tools::target().join(folder);
        let program = |name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        Programs { local: program("local"), lambda: program("lambda") }
    }

    /// Those that `cargo test` built for the server's own tests.
    pub(crate) fn of_tests() -> Programs {
        Programs::of("debug")
    }

    /// Builds both as they ship, for this machine.
    pub(crate) fn release() -> Result<Programs> {
        let mut command = tools::cargo();
        tools::run(command.args(["build", "--release", "-p", "functions", "--bins", "--features", "dynamodb"]))?;
        Ok(Programs::of("release"))
    }
}

/// Has cargo build for this profile; says in which folder it puts that.
fn in_profile(command: &mut Command, profile: Profile) -> &'static str {
    match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            command.arg("--release");
            "release"
        }
    }
}

/// Builds the local server and returns its path.
pub(crate) fn server(profile: Profile, store: Store) -> Result<PathBuf> {
    println!("Building the server");
    let mut command = tools::cargo();
    command.args(["build", "-p", "functions", "--bin", "local"]);
    if store == Store::DynamoDb {
        command.args(["--features", "dynamodb"]);
    }
    let folder = in_profile(&mut command, profile);
    tools::run(&mut command)?;
    Ok(tools::target().join(folder).join(format!("local{}", std::env::consts::EXE_SUFFIX)))
}

/// The server takes this process over, so that Ctrl-C and `kill` reach it and nothing is left running.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("the server could not be started")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    tools::run(command).context("the server stopped")
}
