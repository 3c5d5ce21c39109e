"""Registration days: HR proposes one, the office names an officer, workers choose a time."""
