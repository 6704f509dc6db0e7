manager-waiting-title = Waiting for you
manager-waiting-label = What is waiting
manager-waiting = Waiting { $count }
manager-redactions = { $count ->
    [one] Words that must go
   *[other] Words that must go: { $count }
}
manager-nothing = Nothing is waiting for you.
manager-nothing-do = Nothing is waiting for you. Plans appear here when a worker submits them.
manager-no-records = No records are on this device yet. They come by themselves when there is signal.
manager-choose = Choose what to look at. The oldest is at the top.
manager-start = Start with the oldest
manager-oldest = { $days ->
    [0] All of it came today.
    [one] The oldest has waited 1 day.
   *[other] The oldest has waited { $days } days.
}
manager-decided-lately = Decided lately
manager-days = { $days ->
    [0] today
    [one] 1 day
   *[other] { $days } days
}
manager-plan = Plan, version { $version }
manager-held = { $count ->
    [one] 1 held fact
   *[other] { $count } held facts
}
manager-authorised = authorised
manager-returned = returned
manager-not-sent = not sent yet
manager-review-title = Plan to decide on
manager-back = Back to what is waiting
manager-not-here = This plan is not on this device
manager-not-here-do = It may not be yours to see, or it has not arrived yet. It comes by itself when there is signal. Nothing has been lost.
manager-about = Plan, version { $version }, submitted by { $name } on { $on }
manager-about-draft = Plan, version { $version }, not submitted
manager-paper = For the council's file only. { $child } asked that what follows is not shown to { $who }.
manager-analysis = Analysis
manager-analysis-empty = No analysis is written.
manager-considered = Also considered
manager-considered-empty = No other explanation is written here.
manager-difference = If this were not so
manager-difference-empty = Nothing is written on what we would do differently.
manager-missing = Voices missing
manager-missing-empty = Nothing is written on whose voice is missing.
manager-conflict = Two people changed this without seeing each other's words. The worker has to say which stand.
manager-no-views = No views were gathered.
manager-earlier = { $count ->
    [one] 1 earlier activity
   *[other] { $count } earlier activities
}
manager-capture = { $topic }, { $on }, with { $by }
manager-no-action = no action
manager-nothing-placed = Nothing was placed.
manager-hand-over-hand = Given hand over hand: this is the adult's account, not the child's view.
manager-harm-waits = { $count ->
    [one] May be a sign of harm
   *[other] { $count } may be signs of harm
}
last-time = Beside last time, { $on }: { $changed ->
    [0] nothing lies elsewhere
    [one] 1 card lies elsewhere
   *[other] { $changed } cards lie elsewhere
}
last-time-then = Last time
last-time-now = This time
last-time-nowhere = not placed
last-time-changed = not the same
harm-title-manager = What may be a sign of harm
harm-by = { $name }, { $at }.
harm-explained = Looked at: it is explained.
harm-unsure = Looked at: not sure, for you to look at today.
harm-worried = Looked at: the child may not be safe.
harm-looked = Looked at.
harm-involved = Who may be involved, as it was shown: { $who }
harm-rang = Somebody was rung about it.
harm-not-looked = The worker has not said yet what it is.
harm-now = What happens now
harm-now-missing = Write what happens now
harm-seen = I have seen this
harm-seen-words = Seen: “{ $words }”
manager-harm = Chose { $words }: it may be a sign of harm. It may be a sore knee: somebody looks into it.
manager-same-answer = Nearly every answer is the same. It may reflect a habit of the hand, or of saying yes, rather than a view: check in the replay.
manager-same-side = Nearly every choice lies on the same side, whatever lay there. It may reflect the side: check in the replay.
asked-in-words = Asked: “{ $words }”
checked-same = Asked once more as a choice between { $highest } and { $lowest }, and again with the sides swapped: { $highest } both times, which fits where they were put.
checked-otherwise = Asked once more as a choice between { $highest } and { $lowest }, and again with the sides swapped: { $lowest } both times, though it was put lower. That stands open: ask again another day.
checked-not-clear = Asked once more as a choice between { $highest } and { $lowest }, and again with the sides swapped: not the same both times, or answered once. Not clear.
preference = Chosen, most often first: { $order }.
preference-one = { $picture } ({ $won } of { $asked })
preference-again-same = Asked again with the sides swapped: the same.
preference-again-changed = Asked again with the sides swapped: not the same.
manager-said-on = ({ $on })
manager-said-through = ({ $through }, { $on })
lane-family = extended family
lane-professional = professional
lane-observation = what was seen
manager-not-gathered = Not gathered
manager-not-gathered-why = { $on }: { $why }.
manager-not-gathered-next = Tried: { $tried } Next: { $next }.
manager-meaning = What it may mean
manager-meaning-kind = the worker's reading, not the child's words
manager-meaning-by = { $by } on { $topic }:
manager-meaning-other = What else could explain it:
manager-you-said = You said, we will ask
manager-no-actions = No actions are written.
manager-answers = answers { $child }'s { $count ->
    [one] view
   *[other] views
}: { $views }
manager-changes = { $count ->
    [0] No changes
    [one] 1 change
   *[other] { $count } changes
} since version { $version }

tag-seen-alone = Seen alone { $on }
tag-seen-supporter = Seen with a supporter { $on }
tag-seen-parent = Seen with a parent there { $on }
tag-seen-family = Seen with family there { $on }
tag-visited = Visited { $on }
tag-not-seen = Not visited yet
tag-day = Day { $day } of { $of }

change-field = New words: { $field }
change-action = Action: { $words }
change-no-action = No action, with a reason
change-agreed = Agreed: { $words }
change-not-agreed = Not agreed: { $words }
change-done = Done: { $words }
change-not-done = Not done: { $words }
change-voice = Voice added: { $who }
change-capture = New activity: { $topic }
change-not-gathered = Views not gathered

given-read = { $mode } read by { $by }, { $clarity }.
given-read-by = { $mode } read by { $by }.
given-mode = { $mode }.
given-choices = { $cells ->
    [2] Two choices.
    [3] Three choices.
   *[other] { $cells } choices.
}
given-present = In the room: { $who }.
given-not-written = How this was given is not written up.
mode-touch = Touch
mode-eye-pointing = Eye pointing
mode-one-switch = One switch
mode-two-switches = Two switches
mode-keyboard = Keys
mode-dwell = Resting on a place
mode-partner = Each place offered in turn
clarity-clear = clear
clarity-unclear = not clear
clarity-second = a second reader agreed
support-none = No physical help.
support-held = Someone held the tablet.
support-prompts = With prompts.
support-hand = Hand over hand.
chosen-child = Options chosen by the child.
chosen-worker = Options chosen by the worker.
chosen-family = Options chosen by the family.
chosen-school = Options chosen by school.
seen-alone = Seen alone.
seen-supporter = With a supporter who is not family: { $who }.
seen-parent = A parent was there: { $why }.
seen-family = Of the family there: { $who }.
pause-tired = Paused: tired.
pause-care = Paused: a care need.
pause-someone = Paused: someone came in.
pause-answered = Marked: an adult answered.
pause-prompted = Marked: an adult prompted.
pause-resumed = Going on.
told-family = family
told-school = school
told-worker = my social worker
sharing-not = { $child }: don't show { $who }.
sharing-may = May be shown to { $who }.
sharing-not-said = { $child } has not said who may see this.

replay-open = Replay
replay-close = Close replay
replay-label = Replay, step by step
replay-seconds = { $seconds } s
replay-minutes = { $minutes } min
replay-moved-never = nothing moved
replay-summary = { $time }, { $moved }. Placed: { $placed } of { $all }
replay-summary-open = { $time }, { $moved }. Placed: { $placed }
replay-step = Step { $step } of { $of }, { $time }
replay-back = Back
replay-play = Play
replay-pause = Pause
replay-next = Next
replay-all-steps = All { $count } steps
replay-shown = “{ $card }” was shown.
replay-placed = “{ $card }” was placed at “{ $cell }” after { $seconds } s.
replay-rounds-over = Before that { $count ->
    [one] all rounds went by once
   *[other] all rounds went by { $count } times
  } and nothing was chosen; a press began anew.
replay-offered = Chosen in round { $round }, the last of { $count ->
    [one] one offer
   *[other] { $count } offers
  }, { $seconds } s after its highlight.
replay-rested = The pointer came to { $count ->
    [one] this place alone
   *[other] { $count } places, this the last,
  } and rested { $seconds } s.
replay-kept = The switch was kept down: it may have been meant, or not.
replay-late = The press was just late and counts for the place before.
replay-not-taken = { $count ->
    [one] One press
   *[other] { $count } presses
  } did not count.
replay-clarity = The reader noted: { $clarity }.
replay-moved = “{ $card }” was moved from “{ $from }” to “{ $to }”.
replay-drew = Line { $nth } was drawn.
replay-line-back = The last line was taken back: { $count ->
    [one] { $count } line stays.
   *[other] { $count } lines stay.
}
replay-wrote = There stood “{ $words }”.
replay-taken-back = “{ $card }” was taken back, to be asked again.
replay-escaped-at = “{ $which }” was chosen at “{ $card }”.
replay-escaped = “{ $which }” was chosen.
replay-chose = From all the words: “{ $card }”.
replay-reviewed = The whole mat was looked at and left as it was.
replay-sharing-nothing = Asked who may see it, nothing was said.
replay-ended-finished = Finished.
replay-ended-child = { $child } ended it.
replay-ended-worker = The worker ended it.
escape-dont-know = don't know
escape-something-else = something else
escape-skip = skip
escape-stop = stop

ask-answers = Does each action answer a view, or say why not?
ask-voice = Whose voice is missing?
ask-voice-not-heard = Not heard: { $who }.
ask-considered = What else could explain it?
ask-considered-none = Nothing is written on it.
ask-no-action = { $count ->
    [one] 1 view has no action
   *[other] { $count } views have no action
}: { $views }. Say why you accept this.
ask-analysis = The analysis is empty. What does it mean for the child?
ask-difference = Nothing is written on what would differ if this were not so. Should there be?
ask-harm = { $topic }: a card was chosen that may be a sign of harm. What was done about it, by whom and when?
ask-same-answer = { $topic }: nearly every answer is the same. Could that be a habit of the hand, or of saying yes?
ask-same-side = { $topic }: nearly every choice lies on one side. Could that be the side, and not the picture?
ask-advocate = The child asked for somebody to speak for them, and no action that stands says so. Who arranges it, by when?
ask-without-activity = { $count ->
    [one] 1 answer belongs
   *[other] { $count } answers belong
} to an activity that is not in the record. Does its beginning wait to be let in?
ask-without-view = “{ $action }” answers something that is not among the child’s views. What does it answer?
ask-change-wanted = The child wants to change what they said about { $views }, and was not asked again. Can this wait for it?
ask-hand = { $topic } was given hand over hand: the adult's account. What would the child show alone?
ask-conflict = Two people changed { $field }. Return it, so that the worker says which words stand.

decision-label = Decision
decision-title = Your decision on version { $version }
decision-title-stands = Version { $version }
decision-comment = Comment
decision-comment-hint = What you agree with, or what must change
decision-comment-missing = Write what you agree with, or what must change
decision-authorise = Authorise version { $version }
decision-return = Return to { $name }
decision-small = Recorded with your name and time. A later change reopens the plan.
decision-no-signal = No signal: your decision is saved here and goes later. If the plan changes before then, it is refused and you read the new version.
decision-moved-submitted = Version { $version } has been submitted since you opened this. What you see here is the earlier one.
decision-moved-writing = The plan is being changed: version { $version } is on its way. Version { $opened } can no longer be decided on.
decision-read = Read version { $version }
decision-draft = Version { $version } is being written. It appears in your list when it is submitted.
decision-later = A later change opens the next version, and it comes back to you.
decision-comes-back = It comes back to you when the next version is submitted.
decision-own-work = You wrote a part of this, so you cannot decide on it. Ask another manager.
decision-not-yours = Only the manager of the child's team decides on this plan.
decided-authorised = Version { $version } is authorised.
decided-returned = Version { $version } was returned.
decided-recorded = Recorded: { $name }, { $when }.
decided-sent = Your decision on version { $version } has been sent.
decided-sent-then = The server's answer is on its way.
decided-saved = Your decision on version { $version } is saved here, not sent yet.
decided-saved-then = It goes when there is signal. If the plan has changed by then, the server refuses it and you are told here.
decided-refused = Your decision on version { $version } was refused.
decided-was-authorise = Authorise
decided-was-return = Return

held-title = Held facts to look at
held-what = { $name } recorded: { $what } ({ $on })
held-voice = { $who }: “{ $words }”
held-why = Held: { $why }
held-not-assigned = they are not allocated to this child.
held-not-registered = nobody had registered this child yet.
held-already-registered = this child was registered already.
held-other-team = it was registered to a team that is not theirs.
held-other-record = it belongs to another record.
held-own = You recorded this yourself: another manager admits it.
held-admit = { $count ->
    [one] Admit it to the record
   *[other] Admit { $count } facts to the record
}
held-admitted-saved = Saved on this device. They join the record once the server has it.
held-decline-open = Do not let it in
held-decline-reason = Why not?
held-decline-hint = It stays on record as it came, and does not count. Whoever recorded it is told.
held-decline-missing = Say why it is not let in
held-decline = Leave it out
held-declined-saved = Left out. Saved on this device.
manager-declined = { $child } had said no to being asked at this visit, and no later yes is written down.
manager-declined-first = { $child } said no to being asked first. A later yes is written down: “{ $signal }”
manager-agreement-unclear = It could not be told whether { $child } agreed to be asked at this visit.
manager-stopped = { $child } stopped it { $cards ->
    [0] before the first card
    [one] after 1 card
   *[other] after { $cards } cards
}.
manager-skipped = Skipped: { $cards }.
manager-dont-know = Don’t know: { $cards }.
manager-unfinished = Written, and not finished: “{ $words }”.
manager-brought = Brought with “something else”: { $cards }.
nav-all-children = Children
team-managers-only = This page is for the team's manager.
team-heading = { $team } team
team-counts = { $count ->
    [one] 1 child
   *[other] { $count } children
}, { $nobody } with nobody.
team-beside = Who has how much
team-nobody = With nobody
team-waited = { $days ->
    [0] today
    [one] 1 working day
   *[other] { $days } working days
}
team-expected = expected { $on }
team-allocate = Allocate
team-move = Move
team-no-children = Nobody works with a child of this team yet.
team-children = Children of the team
team-child = Child
team-with = With
team-next-visit = Next visit
team-clock = Clock
team-day = day { $day } of { $of }
team-joint = { $name } ({ $team })
team-not-gathered = Not gathered lately
team-load = Who has how much
load-children = { $count ->
    [one] 1 child
   *[other] { $count } children
}
load-visits = { $count ->
    [0] no visit this week
    [one] 1 visit this week
   *[other] { $count } visits this week
}
load-overdue = { $count } overdue
allocate-title = Who works with the child
allocate-heading = Who works with { $name }?
allocate-workers = Workers of the team
allocate-worker = { $name } ({ $count ->
    [one] 1 child
   *[other] { $count } children
} now)
allocate-joint = Joint work with another team
allocate-joint-hint = They then read and write this record as your own workers do.
allocate-note = Hand-over note
allocate-note-hint = What whoever takes over must know. It stands on the child's page.
allocate-note-missing = Somebody leaves this child: write what the next worker must know
allocate-nobody = Choose at least one worker
known-pronouns = Pronouns
known-languages = Languages
known-interpreter = Interpreter
known-hand-over = Handed over by { $by }, { $on }:
cover-title = Who stands in
cover-arrange = Arrange cover
cover-what = While somebody is away, whoever stands in reads and writes as they would: a worker for a worker's children, a manager for the team. It begins and ends by itself.
cover-none = Nobody is to be away.
cover-arranged = Now and later
cover-line = { $by } for { $away }
cover-day = on { $on }
cover-days = from { $from } to { $until }
cover-now = Now
cover-change = Change
cover-end = End it now
cover-call-off = Call it off
cover-history = What was arranged before
cover-was-ended = Ended: { $what }
cover-said-by = by { $who }, { $when }
cover-new-title = Arrange cover
cover-change-title = Change the cover
cover-away = Who is away?
cover-manager = { $name }, manager
cover-by = Who stands in?
cover-by-hint = The records are on their tablet from the first day, and leave it after the last.
cover-from = First day
cover-from-hint = For example, { $example }
cover-until = Last day
cover-until-hint = It counts to the end of this day.
cover-away-missing = Choose who is away
cover-by-missing = Choose who stands in
team-cover = Who stands in
team-has-left = { $name } has left
team-next-is = Next visit: { $visit }
everything-title = Everything held
everything-how = For a request to see the record: the child's and the family's, in the order in which it was recorded. Leave out what the person who asks may not see, such as words about somebody else or what the child did not want shown, then print it or save it as a PDF. Audits and who looked are on their own pages; drawings are in “What they said”.
everything-leave-out = Leave this out
everything-left-out = { $count ->
    [one] One entry is left out.
   *[other] { $count } entries are left out.
}
