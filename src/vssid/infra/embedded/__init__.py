"""The PostgreSQL that starts beside the application."""
