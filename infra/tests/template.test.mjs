// The template against every rule of checks.mjs, and every rule against a template that breaks it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as checks from "./checks.mjs";
import { parameters, serverHeaders, template } from "./sources.mjs";

const whole = template();
const server = serverHeaders();

/** The real template, with one thing changed. */
function broken(change) {
  const copy = structuredClone(whole);
  change(copy.Resources, copy);
  return copy;
}

const statement = (resource, sid) => {
  const found = resource.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).find(({ Sid }) => Sid === sid);
  assert.ok(found, `there is no statement ${sid}`);
  return found;
};
const behaviours = (r) => r.Distribution.Properties.DistributionConfig;
const edge = (r) => r.Headers.Properties.ResponseHeadersPolicyConfig;

/** For each check, changes that it must not let pass. */
const BREACHES = {
  rightsAreSpelledOut: {
    "a managed policy": (r) => { r.FunctionRole.Properties.ManagedPolicyArns = ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"]; },
    "rights by shorthand": (r) => { r.Function.Properties.Policies = [{ DynamoDBCrudPolicy: { TableName: { Ref: "Table" } } }]; },
    "a role of AWS's making": (r) => { delete r.Archive.Properties.Role; },
    "a policy under a condition": (r) => { r.FunctionRole.Properties.Policies.push({ "Fn::If": ["IsRestored", {}, {}] }); },
  },
  noWildcards: {
    "every action": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action = "dynamodb:*"; },
    "some actions": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("dynamodb:Get*"); },
    "every resource": (r) => { statement(r.FunctionRole, "ReadAndWrite").Resource = "*"; },
    "every resource by If": (r) => { statement(r.FunctionRole, "ReadAndWrite").Resource = { "Fn::If": ["IsRestored", "*", { "Fn::GetAtt": ["Table", "Arn"] }] }; },
    "every table": (r) => { statement(r.FunctionRole, "ReadAndWrite").Resource = { "Fn::Sub": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*" }; },
    "every key": (r) => { statement(r.FunctionRole, "UseTheKeyThroughTheTable").Resource = { "Fn::Sub": "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/*" }; },
    "all but one action": (r) => { const s = statement(r.FunctionRole, "ReadAndWrite"); s.NotAction = "dynamodb:Scan"; delete s.Action; },
    "all of the key": (r) => { r.Key.Properties.KeyPolicy.Statement[0].Action = "kms:*"; },
    "anybody reads the app's bucket": (r) => { r.AppFilesPolicy.Properties.PolicyDocument.Statement[1].Principal = "*"; },
    "any account uses the key": (r) => { r.Key.Properties.KeyPolicy.Statement[1].Principal = { AWS: "*" }; },
  },
  onlyKnownTableActions: {
    "a Scan": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("dynamodb:Scan"); },
    "a batch": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("dynamodb:BatchWriteItem"); },
    "PartiQL": (r) => { statement(r.RedactionRole, "ReadAndRewriteStreams").Action.push("dynamodb:PartiQLDelete"); },
    "the table itself": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("dynamodb:UpdateTable"); },
    "a Scan in small letters": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("DynamoDB:scan"); },
  },
  theLogIsNeverDeleted: {
    "below STREAM#": (r) => { statement(r.FunctionRole, "DeleteIndexRowsAndSessions").Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].push("STREAM#*"); },
    "below everything": (r) => { statement(r.FunctionRole, "DeleteIndexRowsAndSessions").Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] = ["*"]; },
    "without a condition": (r) => { delete statement(r.FunctionRole, "DeleteIndexRowsAndSessions").Condition; },
    "without keys in the request": (r) => { delete statement(r.FunctionRole, "DeleteIndexRowsAndSessions").Condition.Null; },
    "beside the other actions": (r) => { statement(r.FunctionRole, "ReadAndWrite").Action.push("dynamodb:DeleteItem"); },
    "by whoever redacts": (r) => { statement(r.RedactionRole, "ReadAndRewriteStreams").Action.push("dynamodb:DeleteItem"); },
    "sessions, by whoever redacts": (r) => { statement(r.RedactionRole, "DeleteIndexRows").Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].push("SESSION#*"); },
    "by whoever redacts, below STREAM#": (r) => { statement(r.RedactionRole, "DeleteIndexRows").Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].push("STREAM#*"); },
    "no Deny": (r) => { statement(r.FunctionRole, "NeverDeleteTheLog").Effect = "Allow"; },
    "a Deny of less": (r) => { statement(r.FunctionRole, "NeverDeleteTheLog").Condition["ForAnyValue:StringLike"]["dynamodb:LeadingKeys"] = ["ACCESS#*"]; },
  },
  redactionStaysInRecords: {
    "sessions": (r) => { statement(r.RedactionRole, "ReadAndRewriteStreams").Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].push("SESSION#*"); },
    "every key": (r) => { delete statement(r.RedactionRole, "SayThatItWasDone").Condition; },
    "made for nobody": (r) => { delete r.RedactionRole.Condition; },
  },
  theTableIsSafe: {
    "other keys": (r) => { r.Table.Properties.KeySchema[0].AttributeName = "pk"; },
    "an index": (r) => { r.Table.Properties.GlobalSecondaryIndexes = [{ IndexName: "byStaff" }]; },
    "not recoverable": (r) => { r.Table.Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = false; },
    "AWS's key": (r) => { delete r.Table.Properties.SSESpecification.KMSMasterKeyId; },
    "deletable": (r) => { delete r.Table.Properties.DeletionProtectionEnabled; },
    "another attribute forgets": (r) => { r.Table.Properties.TimeToLiveSpecification.AttributeName = "expires"; },
    "bought ahead": (r) => { r.Table.Properties.BillingMode = "PROVISIONED"; },
    "a second table": (r) => { r.Other = structuredClone(r.Table); },
  },
  dataIsRetained: {
    "the table goes with the stack": (r) => { delete r.Table.DeletionPolicy; },
    "the key goes with a change": (r) => { r.Key.UpdateReplacePolicy = "Delete"; },
    "the logs go": (r) => { r.ApiLogs.DeletionPolicy = "Delete"; },
  },
  keysRotate: {
    "a key for ever": (r) => { r.Key.Properties.EnableKeyRotation = false; },
    "used from anywhere": (r) => { delete statement(r.FunctionRole, "UseTheKeyThroughTheTable").Condition; },
  },
  bucketsAreClosed: {
    "public": (r) => { r.AppFiles.Properties.PublicAccessBlockConfiguration.RestrictPublicBuckets = false; },
    "without TLS": (r) => { r.AccessRecordsPolicy.Properties.PolicyDocument.Statement.shift(); },
    "TLS asked for, not demanded": (r) => { r.AppFilesPolicy.Properties.PolicyDocument.Statement[0].Effect = "Allow"; },
    "without versions": (r) => { delete r.AppFiles.Properties.VersioningConfiguration; },
    "as it comes": (r) => { delete r.AccessRecords.Properties.BucketEncryption; },
    "a new bucket, bare": (r) => { r.Exports = { Type: "AWS::S3::Bucket", Properties: {} }; },
  },
  accessRecordsAreWriteOnce: {
    "no lock": (r) => { delete r.AccessRecords.Properties.ObjectLockConfiguration.Rule; },
    "a lock that opens by default": (r, t) => { t.Parameters.AccessLockMode.Default = "GOVERNANCE"; },
    "nothing arrives": (r) => { r.Archive.Properties.Events.Changes.Properties.FilterCriteria.Filters.shift(); },
    "rewrites unseen": (r) => { r.Archive.Properties.Events.Changes.Properties.FilterCriteria.Filters.pop(); },
    "given up after three": (r) => { r.Archive.Properties.Events.Changes.Properties.MaximumRetryAttempts = 3; },
    "a right to delete": (r) => { statement(r.ArchiveRole, "AddToTheRecords").Action = ["s3:PutObject", "s3:DeleteObjectVersion"]; },
  },
  headersAreTheServers: {
    "a wider policy": (r) => { const policy = edge(r).SecurityHeadersConfig.ContentSecurityPolicy; policy.ContentSecurityPolicy = policy.ContentSecurityPolicy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"); },
    "a header fewer": (r) => { edge(r).CustomHeadersConfig.Items.pop(); },
    "a header more": (r) => { edge(r).CustomHeadersConfig.Items.push({ Header: "access-control-allow-origin", Value: "*", Override: true }); },
    "shorter HSTS": (r) => { edge(r).SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec = 300; },
    "an origin that knows better": (r) => { edge(r).SecurityHeadersConfig.ContentSecurityPolicy.Override = false; },
    "files without": (r) => { delete behaviours(r).DefaultCacheBehavior.ResponseHeadersPolicyId; },
  },
  deliveryIsSound: {
    "an app in place of errors": (r) => { Object.assign(behaviours(r).CustomErrorResponses[2], { ResponseCode: 200, ResponsePagePath: "/index.html" }); },
    "errors kept": (r) => { behaviours(r).CustomErrorResponses.pop(); },
    "a cached API": (r) => { behaviours(r).CacheBehaviors[0].CachePolicyId = { Ref: "FilesCaching" }; },
    "an API that hears no cookie": (r) => { delete behaviours(r).CacheBehaviors[0].OriginRequestPolicyId; },
    "an API that only reads": (r) => { behaviours(r).CacheBehaviors[0].AllowedMethods = ["GET", "HEAD"]; },
    "old TLS": (r) => { behaviours(r).ViewerCertificate.MinimumProtocolVersion = "TLSv1"; },
    "pages that stay old": (r) => { r.FilesCaching.Properties.CachePolicyConfig.MinTTL = 60; },
    "no rewriting": (r) => { delete behaviours(r).DefaultCacheBehavior.FunctionAssociations; },
  },
  logsAreKeptForATime: {
    "for ever": (r) => { delete r.FunctionLogs.Properties.RetentionInDays; },
    "in the clear": (r) => { delete r.ApiLogs.Properties.KmsKeyId; },
    "a group of AWS's making": (r) => { delete r.Archive.Properties.LoggingConfig; },
    "which record was read": (r) => { r.Api.Properties.AccessLogSettings.Format = '{"path":"$context.path"}'; },
    "no access log": (r) => { delete r.Api.Properties.AccessLogSettings; },
  },
  alarmsSound: {
    "an alarm gone": (r) => { delete r.Conflicts; },
    "one metric of a sum gone": (r) => { r.TableThrottled.Properties.Metrics.pop(); },
    "an alarm that tells nobody": (r) => { r.ApiErrors.Properties.AlarmActions = []; },
    "another dimension": (r) => { r.Conflicts.Properties.Dimensions[0].Name = "Stage"; },
    "no address": (r) => { delete r.Alarms.Properties.Subscription; },
  },
  theFunctionIsWhole: {
    "another origin": (r) => { r.Function.Properties.Environment.Variables.HEARD_ORIGIN = "*"; },
    "a secret": (r) => { r.Function.Properties.Environment.Variables.HEARD_SESSION_SECRET = "abc"; },
    "another machine": (r) => { r.Function.Properties.Architectures = ["x86_64"]; },
    "no ceiling": (r) => { delete r.Function.Properties.ReservedConcurrentExecutions; },
  },
};

const rules = Object.entries(checks).filter(([name]) => name !== "statements");

for (const [name, check] of rules) {
  test(`the template passes: ${name}`, () => assert.deepEqual(check(whole, server), []));
  test(`a template that breaks it fails: ${name}`, () => {
    for (const [what, change] of Object.entries(BREACHES[name] ?? {})) {
      assert.notDeepEqual(check(broken(change), server), [], what);
    }
  });
}

test("every rule has a template that breaks it", () => {
  assert.deepEqual(Object.keys(BREACHES).sort(), rules.map(([name]) => name).sort());
});

for (const environment of ["dev", "live"]) {
  test(`the parameters of ${environment} fit the template`, () => {
    const given = parameters(environment);
    assert.equal(given.Environment, environment);
    for (const [name, value] of Object.entries(given)) {
      const declared = whole.Parameters[name];
      assert.ok(declared, `${name} is no parameter`);
      if (declared.AllowedPattern) assert.match(value, new RegExp(declared.AllowedPattern), name);
      if (declared.AllowedValues) assert.ok(declared.AllowedValues.map(String).includes(value), name);
    }
    const missing = Object.keys(whole.Parameters).filter((name) => whole.Parameters[name].Default === undefined && !(name in given));
    assert.deepEqual(missing, []);
  });
}

test("live access records are locked against everybody", () => {
  assert.equal(parameters("live").AccessLockMode, "COMPLIANCE");
});
