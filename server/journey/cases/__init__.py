"""A case's way (办件), one step a file, in the order it happens; days longer than the visit that opened it.

1. `prechecking`   the guide or the phone finds the situation before a number is taken
   `profiles`      a citizen's own particulars, kept with consent (自助填表); `own_profiles` is their phone's say in them
   `self_filling`  the form is filled in while waiting; `self_filled`: the window that serves has it
2. `opening`       a clerk opens a case from the ticket being served; several items of one bundle (一件事)
   `applying`      a citizen applies online
3. `drafting`      the basic form, the answers and the ticks are saved as they are typed
4. `intake`        it is accepted, with papers to follow or without (受理, 容缺受理)
   `correcting`    everything that is missing is told at once (一次性告知), and brought
   `ending`        it is not accepted (不予受理), or withdrawn
   `at_once`       it is decided and handed out at the window (即办件, 前台一人通办)
   `pre_review`    what came online is looked at before anybody comes
5. `owning`        the first handler hands it on (首办责任); `leaving` is for whoever has left
6. `overdue`       what time alone brings: limits of deferral, correction and pre-review

Behind the counter, afterwards:

7. `handing_over`  papers go to departments and results come back, by lists that both sides sign (材料交接)
   `unsigned`      what nobody signed for at the day's end is an alarm
8. `approving`     a department takes its task and decides; jointly where several have a part (并联审批)
   `suspending`    the clock stands for a special procedure, or for a department's correction
   `authorizing`   clerks whom a department lets decide at the window (授权委托)
9. `supervising`   who is late, and whom the hall reminds (限时办结、统一督办)
10. `issuing`      a result comes to the issue window: shelf, pickup code, SMS (出件)
    `collecting`   it is handed over against the code or the ID; `finding` finds it
    `couriering`   or goes by courier, through server.couriers
    `reminding`    who does not come is told again; `taking_back` is for what is not right
11. `progress`     everybody sees the board, the applicant the own case (进度公示)
    `evaluating_case`  and rates it once

`clockwork` is what time alone brings to all of these; `task_views` and `behind_views` are their reads.
`moves` is the one way a case changes its state; `deadlines` counts its working days; `notices` writes its SMS;
`resending` says whether they arrived; `views` are the reads that screens show; `receipts` what its papers (PDF) say,
`acknowledging` those of later papers and of a withdrawal, `application_form` the one to be signed (固化材料).
"""
