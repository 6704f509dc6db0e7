//! Brotli beside each file that gains by it, so that the server only hands out bytes.

use super::Profile;
use crate::fingerprint;
use crate::tools;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the compressed form of a file lies.
pub(super) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// Compresses what is under `folder`; what was compressed before is copied from the workshop.
pub(super) fn compress(folder: &Path, profile: Profile) -> Result<()> {
    let quality = match profile {
        Profile::Dev => 4,
        Profile::Release => 11,
    };
    let kept = tools::workshop().join("brotli");
    fs::create_dir_all(&kept)?;
    for file in fingerprint::files(folder)? {
        let kind = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !["html", "js", "css", "wasm", "svg", "webmanifest", "json", "txt"].contains(&kind.as_str()) {
            continue;
        }
        let bytes = fs::read(&file)?;
        let known = kept.join(format!("{}.{quality}", fingerprint::hex(&bytes)));
        if !known.is_file() {
            let unfinished = known.with_extension("unfinished");
            fs::write(&unfinished, brotli_of(&bytes, quality)?)?;
            fs::rename(unfinished, &known)?;
        }
        fs::copy(known, beside(&file))?;
    }
    Ok(())
}

fn brotli_of(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}
