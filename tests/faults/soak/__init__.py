"""The long trial: people register, officers approve, everybody reads, while processes are killed and stalled.

`PYTHONPATH=src:. .venv/bin/python -m tests.faults.soak --minutes 30` runs it on a PostgreSQL, a Kannel and an
S3 store of its own and says at the end what was acknowledged, what was lost and what came twice.
"""
