record-not-opened = This record could not be opened just now. Nothing of it is lost.
save = Save
back = Back
skip-to-main = Skip to main content
nav-label = Main
nav-today = Today
nav-children = My children
nav-waiting = Waiting for you
nav-team = Team
not-found-title = There is no page at this address
not-found-do = If you typed the address, check it. Nothing has been lost.
not-found-home = Go to your first page
account = Account
account-lock = Lock this tablet
account-sign-out = Sign out
account-sign-out-warning = { $count ->
    [0] Everything has been sent.
    [one] 1 item is not sent yet. It stays safe on this tablet and goes when you sign in again.
   *[other] { $count } items are not sent yet. They stay safe on this tablet and go when you sign in again.
}
status-saved = { $count ->
    [0] Ready
    [one] 1 item saved on this tablet
   *[other] { $count } items saved on this tablet
}
status-checking = Checking…
status-sending = { $count ->
    [one] Sending 1 item
   *[other] Sending { $count } items
}
status-up-to-date = Up to date { $time }
status-to-send = { $count ->
    [one] 1 item saved here, about to be sent
   *[other] { $count } items saved here, about to be sent
}
status-no-signal = { $count ->
    [0] No signal. Everything is sent
    [one] No signal. 1 item saved on this tablet
   *[other] No signal. { $count } items saved on this tablet
}
status-busy = { $count ->
    [0] The server is busy. Everything is sent
    [one] The server is busy. 1 item saved on this tablet
   *[other] The server is busy. { $count } items saved on this tablet
}
status-signed-out = { $count ->
    [0] Signed out. Sign in to get news
    [one] Signed out. 1 item saved here waits
   *[other] Signed out. { $count } items saved here wait
}
status-problem = { $count ->
    [0] A problem with sending
    [one] Not sending. 1 item saved on this tablet
   *[other] Not sending. { $count } items saved on this tablet
}
update-label = New version
update-ready = A new version of Heard is ready. Take it between visits; nothing saved is touched.
update-take = Use the new version
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
statement-title = Accessibility statement
statement-aim = Heard is for everyone who uses it: children who touch, press a switch, rest their gaze, use keys, or answer through an adult, and staff who use a keyboard, a screen reader, large text or high contrast. We aim for the Web Content Accessibility Guidelines 2.2 at level AA.
statement-works-title = What works today
statement-works = Every staff page by keyboard and screen reader; large text and narrow screens; child mode by touch, one or two switches, an adaptive controller, a resting pointer, keys and an adult who offers each place, in three looks (colour, calm, high contrast), with words at a contrast of 7 to 1 or more; nothing moves by itself but the highlight of a scan.
statement-not-yet-title = What does not work yet
statement-not-yet = Heard was tried by programs and by its makers, not yet with real switches, gaze cameras and screen readers by people who need them. It shows and speaks English only. Whether a browser has a voice is the device's matter; without one, what is offered is highlighted and not said aloud.
statement-tell-title = Tell us
statement-tell = If something is in your way, tell your team manager. It is passed on to the council's accessibility lead, who answers within five working days.
help-title = How Heard works
help-first-day = Welcome. Heard in a minute
help-register = Register a child, or find here the children whom your manager allocates to you.
help-profile = Write down how the child communicates: one page, five minutes. The child's side of the tablet goes by it.
help-visit = Plan a visit. What it needs is kept on this tablet, with or without signal.
help-hand-over = Choose a topic and hand the tablet over. Only your passcode takes it back, and nothing of yours is in sight meanwhile.
help-write-up = Afterwards two minutes: how each view was given, what others said, what it may mean. Then the plan, and your manager.
help-saved = Whatever is recorded is saved on this tablet first and sent by itself. The line at the top always says how far it is.
help-manager-register = A child is registered by you or by a worker of your team.
help-manager-allocate = On the team's page, allocate: children with nobody come first.
help-manager-waiting = What waits for you is listed oldest first: plans, and facts held for you to admit.
help-manager-decide = Read the child's view beside everything it led to, replay how it was given, then authorise or return with a comment.
help-duty-find = Find the child by name, date of birth or case number. You see which child it is and whom to ask, nothing more.
help-duty-reason = To read the record, say why. The child's worker and manager are told. Nothing of it is kept on this device.
help-duty-hand-over = Write down what reached you and what you did. The day team sees it first; a concern waits until a manager has answered it.
help-duty-unknown = If the council does not know the child, or there is no signal, write it down all the same: it goes to a team's manager.
help-auditor-draw = Draw a sample: at random, of one team, or of records in which something is missing.
help-auditor-write = Answer the eight questions, and say what is to be done, by whom and by when. Nothing of the child's record changes.
help-auditor-answer = The team's manager reads it, and whoever has something to do says what is different now. You see both.
help-administrator-staff = Say who works here: invite, change, leave. Where they are signed in and which devices are theirs is there too.
help-administrator-settings = In the settings: what the council is called, whom to ring, when somebody is reminded.
help-administrator-child = You read no child's record.
