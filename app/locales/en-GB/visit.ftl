visit-the-child = the child
visit-back-today = Today
visit-back-topics = Topics
visit-not-here-title = This record is not on this tablet
visit-not-here-why = It may not be yours to see, or it has not arrived yet. Nothing has been lost.
visit-not-here-do = When there is signal, records that are yours come by themselves.
visit-continue = Continue
visit-saving = Saving…
visit-start-title = Start the visit
visit-start-heading = Visit with { $name }
visit-start-cannot = Views cannot be gathered today
visit-beside = How the child communicates
visit-promised = Start with last time
visit-promised-start = What changed because of what was said? Tell this first, before anything new is asked.
visit-promise-agreed = Agreed
visit-promise-done = Done
visit-promise-not = Not agreed or not done
visit-promise-why = { $on }: { $why }
visit-promise-line = { $what } ({ $became }, { $aside }).
visit-told = I told { $name }
visit-room = Who is here?
visit-room-hint = Beside you and { $name }. Those who were here last time are ticked: change what is different.
visit-person = { $relationship } ({ $name })
visit-others = Someone else (optional)
visit-others-hint = One a line. An interpreter: name, language, agency; not a member of the family.
visit-checked = Before you begin (optional)
visit-checked-before = Last time: { $checks }
visit-check-glasses = Glasses on and clean
visit-check-hearing = Hearing aids in and working
visit-check-device = Own device, book or switch to hand
visit-check-position = Sitting or lying well, head supported
visit-check-pain = No sign of pain
visit-check-medication = Nothing given that makes sleepy
visit-noticed = Something else you noticed (optional)
visit-noticed-hint = A seizure this morning, a cold, a new chair.
visit-assent-title = Does { $name } agree to being asked?
visit-how = How did you explain it to { $name }?
visit-how-hint = What you showed, said or signed: what you will do, that { $name } can stop, who will know.
visit-how-missing = Say how you explained it to { $name }
visit-signal = What did { $name } do?
visit-signal-hint = Yes: { $yes }. No: { $no }.
visit-signal-hint-unknown = What you saw or heard, not what you think it means.
visit-signal-missing = Say what { $name } did when you explained it
visit-assent = How did you read that?
visit-assent-agreed = { $name } agreed
visit-assent-declined = Declined: nothing is asked today
visit-assent-unclear = Unclear: I could not tell
visit-assent-missing = Choose how you read what { $name } did
visit-communicates = How { $name } communicates
visit-no-profile = How { $name } communicates is not written down yet. Ask the people who know { $name } best before you begin.
visit-shows-yes = Shows yes
visit-shows-no = Shows no, or enough
visit-helps = What helps
visit-bring = What to have with you
visit-topics-title = Choose a topic
visit-topics-heading = What shall we talk about, { $name }?
visit-topics-lead = { $name } may choose. Turn the tablet round, or offer two at a time.
visit-assent-was-unclear = You could not tell whether { $name } agreed. Watch for a no. Stop at the first sign of it.
visit-topics-beside = Asked so far, and when you are done
visit-asked = Asked in this visit
visit-asked-nothing = Nothing yet.
visit-asked-done = done
visit-asked-stopped = { $cards ->
    [0] stopped before the first card
    [one] stopped after 1 card
   *[other] stopped after { $cards } cards
}
visit-asked-ended = { $cards ->
    [one] you ended it after 1 card
   *[other] you ended it after { $cards } cards
}
visit-asked-open = left open
visit-and-written = , written up
visit-suits = Does a mat suit today?
visit-suits-sees = sees the pictures, with light and distance right
visit-suits-points = has a way to point: hand, eyes, switch or partner
visit-suits-pictures = knows that a picture stands for a thing
visit-suits-words = follows two key words
visit-suits-yes = has a yes and a no that you can rely on
visit-suits-else = If one of these is missing, do not test { $name } with a mat. Be with { $name }, watch, and write down what you see as another voice in the write-up.
visit-when-done = When you are done
visit-end = End the visit
visit-to-write-up = Write up the visit
visit-to-not-gathered = Views could not be gathered
visit-ready-title = Before you hand over
visit-ready-lead = This is what { $name } will see: one card at a time, in large pictures.
visit-ready-again = Asked in this visit already: { $state }. It can be asked again; both are kept.
visit-ready-beside = Ready to hand over
visit-ready = Ready?
visit-ready-no-profile = How { $name } communicates is not written down, so the mat uses touch, three places, colour and a random order.
visit-ready-stop = { $name } can stop at any time. No passcode is asked for that.
visit-ready-pause = Hold a corner of the screen to mark a pause.
visit-ready-passcode = Your passcode brings the tablet back to you.
visit-handing-over = Handing over…
visit-hand-over = Hand over to { $name }
visit-preview = The mat
visit-preview-random = The order of the cards is drawn by lot.
visit-preview-fixed = The cards always come in this order.
visit-preview-colour = Look: colour.
visit-preview-calm = Look: calm.
visit-preview-contrast = Look: high contrast.
visit-pictures-looking = Looking for the pictures…
visit-pictures-all = All pictures are on this tablet
visit-pictures-rest = { $count ->
    [one] The mat is on this tablet. 1 picture behind “something else” is missing
   *[other] The mat is on this tablet. { $count } pictures behind “something else” are missing
}
visit-pictures-missing = { $count ->
    [one] 1 picture missing: hand over only with signal
   *[other] { $count } pictures missing: hand over only with signal
}
