"""The WSGI application: `gunicorn app:server`."""

from dashboard import create_app_or_exit

app = create_app_or_exit()
server = app.server
