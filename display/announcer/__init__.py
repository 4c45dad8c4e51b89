"""How calls sound: human recordings where installed, else pyttsx3, else a chime. docs/voice.md says it for the hall.

announcer.py        chooses the engine, renders each sentence once, keeps it; the rest of the hall knows this one
speaker.py          the server's own loudspeaker
cache.py            rendered WAV files in the data folder
chime.py            ding-dong, without any library
worker_process.py   the process that renders, seen from the server; restarted when it hangs or dies
worker.py           the same process, from inside: runs one of
recordings.py         Debian's gcin-voice, a person's syllables joined (numpy, soundfile)
synthesis.py          pyttsx3 with espeak-ng
zhuyin.py           which recording is which syllable
routes.py, checks.py  /voice/… and what the health page says
"""
