"""PostgreSQL as the house reaches it: no wait without a limit, and never a server that cannot write.

`base` is the backend that settings.DATABASES names, `patience` the connections under it, `limits` the
numbers, `start` what must hold before a process serves or works.
"""
