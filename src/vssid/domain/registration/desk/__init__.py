"""What an officer has of an application."""
