# What a save or a decision did: a title, and what follows from it (.text). $revision is "none"
# where the number is not known.

notices-saved = { $revision ->
    [none] Saved
   *[other] Saved in revision { $revision }
}
notices-saved-first = Changed: { $parts }. This is a draft: people can sign in with it once it has gone live, in the last step.
notices-saved-beside-live = Changed: { $parts }. This is a draft beside revision { $live }: people go on signing in with revision { $live } until you make { $revision ->
        [none] the draft
       *[other] revision { $revision }
    } live.

notices-unchanged = Done, and nothing had to be changed
    .text = What you saved is what is there already. No revision was made.
notices-certificate-known = This certificate is already here
    .text = Nothing was changed. If you expected another one, compare the thumbprint with the one at the identity provider.
notices-submitted = Submitted for review
    .text = Support looks at exactly this configuration. You get a mail when it has decided.
notices-withdrawn = Withdrawn from review
    .text = You can change the configuration again. Submit it when it is ready.
notices-made-live = { $revision ->
    [none] The revision is live
   *[other] Revision { $revision } is live
}
    .text = People sign in with it from now on.
notices-rolled-back = { $revision ->
    [none] The revision is live again
   *[other] Revision { $revision } is live again
}
    .text = People sign in with it from now on.
notices-discarded = { $revision ->
    [none] The changes are discarded
   *[other] The changes of revision { $revision } are discarded
}
    .text = People go on signing in with the live revision.
notices-approved = { $team } is live
    .text = Approved: people sign in with { $revision ->
        [none] the revision
       *[other] revision { $revision }
    }. The team's members get a mail.
notices-changes-requested = { $team } is asked for changes
    .text = The team's members get your message by mail, and can edit the configuration again.
notices-suspended = Sign-in is suspended
    .text = Sessions have ended, and the team's members get your reason by mail.
notices-resumed = Sign-in works again
    .text = The team's members get a mail.
notices-teams-reminded = { $count ->
        [one] { $count } team is reminded
       *[other] { $count } teams are reminded
    }
notices-teams-suspended = { $count ->
        [one] Sign-in of { $count } team is suspended
       *[other] Sign-in of { $count } teams is suspended
    }
notices-teams-all = Each team's members get a mail.
notices-teams-left = { $count ->
        [one] One team was left as it is, because it has changed since it was shown, or was reminded less than a day ago: { $teams }.
       *[other] { $count } teams were left as they are, because they have changed since they were shown, or were reminded less than a day ago: { $teams }.
    }
notices-login-url-checked = The Login URL was looked at
    .text = Nothing was saved.
notices-key-created = The key is created
    .text = Keys belong to the team, not to a revision: there is nothing to make live. Download its certificate below.
notices-key-promoted = The next key is current now
    .text = What we sign is signed with it from now on. The key before it is retired and still decrypts.
notices-key-deleted = The retired key is deleted
    .text = What is still encrypted to it cannot be read any more.

# The team, where its name is not known.
notices-team = The team

# After a decision about one team: the link to the one that waits longest.
notices-next-team = Next: { $team }

# Sentences that may follow.
notices-sessions-ended = { $count ->
    [one] { $count } session ended.
   *[other] { $count } sessions ended.
}
notices-kept = Revision { $other } is kept, and the last step has the way back to it.

notices-team-renamed = Saved
    .text = The team has its new name. Its slug is the same as before.
notices-identity-provider-saved = Saved
    .text = Names, places and the order of the steps follow this choice from now on.
