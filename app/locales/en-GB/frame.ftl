app-name = Heard
title-error = Error
there-is-a-problem = There is a problem
error-prefix = Error:
loading = Looking…
try-again = Try again
record-not-opened = This record could not be opened just now. Nothing of it is lost.
cancel = Cancel
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
role-worker = Social worker
role-manager = Team manager
role-duty = Duty worker
role-auditor = Auditor
role-administrator = Administrator

statement-title = Accessibility statement
statement-aim = Heard is for everyone who uses it: children who touch, look, or answer through an adult, and staff who use a keyboard, a screen reader, large text or high contrast. We aim for the Web Content Accessibility Guidelines 2.2 at level AA.
statement-works-title = What works today
statement-works = Every staff page by keyboard and screen reader; large text and narrow screens; child mode by touch and by keyboard, in three looks (colour, calm, high contrast), with words at a contrast of 7 to 1 or more; nothing moves by itself.
statement-not-yet-title = What does not work yet
statement-not-yet = Switch scanning, dwell and spoken words in child mode are not built in yet. Until then an adult reads the child's signal and touches for them, and Heard records that they did.
statement-tell-title = Tell us
statement-tell = If something is in your way, tell your team manager. It is passed on to the council's accessibility lead, who answers within five working days.
