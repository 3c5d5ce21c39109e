"""The job queue's worker: it rides out outages of the database, and looks after the queue itself."""
