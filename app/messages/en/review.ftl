# What support and a team write to each other in a review.

review-thread = Changes and answers
review-support = Support
review-support-who = Support, { $who }
review-answer = Your answer to support
    .hint = What you changed, or why not. Support reads it beside the configuration.
