"""The pages: each handler decodes, guards, makes one call and renders."""
