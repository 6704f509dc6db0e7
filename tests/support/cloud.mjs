// The cloud's parts on this machine: the function's own program fed as AWS feeds it, over DynamoDB Local, and in front of
// it one origin for the app and the API, as CloudFront is. (An emulator that answers plain HTTP would leave out the events.)
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { openProvider } from "./provider.mjs";
import { freePort, openServer } from "./server.mjs";

const BINARY = process.env.HEARD_LAMBDA ?? join(import.meta.dirname, "../../target/debug/lambda");

const read = (stream) => new Promise((done, failed) => {
  const parts = [];
  stream.on("data", (part) => parts.push(part)).on("end", () => done(Buffer.concat(parts))).on("error", failed);
});
const listen = (server, port = 0) => new Promise((done) => server.listen(port, "127.0.0.1", () => done(server.address().port)));

/** A request as an HTTP API hands it to a function (payload format 2.0). */
export function eventOf({ method, url, headers }, body) {
  const { pathname, searchParams } = new URL(url, "http://heard");
  const { cookie, ...others } = headers;
  const http = { method, path: pathname, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: others["user-agent"] ?? "" };
  return {
    version: "2.0", routeKey: "$default", rawPath: pathname, rawQueryString: searchParams.toString(),
    ...(cookie && { cookies: cookie.split("; ") }), headers: others,
    requestContext: {
      accountId: "123456789012", apiId: "heard", domainName: headers.host, domainPrefix: "heard", http, requestId: randomUUID(),
      routeKey: "$default", stage: "$default", time: new Date().toUTCString(), timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: body.toString("base64") }), isBase64Encoded: body.length > 0,
  };
}

/**
 * Runs a function's program: it asks for an event, answers it, and asks again. `invoke` gives it one; `readyMs` is how long
 * it took, once it has, from its start to its first asking.
 */
export async function openFunction(environment, command = [BINARY]) {
  const waiting = [], asking = [], answers = new Map();
  const lambda = { log: "" };
  const give = () => {
    while (waiting.length && asking.length) {
      const { id, event } = waiting.shift();
      const reply = asking.shift();
      reply.writeHead(200, {
        "lambda-runtime-aws-request-id": id, "lambda-runtime-deadline-ms": String(Date.now() + 30_000), "content-type": "application/json",
        "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-west-2:123456789012:function:heard",
      });
      reply.end(JSON.stringify(event));
    }
  };
  let begun, isReady, isNot;
  lambda.ready = new Promise((ready, failed) => { [isReady, isNot] = [ready, failed]; });
  // Whoever does not wait for it finds the reason in the log.
  lambda.ready.catch(() => {});
  const runtime = createServer(async (asked, reply) => {
    if (asked.url.endsWith("/invocation/next")) {
      lambda.readyMs ??= performance.now() - begun;
      isReady();
      asking.push(reply);
      return give();
    }
    const body = JSON.parse(await read(asked));
    const [, id, what] = asked.url.match(/invocation\/([^/]+)\/(\w+)$/) ?? [];
    answers.get(id)?.(what === "response" ? body : { statusCode: 502, headers: {}, body: "" });
    answers.delete(id);
    reply.writeHead(202).end();
  });
  const port = await listen(runtime);
  begun = performance.now();
  const [path, ...words] = command;
  const program = spawn(path, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, AWS_LAMBDA_FUNCTION_NAME: "heard", AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_FUNCTION_VERSION: "1", HEARD_ENVIRONMENT: "test", ...environment,
    },
  });
  lambda.pid = program.pid;
  program.once("exit", (code) => {
    isNot(new Error(`the function ended with ${code}: ${lambda.log.slice(-2000)}`));
    for (const done of answers.values()) done({ statusCode: 502, headers: {}, body: "" });
  });
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => { lambda.log += text; });
  lambda.invoke = (event) => new Promise((done) => {
    const id = randomUUID();
    answers.set(id, done);
    waiting.push({ id, event });
    give();
  });
  lambda.close = async () => {
    program.kill();
    await new Promise((done) => { runtime.close(done); runtime.closeAllConnections(); });
  };
  return lambda;
}

/** One origin: `/api` goes to the function, everything else to the server of files. It can be stopped and started again. */
export async function openCloud({ empty = false } = {}) {
  const dynamodb = process.env.HEARD_DYNAMODB;
  if (!dynamodb) throw new Error("HEARD_DYNAMODB must hold the address of DynamoDB Local; `cargo xtask test` starts one and sets it");
  const table = `heard-${randomUUID()}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await openProvider(url);
  // It makes the table as the template says and fills it with the demonstration; then it hands out the app's files.
  const files = await openServer({ dynamodb, table, empty, provider: () => provider });
  const lambda = await openFunction({ HEARD_DYNAMODB: dynamodb, HEARD_TABLE: table, HEARD_ORIGIN: url, ...provider.env });
  const cloud = { port, url, signIn: provider.signIn, get log() { return lambda.log; } };

  const toFunction = async (asked, answer) => {
    const reply = await lambda.invoke(eventOf(asked, await read(asked)));
    const body = Buffer.from(reply.body ?? "", reply.isBase64Encoded ? "base64" : "utf8");
    const headers = { ...reply.headers, ...(reply.cookies?.length && { "set-cookie": reply.cookies }) };
    answer.writeHead(reply.statusCode, headers).end(body);
  };
  const toFiles = (asked, answer) => {
    const onward = request({ host: "127.0.0.1", port: files.port, method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  };
  let front;
  cloud.start = async () => {
    front = createServer((asked, answer) => (asked.url.startsWith("/api/") ? toFunction : toFiles)(asked, answer));
    await listen(front, port);
  };
  cloud.stop = () => new Promise((done) => { front.close(done); front.closeAllConnections(); });
  cloud.remove = async () => { await cloud.stop(); await lambda.close(); await files.remove(); };
  await cloud.start();
  return cloud;
}
