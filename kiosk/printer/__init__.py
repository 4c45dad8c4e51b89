"""The kiosk's printer: from a slip's words to paper.

`fonts` and `setting` set Chinese in type, `picture` draws the slip, `job` makes the printer's bytes, `device` speaks to
one printer and notices when it fails, `folder` keeps pictures instead, and `printers` is what the API asks.
"""
