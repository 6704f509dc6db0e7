//! WebKit, the engine of every browser on an iPad: its driver, the program that shows a window of it, a screen to show it on.

use super::{apt_install, on_path, read};
use std::path::PathBuf;
use std::process::Command;

/// Debian's packages: the driver (it brings the engine), what opens a window of it, an unseen screen, and what makes the
/// certificate of a run.
const PACKAGES: [&str; 5] = ["webkit2gtk-driver", "gjs", "gir1.2-webkit2-4.1", "xvfb", "openssl"];

/// The program that drives WebKit, with everything that the tests need beside it. None where it is not to be had: it says so
/// and how to get it, for the rest can be tested all the same.
pub(crate) fn webkit() -> Option<PathBuf> {
    if let Some(found) = found() {
        return Some(found);
    }
    let installed = apt_install(&PACKAGES);
    let found = found();
    if found.is_none() {
        println!("LEFT OUT: the tests of the iPad's engine. They need WebKitGTK, so Linux. On Debian or Ubuntu:");
        println!("sudo apt-get install -y {}", PACKAGES.join(" "));
        if let Err(error) = installed {
            println!("({error:#})");
        }
    }
    found
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
