# /help/findings: everything that a sign-in report can show.

help-findings-title = What sign-in reports can say
help-findings-intro = Every finding, with what it means, an example, who can fix it, and how.
help-findings-link = About this finding
help-findings-search = Search
help-findings-provider = In the words of
    .hint = Pages and fields are named as they are there.
help-findings-show = Show
help-findings-none = Nothing here holds all of "{ $search }". Try one word, or part of the title that the report shows.
help-findings-example = What came, for example
help-findings-expected = What is expected
