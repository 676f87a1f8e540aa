# The review of a team: who of support has it, and what support and the team write to each other.

review-thread = Changes and answers
review-support = Support
review-support-who = Support, { $who }
review-answer = Your answer to support
    .hint = What you changed, or why not. Support reads it beside the configuration.

review-assignment-title = Who reviews this team
review-assignment-nobody = Nobody has taken this review.
review-assignment-you = You review this team since { $since }.
review-assignment-other = { $who } reviews this team since { $since }. You can decide all the same.
review-assignment-take-button = I review this
review-assignment-take-over-button = Take the review over
review-assignment-hand-over = Hand the review over
review-assignment-hand-over-to = To whom
    .hint = They get a mail.
review-assignment-hand-over-button = Hand over
