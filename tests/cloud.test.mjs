// The same visit through the cloud's parts: browser → one origin → the function's own program → DynamoDB Local.
import { openCloud } from "./support/cloud.mjs";
import { journey } from "./support/journey.mjs";

journey(openCloud);
