// The same through the cloud's parts: browser → one origin → the function's own program → DynamoDB Local.
import { openCloud } from "./support/cloud.mjs";
import { fromNothing } from "./support/from_nothing.mjs";

fromNothing(openCloud);
