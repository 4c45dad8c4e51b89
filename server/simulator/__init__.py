"""What would the waits have been? The hall's own rules on a virtual clock, over a trace or over the hall's log.

Read in this order: `trace` (who comes), `layout` (which windows there are), `floor` (who stands where), `policies`
(who is called), `day` (time jumps from event to event), `figures` (what is measured), `command` (`run.py simulate`).
The rules themselves are those of server.domain; only pooled, fixed and random, the yardsticks, live here.
"""
