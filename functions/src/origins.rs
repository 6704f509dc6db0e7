//! From where the app may be served.

/// From where the app may be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// From this machine, by any port: the origin must be the very host that was asked, and that a loopback name.
    Loopback,
    /// From exactly this origin: `https://heard.example`.
    Only(String),
}

impl Origins {
    /// From where the app is served to whoever asked this host.
    pub(crate) fn own(&self, host: Option<&str>) -> Option<String> {
        match self {
            Origins::Only(ours) => Some(ours.clone()),
            Origins::Loopback => host.filter(|host| is_loopback(host)).map(|host| format!("http://{host}")),
        }
    }

    pub(crate) fn allow(&self, origin: &str, host: Option<&str>) -> bool {
        match self {
            Origins::Only(ours) => origin == ours,
            Origins::Loopback => {
                let asked = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
                asked.is_some() && asked == host && asked.is_some_and(is_loopback)
            }
        }
    }
}

fn is_loopback(authority: &str) -> bool {
    let name = authority.split_once(':').map_or(authority, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}
