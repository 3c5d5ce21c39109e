"""What an employer owes by month and scheme, and whose months they are. Queries only: nothing is kept."""
