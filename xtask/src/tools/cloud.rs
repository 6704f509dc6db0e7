//! What stands in for the cloud on this machine: AWS's own DynamoDB Local, and the emulator of its functions.

use super::{apt_install, on_path, read, run, tools_folder};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The npm package that carries DynamoDB Local; nothing else of it is used.
const SIMULATOR: (&str, &str) = ("amplify-dynamodb-simulator", "2.9.30");
const CARGO_LAMBDA: &str = "1.9.2";
/// Java takes a few seconds to start, more on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A DynamoDB of our own, in memory, until this is dropped.
pub(crate) struct DynamoDbLocal {
    process: Child,
    port: u16,
}

impl DynamoDbLocal {
    /// Where it answers.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }
}

impl Drop for DynamoDbLocal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts DynamoDB Local on a free port and waits until it answers.
pub(crate) fn dynamodb_local() -> Result<DynamoDbLocal> {
    let folder = simulator()?;
    let java = java()?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let process = Command::new(java)
        .args(["-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-inMemory", "-port"])
        .arg(port.to_string())
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("DynamoDB Local could not be started")?;
    let mut started = DynamoDbLocal { process, port };
    let began = Instant::now();
    while !answers(port) {
        if let Some(status) = started.process.try_wait()? {
            bail!("DynamoDB Local stopped by itself ({status}): it needs Java 17 or later");
        }
        if began.elapsed() > PATIENCE {
            bail!("DynamoDB Local did not answer within {} seconds", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(started)
}

/// Whether something speaks HTTP there: it refuses a request without a signature, which is answer enough.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 5];
        stream.read_exact(&mut start)?;
        Ok(String::from_utf8_lossy(&start).into_owned())
    };
    ask().is_ok_and(|start| start == "HTTP/")
}

/// The folder with DynamoDB Local, fetched by npm the first time.
fn simulator() -> Result<PathBuf> {
    let (package, version) = SIMULATOR;
    let (tools, _lock) = tools_folder()?;
    let folder = tools.join(format!("dynamodb-local-{version}"));
    if folder.join("DynamoDBLocal.jar").is_file() {
        return Ok(folder);
    }
    println!("Fetching DynamoDB Local");
    let staging = tools.join(format!("dynamodb-local-{}", std::process::id()));
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir_all(&staging)?;
    let npm = on_path(&["npm", "npm.cmd"]).context("npm is missing: install Node 20 or later")?;
    run(Command::new(npm)
        .args(["pack", "--silent", &format!("{package}@{version}")])
        .current_dir(&staging)
        .stdout(Stdio::null()))?;
    run(Command::new("tar")
        .args(["-xzf", &format!("{package}-{version}.tgz"), "--strip-components=2", "package/emulator"])
        .current_dir(&staging))?;
    fs::remove_file(staging.join(format!("{package}-{version}.tgz")))?;
    // In one step: a folder that is there is whole.
    let _ = fs::remove_dir_all(&folder);
    fs::rename(&staging, &folder).context("DynamoDB Local could not be put in place")?;
    Ok(folder)
}

fn java() -> Result<PathBuf> {
    const NAMES: [&str; 2] = ["java", "java.exe"];
    if let Some(java) = on_path(&NAMES) {
        return Ok(java);
    }
    apt_install(&["openjdk-17-jre-headless"])?;
    on_path(&NAMES).context(
        "DynamoDB Local needs Java 17 on PATH. On Debian or Ubuntu: sudo apt-get install -y openjdk-17-jre-headless",
    )
}

/// The program that builds and emulates functions, installed by pip the first time.
pub(crate) fn cargo_lambda() -> Result<PathBuf> {
    let (tools, _lock) = tools_folder()?;
    let folder = tools.join(format!("cargo-lambda-{CARGO_LAMBDA}"));
    let program = folder.join("bin/cargo-lambda");
    if works(&program) {
        return Ok(program);
    }
    println!("Fetching cargo-lambda");
    let python = on_path(&["python3", "python"])
        .context("cargo-lambda comes by pip: install Python 3 with venv (sudo apt-get install -y python3-venv)")?;
    let _ = fs::remove_dir_all(&folder);
    run(Command::new(python).args(["-m", "venv"]).arg(&folder))
        .context("Python has no venv. On Debian or Ubuntu: sudo apt-get install -y python3-venv")?;
    run(Command::new(folder.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("cargo-lambda=={CARGO_LAMBDA}")))?;
    if !works(&program) {
        bail!("cargo-lambda was installed and does not start");
    }
    Ok(program)
}

fn works(program: &Path) -> bool {
    program.is_file() && read(Command::new(program).args(["lambda", "--version"])).is_ok()
}
