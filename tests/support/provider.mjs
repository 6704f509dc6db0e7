// A real OpenID Connect provider on this machine, with the demonstration's staff as its accounts: Heard is its only client.
// `cargo xtask run --oidc` runs this file; tests start and stop providers of their own.
//
// Whoever types an account at its sign-in page has it, whatever the password: everybody in it is made up.
import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { freePort } from "./server.mjs";

export const CLIENT = "heard";

/** The account of somebody of the cast: `sade.okafor`. */
export const accountOf = (name) => name.toLowerCase().replaceAll(" ", ".");

const nameOf = (account) => account.split(".").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");

/** What the provider says of an account. */
function findAccount(_, account) {
  const claims = () => ({ sub: account, name: nameOf(account), preferred_username: account, email: `${account}@council.example` });
  return { accountId: account, claims };
}

async function signingKey() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...await exportJWK(privateKey), kid: randomBytes(8).toString("hex"), alg: "RS256", use: "sig" };
}

/** Nobody is asked whether Heard may know who they are: it is the council's own. */
async function loadExistingGrant(ctx) {
  const { session, client } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  const grant = known ? await ctx.oidc.provider.Grant.find(known) : new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid profile email");
  await grant.save();
  return grant;
}

/**
 * Opens a provider for Heard at `app`. `authentication` is how Heard proves itself: `{ secret }`, or `{ jwk }` with its
 * public key. It can be stopped and started; started again it has the same accounts and, if `rotate` says so, another key.
 */
export async function openProvider(app, { port = undefined, secret = randomBytes(24).toString("hex"), jwk = undefined } = {}) {
  port ??= await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  let keys = [await signingKey()];
  const cookies = [randomBytes(24).toString("hex")];
  let listening = null;
  const proof = jwk
    ? { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [jwk] } }
    : { client_secret: secret };

  const start = async () => {
    const provider = new Provider(issuer, {
      clients: [{
        client_id: CLIENT,
        ...proof,
        redirect_uris: [`${app}/api/v1/auth/callback`],
        post_logout_redirect_uris: [`${app}/`],
        backchannel_logout_uri: `${app}/api/v1/auth/back-channel-logout`,
        backchannel_logout_session_required: true,
        require_auth_time: true,
      }],
      claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email"] },
      conformIdTokenClaims: false,
      cookies: { keys: cookies },
      // Heard is on this machine, which a provider would not send to by itself.
      fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
      features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
      findAccount,
      jwks: { keys },
      loadExistingGrant,
      pkce: { required: () => true },
    });
    await new Promise((ready, failed) => {
      listening = provider.listen(port, "127.0.0.1", ready);
      listening.once("error", failed);
    });
  };
  const stop = async () => {
    const ending = listening;
    listening = null;
    ending?.closeAllConnections();
    if (ending) await new Promise((ended) => ending.close(ended));
  };
  const rotate = async () => {
    keys = [await signingKey()];
    await stop();
    await start();
  };
  /** Signs somebody in to Heard in a browser, before any page of it is open. */
  const signIn = async (context, name) => {
    const page = await context.newPage();
    await page.goto(`${app}/api/v1/auth/start`);
    await signInThere(page, accountOf(name));
    await page.waitForURL(`${app}/**`);
    await page.close();
  };
  await start();
  const env = { HEARD_OIDC_ISSUER: issuer, HEARD_OIDC_CLIENT: CLIENT, ...(jwk ? {} : { HEARD_OIDC_SECRET: secret }) };
  return { issuer, env, start, stop, rotate, signIn };
}

/** Signs in at the provider's own page, which is where the browser is. */
export async function signInThere(page, account) {
  await page.getByPlaceholder("Enter any login").fill(account);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

if (import.meta.filename === process.argv[1]) {
  const [app, port, server] = process.argv.slice(2);
  await openProvider(app, { port: Number(port), secret: process.env.HEARD_OIDC_SECRET });
  // With the server it was started for, however that ends.
  setInterval(() => { try { process.kill(Number(server), 0); } catch { process.exit(); } }, 500);
}
