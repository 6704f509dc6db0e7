//! What is being typed, kept sealed until it is saved.

use super::Records;

impl Records {
    /// Keeps a draft, sealed. Typing is never lost to a lock or a crash.
    ///
    /// Says whether it is kept. One that cannot be is still on the screen; saving will say what is wrong.
    pub async fn keep_draft(self, name: String, words: String) -> bool {
        let Some(vault) = self.vault.get() else { return false };
        if words.is_empty() {
            vault.forget(&name).await.is_ok()
        } else {
            vault.keep(&name, words.as_bytes()).await.is_ok()
        }
    }

    /// A kept draft.
    pub async fn draft(self, name: String) -> Option<String> {
        let plain = self.vault.get()?.kept(&name).await.ok()??;
        String::from_utf8(plain).ok()
    }
}
