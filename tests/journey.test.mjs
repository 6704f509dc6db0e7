// One visit, end to end, on one machine: the local server and its SQLite file.
import { journey } from "./support/journey.mjs";
import { openServer } from "./support/server.mjs";

journey(openServer);
