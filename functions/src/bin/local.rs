//! Heard on one machine: the app, the API and a SQLite file, on 127.0.0.1 only. Built with the feature `dynamodb`, it can
//! keep everything in a DynamoDB table instead.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use functions::app::App;
use functions::auth::{Given, Provider, Secret, Settings};
use functions::clock::Clock;
use functions::restored::{self, Ledger};
use functions::seal::Seal;
use functions::server::router;
use functions::static_files::{FilesError, StaticFiles};
use functions::store::sqlite::SqliteStore;
use functions::store::{Meta, Store};
use functions::{Origins, seed, staffing};
use tokio::net::TcpListener;

const USAGE: &str = "local [--port N] [--data DIR | --dynamodb URL] [--dist DIR] [--no-children | --empty] [--oidc] [--restored [--redactions FILE]]";

/// What a store begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Demo,
    /// A new one has the cast's staff and no child.
    NoChildren,
    /// A new one has nobody: it is claimed by whoever opens the link that is printed.
    Nobody,
    /// It is a backup: tablets have seen more than it holds.
    Restored,
}

/// Where everything is kept.
enum Place {
    Folder(PathBuf),
    Table { endpoint: String },
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Folder(folder) => write!(f, "{}", folder.display()),
            Place::Table { endpoint } => write!(f, "a table at {endpoint}"),
        }
    }
}

struct Options {
    port: u16,
    data: Place,
    dist: PathBuf,
    beginning: Beginning,
    /// People sign in by the provider that the environment names.
    oidc: bool,
    /// What was redacted since the backup: lines of the archive.
    redactions: Option<PathBuf>,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options> {
        let data = Place::Folder("data".into());
        let (dist, beginning) = ("dist".into(), Beginning::Demo);
        let mut options = Options { port: 8787, data, dist, beginning, oidc: false, redactions: None };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value: {USAGE}"));
            match argument.as_str() {
                "--port" => options.port = value()?.parse().context("--port needs a number")?,
                "--data" => options.data = Place::Folder(value()?.into()),
                "--dynamodb" => options.data = Place::Table { endpoint: value()? },
                "--dist" => options.dist = value()?.into(),
                "--no-children" => options.beginning = Beginning::NoChildren,
                "--empty" => options.beginning = Beginning::Nobody,
                "--oidc" => options.oidc = true,
                "--restored" => options.beginning = Beginning::Restored,
                "--redactions" => options.redactions = Some(value()?.into()),
                _ => bail!("{argument} is not known here: {USAGE}"),
            }
        }
        if options.redactions.is_some() && options.beginning != Beginning::Restored {
            bail!("--redactions is for a store that was set back: it goes with --restored");
        }
        if options.beginning == Beginning::Nobody && !options.oidc {
            bail!("--empty has nobody to choose: people sign in by a provider, so that it goes with --oidc");
        }
        Ok(options)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("HEARD_LOG").unwrap_or_else(|_| "info".into()))
        .init();
    let done = match Options::read(std::env::args().skip(1)) {
        Ok(options) => serve(&options).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: &Options) -> Result<()> {
    let files = StaticFiles::read(&options.dist).map_err(|error| match error {
        FilesError::NoApp(folder) => {
            anyhow::anyhow!("There is no app in {}. Build it first: cargo xtask build", folder.display())
        }
        FilesError::Unreadable(..) => error.into(),
    })?;
    // The port first: two servers must not seed one file.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.with_context(|| {
        format!(
            "Port {} is taken. Stop what runs there, or choose another: --port {}",
            options.port,
            options.port.wrapping_add(1)
        )
    })?;
    let port = listener.local_addr()?.port();
    let clock = system_clock();
    let store: Arc<dyn Store> = match &options.data {
        Place::Folder(folder) => Arc::new(open(folder, options.beginning, &clock).await?),
        Place::Table { endpoint } => table::open(endpoint, options.beginning, &clock).await?,
    };
    if options.beginning == Beginning::Restored {
        if let Some(file) = &options.redactions {
            redact_again(&*store, file).await?;
        }
        store.raise_epochs(u64::try_from(clock.now().as_second()).unwrap_or(0)).await?;
    }
    seed::top_up(&*store, clock.now()).await?;
    let provider = if options.oidc { Some(provider(&*store, clock.now()).await?) } else { None };
    greet(&*store, port, &options.data, options.oidc).await?;
    if options.oidc {
        claim(&*store, port, clock.now()).await?;
    }
    let app = App::new(store, clock, Origins::Loopback).await?.with_provider(provider);
    let service = router(app, files).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stopped()).await.context("the server stopped")
}

/// The provider that the environment names. The cast of a demonstration has accounts there by their names.
async fn provider(store: &dyn Store, now: jiff::Timestamp) -> Result<Provider> {
    let secret = |value| -> Arc<dyn Secret> { Arc::new(Given(value)) };
    let settings = Settings::of_environment(|name| std::env::var(name).ok(), secret)?;
    let settings = settings.context("--oidc needs a provider: HEARD_OIDC_ISSUER, HEARD_OIDC_CLIENT and a proof")?;
    seed::give_accounts(store, &Seal::of(store).await?, settings.issuer(), now).await?;
    Ok(Provider::new(settings)?)
}

/// Before anybody reads: what was redacted since the backup is redacted again.
async fn redact_again(store: &dyn Store, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let ledger = Ledger::read(&text).with_context(|| format!("Nothing was redacted from {}", file.display()))?;
    let done = restored::redact_again(store, &Seal::of(store).await?, &ledger).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "Redacted again: {}. Not there: {}.", done.again, done.absent)?;
    if done.left > 0 {
        writeln!(out, "Left for a manager, because the record would have no child without them: {}.", done.left)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn system_clock() -> Clock {
    Clock::new(jiff::Timestamp::now)
}

/// Opens the store. A demonstration is written under another name first: one that was cut short never counts.
async fn open(data: &Path, beginning: Beginning, clock: &Clock) -> Result<SqliteStore> {
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let path = data.join("heard.sqlite");
    if beginning != Beginning::Restored && !path.exists() {
        let unfinished = data.join("heard.sqlite.unfinished");
        remove(&unfinished)?;
        let store = SqliteStore::open(&unfinished)?;
        match beginning {
            Beginning::NoChildren => seed::employ(&store).await?,
            Beginning::Demo => seed::seed(&store, clock.now()).await?,
            Beginning::Nobody | Beginning::Restored => {}
        }
        drop(store);
        std::fs::rename(&unfinished, &path).context("the demonstration could not be put in place")?;
    }
    if beginning == Beginning::Restored && !path.exists() {
        bail!(
            "There is no {} to go on from: nothing was made. --data names the folder with the backup.",
            path.display()
        );
    }
    SqliteStore::open(&path).with_context(|| format!("{} cannot be opened", path.display()))
}

fn remove(unfinished: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = unfinished.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).context("an unfinished demonstration could not be removed");
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whoever opens the link is the first administrator. It is another at each start, until somebody has an account.
async fn claim(store: &dyn Store, port: u16, now: jiff::Timestamp) -> Result<()> {
    let Some(token) = staffing::claim(store, now).await? else {
        return Ok(());
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "Nobody works here yet. Whoever opens this link, once, and signs in is the administrator:")?;
    writeln!(out, "  http://127.0.0.1:{port}{}\n", staffing::link(token))?;
    Ok(out.flush()?)
}

async fn greet(store: &dyn Store, port: u16, data: &Place, oidc: bool) -> Result<()> {
    let demo = store.meta(Meta::Demo).await?.is_some();
    let cast = if demo { functions::demo::cast() } else { Vec::new() };
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nHeard is ready: http://127.0.0.1:{port}")?;
    writeln!(out, "Its data is in {data}. Stop it with Ctrl-C.\n")?;
    if cast.is_empty() {
        writeln!(out, "This store is no demonstration: there is no demo sign-in.")?;
    } else {
        writeln!(out, "Everybody in it is made up. Sign in as:")?;
    }
    if oidc {
        writeln!(out, "(At the provider: a name such as sade.okafor, with any password.)")?;
    }
    for staff in cast {
        let role = match staff.role {
            domain::Role::Worker => "worker",
            domain::Role::Manager => "manager",
            domain::Role::Duty => "duty worker",
            domain::Role::Auditor => "auditor",
            domain::Role::Administrator => "administrator",
        };
        writeln!(out, "  {:<16} {role}, {}", staff.name, staff.team_name)?;
    }
    writeln!(out)?;
    Ok(out.flush()?)
}

#[cfg(feature = "dynamodb")]
mod table {
    use super::{Arc, Beginning, Clock, Context, Result, Store, bail};
    use functions::seed::table::{Staffed, TableError, as_it_is, demonstration};
    use functions::store::dynamodb::{Connection, DynamoStore};

    /// The table's name unless `HEARD_TABLE` names another.
    const NAME: &str = "heard-demo";

    /// Opens the table at an address. The environment's keys go to AWS alone, never to an address of this machine.
    pub(super) async fn open(endpoint: &str, beginning: Beginning, clock: &Clock) -> Result<Arc<dyn Store>> {
        let name = std::env::var("HEARD_TABLE").unwrap_or_else(|_| NAME.into());
        let connection = Connection::of_environment(|variable| match variable {
            "HEARD_TABLE" => Some(name.clone()),
            "HEARD_DYNAMODB" => Some(endpoint.to_owned()),
            other => std::env::var(other).ok(),
        })?;
        let opened = match beginning {
            Beginning::Demo => demonstration(&connection, clock.now()).await,
            Beginning::NoChildren => as_it_is(&connection, Staffed::ByTheCast).await,
            Beginning::Nobody => as_it_is(&connection, Staffed::ByNobody).await,
            // What was restored is there: a name mistyped must not make an empty table.
            Beginning::Restored => DynamoStore::open(&connection).await.map_err(TableError::from),
        };
        match opened {
            Ok(store) => Ok(Arc::new(store)),
            Err(TableError::NotADemonstration) => bail!(
                "The table {name} at {endpoint} exists and is no demonstration of Heard: nothing was written to it. \
                 Name another by HEARD_TABLE, remove it, or use it as it is with --empty."
            ),
            Err(error) => Err(error).with_context(|| format!("The table {name} at {endpoint} cannot be used")),
        }
    }
}

#[cfg(not(feature = "dynamodb"))]
mod table {
    use super::{Arc, Beginning, Clock, Result, Store, bail};

    #[expect(clippy::unused_async, reason = "with the feature it asks over the network")]
    pub(super) async fn open(_: &str, _: Beginning, _: &Clock) -> Result<Arc<dyn Store>> {
        bail!("This build keeps everything in SQLite. For DynamoDB: cargo xtask run --dynamodb URL")
    }
}

/// Ctrl-C or a termination: requests under way are finished first.
async fn stopped() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
