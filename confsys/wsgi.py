"""What a WSGI server loads: `gunicorn confsys.wsgi:app`."""

import threading

from confsys.app import create_app
from confsys.core import queue

app = create_app()

if app.extensions["redis"] is None:
    # Without a queue server the web process looks after the background work itself.
    threading.Thread(
        target=queue.dispatch_forever, args=(app, threading.Event()), daemon=True, name="dispatcher"
    ).start()
