today-beside = What is saved here and what came back
today-start = Start visit
today-go-on = Go on with the visit
today-write-up = Write up
today-no-visits = No visits today.
today-next = Next:
years-old = { $age ->
    [one] 1 year
   *[other] { $age } years
}
no-profile = how they communicate is not written down yet
new-child = New child
child-not-here = A child whose record is not on this tablet
ready = Ready for this visit
ready-adult-offers = An adult points to each place in turn
ready-asking = Getting pictures ready
ready-no-profile = Communication profile missing
ready-pictures-missing = { $count ->
    [one] 1 picture missing
   *[other] { $count } pictures missing
}
assessment-day = Assessment: day { $day } of { $of }
not-gathered-today = Not gathered: { $why }
not-gathered-last-time = Not gathered last time: { $why }
reason-asleep = asleep
reason-unwell = unwell or in pain
reason-declined = did not want to
reason-not-there = not there
reason-method = the method did not suit
reason-not-free = not free to answer
reason-other = another reason
before-label = Before you see { $name }
before-you-ring = Before you ring the bell
bring = Bring
last-time-promised = Last time you promised
nothing-noted = Nothing noted.
nothing-promised = Nothing is promised at the moment.
promise = To ask about { $what }. Agreed { $on }: start with this
promise-done = To ask about { $what }. Done { $on }: start with this
promise-not = To ask about { $what }. Not agreed or not done { $on }: { $why }. Start with this
to-finish = To finish
to-finish-write-up = { $name }: write up the visit
not-sent-title = Saved here, not sent yet
not-sent-nothing = Nothing. Everything on this tablet has been sent.
not-sent-by-itself = They go by themselves when there is signal.
back-title = Back from your manager
back-nothing = Nothing new.
back-plan = { $name }, plan
tag-returned = Returned
tag-authorised = Authorised
saved-title = What is safe where
shelf-saved = Saved on this tablet, not sent yet
shelf-refused = Refused
shelf-refused-none = Nothing was refused.
shelf-held = Held for a manager to admit
shelf-held-none = Nothing is held.
shelf-sent = Sent
shelf-sent-none = Nothing has been sent yet.
state-saved = Saved on this tablet
state-sent = Sent
recorded-at = recorded { $at }
state-held = Held
state-refused = Refused
link-sending = Asking the server…
link-up-to-date = Up to date at { $time }.
link-no-signal = No signal. What is saved here stays safe, and goes by itself when there is signal.
link-busy = The council's server is busy. What is saved here stays safe, and it is tried again by itself.
link-signed-out = You are signed out, so nothing is sent or received. What is saved here stays safe. Sign in again to go on.
link-try-now = Try now
item-mat = { $topic } mat
item-mat-unknown = a mat
item-how-given = how views were given
item-interpretation = what it may mean
item-registration = registration
item-people = people
item-family = family
item-address = address
item-profile = communication profile
item-allocation = allocation
item-visit-planned = visit plan
item-visit-cancelled = visit called off
item-visit = visit
item-voice = voice of family or others
item-not-gathered = views not gathered
item-note-copied = case note copied
item-plan-words = plan wording
item-dates = dates
item-field = record
item-actions = plan actions
item-submission = plan submitted
item-decision = decision
item-admitted = held facts admitted
item-declined = held facts not let in
item-redaction = redaction
item-duplicate = duplicate record
item-unknown = something from a newer version
item-unreadable = something that cannot be read
records-being-opened = { $count ->
        [one] Opening 1 record…
       *[other] Opening { $count } records…
    }
children-none = No records are on this tablet yet. They come by themselves when there is signal.
role-no-pages-title = Nothing for your role yet
role-no-pages = Heard has pages for social workers and managers so far. Nothing is wrong with your sign-in, and nothing waits for you here.
allocated-to = With { $names }
next-visit = Next visit { $on }
no-next-visit = No visit planned
record-title = Child's record
record-not-here = This record is not on this tablet
record-not-here-do = It may not be yours to see, or it has not arrived yet. Nothing has been lost.
record-to-plan = Plan
record-beside = Visits, people and dates
record-views = Views
record-no-views = No views yet.
record-voices = Other voices
record-no-voices = No other voices yet.
record-visits = Visits
record-not-gathered = Views not gathered: { $why }.
record-no-visits = No visits yet.
record-people = People
record-known = Known
visit-planned = Planned visit
visit-open = Visit not ended
visit-made = Visit
kept-from = Asked not to show: { $who }
how-not-written = How these views were given is not written up yet.
audience-family = family
audience-school = school
responsibility-held = Parental responsibility
responsibility-not-held = No parental responsibility
responsibility-not-known = Parental responsibility not known
known-born = Born
known-expected = Expected
known-case-number = Case number
known-referral = Referral
known-assessment = Assessment began
known-allocated = With
saved-unreadable = { $count ->
    [one] 1 item on this tablet could not be sent. It is kept. Tell your administrator before you use this tablet again.
   *[other] { $count } items on this tablet could not be sent. They are kept. Tell your administrator before you use this tablet again.
}
saved-clock-ahead = This tablet's clock is about { $by } ahead.
saved-clock-behind = This tablet's clock is about { $by } behind.
saved-clock-do = Heard goes by the council's time, and nothing is refused for it. Set the clock in the tablet's settings.
about-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
about-hours = { $count } hours
about-days = { $count } days
saved-persisted = This browser has promised to keep what is saved here until it is sent.
saved-not-persisted = This browser has not promised to keep what is saved here if the tablet runs out of room. Send on the day, and keep some room free.
saved-off-home-screen = Open Heard from the home screen, not in Safari: Safari deletes what is saved here after seven days without use. To put it there: Share, then Add to Home Screen. Send what is saved here first, for the home screen keeps its own.
today-cover = Standing in
today-cover-mine = You stand in for { $away }, { $days }.
today-cover-for-me = { $by } stands in for you, { $days }.
children-stand-in = with { $names }; you stand in until { $until }
