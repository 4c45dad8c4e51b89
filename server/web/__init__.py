"""HTTP: requests in, refusals out. `install_web(flask, services)` lays all of it onto a Flask app."""
