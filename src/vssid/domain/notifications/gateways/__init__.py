"""Which gateway a text goes by: weights, demotion, slow recovery, trials, the switch by hand."""
