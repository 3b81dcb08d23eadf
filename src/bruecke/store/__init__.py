"""The only ring that speaks SQL: plain functions by noun, Structs out, scope first."""
