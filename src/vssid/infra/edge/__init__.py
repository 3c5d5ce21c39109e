"""Between granian and Django: who may wait for whom (docs/adr/0003).

granian calls `door.Door` in a *receiver*, one of many cheap threads without a database connection. It reads
the body, if there is one, and hands the request to a *lane*, a fixed number of threads that do the work. So
a sender that is slow holds a receiver, never a lane, and slow work holds its own lane, never that of pages
or of the health doors. `watch` gives up senders that are late and ends a process that is stuck.
"""
