//! WebKit, the engine of every browser on an iPad: its driver, the program that shows a window of it, a screen to show it on.

use super::{apt_install, on_path, read};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Debian's packages: the driver (it brings the engine), what opens a window of it, an unseen screen, and what makes the
/// certificate of a run.
const PACKAGES: [&str; 5] = ["webkit2gtk-driver", "gjs", "gir1.2-webkit2-4.1", "xvfb", "openssl"];

/// The program that drives WebKit, with everything that the tests need beside it.
pub(crate) fn webkit() -> Result<PathBuf> {
    if let Some(found) = found() {
        return Ok(found);
    }
    apt_install(&PACKAGES)?;
    found().with_context(|| {
        format!(
            "the tests of the iPad's engine need WebKitGTK, so Linux. On Debian or Ubuntu: sudo apt-get install -y {}",
            PACKAGES.join(" ")
        )
    })
}

/// The driver, when all of it is there.
fn found() -> Option<PathBuf> {
    let driver = on_path(&["WebKitWebDriver"])?;
    on_path(&["Xvfb"])?;
    on_path(&["openssl"])?;
    let gjs = on_path(&["gjs"])?;
    read(Command::new(gjs).args(["-c", "imports.gi.versions.WebKit2 = '4.1'; imports.gi.WebKit2"])).ok()?;
    Some(driver)
}
