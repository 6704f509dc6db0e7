staff-title = Who works here
staff-everybody = Everybody
staff-needs-signal = Who works here is asked of the council's server each time, and kept nowhere on this device.
staff-since = Signs in since { $on }
staff-not-yet = Has not signed in yet
staff-new-link = New link to sign in
staff-new-link-how = For whoever lost theirs, or signs in with another account from now on. Until it is used they sign in as before.
staff-member-title = Somebody who works here
staff-unknown = Nobody of that number works here
staff-have-left = Have left
staff-change = What they are and do
staff-employment = Do they work here?
staff-working = Working
staff-on-leave = On leave
staff-left = Left
staff-then = { $name }: { $what }
staff-on-leave-what = signed out everywhere, and cannot sign in until they are back. What is on their tablet stays there, and opens with its passcode. Their children stay theirs: arrange cover.
staff-left-what = signed out everywhere. Their devices are taken out of use, and lock for good once they have signal. Their children have nobody: the manager allocates them anew.
staff-save = Save
staff-changed = Saved.
staff-invite = Invite somebody
staff-name = Name, as colleagues know it
staff-name-missing = Enter the name
staff-role = Role
staff-role-missing = Choose a role
staff-team = Team
staff-team-new = A new team
staff-team-missing = Choose a team
staff-team-name = Name of the new team
staff-team-name-missing = Enter the name of the new team
staff-account = Their council account (optional)
staff-account-hint = As they type it to sign in. The link then works for this account only.
staff-invite-button = Make a link
staff-invited = A link for { $name }
staff-invited-how = Send it to { $name } by a way that only they read. It works once, until { $until }, and is shown here only.
staff-copy = Copy the link
staff-copied = Copied
left-behind-title = Left on this tablet
left-behind-how = { $count ->
    [one] One thing was saved on this tablet and not sent. Sent from here it waits for the team's manager, who decides whether it counts. You see nothing of it.
   *[other] { $count } things were saved on this tablet and not sent. Sent from here they wait for the team's manager, who decides whether they count. You see nothing of them.
}
left-behind-send = Send what was left
left-behind-sent = { $count ->
    [one] One thing was sent.
   *[other] { $count } things were sent.
}
settings-title = Council settings
settings-how = Every tablet has these, without signal too, from its next exchange on.
settings-last = Last changed by { $by }, { $on }
settings-overtaken = Somebody else has changed the settings since you opened them. Load the page again, then change what is still to be changed.
settings-saved = Saved.
settings-number-wrong = Enter a number that can be dialled: digits, spaces, and + at the beginning
settings-council = What the council is called
settings-council-missing = Enter what the council is called
settings-telephones = Whom to ring when a child may not be safe
settings-telephones-how = In the order in which they are to be rung. They stand on the page on which a worker decides about what may be a sign of harm.
settings-who = Who answers, and when
settings-who-missing = Say who answers
settings-number = Number
settings-number-missing = Enter the number
settings-save = Save
staff-teams = Teams
staff-teams-how = A new name counts for everybody in the team.
staff-team-rename = Name of the team { $name }
staff-team-rename-do = Rename
