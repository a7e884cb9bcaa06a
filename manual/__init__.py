"""In Force: the operational manual as it stood on any date."""
