"""A person served at the counter by keyboard alone: how long a typist would take, as a model says."""
