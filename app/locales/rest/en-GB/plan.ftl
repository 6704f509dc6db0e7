plan-title = Plan
plan-beside = Check and submit
plan-your-manager = your manager
plan-not-here = This plan is not on this tablet
plan-not-here-do = It may not be yours to see, or it has not arrived yet. It comes by itself when there is signal. Nothing has been lost.

plan-draft = Draft of version { $version }
plan-submitted = Version { $version } is with { $manager }
plan-submitted-unsent = Version { $version } waits to be sent to { $manager }
plan-authorised = Version { $version } is authorised
plan-returned = Version { $version } came back
plan-said-returned = { $name } returned version { $version }, { $on }:
plan-said-authorised = { $name } authorised version { $version }, { $on }:
plan-submission-saved = Saved on this tablet. It goes when there is signal.
plan-submission-sent = Sent. The server has it.
plan-submission-there = Sent. { $manager } can read it.
plan-refused = { $count ->
    [one] 1 change was refused. It is kept here so that you can use the words again.
   *[other] { $count } changes were refused. They are kept here so that you can use the words again.
}
plan-not-mine = Only a worker who is allocated to this child can change the plan.
plan-open-submitted = If you change anything now, it becomes version { $next }, and { $manager } can no longer decide on version { $version }.
plan-open-submitted-now = Your next change opens version { $next }. Version { $version } can then no longer be decided on.
plan-open-authorised = Version { $version } stands as it is. A change opens version { $next }, which has to be submitted again. You can write down what became of an action without opening a version.
plan-open-authorised-now = Your next change opens version { $next }. Version { $version } stays authorised in the record.
plan-open-button = Change it: open version { $next }

plan-words-title = The words of the plan
plan-field-title = What it is about
plan-field-title-hint = A few words, such as “getting to school”.
plan-field-analysis = Analysis
plan-field-analysis-hint = What the views and the facts mean for the child.
plan-field-considered = Other explanations considered
plan-field-considered-hint = Pain, noise, medication, who was in the room, where the picture was.
plan-field-difference = If this were not so
plan-field-difference-hint = What would we do differently if ethnicity, language, faith or disability were not as they are?
plan-field-missing = Whose voice is missing
plan-field-missing-hint = Who, what was tried, and when you try next.
plan-field-empty = Nothing written.
plan-kept-draft = Kept as you type. It is saved when you leave the box.
plan-kept-restored = You typed this earlier and it was not saved yet.
plan-kept-saving = Saving…
plan-kept-saved = Saved on this tablet
plan-kept-sent = Sent

plan-conflict = Two people changed this without seeing each other's words. Both are kept: say which stand.
plan-conflict-by = { $name }, { $when }
plan-conflict-keep = Keep these words
plan-conflict-together = Or write it together
plan-conflict-together-save = Save these words

plan-views-open = { $count ->
    [0] Every view is answered
    [one] 1 view is not answered yet
   *[other] { $count } views are not answered yet
}
plan-views-title = Views
plan-views-none = No views are in the record yet. They come from visits.
plan-views-all-answered = Each view is answered, or the plan says why not.
plan-views-answered = { $count ->
    [one] 1 view that is answered
   *[other] { $count } views that are answered
}
plan-view-from = { $topic }, { $on }.
plan-kept-from = { $child }: don't show { $who }.
plan-together = All { $count } that lie in: { $place }
plan-ask = We will ask…
plan-ask-label = We will ask, for “{ $view }”
plan-nothing = No action, because…
plan-nothing-label = No action, because, for “{ $view }”

plan-form-words = We will ask for
plan-form-words-hint = What you will ask for. It is no promise until it is agreed.
plan-form-words-missing = Write what will be asked for
plan-form-who = Who is asked
plan-form-who-hint = A name or a role, such as “School transport”.
plan-form-who-missing = Write who is asked
plan-form-due = By when
plan-form-due-hint = For example { $date }
plan-form-due-past = The date must be today, { $today }, or later
plan-form-due-far = The date must be within a year from today. Check the year
plan-form-answers = Which views does it answer?
plan-form-answers-nothing = Tick a view it answers, or say why it differs
plan-form-differs = It differs from what the child chose because (optional)
plan-form-differs-hint = Say it the way you would say it to the child.
plan-form-reason = No action, because
plan-form-reason-hint = Say it the way you would say it to the child.
plan-form-reason-missing = Say why there is no action

date-day = Day
date-month = Month
date-year = Year
date-empty = Enter a date
date-no-day = The date must include a day
date-no-month = The date must include a month
date-no-year = The date must include a year
date-short-year = The year must have 4 numbers
date-not-a-date = There is no such day. Check day, month and year

plan-actions-title = You said → we will ask
plan-actions-none = Nothing yet. Begin with a view above.
plan-action-said = { $child } said: { $views }
plan-action-own = Not about a view
plan-action-change = Change
plan-action-change-label = Change: { $action }
action-ask = We will ask for { $words }. { $who }, by { $due }.
action-asked-for = We asked { $who } for { $words }.
action-promised = Agreed: { $words }. { $who }, by { $due }.
action-nothing = No action.
action-differs = Because: { $why }
action-asked = Being asked
action-overdue = Answer overdue
action-promise-overdue = Agreed { $on }, overdue
action-agreed = Agreed { $on }
action-not-agreed = Not agreed { $on }
action-done = Done { $on }
action-not-done = Not done { $on }
outcome-agreed = It was agreed
outcome-not-agreed = Not agreed…
outcome-done = It was done
outcome-not-done = Not done…
outcome-why = Why not?
outcome-why-hint = Say it the way you would say it to the child: they are told.
outcome-why-missing = Say why not

plan-check-title = What to check
plan-check-nothing = Nothing stands out.
plan-submit-what = These are things to check. You can submit with them; { $manager } sees them too.
plan-submit-conflict = Two people changed the same words: say which stand, then submit.
plan-submit-form-open = An action is open above. Save it or cancel it first.
plan-submit = Submit version { $version } to { $manager }
plan-submitted-wait = Version { $version } waits for a decision.
plan-authorised-nothing = Nothing has changed since it was authorised.
prompt-views = { $count ->
    [one] 1 view has no action
   *[other] { $count } views have no action
}: { $views }.
prompt-voice = { $who } was not heard. Say what was tried and when you try next.
prompt-considered = Nothing says what else could explain the views.
prompt-difference = “If this were not so” is empty.
prompt-analysis = The analysis is empty.
prompt-harm = { $topic }: a card was chosen that may be a sign of harm. Say what was done about it.
prompt-same-answer = { $topic }: nearly every answer is the same. It may reflect a habit of the hand, or of saying yes: check.
prompt-same-side = { $topic }: nearly every choice lies on one side. It may reflect the side: check.
prompt-advocate = The child asked for somebody to speak for them. Add an action that arranges an advocate.
prompt-without-activity = { $count ->
    [one] 1 answer belongs
   *[other] { $count } answers belong
} to an activity that is not in the record. It may wait for the manager to let it in; until then it counts for nothing.
prompt-without-view = “{ $action }” answers something that is not among the child’s views. They may have taken it back: open the action and say what it answers.
prompt-change-wanted = The child wants to change what they said about: { $views }. Ask again at the next visit.
prompt-hand-over-hand = { $topic } was given hand over hand. It is the adult's account, never the child's view.
prompt-conflict = Two people changed { $field }. Say which words stand.
field-title = what it is about
field-analysis = the analysis
field-considered = other explanations
field-difference = “If this were not so”
field-missing = whose voice is missing
field-referral = the day of the referral
field-started = the day the assessment began
field-other = a field of a newer version

view-asked-same = { $times ->
    [2] asked on two mats, same
   *[other] asked on { $times } mats, same
}
view-asked-changed = { $times ->
    [2] asked on two mats, changed
   *[other] asked on { $times } mats, changed
}
view-moved = { $times ->
    [1] moved once
    [2] moved twice
   *[other] moved { $times } times
}
view-newer = Answered with a newer version of Heard, and kept whole. Take the new version to see it.
view-unclear = not clear to the reader
view-second-reader = second reader agreed
view-brought = the child's own idea
