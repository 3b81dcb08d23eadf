"""The texts themselves: one small .po file for each language and noun."""
