contacts-title = Out of hours
contact-write = Write a contact or concern
contact-kind = What is it?
contact-kind-missing = Choose whether it is a contact or a concern
contact-kind-contact = A contact: somebody was in touch about the child
contact-kind-concern = A concern: the child may not be safe
contact-on = On which day?
contact-on-hint = The day on which they were in touch. For example, { $date }
contact-at = At what time?
contact-at-missing = Enter the time, for example 02:10
contact-from = Who was in touch?
contact-from-missing = Choose who was in touch
contact-from-child = The child
contact-from-family = A parent or somebody else of the family
contact-from-professional = A professional: police, a hospital, a school, a carer
contact-from-other = Somebody else
contact-who = Their name, and what they are to the child
contact-who-hint = For example: Nadia Haddad, mother
contact-who-missing = Enter their name, or "would not say"
contact-how = How?
contact-how-missing = Choose how they were in touch
contact-how-telephone = Telephone
contact-how-in-person = Face to face
contact-how-message = Message
contact-said = What did they say?
contact-said-hint = In their words, as near as you can.
contact-said-missing = Enter what they said
contact-done = What did you do?
contact-done-hint = Whom you rang, what was agreed, what you could not do.
contact-done-missing = Enter what you did, or that nothing was needed
contact-safe = Is the child safe now?
contact-safe-missing = Choose whether the child is safe now
contact-safe-yes = Yes
contact-safe-no = No
contact-safe-not-known = Not known
contact-told = Who was told of it, and when?
contact-told-hint = For example: police at 02:20; the manager on call at 02:30.
contact-told-missing = Enter who was told
contact-to-do = What does the day team have to do?
contact-to-do-hint = Leave it empty if nothing is left to do.
contact-save = Save and hand over
contact-a-contact = Contact
contact-a-concern = Concern
contact-said-label = Said:
contact-done-label = Done:
contact-safe-label = Safe now:
contact-told-label = Who was told:
contact-to-do-label = For the day team:
contact-now-label = What happens now:
contact-by = { $name }, { $at }
contact-written-by = Written by { $by }
contact-read-by = Read by { $by }
contact-nobody-yet = Nobody on the day team has read this yet.
contact-have-read = I have read this
contact-now = What happens now?
contact-now-missing = Enter what happens now
contact-now-save = I have seen this
to-read-title = From out of hours
to-read-about = { $name }: read the hand-over
find-title = Find a child
find-lead = In the whole council. Fill in what you know; each part narrows the search.
find-name = Name
find-name-hint = One or more words of it, or how they begin. How they sound counts, not how they are spelled.
find-birth = Date of birth
find-birth-hint = Also the day a child is expected. For example, { $date }
find-number = Case number
find-do = Find
find-finding = Looking…
find-nothing-typed = Enter a name, a date of birth or a case number
find-nobody = Nobody was found. Try the first letters of one name, another spelling, or the date of birth alone.
find-found = { $count ->
    [one] 1 child found
   *[other] { $count } children found
}
find-more = There are more than can be shown. Add something you know.
find-logged = Each child who was found is noted in “Who looked at what”.
find-with = With { $names }
find-read = Read
ask-title = Read a record
ask-why = Why do you read this record now?
ask-why-hint = What happened, and what you need to know. It is kept in the log, and { $who } see it.
ask-why-missing = Enter why you read this record
ask-team = the child's worker and manager
ask-do = Read the record
ask-reading = Reading…
ask-needs-signal = A record that is not on this device is asked of the council's server each time.
read-because = You read this record because: “{ $reason }”
read-told = { $who } are told that you read it.
read-not-kept = Nothing of it is kept on this device.
read-close = Close the record
read-visits = Visits
read-visit-made = Visit
read-visit-planned = Planned
read-visit-called-off = Called off
told-title = Read by others, with a reason
told-how = Somebody outside your team read these records. If you do not expect it, ask them.
told-who = { $name } read { $child }
told-a-record = a record
item-contact-read = Hand-over read
manager-concern = { $count ->
    [one] A concern from out of hours
   *[other] { $count } concerns from out of hours
}
manager-contact = { $count ->
    [one] A contact from out of hours
   *[other] { $count } contacts from out of hours
}
contact-at-ahead = This time has not come yet. Check the day and the time
contact-not-sent = Not sent yet: the day team cannot see this. If it cannot wait, telephone.
contact-no-manager-yet = A manager has not answered this yet.
find-double = work goes on in another record
read-again = Read again
read-double = Work with this child goes on in another record.
read-double-other = Read that one
read-no-family = The family's people and address could not be read with it. Try “Read again”.
manager-held-concern = { $count ->
    [one] A concern to let in
   *[other] { $count } facts to let in, one a concern
}
contact-unknown-child = A child the council does not know
contact-unknown-do = If the child is to be worked with:
contact-about = What do you know of the child?
contact-about-hint = Name, age, where they are, whom they are with.
contact-about-missing = Enter what you know of the child
contact-about-label = The child:
contact-team = Which team is to look into it?
contact-team-missing = Choose the team
find-unknown = Write down a contact about a child the council does not know
