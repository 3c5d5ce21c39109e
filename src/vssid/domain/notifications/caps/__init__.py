"""How many texts a day may take, and setting that."""
