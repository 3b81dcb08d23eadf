"""The pure core: rules over values. Time, ids and reference data come in as arguments."""
