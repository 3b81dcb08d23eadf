"""What each audience may see of a thing: contact fields exist only where both sides agreed."""
