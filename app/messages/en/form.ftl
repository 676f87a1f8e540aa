# Fields, and what stands around them.

form-problem-title = There is a problem
form-problem-label = Error:
form-missing = { $label }: enter this value
form-optional-label = { $label } (optional)
form-done-title = Done
form-copied-to-clipboard = Copied to the clipboard

form-passkey-problem = No passkey was used. Try again, or use another way.
form-passkey-no-script = Passkeys need JavaScript, which this browser does not run.

# A new password, as it is typed.
form-password-show = Show
form-password-hide = Hide
form-password-toggle-label = password
# The number changes with every key: "#" stands for it.
form-password-too-short = Characters still needed: { $count }
form-password-too-long = Characters too many: { $count }
form-password-long-enough = Long enough
form-password-easy = Easy to guess: add words that do not belong together
form-password-hard = Hard to guess
form-password-very-hard = Very hard to guess
