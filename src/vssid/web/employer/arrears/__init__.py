"""What the employer owes by month and fund, and whose months they are."""
