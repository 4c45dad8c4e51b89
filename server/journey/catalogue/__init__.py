"""How an item gets from a department's draft into the hall, one step a file, in the order it happens:

1. `tree`        folders and items of the catalogue, four levels at most
2. `drafting`    a version is written, saved by revision, and submitted once nothing stands against it
3. `accepting`   reviewers grade it (业务评审)
4. `mock_intake` three clerks take it in at three windows for trial (模拟受理)
5. `publishing`  it takes effect on a day, in the whole hall at once (同源发布); items are retired
6. `adjusting`   whoever works with it asks for a change, and sees what became of it (动态调整)
7. `bundles`     several items with one form (一件事)
8. `guide`       what citizens and clerks are shown: search, questions, the exact list
`holidays` keeps the working-day calendar, `rights` says who may write and publish what, `views` and `inbox` are the editors' reads.
"""
