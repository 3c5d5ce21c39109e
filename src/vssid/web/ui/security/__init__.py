"""How people at work get in and prove who they are: second step, own password, factors, sessions.

The pages are the same for every door whose people sign in by two steps; `door.Door` is what they know of one.
"""
