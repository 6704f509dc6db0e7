// What the template must be, each rule as a function from the parsed template to the list of its breaches.
// Each has a broken template beside it in template.test.mjs, so that a check that sees nothing is noticed.

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

const resources = (template, ...types) =>
  Object.entries(template.Resources).filter(([, resource]) => types.includes(resource.Type));

/** Every policy statement in the template, with where it stands and whether it is the policy of a resource itself. */
export function statements(template) {
  const found = [];
  for (const [name, { Type, Properties: properties }] of Object.entries(template.Resources)) {
    const documents = [
      ...list(properties?.Policies).map(({ PolicyDocument }) => ({ document: PolicyDocument, kind: "identity" })),
      ...list(properties?.PolicyDocument).map((document) => ({ document, kind: Type.startsWith("AWS::IAM") ? "identity" : "resource" })),
      ...list(properties?.KeyPolicy).map((document) => ({ document, kind: "key" })),
      ...list(properties?.AssumeRolePolicyDocument).map((document) => ({ document, kind: "trust" })),
    ];
    for (const { document, kind } of documents) {
      if (!document?.Statement) found.push({ name, kind, unreadable: true });
      for (const statement of list(document?.Statement)) found.push({ name, kind, ...statement });
    }
  }
  return found;
}

const allows = (template) => statements(template).filter(({ Effect }) => Effect === "Allow");
const at = ({ name, Sid }) => `${name}${Sid ? `.${Sid}` : ""}`;

/** The plain branches of a value that may be an If. */
const branches = (value) => (value?.["Fn::If"] ? value["Fn::If"].slice(1).flatMap(branches) : [value]);

/** Whether a wildcard stands only below a resource that is named: `${Table.Arn}/stream/*`, never `arn:…:table/*`. */
function isNamed(resource) {
  if (resource?.Ref || resource?.["Fn::GetAtt"]) return true;
  const words = resource?.["Fn::Sub"] ?? resource;
  if (typeof words !== "string" || words.replace(/\$\{[^}]+\}/g, "").trim() === "*") return false;
  const [before, after] = words.split(/\*(.*)/s);
  return after === undefined || (after === "" && /^(\$\{\w+\.Arn\}|arn:.*\/\$\{\w+\})\/([\w]+\/)?$/.test(before));
}

/** Rights are spelled out: no managed policies, no template shorthands, nothing that widens by itself. */
export function rightsAreSpelledOut(template) {
  const breaches = statements(template).filter(({ unreadable }) => unreadable).map(({ name }) => `${name}: a policy that cannot be read`);
  for (const [name, { Type, Properties: properties }] of Object.entries(template.Resources)) {
    if (properties?.ManagedPolicyArns) breaches.push(`${name}: ManagedPolicyArns`);
    if (Type === "AWS::IAM::ManagedPolicy") breaches.push(`${name}: a managed policy`);
    if (Type === "AWS::Serverless::Function") {
      if (!properties.Role) breaches.push(`${name}: no Role of its own`);
      if (properties.Policies || properties.Connectors) breaches.push(`${name}: rights by shorthand`);
    }
  }
  return breaches;
}

/** No Allow has a wildcard action, and only a key's own policy says "*" for itself. */
export function noWildcards(template) {
  const breaches = [];
  for (const statement of allows(template)) {
    if (statement.NotAction || statement.NotResource || statement.NotPrincipal) breaches.push(`${at(statement)}: allows all but`);
    for (const action of list(statement.Action)) {
      if (text(action).includes("*")) breaches.push(`${at(statement)}: ${text(action)}`);
    }
    if (statement.kind === "trust" || statement.kind === "key") continue;
    for (const resource of list(statement.Resource).flatMap(branches)) {
      if (!isNamed(resource)) breaches.push(`${at(statement)}: on ${text(resource)}`);
    }
  }
  for (const statement of allows(template)) {
    const principals = statement.Principal === undefined ? [] : [statement.Principal, ...Object.values(statement.Principal).flatMap(list)];
    if (principals.includes("*")) breaches.push(`${at(statement)}: anybody`);
  }
  return breaches;
}

const TABLE_ACTIONS = ["ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"];
const STREAM_ACTIONS = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];

/** On the table nothing but what is known to be needed: no Scan, no batch, no PartiQL, no change of the table itself. */
export function onlyKnownTableActions(template) {
  const known = [...TABLE_ACTIONS, ...STREAM_ACTIONS].map((action) => `dynamodb:${action}`.toLowerCase());
  return allows(template).flatMap((statement) =>
    list(statement.Action)
      .filter((action) => text(action).toLowerCase().startsWith("dynamodb:") && !known.includes(text(action).toLowerCase()))
      .map((action) => `${at(statement)}: ${text(action)}`));
}

const deletes = (statement) => list(statement.Action).some((action) => /^dynamodb:(delete|\*)/i.test(text(action)));
const INDEX_ROWS = ["TEAM#*", "STAFF#*", "FIND#*"];
const MAY_DELETE_BELOW = { FunctionRole: [...INDEX_ROWS, "SESSION#*", "SIGNIN#*", "IDENTITY#*"], RedactionRole: INDEX_ROWS };

/** Nothing is deleted but index rows, and by the function sessions, sign-ins and accounts that were replaced; to that the log is denied by name as well. */
export function theLogIsNeverDeleted(template) {
  const breaches = [];
  for (const statement of allows(template).filter(deletes)) {
    const keys = list(statement.Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]);
    const present = statement.Condition?.Null?.["dynamodb:LeadingKeys"];
    if (keys.length === 0) breaches.push(`${at(statement)}: deletes below any key`);
    if (String(present) !== "false") breaches.push(`${at(statement)}: is true of a request without keys`);
    const own = MAY_DELETE_BELOW[statement.name] ?? [];
    for (const key of keys.filter((key) => !own.includes(key))) breaches.push(`${at(statement)}: deletes below ${key}`);
  }
  const denied = statements(template)
    .filter((statement) => statement.name === "FunctionRole" && statement.Effect === "Deny" && deletes(statement))
    .flatMap((statement) => list(statement.Condition?.["ForAnyValue:StringLike"]?.["dynamodb:LeadingKeys"]));
  for (const key of ["STREAM#*", "ACCESS#*", "SEEN#*", "NOTIFIED#*"]) if (!denied.includes(key)) breaches.push(`FunctionRole: no Deny of deletes below ${key}`);
  return breaches;
}

/** Whoever redacts writes only below the keys of an append, and an access record. */
export function redactionStaysInRecords(template) {
  const allowed = ["STREAM#*", "TEAM#*", "STAFF#*", "FIND#*", "ACCESS#*", "SEEN#*"];
  const breaches = [];
  const role = template.Resources.RedactionRole;
  if (role?.Condition !== "HasRedactor") breaches.push("RedactionRole: made even where nobody is named");
  for (const statement of allows(template).filter(({ name, kind }) => name === "RedactionRole" && kind === "identity")) {
    if (!list(statement.Action).some((action) => action.startsWith("dynamodb:"))) continue;
    const keys = list(statement.Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]);
    const present = statement.Condition?.Null?.["dynamodb:LeadingKeys"];
    if (keys.length === 0 || String(present) !== "false" || keys.some((key) => !allowed.includes(key))) {
      breaches.push(`${at(statement)}: reaches ${keys.join(", ") || "every key"}`);
    }
  }
  return breaches;
}

/** The table: its keys as the store writes them, no index, kept, recoverable, under our key. */
export function theTableIsSafe(template) {
  const tables = resources(template, "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable");
  if (tables.length !== 1 || tables[0][0] !== "Table" || tables[0][1].Type !== "AWS::DynamoDB::Table") return ["one table, named Table"];
  const [, table] = tables[0];
  const p = table.Properties;
  const rules = {
    "keys are PK and SK": text(p.KeySchema) === text([{ AttributeName: "PK", KeyType: "HASH" }, { AttributeName: "SK", KeyType: "RANGE" }])
      && p.AttributeDefinitions.length === 2 && p.AttributeDefinitions.every(({ AttributeType }) => AttributeType === "S"),
    "no index": !p.GlobalSecondaryIndexes && !p.LocalSecondaryIndexes,
    "pays by request": p.BillingMode === "PAY_PER_REQUEST" && !p.ProvisionedThroughput,
    "forgets by `ttl`": p.TimeToLiveSpecification?.AttributeName === "ttl" && p.TimeToLiveSpecification.Enabled === true,
    "recoverable to any moment": p.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    "under our key": p.SSESpecification?.SSEType === "KMS" && p.SSESpecification.SSEEnabled === true
      && text(p.SSESpecification.KMSMasterKeyId) === text({ "Fn::GetAtt": ["Key", "Arn"] }),
    "protected from deletion": p.DeletionProtectionEnabled === true,
    "its name is its stack's": p.TableName === undefined,
  };
  return broken("Table", rules);
}

/** What holds records or logs outlives the stack. */
export function dataIsRetained(template) {
  return resources(template, "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::Logs::LogGroup")
    .filter(([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== "Retain" || UpdateReplacePolicy !== "Retain")
    .map(([name]) => `${name}: not retained`);
}

/** Keys rotate, and nobody but the listed services and this account uses them. */
export function keysRotate(template) {
  const keys = resources(template, "AWS::KMS::Key");
  if (keys.length === 0) return ["there is no key"];
  const breaches = keys.flatMap(([name, { Properties: p }]) => broken(name, { rotates: p.EnableKeyRotation === true }));
  for (const statement of allows(template)) {
    const uses = list(statement.Action).some((action) => /^kms:(Decrypt|Encrypt|GenerateDataKey|ReEncrypt|CreateGrant)/.test(action));
    if (uses && !statement.Condition) breaches.push(`${at(statement)}: uses the key from anywhere`);
  }
  return breaches;
}

/** Every bucket: private, versioned, encrypted, over TLS alone. */
export function bucketsAreClosed(template) {
  return resources(template, "AWS::S3::Bucket").flatMap(([name, { Properties: p }]) => {
    const blocked = p.PublicAccessBlockConfiguration ?? {};
    const denies = statements(template).some((statement) =>
      text(template.Resources[statement.name].Properties?.Bucket) === text({ Ref: name })
      && statement.Effect === "Deny" && statement.Principal === "*" && statement.Action === "s3:*"
      && String(statement.Condition?.Bool?.["aws:SecureTransport"]) === "false" && list(statement.Resource).length === 2);
    return broken(name, {
      "public access blocked": ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].every((key) => blocked[key] === true),
      versioned: p.VersioningConfiguration?.Status === "Enabled",
      encrypted: list(p.BucketEncryption?.ServerSideEncryptionConfiguration).length === 1,
      "TLS only": denies,
      "no access lists": p.OwnershipControls?.Rules?.[0]?.ObjectOwnership === "BucketOwnerEnforced" && !p.AccessControl,
    });
  });
}

/** Access records are locked, nobody is given the right to take them away, and they reach their bucket. */
export function accessRecordsAreWriteOnce(template) {
  const p = template.Resources.AccessRecords?.Properties;
  const retention = p?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  const stream = template.Resources.Archive?.Properties.Events.Changes.Properties;
  const patterns = list(stream?.FilterCriteria?.Filters).map(({ Pattern }) => Pattern);
  const breaches = broken("AccessRecords", {
    locked: p?.ObjectLockEnabled === true && p.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled" && !!retention?.Mode && !!retention.Days,
    "for good by default": template.Parameters.AccessLockMode?.Default === "COMPLIANCE",
    "fed from the table": template.Resources.Table?.Properties.StreamSpecification?.StreamViewType === "NEW_IMAGE"
      && patterns.includes('{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"ACCESS#"}]}}}}'),
    "told of rewrites": patterns.includes('{"eventName":["MODIFY","REMOVE"],"dynamodb":{"Keys":{"SK":{"S":[{"prefix":"LOG#"}]}}}}'),
    "nothing is given up": stream?.MaximumRetryAttempts === -1 && stream.MaximumRecordAgeInSeconds === -1,
  });
  for (const statement of allows(template)) {
    for (const action of list(statement.Action).filter((action) => /^s3:(Delete|Bypass|PutObjectRetention|PutObjectLegal|PutBucket)/i.test(text(action)))) {
      breaches.push(`${at(statement)}: ${action}`);
    }
  }
  return breaches;
}

/** The headers at the edge are those of the server, no more, no fewer, on every path. */
export function headersAreTheServers(template, server) {
  const { SecurityHeadersConfig: s, CustomHeadersConfig: custom } = template.Resources.Headers.Properties.ResponseHeadersPolicyConfig;
  const transport = s.StrictTransportSecurity;
  const edge = {
    "content-security-policy": s.ContentSecurityPolicy?.ContentSecurityPolicy,
    "strict-transport-security": transport
      && `max-age=${transport.AccessControlMaxAgeSec}${transport.IncludeSubdomains ? "; includeSubDomains" : ""}${transport.Preload ? "; preload" : ""}`,
    "x-content-type-options": s.ContentTypeOptions && "nosniff",
    "referrer-policy": s.ReferrerPolicy?.ReferrerPolicy,
    ...(s.FrameOptions && { "x-frame-options": s.FrameOptions.FrameOption }),
    ...Object.fromEntries(list(custom?.Items).map(({ Header, Value }) => [Header.toLowerCase(), Value])),
  };
  const names = new Set([...Object.keys(edge), ...Object.keys(server)]);
  const breaches = [...names].filter((name) => edge[name] !== server[name])
    .map((name) => `${name}: "${edge[name]}" at the edge, "${server[name]}" at the server`);
  const { DefaultCacheBehavior, CacheBehaviors } = template.Resources.Distribution.Properties.DistributionConfig;
  for (const behaviour of [DefaultCacheBehavior, ...CacheBehaviors]) {
    if (text(behaviour.ResponseHeadersPolicyId) !== text({ Ref: "Headers" })) breaches.push(`${behaviour.PathPattern ?? "files"}: without the headers`);
  }
  for (const [name, header] of [...Object.entries(s), ...list(custom?.Items).map((item) => [item.Header, item])]) {
    if (header.Override !== true) breaches.push(`${name}: an origin could send another`);
  }
  return breaches;
}

const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** One origin: the API whole and uncached, files private and rewritten, and no page in place of an error. */
export function deliveryIsSound(template) {
  const config = template.Resources.Distribution.Properties.DistributionConfig;
  const files = config.DefaultCacheBehavior;
  const api = config.CacheBehaviors.find(({ PathPattern }) => PathPattern === "/api/*");
  const caching = template.Resources.FilesCaching.Properties.CachePolicyConfig;
  return broken("Distribution", {
    "TLS 1.2 of 2021 or later": config.ViewerCertificate.MinimumProtocolVersion === "TLSv1.2_2021",
    "HTTP/2 and 3": config.HttpVersion === "http2and3",
    "files over TLS": files.ViewerProtocolPolicy === "redirect-to-https" && !!config.Origins.find(({ Id }) => Id === files.TargetOriginId).OriginAccessControlId,
    "files are asked for anew where they say so": caching.MinTTL === 0 && caching.DefaultTTL === 0,
    "files are read only": text(files.AllowedMethods) === text(["GET", "HEAD"]),
    "addresses are rewritten": files.FunctionAssociations?.[0]?.EventType === "viewer-request",
    "the API takes every method": api?.AllowedMethods.length === 7,
    "the API over TLS alone": api?.ViewerProtocolPolicy === "https-only"
      && config.Origins.find(({ Id }) => Id === api.TargetOriginId)?.CustomOriginConfig?.OriginProtocolPolicy === "https-only",
    "the API is never cached": api?.CachePolicyId === CACHING_DISABLED,
    "the API hears cookies, Origin and Sec-Fetch": api?.OriginRequestPolicyId === ALL_VIEWER_EXCEPT_HOST,
    "the API is left as it is": !api?.FunctionAssociations && api?.Compress === false,
    "no page in place of an error": list(config.CustomErrorResponses).every(({ ResponsePagePath, ResponseCode }) => !ResponsePagePath && !ResponseCode),
    "errors are kept by nobody": [404, 500, 502, 503, 504].every((code) =>
      list(config.CustomErrorResponses).some(({ ErrorCode, ErrorCachingMinTTL }) => ErrorCode === code && ErrorCachingMinTTL === 0)),
  });
}

/** Logs end, are encrypted, and every function and the API has one. */
export function logsAreKeptForATime(template) {
  const breaches = resources(template, "AWS::Logs::LogGroup").flatMap(([name, { Properties: p }]) => broken(name, {
    "has an end": !!p.RetentionInDays,
    encrypted: !!p.KmsKeyId,
  }));
  for (const [name, { Properties: p }] of resources(template, "AWS::Serverless::Function")) {
    if (template.Resources[p.LoggingConfig?.LogGroup?.Ref]?.Type !== "AWS::Logs::LogGroup") breaches.push(`${name}: logs into a group of AWS's making`);
  }
  const api = template.Resources.Api.Properties.AccessLogSettings;
  if (!api?.DestinationArn) breaches.push("Api: no access log");
  if (/\$context\.(path|identity|authorizer)|\$request/i.test(text(api?.Format ?? ""))) breaches.push("Api: logs who or which record");
  return breaches;
}

const ALARMED = [
  ["AWS/ApiGateway", "5xx"], ["AWS/ApiGateway", "Latency"], ["AWS/Lambda", "Errors"], ["AWS/Lambda", "Throttles"],
  ["AWS/Lambda", "ConcurrentExecutions"], ["AWS/Lambda", "IteratorAge"], ["AWS/DynamoDB", "SystemErrors"],
  ["AWS/DynamoDB", "ReadThrottleEvents"], ["AWS/DynamoDB", "WriteThrottleEvents"], ["Heard", "Conflicts"], ["Heard", "LogRewritten"],
];

/** Somebody is told of everything on the list. */
export function alarmsSound(template) {
  const alarms = resources(template, "AWS::CloudWatch::Alarm");
  const watched = alarms.flatMap(([, { Properties: p }]) => [
    [p.Namespace, p.MetricName].join(" "),
    ...list(p.Metrics).map(({ MetricStat }) => [MetricStat?.Metric.Namespace, MetricStat?.Metric.MetricName].join(" ")),
  ]);
  const breaches = ALARMED.filter((metric) => !watched.includes(metric.join(" "))).map((metric) => `nobody is told of ${metric.join(" ")}`);
  for (const [name, { Properties: p }] of alarms) {
    if (text(p.AlarmActions) !== text([{ Ref: "Alarms" }]) || p.ActionsEnabled === false) breaches.push(`${name}: tells nobody`);
    if (!p.AlarmDescription) breaches.push(`${name}: does not say what it means`);
    const emf = p.Namespace === "Heard" && text(p.Dimensions) !== text([{ Name: "Environment", Value: { Ref: "Environment" } }]);
    if (emf) breaches.push(`${name}: not the dimension that is sent`);
  }
  const topic = template.Resources.Alarms?.Properties;
  if (!topic?.KmsMasterKeyId || text(topic.Subscription?.[0]?.Endpoint) !== text({ Ref: "AlarmEmail" })) breaches.push("Alarms: reaches nobody");
  return breaches;
}

/** The function gets what its binary reads, and the zip that the build makes. */
export function theFunctionIsWhole(template) {
  const p = template.Resources.Function.Properties;
  const variables = p.Environment.Variables;
  return broken("Function", {
    "arm64 on provided.al2023": text(p.Architectures) === text(["arm64"]) && p.Runtime === "provided.al2023",
    "the zip of the build": p.CodeUri === "../dist/lambda.zip",
    "knows its table": text(variables.HEARD_TABLE).includes('{"Ref":"Table"}'),
    "knows its environment": text(variables.HEARD_ENVIRONMENT) === text({ Ref: "Environment" }),
    "takes writes from one origin": text(variables.HEARD_ORIGIN) === text({ "Fn::Sub": "https://${DomainName}" }),
    "is told no secret, at most the name of one": Object.entries(variables).every(([name, value]) =>
      !/secret|password|key$/i.test(name) || branches(value).every(({ Ref }) => Ref === "OidcSecretArn" || Ref === "AWS::NoValue")),
    "has a ceiling": !!p.ReservedConcurrentExecutions,
    "payload of version 2": p.Events.Everything.Properties.PayloadFormatVersion === "2.0",
  });
}

function broken(name, rules) {
  return Object.entries(rules).filter(([, holds]) => !holds).map(([rule]) => `${name}: ${rule}`);
}
