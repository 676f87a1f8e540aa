# Words that many pages share.

common-cancel = Cancel
common-continue = Continue
common-copy = Copy
common-copied = Copied
common-save = Save
common-back = Back
common-remove = Remove
common-home-link = Go to the start page
