# The review of a team: who of support has it, and what support and the team write to each other.

review-thread = Changes and answers
review-support = Support
review-support-who = Support, { $who }
review-answer = Your answer to support
    .hint = What you changed, or why not. Support reads it beside the configuration.

review-assignment-title = Who reviews this team
review-assignment-nobody = Nobody has taken this review.
review-assignment-you = You have been reviewing this team since { $since }.
review-assignment-other = { $who } has been reviewing this team since { $since }. You can still decide.
review-assignment-take-button = I review this
review-assignment-take-over-button = Take the review over
review-assignment-hand-over = Hand the review over
review-assignment-hand-over-to = To whom
    .hint = They get a mail.
review-assignment-hand-over-button = Hand over
