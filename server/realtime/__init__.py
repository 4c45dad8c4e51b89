"""From committed events to screens.

relay.py reads what was committed, in order, and hands it to hub.py, the only caller of emit. sockets.py lets screens
and phones in; greeting.py gives each what it missed; phones.py keeps citizens' pages up to date, gently; heard.py
follows whether each call was shown.
"""
