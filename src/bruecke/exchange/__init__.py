"""What comes in from other systems: files are read, checked and handed to the actions."""
