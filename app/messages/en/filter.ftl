# The filter above a list, and the ways to its other pages.

filter-title = Filter
filter-apply = Apply filter
filter-clear = Clear filter
filter-from = From (UTC)
filter-until = Until (UTC)
filter-newest = Newest
filter-older = Older
filter-previous = Previous page
filter-next = Next page
