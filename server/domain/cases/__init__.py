"""A case (办件): an application on its way from intake to the result, for days after the visit that opened it.

`state` is the case's own life and each department's part in it, `intake` what may be taken in. Pure.
Source: seed 003, part 三, section 四.
"""
