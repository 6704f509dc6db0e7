// From nothing to an authorised plan, on one machine: the local server and its SQLite file.
import { fromNothing } from "./support/from_nothing.mjs";
import { openServer } from "./support/server.mjs";

fromNothing(openServer);
