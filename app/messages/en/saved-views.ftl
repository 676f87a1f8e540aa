# Filters of support's list of teams that somebody keeps for themselves.

saved-views-title = Your views
saved-views-save = Save this view
saved-views-name = Name
saved-views-save-button = Save view
saved-views-delete = Delete the view { $name }
saved-views-delete-button = Delete
