// One visit, end to end, on one machine: a real provider, the local server and its SQLite file.
import { journey } from "./support/journey.mjs";
import { openProvider } from "./support/provider.mjs";
import { openServer } from "./support/server.mjs";

journey(() => openServer({ provider: openProvider }));
