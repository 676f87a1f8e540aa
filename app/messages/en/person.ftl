# One of a team's people, and what an admin can do with them.

person-title = Person
person-profile = Profile
person-id = Unique ID here
person-claims = What the identity provider said at the last sign-in
    .none = No attributes came.
person-sign-ins = Latest sign-ins
    .none = None of their sign-ins is kept any more.
    .all = All sign-ins with this address
person-sessions = Sessions
    .none = No session is open.
person-sessions-end-all = End all sessions
    .text = Signs the person out here and in applications. They can sign in again.
person-session-began = Began
person-session-ends = Ends
person-session-sign-in = Sign-in
person-session-action = Action
person-session-end = End session

person-manage = Deactivate or erase
    .deactivated = Erase the person
person-deactivated = Deactivated since { $since }
    .text = Sign-ins of this person are refused, although the identity provider may let them in.
person-reactivate = Reactivate
person-deactivate = Deactivate
    .text = All sessions end at once, here and in applications. The next sign-in is refused until somebody reactivates the person. Nothing changes at your identity provider.
    .button = Deactivate { $name }
person-erase = Erase
    .text = This cannot be undone.
    .goes = The profile, the claims, the name identifier and all sessions go.
    .sign-ins = Sign-ins keep their reference, time and result. Who it was, their values and their XML go.
    .stays = The audit trail stays as it is.
    .again = If the person signs in again, they are somebody new. To keep them out, take the application from them at your identity provider first.
    .button = Erase { $name }
