# Filters of support's list of teams that somebody keeps for themselves.

saved-views-title = Your views
saved-views-save = Save this view
saved-views-name = Name
saved-views-save-button = Save view
saved-views-delete-button = Delete
# Read aloud after "Delete".
saved-views-delete-label = the view { $name }
saved-views-delete-text = Only you have this view. The teams that it lists stay as they are.
saved-views-delete-confirm = Yes, delete the view
