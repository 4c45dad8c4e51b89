"""A citizen's way through the hall, one step a file, in the order it happens:

1. `taking`       a number is taken (kiosk, guide, phone); it gets a place and a window
   `paper`        after an outage, numbers handed out by hand are entered
2. `phone`        the phone is left, corrected or removed
3. `counter`      a clerk opens, pauses, drains, closes or hands over a window
4. `calling`      a free window calls the next, a chosen one, or calls again
   `announcing`   a call that no screen showed is told to the manager
5. `serving`      service starts, is parked and brought back, finishes; or nobody comes
   `evaluating`   the citizen says how it went, on the pad or on the phone; `inviting` is what the pad asks about,
                  `same_service` when a visit and its case are one service
6. `moving`       a ticket is transferred to another section, item or window
7. `ending`       a ticket is cancelled, or its holder comes back after a missed call
8. `supervising`  the manager stops issuing, ends forgotten servings, reloads the hall file
9. `housekeeping` what time alone brings: a new day, left-over tickets, alarms

What can be applied for is written in `catalogue`, what was applied for lives on in `cases`, days longer than the visit;
`filing` notes whose a file is.

`line` keeps the lines and their counters exact for all of them, `outlook` is what those who wait are told,
`notify` writes their SMS, and `step` is how a step that changes a line ends: drained windows close, whoever's turn
is near is told. `words` says what an event holds; `views` are the reads the screens show; `once` makes a retried
command give the same answer. `slips` says what a printed slip holds, and `assisting` calls an attendant. Every step is `step(tx, request, now)`, runs inside one transaction of the one
writer, and touches no network, printer or speaker.
"""
