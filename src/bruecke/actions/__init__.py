"""What people can do: one function is one intention; it opens the transaction."""
