//! Skipping a step whose inputs did not change: its output folder carries the fingerprint of what made it.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// SHA-256 in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 as an `integrity` attribute wants it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", base64(&Sha256::digest(bytes)))
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().chain([0, 0].iter()).take(3).fold(0_u32, |group, byte| group << 8 | u32::from(*byte));
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(char::from(ALPHABET[(group >> (18 - 6 * place) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// What a step is made from, in a fixed order.
pub(crate) struct Inputs(Sha256);

impl Inputs {
    pub(crate) fn new(step: &str) -> Self {
        Self(Sha256::new_with_prefix(step))
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// A file, or every file under a folder.
    pub(crate) fn path(mut self, path: &Path) -> Result<Self> {
        for file in files(path)? {
            let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            self = self.bytes(file.to_string_lossy().as_bytes()).bytes(&bytes);
        }
        Ok(self)
    }

    pub(crate) fn key(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The files under `path` in a stable order; `path` itself when it is a file.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let entries = fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
    for entry in entries {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

/// Calls `make` to fill `folder`, unless it was filled from the same inputs before.
pub(crate) fn step(folder: &Path, inputs: Inputs, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let stamp = folder.with_extension("made-from");
    let key = inputs.key();
    if folder.is_dir() && fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == key) {
        return Ok(());
    }
    let _ = fs::remove_file(&stamp);
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    make(folder)?;
    fs::write(stamp, key)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_as_the_standard_says() {
        let encoded: Vec<String> = ["", "f", "fo", "foo", "foob"].iter().map(|text| base64(text.as_bytes())).collect();
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn a_step_is_made_again_only_when_its_inputs_change() {
        let folder = std::env::temp_dir().join(format!("heard-step-{}", std::process::id()));
        let mut made = 0;
        for input in ["a", "a", "b"] {
            step(&folder, Inputs::new("test").bytes(input.as_bytes()), |_| {
                made += 1;
                Ok(())
            })
            .expect("the step succeeds");
        }
        assert_eq!(made, 2);
        fs::remove_dir_all(&folder).expect("it was made");
        fs::remove_file(folder.with_extension("made-from")).expect("it was made");
    }

    #[test]
    fn a_step_that_failed_is_made_again() {
        let folder = std::env::temp_dir().join(format!("heard-failed-step-{}", std::process::id()));
        let failed = step(&folder, Inputs::new("test"), |_| anyhow::bail!("no"));
        assert!(failed.is_err());
        let mut made = false;
        step(&folder, Inputs::new("test"), |_| {
            made = true;
            Ok(())
        })
        .expect("the step succeeds");
        assert!(made);
        fs::remove_dir_all(&folder).expect("it was made");
        fs::remove_file(folder.with_extension("made-from")).expect("it was made");
    }
}
