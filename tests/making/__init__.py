"""What tests make: people, applications, places."""
