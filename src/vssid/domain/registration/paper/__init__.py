"""What is printed: form 01, its last day, the law of the day."""
