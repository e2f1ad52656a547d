"""The WSGI application: `gunicorn app:server`."""

import gc

from dashboard import create_app_or_exit

# what is loaded stays, and looking for garbage in it again and again would be a tenth of the start
gc.disable()
app = create_app_or_exit()
server = app.server
# nor is it looked through later: the collector of each worker would write into the pages that all share, and so copy
# them
gc.freeze()
gc.enable()
