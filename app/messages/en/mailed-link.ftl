# What pages say about links that we mail.

mailed-link-expired = This link has expired or was used already.
mailed-link-no-server = No mail server is configured.
mailed-link-folder = This installation writes its mail to files: look for the newest .eml file in { $folder }.
