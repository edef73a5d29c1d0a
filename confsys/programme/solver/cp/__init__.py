"""OR-Tools CP-SAT: rules as conjunctions with a price, and runs that can be watched and stopped."""
