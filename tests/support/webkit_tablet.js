// The tablet of the WebKit tests: one window of WebKitGTK with nothing around it, run by gjs and driven by WebKitWebDriver.
// WebKit's own MiniBrowser keeps nothing when it is driven; this keeps its data in a folder, as an iPad does.
//
//     WEBKIT_INSPECTOR_SERVER=127.0.0.1:PORT gjs -m webkit_tablet.js FOLDER WIDTH HEIGHT
import Gtk from "gi://Gtk?version=3.0";
import WebKit from "gi://WebKit2?version=4.1";
import { programArgs } from "system";

/** What Safari has and WebKitGTK leaves switched off: `navigator.storage`. */
const AS_IN_SAFARI = ["StorageAPI", "StorageAPIEstimate"];

const [folder, width, height] = programArgs;
Gtk.init(null);
const data = new WebKit.WebsiteDataManager({ base_data_directory: `${folder}/data`, base_cache_directory: `${folder}/cache` });
const context = new WebKit.WebContext({ website_data_manager: data });
context.get_cookie_manager().set_persistent_storage(`${folder}/cookies.sqlite`, WebKit.CookiePersistentStorage.SQLITE);
context.set_automation_allowed(true);

function open() {
  const view = new WebKit.WebView({ web_context: context, is_controlled_by_automation: true });
  const features = WebKit.Settings.get_all_features();
  for (let at = 0; at < features.get_length(); at += 1) {
    const feature = features.get(at);
    if (AS_IN_SAFARI.includes(feature.get_identifier())) view.get_settings().set_feature_enabled(feature, true);
  }
  // Safari too loads a page again whose process has ended.
  view.connect("web-process-terminated", () => view.reload());
  const window = new Gtk.Window({ default_width: Number(width), default_height: Number(height) });
  window.add(view);
  window.show_all();
  return view;
}

/** The one window. A second driver, after a crash, gets it as it is. */
let view = null;
context.connect("automation-started", (_, session) => {
  session.connect("create-web-view", () => {
    view ??= open();
    return view;
  });
});
Gtk.main();
