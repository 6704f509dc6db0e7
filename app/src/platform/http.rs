//! The server, over HTTP. An answer that is not ours (a captive portal, a truncated body) is a network failure.

use domain::id::{ReplicaId, StaffId, StreamId, TeamId, VaultId};
use domain::wire::{
    AccessResponse, ChangeStaffRequest, ChangeStaffResponse, DemoResponse, DemoSignInRequest, DevicesResponse,
    DoublesRequest, DoublesResponse, EnrolRequest, EnrolResponse, EntriesResponse, EscrowResponse, HeldResponse,
    InviteRequest, InviteResponse, Problem, PullRequest, PullResponse, PushRequest, PushResponse, ReadingRequest,
    RenameTeamRequest, SampleRequest, SampleResponse, SearchRequest, SearchResponse, SessionResponse, SignOutResponse,
    StaffResponse,
};
use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use replica::engine::Transport;
use replica::exchange::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::clock;

const API: &str = "/api/v1/";
/// A request that has not been answered whole by then counts as no connection, in milliseconds: a full push over a poor
/// connection takes most of it.
const PATIENCE_MS: u32 = 90_000;

/// The server.
#[derive(Clone, Copy, Debug, Default)]
pub struct Server;

impl Server {
    /// Who is signed in here.
    pub async fn session(self) -> Result<SessionResponse, Failure> {
        call(Method::GET, "session", None::<&()>).await
    }

    /// Signs out.
    pub async fn sign_out(self) -> Result<SignOutResponse, Failure> {
        call(Method::DELETE, "session", None::<&()>).await
    }

    /// Who may sign in to a demonstration.
    pub async fn demo_cast(self) -> Result<DemoResponse, Failure> {
        call(Method::GET, "session/demo", None::<&()>).await
    }

    /// Signs in to a demonstration.
    pub async fn demo_sign_in(self, request: DemoSignInRequest) -> Result<SessionResponse, Failure> {
        call(Method::POST, "session/demo", Some(&request)).await
    }

    /// Who works here; for an administrator.
    pub async fn staff(self) -> Result<StaffResponse, Failure> {
        call(Method::GET, "staff", None::<&()>).await
    }

    /// Invites somebody; for an administrator.
    pub async fn invite(self, request: &InviteRequest) -> Result<InviteResponse, Failure> {
        call(Method::POST, "staff", Some(request)).await
    }

    /// Says what somebody is and does from now on; for an administrator.
    pub async fn change_staff(self, request: &ChangeStaffRequest) -> Result<ChangeStaffResponse, Failure> {
        call(Method::POST, &format!("staff/{}", request.staff.id), Some(request)).await
    }

    /// Gives a team another name; for an administrator.
    pub async fn rename_team(self, team: TeamId, request: &RenameTeamRequest) -> Result<(), Failure> {
        send(Method::POST, &format!("teams/{}", team.0), Some(request)).await.map(drop)
    }

    /// Where somebody is signed in, and which devices are theirs.
    pub async fn devices(self, staff: StaffId) -> Result<DevicesResponse, Failure> {
        call(Method::GET, &format!("staff/{staff}/devices"), None::<&()>).await
    }

    /// Takes a device of somebody out of use.
    pub async fn revoke(self, staff: StaffId, replica: ReplicaId) -> Result<(), Failure> {
        send(Method::DELETE, &format!("staff/{staff}/devices/{replica}"), None::<&()>).await.map(drop)
    }

    /// Signs somebody out of one browser.
    pub async fn end_session(self, staff: StaffId, session: &str) -> Result<(), Failure> {
        send(Method::DELETE, &format!("staff/{staff}/sessions/{session}"), None::<&()>).await.map(drop)
    }

    /// Who looked at a record, a page of it.
    pub async fn accesses_at(self, stream: StreamId, before: Option<&str>) -> Result<AccessResponse, Failure> {
        accesses(&format!("stream={stream}"), before).await
    }

    /// What somebody looked at and did, a page of it.
    pub async fn accesses_by(self, staff: StaffId, before: Option<&str>) -> Result<AccessResponse, Failure> {
        accesses(&format!("staff={staff}"), before).await
    }

    /// What of one's own waits for a manager, also of records that are not here.
    pub async fn held(self) -> Result<HeldResponse, Failure> {
        call(Method::GET, "held", None::<&()>).await
    }

    /// Who in the whole council may be this child.
    pub async fn doubles(self, request: &DoublesRequest) -> Result<DoublesResponse, Failure> {
        call(Method::POST, "doubles", Some(request)).await
    }

    /// Which children of the whole council these are; for those who read with a reason.
    pub async fn search(self, request: &SearchRequest) -> Result<SearchResponse, Failure> {
        call(Method::POST, "search", Some(request)).await
    }

    /// Draws some records; for an auditor.
    pub async fn sample(self, request: &SampleRequest) -> Result<SampleResponse, Failure> {
        call(Method::POST, "sample", Some(request)).await
    }

    /// Entries of a record, after one, read with a reason.
    pub async fn reading(self, stream: StreamId, after: u64, reason: &str) -> Result<EntriesResponse, Failure> {
        let request = ReadingRequest { after, reason: reason.to_owned() };
        call(Method::POST, &format!("streams/{stream}/reading"), Some(&request)).await
    }

    /// What others read with a reason, of which somebody is told.
    pub async fn notified(self, staff: StaffId) -> Result<AccessResponse, Failure> {
        accesses(&format!("notified={staff}"), None).await
    }

    /// Gives a vault's escrow key back after a fresh sign-in.
    pub async fn escrow(self, vault: VaultId) -> Result<EscrowResponse, Failure> {
        call(Method::POST, &format!("vaults/{vault}/escrow"), Some(&())).await
    }
}

impl Transport for Server {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, Failure> {
        call(Method::POST, "push", Some(request)).await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, Failure> {
        call(Method::POST, "pull", Some(request)).await
    }

    async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolResponse, Failure> {
        call(Method::POST, "replicas", Some(request)).await
    }

    fn new_replica_id(&self) -> ReplicaId {
        ReplicaId(replica::create::uuid(clock::now()))
    }
}

async fn accesses(of: &str, before: Option<&str>) -> Result<AccessResponse, Failure> {
    let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
    call(Method::GET, &format!("access?{of}{before}"), None::<&()>).await
}

async fn call<Body: Serialize, Reply: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<&Body>,
) -> Result<Reply, Failure> {
    // Until the whole body is there: a reply that stalls half-way must not hold sending up for ever.
    let (response, _patience) = send(method, path, body).await?;
    if !is_json(&response, "application/json") {
        return Err(Failure::Network);
    }
    response.json().await.map_err(|_| Failure::Network)
}

/// Sends a request. Dropping the timer ends the patience for the body.
async fn send<Body: Serialize>(
    method: Method,
    path: &str,
    body: Option<&Body>,
) -> Result<(Response, Timeout), Failure> {
    let abort = web_sys::AbortController::new().map_err(|_| Failure::Network)?;
    let signal = abort.signal();
    let patience = Timeout::new(PATIENCE_MS, move || abort.abort());
    let request = RequestBuilder::new(&format!("{API}{path}"))
        .method(method)
        .redirect(web_sys::RequestRedirect::Error)
        .cache(web_sys::RequestCache::NoStore)
        .abort_signal(Some(&signal));
    let request = match body {
        Some(body) => request.json(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Failure::Network)?.send().await.map_err(|_| Failure::Network)?;
    if response.ok() { Ok((response, patience)) } else { Err(failure(&response).await) }
}

fn is_json(response: &Response, kind: &str) -> bool {
    response.headers().get("content-type").is_some_and(|found| found.split(';').next() == Some(kind))
}

async fn failure(response: &Response) -> Failure {
    let problem =
        if is_json(response, "application/problem+json") { response.json::<Problem>().await.ok() } else { None };
    let retry_after = response.headers().get("retry-after");
    Failure::of_reply(response.status(), retry_after.as_deref(), problem.as_ref())
}
